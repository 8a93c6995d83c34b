package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.loss.Loss;
import org.gradienttape.torch.training.Doubts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtsTest {
    private static final Layer DENSE = new Layer.Dense(3, Activation.NONE);

    @Test
    void probabilitiesAreNoLogits() {
        for (final Loss loss : List.of(
                new Loss.SparseCategoricalCrossentropy(),
                new Loss.CategoricalCrossentropy(),
                new Loss.BinaryCrossentropy())) {
            assertThat(Doubts.ofLoss(network(DENSE, new ActivationLayer.Softmax()), loss))
                    .contains(
                            "The loss takes logits, but the model ends in softmax and learns badly with it; leave that"
                                    + " activation out, the loss computes its own.");
            assertThat(Doubts.ofLoss(network(new Layer.Dense(1, Activation.SIGMOID), new Layer.Dropout(0.1)), loss))
                    .isPresent();
            assertThat(Doubts.ofLoss(network(DENSE), loss)).isEmpty();
            assertThat(Doubts.ofLoss(network(new ActivationLayer.Softmax(), DENSE), loss))
                    .isEmpty();
        }
    }

    @Test
    void otherLossesTakeProbabilities() {
        for (final Loss loss :
                List.of(new Loss.KlDivergence(), new Loss.MeanSquaredError(), new Loss.Huber(1), new Loss.Hinge())) {
            assertThat(Doubts.ofLoss(network(DENSE, new ActivationLayer.Softmax()), loss))
                    .isEmpty();
        }
    }

    /** Activation, scaling of bytes, whether the generator can make such pixels. */
    @ParameterizedTest
    @CsvSource({
        "TANH, AS_STORED, false",
        "TANH, DIVIDE_BY_255, false",
        "TANH, MINUS_ONE_TO_ONE, true",
        "SIGMOID, AS_STORED, false",
        "SIGMOID, DIVIDE_BY_255, true",
        "SIGMOID, MINUS_ONE_TO_ONE, false",
        "RELU, AS_STORED, true",
        "RELU, MINUS_ONE_TO_ONE, false",
        "NONE, AS_STORED, true",
        "NONE, MINUS_ONE_TO_ONE, true",
        "GELU, MINUS_ONE_TO_ONE, true"
    })
    void aGeneratorShouldReachTheRealPixels(final Activation activation, final Scaling scaling, final boolean reaches) {
        final Pixels real = new Pixels(scaling, PixelRange.ZERO_TO_255);
        final Layer convolution = new ImageLayer.Conv2D(1, Window.square(1, 1, Padding.SAME), activation);

        assertThat(Doubts.ofGenerator(network(new Layer.Reshape(Shape.of(2, 2, 1)), convolution), real)
                        .isEmpty())
                .isEqualTo(reaches);
        assertThat(Doubts.ofGenerator(
                                network(new Layer.Dense(4, activation), new Layer.Reshape(Shape.of(2, 2, 1))), real)
                        .isEmpty())
                .isEqualTo(reaches);
    }

    @Test
    void bothRangesAreNamed() {
        assertThat(Doubts.ofGenerator(Presets.dcganGenerator(), new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_255)))
                .contains(
                        "The generator ends in sigmoid and makes numbers from 0 to 1, but the pixels of the real images go"
                                + " from 0 to 255; choose the pixel scaling when the data are read, or the last activation, so"
                                + " that both are alike.");
        assertThat(Doubts.ofGenerator(
                                network(new Layer.ReLU()), new Pixels(Scaling.AS_STORED, PixelRange.MINUS_ONE_TO_ONE))
                        .orElseThrow())
                .contains(
                        "ends in relu and makes no numbers below 0, but the pixels of the real images go from -1 to 1");
    }

    private static Network network(final Layer... layers) {
        return Network.of(Shape.of(4), Arrays.asList(layers));
    }
}
