package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.tensor.Tensor;

/**
 * How the weights of a layer start, and what is added to the loss for them and for what the layer gives.
 *
 * @param kernelInitializer of the kernels; Keras' default GLOROT_UNIFORM
 * @param biasInitializer of the bias; Keras' default ZEROS
 * @param kernelRegularizer of the kernels
 * @param biasRegularizer of the bias
 * @param activityRegularizer of the layer's output, summed over a batch and divided by its number of samples, as by Keras 3.14
 *     and later
 */
public record WeightSettings(
        Initializer kernelInitializer,
        Initializer biasInitializer,
        Penalty kernelRegularizer,
        Penalty biasRegularizer,
        Penalty activityRegularizer) {
    public static final WeightSettings DEFAULT =
            new WeightSettings(Initializer.GLOROT_UNIFORM, Initializer.ZEROS, Penalty.NONE, Penalty.NONE, Penalty.NONE);

    private static final String BIAS = "bias";

    /** Whether something is added to the loss for a weight. */
    private Penalty of(final WeightSpec weight) {
        final String name = weight.name().substring(weight.name().lastIndexOf('/') + 1);
        if (name.endsWith(BIAS)) {
            return biasRegularizer;
        }
        final boolean isKernel = name.equals("embeddings") || name.endsWith("kernel") && !name.startsWith("recurrent");
        return isKernel ? kernelRegularizer : Penalty.NONE;
    }

    /** A kernel and, if it has any numbers, a bias. */
    List<WeightSpec> weights(final Shape kernel, final int biases) {
        final List<WeightSpec> weights = new ArrayList<>();
        weights.add(kernel("kernel", kernel));
        if (biases > 0) {
            weights.add(bias(biases));
        }
        return weights;
    }

    WeightSpec kernel(final String name, final Shape shape) {
        return WeightSpec.of(name, kernelInitializer, true, shape);
    }

    WeightSpec bias(final int... shape) {
        return WeightSpec.of(BIAS, biasInitializer, true, Shape.of(shape));
    }

    /** Adds what the weights and the output cost; weights count once for all calls of a batch, frozen ones not at all. */
    void addLosses(final LayerCall call, final Tensor output) {
        final boolean costs = !kernelRegularizer.equals(Penalty.NONE) || !biasRegularizer.equals(Penalty.NONE);
        if (costs && call.isFirst() && call.node().trainable()) {
            call.node().weights().forEach(weight -> of(weight).addOfWeight(call, call.weight(weight.name())));
        }
        activityRegularizer.addOfOutput(call, output);
    }
}
