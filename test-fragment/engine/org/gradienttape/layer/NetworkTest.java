package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class NetworkTest {
    /** The model of Keras' guide "Writing a training loop from scratch". */
    private static final Network MNIST_CLASSIFIER = Network.of(
            Shape.of(784),
            List.of(
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(10, Activation.NONE)));

    @Test
    void theGuidesClassifierHasKerasParameterCounts() {
        assertThat(MNIST_CLASSIFIER.parameterCount()).isEqualTo(55_050); // 50,240 + 4,160 + 650, model.summary()
        assertThat(MNIST_CLASSIFIER.output()).isEqualTo(Shape.of(10));
        assertThat(LayerSummary.of(MNIST_CLASSIFIER).rows())
                .containsExactly(
                        new LayerSummary.Row("dense", "Dense", Shape.of(64), 50_240, List.of("input"), true),
                        new LayerSummary.Row("dense_1", "Dense", Shape.of(64), 4_160, List.of("dense"), true),
                        new LayerSummary.Row("dense_2", "Dense", Shape.of(10), 650, List.of("dense_1"), true));
    }

    @Test
    void layersAreNamedAndNumberedAsInKeras() {
        final Network network = Network.of(
                Shape.of(4, 4, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.ReLU(),
                        new Layer.ActivityRegularization(0, 1e-2),
                        new Layer.Dense(4, Activation.NONE),
                        new Layer.ReLU(),
                        new Layer.Dropout(0.5),
                        new Layer.Reshape(Shape.of(2, 2)),
                        new Layer.Flatten(),
                        new Layer.Dense(2, Activation.NONE)));

        assertThat(network.nodes())
                .extracting(Network.Node::name)
                .containsExactly(
                        "flatten",
                        "re_lu",
                        "activity_regularization",
                        "dense",
                        "re_lu_1",
                        "dropout",
                        "reshape",
                        "flatten_1",
                        "dense_1");
    }

    @Test
    void shapesPassFromLayerToLayer() {
        final Network network = Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dropout(0.1),
                        new Layer.ActivityRegularization(1, 0),
                        new Layer.Reshape(Shape.of(7, 112))));

        assertThat(network.nodes())
                .extracting(Network.Node::input, Network.Node::output)
                .containsExactly(
                        tuple(Shape.of(28, 28, 1), Shape.of(784)),
                        tuple(Shape.of(784), Shape.of(784)),
                        tuple(Shape.of(784), Shape.of(784)),
                        tuple(Shape.of(784), Shape.of(7, 112)));
        assertThat(network.parameterCount()).isZero();
        assertThat(LayerSummary.of(network).rows()).noneMatch(LayerSummary.Row::trainable);
    }

    @Test
    void denseHasAKernelAndABias() {
        final Network.Node dense = MNIST_CLASSIFIER.nodes().get(2);

        assertThat(dense.weights())
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(64, 10), Initializer.GLOROT_UNIFORM, 64, 10, true),
                        new WeightSpec("bias", Shape.of(10), Initializer.ZEROS, 10, 10, true));
        assertThat(dense.weightName(dense.weights().get(0))).isEqualTo("dense_2/kernel");
        assertThat(new Layer.Dense(10, Activation.NONE, false).weights(Shape.of(64)))
                .hasSize(1);
    }

    @Test
    void refusesALayerThatDoesNotFitAndNamesBothShapes() {
        assertThatThrownBy(() -> Network.of(Shape.of(28, 28, 1), List.of(new Layer.Dense(64, Activation.RELU))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Layer 1: Dense with 64 units expects a row of features per sample, or a sequence of rows,"
                        + " but its input has the shape 28 x 28 x 1; put a Flatten layer before it.");
        assertThatThrownBy(() ->
                        Network.of(Shape.of(784), List.of(new Layer.Flatten(), new Layer.Reshape(Shape.of(28, 29)))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Layer 2: Reshape to 28 x 29 needs 812 numbers")
                .hasMessageContaining("the shape 784 with 784");
    }

    @Test
    void withoutLayersItGivesItsInput() {
        final Network input = Network.of(Shape.of(784), List.of());

        assertThat(input.output()).isEqualTo(Shape.of(784));
        assertThat(input.lastActivation()).isEqualTo(Activation.NONE);
        assertThat(input.isChain()).isTrue();
    }

    @Test
    void refusesArgumentsOutOfRange() {
        assertThatThrownBy(() -> new Layer.Dense(0, Activation.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 1 unit, but units is 0");
        for (final double rate : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Layer.Dropout(rate))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("but the rate is " + rate);
        }
        for (final double factor : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Layer.ActivityRegularization(factor, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("l1 is " + factor);
            assertThatThrownBy(() -> new Layer.ActivityRegularization(0, factor))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("l2 is " + factor);
        }
    }

    @Test
    void knowsWhetherItEndsInProbabilities() {
        assertThat(ending(new Layer.Dense(2, Activation.NONE))).isFalse();
        assertThat(ending(new Layer.Dense(2, Activation.SOFTMAX))).isTrue();
        assertThat(ending(new Layer.Dense(1, Activation.SIGMOID), new Layer.Dropout(0.1)))
                .isTrue();
        assertThat(ending(new ActivationLayer.Softmax(), new Layer.Flatten())).isTrue();
        assertThat(ending(new ActivationLayer.Softmax(), new Layer.Dense(2, Activation.NONE)))
                .isFalse();
        assertThat(ending(new ActivationLayer.Tanh())).isFalse();
    }

    private static boolean ending(final Layer... layers) {
        return Network.of(Shape.of(3), List.of(layers)).endsInProbabilities();
    }
}
