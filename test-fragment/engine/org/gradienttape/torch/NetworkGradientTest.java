package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Gradients of a whole network against central differences of the same loss, computed here in double precision. */
class NetworkGradientTest {
    private static final int BATCH = 3;
    private static final int IN = 4;
    private static final int HIDDEN = 5;
    private static final int OUT = 3;
    private static final double L1 = 0.02;
    private static final double L2 = 0.03;
    private static final long[] LABELS = {2, 0, 1};

    private final Network network = Network.of(
            Shape.of(2, 2),
            List.of(
                    new Layer.Flatten(),
                    new Layer.Dense(HIDDEN, Activation.RELU),
                    new Layer.ActivityRegularization(L1, L2),
                    new Layer.Reshape(Shape.of(HIDDEN)),
                    new Layer.Dense(OUT, Activation.NONE, false),
                    new Layer.ReLU()));
    private final Weights weights = Weights.initial(network, 3);
    private final double[] inputs =
            new SplittableRandom(4).doubles(BATCH * IN, -1, 1).toArray();

    @Test
    void agreeWithFiniteDifferences() {
        final List<double[]> numbers = new ArrayList<>();
        weights.names().forEach(name -> numbers.add(toDoubles(weights.get(name))));
        final List<float[]> gradients = gradientsOfTheEngine();

        assertThat(gradients).hasSize(3);
        for (int weight = 0; weight < gradients.size(); weight++) {
            for (int i = 0; i < gradients.get(weight).length; i++) {
                assertThat((double) gradients.get(weight)[i])
                        .as("weight %d, element %d", weight, i)
                        .isCloseTo(centralDifference(numbers, weight, i), within(2e-6));
            }
        }
    }

    private List<float[]> gradientsOfTheEngine() {
        return Computed.with(Execution.COMPILED, c -> {
            final CallableNetwork callable = Callable.of(network, weights, c, c::machine, new SplittableRandom(0));
            final List<Fetched> gradients = new ArrayList<>();
            c.step(() -> {
                try (GradientTape tape = new GradientTape()) {
                    final Tensor logits =
                            callable.call(c.machine().tensor(toFloats(inputs), BATCH, 2, 2), Mode.TRAINING);
                    final Tensor loss = new Loss.SparseCategoricalCrossentropy()
                            .call(c.machine().tensor(LABELS, BATCH, 1), logits);
                    tape.gradient(loss.add(callable.losses()), callable.weights())
                            .forEach(gradient -> gradients.add(c.fetch(gradient)));
                }
            });
            c.finish();
            return gradients.stream().map(Fetched::numbers).toList();
        });
    }

    private static float[] toFloats(final double[] values) {
        final float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private double centralDifference(final List<double[]> numbers, final int weight, final int element) {
        final double step = 1e-6;
        final double before = numbers.get(weight)[element];
        numbers.get(weight)[element] = before + step;
        final double above = loss(numbers.get(0), numbers.get(1), numbers.get(2));
        numbers.get(weight)[element] = before - step;
        final double below = loss(numbers.get(0), numbers.get(1), numbers.get(2));
        numbers.get(weight)[element] = before;
        return (above - below) / (2 * step);
    }

    private double loss(final double[] kernel, final double[] bias, final double[] outputKernel) {
        double crossEntropy = 0;
        double added = 0;
        for (int sample = 0; sample < BATCH; sample++) {
            final double[] hidden = new double[HIDDEN];
            for (int unit = 0; unit < HIDDEN; unit++) {
                double sum = bias[unit];
                for (int i = 0; i < IN; i++) {
                    sum += (float) inputs[sample * IN + i] * kernel[i * HIDDEN + unit];
                }
                hidden[unit] = Math.max(sum, 0);
                added += (L1 * hidden[unit] + L2 * hidden[unit] * hidden[unit]) / BATCH;
            }
            crossEntropy += crossEntropy(hidden, outputKernel, (int) LABELS[sample]) / BATCH;
        }
        return crossEntropy + added;
    }

    private static double crossEntropy(final double[] hidden, final double[] kernel, final int label) {
        double sumOfExponentials = 0;
        double ofLabel = 0;
        for (int unit = 0; unit < OUT; unit++) {
            double sum = 0;
            for (int i = 0; i < HIDDEN; i++) {
                sum += hidden[i] * kernel[i * OUT + unit];
            }
            final double logit = Math.max(sum, 0);
            sumOfExponentials += Math.exp(logit);
            ofLabel = unit == label ? logit : ofLabel;
        }
        return Math.log(sumOfExponentials) - ofLabel;
    }

    private static double[] toDoubles(final float[] values) {
        final double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
