package org.gradienttape.nodes.modelbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knime.node.parameters.widget.choices.Label;

/** What the dialog shows and takes for each type of layer. */
class LayerParametersTest {
    /** Fails when a new layer is left out of the dialog. */
    @Test
    void everyLayerCanBeChosen() {
        assertThat(Stream.of(LayerType.values())
                        .filter(type -> type != LayerType.JAVA_CODE)
                        .<Class<?>>map(type -> layer(type).toConfig().getClass()))
                .containsExactlyInAnyOrderElementsOf(kinds(Layer.class)
                        .filter(kind -> kind != CodeLayer.class
                                && kind != Layer.InputColumns.class
                                && kind != WrapperLayer.TimeDistributed.class // a switch of the others
                                && !JoinLayer.class.isAssignableFrom(kind))
                        .toList());
    }

    /** Fails when a setting is shown for no layer. */
    @ParameterizedTest
    @EnumSource(LayerType.Setting.class)
    void everySettingIsShownForALayer(final LayerType.Setting setting) {
        assertThat(LayerType.values()).anyMatch(type -> type.shows(setting));
    }

    private static Stream<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(LayerParametersTest::kinds)
                : Stream.of(type);
    }

    /** The labels in the dialog and the types in the layer summary are Keras' names. */
    @ParameterizedTest
    @EnumSource(value = LayerType.class, mode = EnumSource.Mode.EXCLUDE, names = "JAVA_CODE")
    void theLabelOfATypeIsKerasName(final LayerType type) throws NoSuchFieldException {
        final LayerParameters layer = layer(type);
        final String label =
                LayerType.class.getField(type.name()).getAnnotation(Label.class).value();

        assertThat(layer.toConfig().type()).isEqualTo(label);
    }

    /** keras.io/api/layers. */
    @Test
    void defaultsAreThoseOfKeras() {
        assertThat(layer(LayerType.LEAKY_RELU).toConfig()).isEqualTo(new ActivationLayer.LeakyReLU(0.3));
        assertThat(layer(LayerType.ELU).toConfig()).isEqualTo(new ActivationLayer.ELU(1));
        assertThat(layer(LayerType.GELU).toConfig()).isEqualTo(new ActivationLayer.GELU(false));
        assertThat(layer(LayerType.BATCH_NORMALIZATION).toConfig())
                .isEqualTo(new NormalizationLayer.BatchNormalization(0.99, 1e-3, true, true));
        assertThat(layer(LayerType.LAYER_NORMALIZATION).toConfig())
                .isEqualTo(new NormalizationLayer.LayerNormalization(1e-3, true, true));
        assertThat(layer(LayerType.MAX_POOLING_2D).toConfig())
                .isEqualTo(new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.VALID)));
    }

    @ParameterizedTest
    @EnumSource(ActivationFunction.class)
    void everyActivationIsTheEnginesOfThatName(final ActivationFunction function) {
        assertThat(((Layer.Dense) LayerParameters.dense(1, function).toConfig()).activation())
                .hasToString(function.name());
    }

    @Test
    void normalizationsTakeTheirNumbers() {
        final LayerParameters batch = layer(LayerType.BATCH_NORMALIZATION);
        batch.normalization.momentum = 0.8;
        batch.normalization.epsilon = 1e-5;
        batch.normalization.center = false;
        final LayerParameters sample = layer(LayerType.LAYER_NORMALIZATION);
        sample.normalization.scale = false;

        assertThat(batch.toConfig()).isEqualTo(new NormalizationLayer.BatchNormalization(0.8, 1e-5, false, true));
        assertThat(sample.toConfig()).isEqualTo(new NormalizationLayer.LayerNormalization(1e-3, true, false));
    }

    @Test
    void activationLayersTakeTheirNumbers() {
        final LayerParameters leaky = layer(LayerType.LEAKY_RELU);
        leaky.negativeSlope = 0.2;
        final LayerParameters elu = layer(LayerType.ELU);
        elu.alpha = 0.5;
        final LayerParameters gelu = layer(LayerType.GELU);
        gelu.approximate = true;

        assertThat(leaky.toConfig()).isEqualTo(new ActivationLayer.LeakyReLU(0.2));
        assertThat(elu.toConfig()).isEqualTo(new ActivationLayer.ELU(0.5));
        assertThat(gelu.toConfig()).isEqualTo(new ActivationLayer.GELU(true));
    }

    @Test
    void whatIsNoListOfNumbersIsRefused() {
        final LayerParameters layer = layer(LayerType.NORMALIZATION);
        layer.scaling.mean = "a";

        assertThatThrownBy(layer::toConfig)
                .hasMessage("The mean of Normalization must be numbers with commas between them, such as \"0.5, 1.25\","
                        + " but it is \"a\"; correct it.");
    }

    /** What a dialog shows of a type at first. */
    static LayerParameters layer(final LayerType type) {
        final LayerParameters layer = new LayerParameters();
        layer.type = type;
        return layer;
    }
}
