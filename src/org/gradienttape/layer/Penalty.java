package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * What is added to the loss for large numbers: l1 * sum(|x|) + l2 * sum(x * x), Keras' L1L2
 * (keras.io/api/layers/regularizers).
 *
 * @param l1 factor of the absolute values, at least 0
 * @param l2 factor of the squares, at least 0
 */
public record Penalty(double l1, double l2) {
    public static final Penalty NONE = new Penalty(0, 0);

    public Penalty {
        if (!(l1 >= 0 && l2 >= 0 && l1 <= Double.MAX_VALUE && l2 <= Double.MAX_VALUE)) {
            throw new InvalidInputException(
                    "A penalty needs factors of at least 0, but l1 is " + l1 + " and l2 is " + l2 + ".");
        }
    }

    void addOfWeight(final LayerCall call, final Variable weight) {
        add(call, weight, 1);
    }

    /**
     * Divided by the number of samples, as by Keras 3.14 and later.
     *
     * @param output [samples, ...]
     */
    void addOfOutput(final LayerCall call, final Tensor output) {
        add(call, output, call.samples(output));
    }

    private void add(final LayerCall call, final Tensor x, final long parts) {
        if (l1 > 0) {
            call.addLoss(x.abs().sum().mul(l1 / parts));
        }
        if (l2 > 0) {
            call.addLoss(x.square().sum().mul(l2 / parts));
        }
    }
}
