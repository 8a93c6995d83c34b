package org.gradienttape.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/** Numbers that look random and that every language can compute, so that other implementations can start alike. */
public final class Hashed {
    private Hashed() {}

    /** In [0, 1): the fraction of 43758.5453 * sin(12.9898 * (k + 1) + 78.233 * stream) for k from 0. */
    public static double[] numbers(final int count, final int stream) {
        final double[] numbers = new double[count];
        for (int k = 0; k < count; k++) {
            final double x = 43758.5453 * Math.sin(12.9898 * (k + 1) + 78.233 * stream);
            numbers[k] = x - Math.floor(x);
        }
        return numbers;
    }

    /**
     * Biases 0; kernels limit * (2 * h - 1), where the limit is sqrt(6 / (fan in + fan out)) and h the numbers of the
     * stream n for the n-th layer with weights.
     */
    public static Weights weights(final Network network) {
        return weights(network, 0);
    }

    /** The same with this number added to each stream. */
    public static Weights weights(final Network network, final int phase) {
        final Map<String, float[]> values = new LinkedHashMap<>();
        int layer = 0;
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                final boolean isKernel = weight.name().equals("kernel");
                final double limit = isKernel ? Math.sqrt(6.0 / (weight.fanIn() + weight.fanOut())) : 0;
                values.put(
                        node.weightName(weight),
                        scaled(numbers(weight.shape().size(), layer + phase), 2 * limit, -limit));
                layer += isKernel ? 1 : 0;
            }
        }
        return Weights.of(network, values);
    }

    /** factor * numbers + offset. */
    public static float[] scaled(final double[] numbers, final double factor, final double offset) {
        final float[] scaled = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            scaled[i] = (float) (factor * numbers[i] + offset);
        }
        return scaled;
    }
}
