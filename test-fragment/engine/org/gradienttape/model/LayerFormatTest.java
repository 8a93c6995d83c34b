package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.junit.jupiter.api.Test;

class LayerFormatTest {
    private static final List<Layer> ONE_OF_EACH = List.of(
            new Layer.Dense(3, Activation.RELU),
            new Layer.Dense(4, Activation.NONE, false),
            new Layer.ReLU(),
            new Layer.Flatten(),
            new Layer.Reshape(Shape.of(7, 7, 16)),
            new Layer.Dropout(0.25),
            new Layer.ActivityRegularization(1e-3, 1.0 / 3),
            new ImageLayer.Conv2D(5, new Window(1, 2, 3, 4, Padding.SAME), Activation.SIGMOID),
            new ImageLayer.Conv2DTranspose(6, new Window(4, 3, 2, 1, Padding.VALID), Activation.NONE, false),
            new ImageLayer.MaxPooling2D(new Window(1, 2, 3, 4, Padding.SAME)),
            new ImageLayer.AveragePooling2D(new Window(1, 2, 3, 4, Padding.VALID)),
            new ImageLayer.GlobalMaxPooling2D(),
            new ImageLayer.GlobalAveragePooling2D(),
            new NormalizationLayer.BatchNormalization(0.9, 1e-5, true, false),
            new NormalizationLayer.LayerNormalization(1e-6, false, true),
            new ActivationLayer.LeakyReLU(0.1),
            new ActivationLayer.ELU(1.5),
            new ActivationLayer.GELU(true),
            new ActivationLayer.SiLU(),
            new ActivationLayer.Sigmoid(),
            new ActivationLayer.Tanh(),
            new ActivationLayer.Softmax(),
            ModelFixture.IN_JAVA);

    @Test
    void everyLayerComesBackAsItWas() {
        for (final Layer layer : ONE_OF_EACH) {
            assertThat(readBack(layer)).isEqualTo(layer);
        }
    }

    @Test
    void everyActivationComesBackAsItWas() {
        for (final Activation activation : Activation.values()) {
            assertThat(readBack(new Layer.Dense(1, activation))).isEqualTo(new Layer.Dense(1, activation));
        }
    }

    /** keras.io/api/layers/convolution_layers/convolution2d; config names as in Conv2D.get_config(). */
    @Test
    void namesAreThoseOfKeras() {
        assertThat(LayerFormat.toJson(
                                new ImageLayer.Conv2D(5, new Window(1, 2, 3, 4, Padding.SAME), Activation.NONE, false))
                        .toString())
                .isEqualTo("{\"type\":\"Conv2D\",\"filters\":5,\"kernel_size\":[1,2],\"strides\":[3,4],"
                        + "\"padding\":\"same\",\"activation\":\"linear\",\"use_bias\":false}");
    }

    @Test
    void refusesAKernelThatIsNoPair() {
        assertThatThrownBy(() ->
                        read("{\"type\":\"MaxPooling2D\",\"pool_size\":[2],\"strides\":[2,2],\"padding\":\"same\"}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("pool_size should be 2 whole numbers, but it is 1 numbers");
    }

    /** Fails when a new layer is left out of {@link LayerFormat}, or of this test. */
    @Test
    void everyLayerHasAForm() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(kinds(Layer.class));
    }

    private static Layer readBack(final Layer layer) {
        return read(LayerFormat.toJson(layer).toString());
    }

    private static Layer read(final String json) {
        return LayerFormat.fromJson(
                JsonFields.parse(json.getBytes(StandardCharsets.UTF_8), new JsonFields.Source("A test", "mend it")));
    }

    private static List<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(kind -> kinds(kind).stream())
                        .toList()
                : List.of(type);
    }
}
