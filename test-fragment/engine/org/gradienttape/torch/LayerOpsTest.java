package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.Test;

/** Single layers on numbers that can be worked out by hand. */
class LayerOpsTest {
    @Test
    void denseMultipliesAddsAndActivates() {
        final Network network =
                Network.of(org.gradienttape.layer.Shape.of(2), List.of(new Layer.Dense(2, Activation.RELU)));
        final Weights weights = Weights.of(
                network,
                java.util.Map.of("dense/kernel", new float[] {1, -2, 3, 4}, "dense/bias", new float[] {0.5f, -9}));
        try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
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
        try (NDManager arrays = TorchEngine.start().newManager(TestDevice.arrays())) {
            final ForwardPass pass = new ForwardPass(arrays, List.of(), ForwardPass.Mode.TRAINING);
            final NDArray input = arrays.create(new float[] {1, -2, 3, -4}, new Shape(2, 2));

            final NDArray output = new NetworkOp(network, new SplittableRandom(0)).forward(input, pass);

            assertThat(output.toFloatArray()).containsExactly(1, -2, 3, -4);
            // 0.5 * (1 + 2 + 3 + 4) + 0.25 * (1 + 4 + 9 + 16) + 100
            assertThat(pass.total(arrays.create(100f)).getFloat()).isEqualTo(112.5f);
        }
    }
}
