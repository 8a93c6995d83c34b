package org.gradienttape.nodes.modelbuilder;

import java.util.Arrays;
import java.util.List;
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
        CUSTOM
    }

    static final class PresetReference implements ParameterReference<Preset> {}

    static final class IsCustom implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PresetReference.class).isOneOf(Preset.CUSTOM);
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
    @Effect(predicate = IsCustom.class, type = EffectType.SHOW)
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

    @Layout(WeightsSection.class)
    @Widget(title = "Seed", description = "Starts the random weights; the same seed gives the same weights.")
    long seed;

    @Override
    public void validate() throws InvalidSettingsException {
        EngineCall.configuring(this::toConfig);
    }

    /** The network that is described. */
    Network toConfig() {
        return switch (preset) {
            case MNIST_CLASSIFIER -> Network.of(Shape.of(784), List.of(hidden(), hidden(), logits()));
            case MNIST_CLASSIFIER_WITH_ACTIVITY_REGULARIZATION ->
                Network.of(
                        Shape.of(784),
                        List.of(hidden(), new Layer.ActivityRegularization(0.01, 0), hidden(), logits()));
            case DCGAN_DISCRIMINATOR -> Presets.dcganDiscriminator();
            case DCGAN_GENERATOR -> Presets.dcganGenerator();
            case CUSTOM ->
                Network.of(
                        ShapeText.parse(inputShape, "input shape"),
                        Arrays.stream(layers).map(LayerParameters::toConfig).toList());
        };
    }

    private static Layer hidden() {
        return new Layer.Dense(64, Activation.RELU);
    }

    private static Layer logits() {
        return new Layer.Dense(10, Activation.NONE);
    }
}
