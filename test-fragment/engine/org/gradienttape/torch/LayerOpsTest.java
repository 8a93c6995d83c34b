package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every kind of layer. */
class LayerOpsTest {
    private static final int BATCH = 3;
    private static final org.gradienttape.layer.Shape INPUT = org.gradienttape.layer.Shape.of(6);

    static Stream<Layer> examples() {
        return Stream.of(
                new Layer.Dense(4, Activation.RELU),
                new Layer.Dense(4, Activation.NONE, false),
                new Layer.ReLU(),
                new Layer.Flatten(),
                new Layer.Reshape(org.gradienttape.layer.Shape.of(3, 2)),
                new Layer.Dropout(0.5),
                new Layer.ActivityRegularization(0.1, 0.2));
    }

    @Test
    void everyKindOfLayerHasAnExampleHere() {
        final Stream<Class<?>> kinds =
                examples().<Class<?>>map(Object::getClass).distinct();

        assertThat(kinds).containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesTheShapeThatTheDescriptionPromises(final Layer layer) {
        final Network network = Network.of(INPUT, List.of(layer));
        for (final ForwardPass.Mode mode : ForwardPass.Mode.values()) {
            try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
                final NDArray output = forward(network, mode, arrays);

                final long[] sample = output.getShape().slice(1).getShape();
                assertThat(output.getShape().get(0)).isEqualTo(BATCH);
                assertThat(org.gradienttape.layer.Shape.of(Stream.of(sample)
                                .flatMapToInt(LayerOpsTest::toInts)
                                .toArray()))
                        .isEqualTo(network.output());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void leavesNoArrayOutsideTheBatch(final Layer layer) {
        final Network network = Network.of(INPUT, List.of(layer));
        try (NDManager run = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
            final ResidentWeights weights = new ResidentWeights(network, Weights.initial(network, 0), run);
            final NetworkOp op = new NetworkOp(network, new SplittableRandom(0));
            final int before = NativeArrays.count();

            try (NDManager step = run.newSubManager()) {
                final ForwardPass pass = new ForwardPass(step, weights.arrays(), ForwardPass.Mode.TRAINING);
                op.forward(step.ones(new Shape(BATCH, INPUT.size())), pass);
            }

            assertThat(NativeArrays.count()).isEqualTo(before);
        }
    }

    @Test
    void denseMultipliesAddsAndActivates() {
        final Network network =
                Network.of(org.gradienttape.layer.Shape.of(2), List.of(new Layer.Dense(2, Activation.RELU)));
        final Weights weights = Weights.of(
                network,
                java.util.Map.of("dense/kernel", new float[] {1, -2, 3, 4}, "dense/bias", new float[] {0.5f, -9}));
        try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
            final ForwardPass pass = new ForwardPass(
                    arrays, new ResidentWeights(network, weights, arrays).arrays(), ForwardPass.Mode.INFERENCE);
            final NDArray output = new NetworkOp(network, new SplittableRandom(0))
                    .forward(arrays.create(new float[] {1, 2, 2, 3}, new Shape(2, 2)), pass);

            // [1 2] x kernel = [7 6], [2 3] x kernel = [11 8]
            assertThat(output.toFloatArray()).containsExactly(7.5f, 0, 11.5f, 0);
        }
    }

    @Test
    void activityRegularizationAddsSumsOverTheWholeBatch() {
        final Network network =
                Network.of(org.gradienttape.layer.Shape.of(2), List.of(new Layer.ActivityRegularization(0.5, 0.25)));
        try (NDManager arrays = TorchEngine.start().newManager(ai.djl.Device.cpu())) {
            final ForwardPass pass = new ForwardPass(arrays, List.of(), ForwardPass.Mode.TRAINING);
            final NDArray input = arrays.create(new float[] {1, -2, 3, -4}, new Shape(2, 2));

            final NDArray output = new NetworkOp(network, new SplittableRandom(0)).forward(input, pass);

            assertThat(output.toFloatArray()).containsExactly(1, -2, 3, -4);
            // 0.5 * (1 + 2 + 3 + 4) + 0.25 * (1 + 4 + 9 + 16) + 100
            assertThat(pass.total(arrays.create(100f)).getFloat()).isEqualTo(112.5f);
        }
    }

    private static NDArray forward(final Network network, final ForwardPass.Mode mode, final NDManager arrays) {
        final ResidentWeights weights = new ResidentWeights(network, Weights.initial(network, 0), arrays);
        return new NetworkOp(network, new SplittableRandom(0))
                .forward(arrays.ones(new Shape(BATCH, INPUT.size())), new ForwardPass(arrays, weights.arrays(), mode));
    }

    private static java.util.stream.IntStream toInts(final long[] values) {
        return java.util.Arrays.stream(values).mapToInt(Math::toIntExact);
    }
}
