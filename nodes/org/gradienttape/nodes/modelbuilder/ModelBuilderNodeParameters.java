package org.gradienttape.nodes.modelbuilder;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.EngineCall;
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
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;

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
            return i.getEnum(PresetReference.class).isOneOf(Preset.CUSTOM, Preset.JAVA_CODE);
        }
    }

    @Layout(NetworkSection.class)
    @Widget(title = "Preset", description = "A network that is ready to use, or a custom one.")
    @ValueReference(PresetReference.class)
    @RadioButtonsWidget
    Preset preset = Preset.MNIST_CLASSIFIER;

    @Layout(NetworkSection.class)
    @Widget(
            title = "Input shape",
            description = "The shape of one sample, as numbers with commas between them: <i>784</i> for flat MNIST"
                    + " digits, <i>28, 28, 1</i> for images of 28 x 28 pixels with one channel.")
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

    @Layout(WeightsSection.class)
    @Widget(title = "Seed", description = "Starts the random weights; the same seed gives the same weights.")
    long seed;

    @Override
    public void validate() throws InvalidSettingsException {
        EngineCall.configuring(this::known);
    }

    /**
     * The network, without running any code.
     *
     * @return empty if a layer is in Java; what comes before it is checked
     */
    Optional<Network> known() {
        final List<Layer> layers = parts().stream()
                .takeWhile(NetworkBuilder.Ready.class::isInstance)
                .map(part -> ((NetworkBuilder.Ready) part).layer())
                .toList();
        if (layers.size() == parts().size()) {
            return Optional.of(Network.of(input(), layers));
        }
        if (!layers.isEmpty()) {
            Network.of(input(), layers);
        }
        return Optional.empty();
    }

    /** The shape of one sample. */
    Shape input() {
        return ready().map(Network::input).orElseGet(() -> ShapeText.parse(inputShape, "input shape"));
    }

    /** The layers, in order. */
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

    /** The network of a preset; empty if there are layers of one's own. */
    private Optional<Network> ready() {
        return switch (preset) {
            case MNIST_CLASSIFIER -> Optional.of(Network.of(Shape.of(784), List.of(hidden(), hidden(), logits())));
            case MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION ->
                Optional.of(Network.of(
                        Shape.of(784),
                        List.of(hidden(), new Layer.ActivityRegularization(0.01, 0), hidden(), logits())));
            case DCGAN_DISCRIMINATOR -> Optional.of(Presets.dcganDiscriminator());
            case DCGAN_GENERATOR -> Optional.of(Presets.dcganGenerator());
            case CUSTOM, JAVA_CODE -> Optional.empty();
        };
    }

    private static Layer hidden() {
        return new Layer.Dense(64, Activation.RELU);
    }

    private static Layer logits() {
        return new Layer.Dense(10, Activation.NONE);
    }
}
