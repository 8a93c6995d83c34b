package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;

class LayerFormatTest {
    private static final List<Layer> ONE_OF_EACH = List.of(
            new Layer.Dense(3, Activation.RELU),
            new Layer.Dense(4, Activation.NONE, false),
            new Layer.ReLU(),
            new Layer.Flatten(),
            new Layer.Reshape(Shape.of(7, 7, 16)),
            new Layer.Dropout(0.25),
            new Layer.ActivityRegularization(1e-3, 1.0 / 3));

    @Test
    void everyLayerComesBackAsItWas() {
        for (final Layer layer : ONE_OF_EACH) {
            final byte[] json = LayerFormat.toJson(layer).toString().getBytes(StandardCharsets.UTF_8);

            assertThat(LayerFormat.fromJson(JsonFields.parse(json, new JsonFields.Source("A test", "mend it"))))
                    .isEqualTo(layer);
        }
    }

    /** Fails when a new layer is left out of {@link LayerFormat}, or of this test. */
    @Test
    void everyLayerHasAForm() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(Arrays.stream(Layer.class.getPermittedSubclasses()).collect(Collectors.toSet()));
    }
}
