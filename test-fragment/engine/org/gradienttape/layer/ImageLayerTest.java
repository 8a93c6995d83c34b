package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ImageLayerTest {
    private static final Window WINDOW = Window.square(3, 2, Padding.SAME);

    /** As TensorFlow documents it: tensorflow.org/api_docs/python/tf/nn, "Notes on padding". */
    @Test
    void samePaddingPutsTheOddLineAtTheEnd() {
        assertThat(Padding.SAME.pad(28, 3, 2)).isEqualTo(new Padding.Pad(0, 1));
        assertThat(Padding.SAME.pad(27, 3, 2)).isEqualTo(new Padding.Pad(1, 1));
        assertThat(Padding.SAME.pad(28, 4, 2)).isEqualTo(new Padding.Pad(1, 1));
        assertThat(Padding.SAME.pad(28, 7, 1)).isEqualTo(new Padding.Pad(3, 3));
        assertThat(Padding.SAME.pad(28, 1, 3)).isEqualTo(new Padding.Pad(0, 0));
        assertThat(Padding.VALID.pad(28, 3, 2)).isEqualTo(new Padding.Pad(0, 0));
    }

    /** Fans count the kernel's area, as Keras' initializers do. */
    @Test
    void kernelsHaveKerasLayoutsAndFans() {
        assertThat(new ImageLayer.Conv2D(64, WINDOW, Activation.NONE).weights(Shape.of(28, 28, 5)))
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(3, 3, 5, 64), Initializer.GLOROT_UNIFORM, 45, 576, true),
                        new WeightSpec("bias", Shape.of(64), Initializer.ZEROS, 64, 64, true));
        assertThat(new ImageLayer.Conv2DTranspose(64, WINDOW, Activation.NONE).weights(Shape.of(28, 28, 5)))
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(3, 3, 64, 5), Initializer.GLOROT_UNIFORM, 576, 45, true),
                        new WeightSpec("bias", Shape.of(64), Initializer.ZEROS, 64, 64, true));
    }

    @Test
    void theOptimizerLeavesRunningStatisticsAlone() {
        assertThat(new NormalizationLayer.BatchNormalization().weights(Shape.of(7, 7, 3)))
                .extracting(WeightSpec::name, WeightSpec::trainable)
                .containsExactly(
                        tuple("gamma", true),
                        tuple("beta", true),
                        tuple("moving_mean", false),
                        tuple("moving_variance", false));
    }

    @Test
    void refusesWhatIsNoImage() {
        for (final ImageLayer layer : List.of(
                new ImageLayer.Conv2D(1, WINDOW, Activation.NONE),
                new ImageLayer.Conv2DTranspose(1, WINDOW, Activation.NONE),
                new ImageLayer.MaxPooling2D(WINDOW),
                new ImageLayer.AveragePooling2D(WINDOW),
                new ImageLayer.GlobalMaxPooling2D(),
                new ImageLayer.GlobalAveragePooling2D())) {
            assertThatThrownBy(() -> layer.outputShape(Shape.of(784)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(layer.type() + " expects images of height x width x channels, but its input has the"
                            + " shape 784; put a Reshape layer before it, or read the data as images.");
        }
    }

    @Test
    void refusesAWindowThatFitsNowhere() {
        final Window large = Window.square(5, 1, Padding.VALID);

        assertThatThrownBy(() -> new ImageLayer.MaxPooling2D(large).outputShape(Shape.of(5, 4, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a window of 5 x 5")
                .hasMessageContaining("the shape 5 x 4 x 1");
    }

    @Test
    void refusesArgumentsOutOfRange() {
        assertThatThrownBy(() -> Window.square(0, 1, Padding.SAME))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the size is 0 x 0");
        assertThatThrownBy(() -> new ImageLayer.Conv2D(0, WINDOW, Activation.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("filters is 0");
        assertThatThrownBy(() -> new NormalizationLayer.BatchNormalization(1.1, 1e-3, true, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the momentum is 1.1");
        assertThatThrownBy(() -> new NormalizationLayer.LayerNormalization(0, true, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("epsilon is 0.0");
        assertThatThrownBy(() -> new ActivationLayer.LeakyReLU(-0.1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the negative slope is -0.1");
        assertThatThrownBy(() -> new ActivationLayer.ELU(Double.NaN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("alpha is NaN");
    }
}
