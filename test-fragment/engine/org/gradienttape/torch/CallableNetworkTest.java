package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Single layers on numbers that can be worked out by hand. */
class CallableNetworkTest {
    @Test
    void denseMultipliesAddsAndActivates() {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.RELU)));
        final Weights weights = Weights.of(
                network, Map.of("dense/kernel", new float[] {1, -2, 3, 4}, "dense/bias", new float[] {0.5f, -9}));
        Computed.with(Execution.EAGER, c -> {
            c.step(() -> {
                final Tensor output = callable(network, weights, c)
                        .call(c.machine().tensor(new float[] {1, 2, 2, 3}, 2, 2), Mode.INFERENCE);

                // [1 2] x kernel = [7 6], [2 3] x kernel = [11 8]
                assertThat(output.toFloatArray()).containsExactly(7.5f, 0, 11.5f, 0);
            });
            return null;
        });
    }

    @Test
    void activityRegularizationAddsSumsOverTheSamplesDividedByTheirNumber() {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.ActivityRegularization(0.5, 0.25)));
        Computed.with(Execution.EAGER, c -> {
            c.step(() -> {
                final CallableNetwork callable = callable(network, Weights.initial(network, 0), c);

                final Tensor output =
                        callable.call(c.machine().tensor(new float[] {1, -2, 3, -4}, 2, 2), Mode.TRAINING);

                assertThat(output.toFloatArray()).containsExactly(1, -2, 3, -4);
                // (0.5 * (1 + 2 + 3 + 4) + 0.25 * (1 + 4 + 9 + 16)) / 2
                assertThat(callable.losses().item()).isEqualTo(6.25);

                callable.call(c.machine().tensor(new float[] {3, -4}, 1, 2), Mode.TRAINING);
                assertThat(callable.losses().item()).isEqualTo(9.75); // 0.5 * (3 + 4) + 0.25 * (9 + 16)
            });
            return null;
        });
    }

    private static CallableNetwork callable(final Network network, final Weights weights, final Computation c) {
        return Callable.of(network, weights, c, c::machine, new SplittableRandom(0));
    }
}
