package org.gradienttape.nodes.modelbuilder;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Branch;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelBuilderNodeParameters implements NodeParameters {
    @Section(title = "Network")
    interface NetworkSection {}

    @Section(title = "Weights")
    @After(NetworkSection.class)
    interface WeightsSection {}

    /** Networks that are ready to use. */
    enum Preset {
        @Label(
                value = "MNIST classifier",
                description = "784 inputs, Dense 64 with ReLU, Dense 64 with ReLU, Dense 10: one logit per digit.")
        MNIST_CLASSIFIER,
        @Label(
                value = "MNIST classifier with activity regularization",
                description = "The same, with ActivityRegularization (L1 0.01) after the first Dense layer.")
        MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION,
        @Label(
                value = "DCGAN discriminator",
                description = "Tells generated digits from real ones: images of 28 x 28 x 1 to one logit. Conv2D 64,"
                        + " Conv2D 128 (each 3 x 3 with stride 2 and LeakyReLU 0.2), GlobalMaxPooling2D, Dense 1.")
        DCGAN_DISCRIMINATOR,
        @Label(
                value = "DCGAN generator",
                description = "Makes digits: 128 random numbers to images of 28 x 28 x 1, with pixels between 0 and 1."
                        + " Dense 6272, Conv2DTranspose 128 twice (each 4 x 4 with stride 2 and LeakyReLU 0.2), Conv2D 1"
                        + " (7 x 7, sigmoid).")
        DCGAN_GENERATOR,
        @Label(
                value = "Residual network for small images",
                description = "Three stages of blocks, as in He and others, 2016; one logit per class.")
        RESIDUAL,
        @Label(
                value = "Transfer: new head",
                description = "Keeps and freezes a connected model, and ends it in new classes.")
        TRANSFER,
        @Label(value = "Freeze or unfreeze", description = "A connected model, of which other layers learn.")
        FREEZE,
        @Label(value = "Only the input", description = "No layer yet: to be drawn on with Layer nodes.")
        INPUT,
        @Label(value = "Custom", description = "The input shape and the layers below.")
        CUSTOM,
        @Label(
                value = "Java code",
                description =
                        "A whole model of your own, written in Java, with branches, shared layers and residuals as in"
                                + " Keras' subclassing: a template, or your changes to one. It is compiled when the node is executed,"
                                + " never before; it can compute, and reaches nothing else of this machine.")
        JAVA_CODE
    }

    static final class PresetReference implements ParameterReference<Preset> {}

    static final class IsCustom implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.CUSTOM);
        }
    }

    static final class IsJavaCode implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.JAVA_CODE);
        }
    }

    static final class HasInputShape implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class)
                    .isOneOf(Preset.CUSTOM, Preset.JAVA_CODE, Preset.RESIDUAL, Preset.INPUT);
        }
    }

    static final class IsOfModel implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.TRANSFER, Preset.FREEZE);
        }
    }

    static final class IsResidual implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.RESIDUAL);
        }
    }

    static final class HasClasses implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.RESIDUAL, Preset.TRANSFER);
        }
    }

    @Layout(NetworkSection.class)
    @Widget(title = "Preset", description = "A network that is ready to use, or a custom one.")
    @ValueReference(PresetReference.class)
    Preset preset = Preset.MNIST_CLASSIFIER;

    @Layout(NetworkSection.class)
    @Widget(
            title = "Input shape",
            description = "The shape of one sample, as numbers with commas between them: <i>784</i> for flat MNIST"
                    + " digits, <i>28, 28, 1</i> for images of 28 x 28 pixels with one channel. A connected model or"
                    + " dataset decides instead.")
    @Effect(predicate = HasInputShape.class, type = EffectType.SHOW)
    String inputShape = "784";

    @Layout(NetworkSection.class)
    @Widget(title = "Layers", description = "The layers, from the input to the output.")
    @ArrayWidget(addButtonText = "Add layer", elementTitle = "Layer", showSortButtons = true)
    @Effect(predicate = IsCustom.class, type = EffectType.SHOW)
    LayerParameters[] layers = {
        LayerParameters.dense(64, ActivationFunction.RELU),
        LayerParameters.dense(64, ActivationFunction.RELU),
        LayerParameters.dense(10, ActivationFunction.NONE)
    };

    @Layout(NetworkSection.class)
    @Effect(predicate = IsJavaCode.class, type = EffectType.SHOW)
    OwnModelParameters ownModel = new OwnModelParameters();

    @Layout(NetworkSection.class)
    @Widget(
            title = "Blocks per stage",
            description =
                    "How deep the residual network is: 6 times this number and 2 layers; 3 for the 20 layers of the paper.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsResidual.class, type = EffectType.SHOW)
    int blocks = 3;

    @Layout(NetworkSection.class)
    @Widget(
            title = "Classes",
            description = "How many classes there are. It does not count where a dataset with classes is connected.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HasClasses.class, type = EffectType.SHOW)
    int classes = 10;

    @Layout(NetworkSection.class)
    @Effect(predicate = IsOfModel.class, type = EffectType.SHOW)
    TransferParameters transfer = new TransferParameters();

    @Layout(WeightsSection.class)
    @Widget(title = "Seed", description = "Starts the random weights; the same seed gives the same weights.")
    long seed;

    /** Whether the layers fit is seen when it is known what they are put behind. */
    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(() -> isOfModel() ? "" : input(Start.NOTHING));
        EngineCall.configuring(() -> preset == Preset.CUSTOM ? parts() : "");
    }

    /** Whether the preset needs a connected model. */
    private boolean isOfModel() {
        return preset == Preset.TRANSFER || preset == Preset.FREEZE;
    }

    /** The network if nothing is connected, without running any code; empty if a layer is in Java. */
    Optional<Network> known() {
        return known(Start.NOTHING, input(Start.NOTHING));
    }

    /**
     * What is put behind the end of a model.
     *
     * @param end the shape of one sample that it gives
     * @return empty if a layer is in Java; what comes before it is checked
     */
    Optional<Network> known(final Start start, final Shape end) {
        return switch (preset) {
            case RESIDUAL -> Optional.of(Presets.residual(end, blocks, classes(start)));
            case TRANSFER -> Optional.of(Presets.newHead(end, classes(start)));
            case FREEZE, INPUT -> Optional.of(Network.of(end, List.of()));
            default -> known(end);
        };
    }

    private Optional<Network> known(final Shape end) {
        final List<Layer> first = parts().stream()
                .takeWhile(NetworkBuilder.Ready.class::isInstance)
                .map(part -> ((NetworkBuilder.Ready) part).layer())
                .toList();
        final Network network = Network.of(end, first);
        return first.size() == parts().size() ? Optional.of(network) : Optional.empty();
    }

    private int classes(final Start start) {
        return start.data().map(DatasetInfo::classes).filter(known -> known > 1).orElse(classes);
    }

    /**
     * Behind what the layers are put: what is kept of a connected model, or an input.
     *
     * @param maker of the input
     * @throws InvalidInputException if the preset needs a model and there is none, or model and dataset do not fit
     */
    Branch base(final Start start, final String maker) {
        start.check();
        if (start.model().isPresent()) {
            final Branch connected = start.model().get().branch();
            if (preset == Preset.FREEZE) {
                return transfer.frozen(connected);
            }
            return preset == Preset.TRANSFER ? transfer.of(connected) : connected;
        }
        if (isOfModel()) {
            throw new InvalidInputException(
                    "This preset needs a model at the port Input model, but none is connected; add the"
                            + " port with the node's + and connect a model, or choose another preset.");
        }
        return Branch.of(Network.of(input(start), List.of()), maker);
    }

    /** A model of which only other layers learn predicts what it did. */
    Preprocessing preprocessing(final Start start) {
        return preset == Preset.FREEZE ? start.model().orElseThrow().model().preprocessing() : start.preprocessing();
    }

    /** The shape of one sample. */
    private Shape input(final Start start) {
        return ready().map(Network::input).or(start::input).orElseGet(() -> ShapeText.parse(inputShape, "input shape"));
    }

    /** The layers, in order, of presets that are chains. */
    List<NetworkBuilder.Part> parts() {
        if (preset == Preset.JAVA_CODE) {
            return List.of(new NetworkBuilder.InJava("model", ownModel.source()));
        }
        return ready().map(network -> network.layers().stream()
                        .<NetworkBuilder.Part>map(NetworkBuilder.Ready::new)
                        .toList())
                .orElseGet(() -> IntStream.range(0, layers.length)
                        .mapToObj(i -> layers[i].part(i + 1))
                        .toList());
    }

    /** The network of a preset whose input is fixed. */
    private Optional<Network> ready() {
        return switch (preset) {
            case MNIST_CLASSIFIER -> Optional.of(Network.of(Shape.of(784), List.of(hidden(), hidden(), logits())));
            case MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION ->
                Optional.of(Network.of(
                        Shape.of(784),
                        List.of(hidden(), new Layer.ActivityRegularization(0.01, 0), hidden(), logits())));
            case DCGAN_DISCRIMINATOR -> Optional.of(Presets.dcganDiscriminator());
            case DCGAN_GENERATOR -> Optional.of(Presets.dcganGenerator());
            default -> Optional.empty();
        };
    }

    private static Layer hidden() {
        return new Layer.Dense(64, Activation.RELU);
    }

    private static Layer logits() {
        return new Layer.Dense(10, Activation.NONE);
    }
}
