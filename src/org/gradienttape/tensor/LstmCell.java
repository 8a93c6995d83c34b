package org.gradienttape.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A step of long short-term memory: Hochreiter and Schmidhuber, 1997, with a forget gate
 * (keras.io/api/layers/recurrent_layers/lstm). The kernels hold input, forget, cell and output side by side.
 *
 * @param activation of cell and output
 * @param gates the activation of the gates
 */
public record LstmCell(UnaryOperator<Tensor> activation, UnaryOperator<Tensor> gates) {
    private static final int WIDTHS = 4;

    /** Keras' default: hyperbolic tangents, and sigmoids for the gates. */
    public static final LstmCell STANDARD = new LstmCell(Tensor::tanh, Tensor::sigmoid);

    /**
     * One step.
     *
     * @param inputs the products of its input with the kernel, [batch, 4 x units], with the bias
     * @param before the output of the step before, [batch, units]
     * @param kernel the recurrent one, [units, 4 x units]
     * @param cell that the step before left, [batch, units]
     * @return the output and the cell, [batch, units] each
     */
    public List<Tensor> step(final Tensor inputs, final Tensor before, final Tensor kernel, final Tensor cell) {
        final Tensor sums = inputs.add(before.matmul(kernel));
        final Tensor input = gates.apply(part(sums, 0));
        final Tensor forget = gates.apply(part(sums, 1));
        final Tensor output = gates.apply(part(sums, 3));
        final Tensor next = forget.mul(cell).add(input.mul(activation.apply(part(sums, 2))));
        return List.of(output.mul(activation.apply(next)), next);
    }

    /**
     * Goes along a batch of sequences.
     *
     * @param inputs as of a step, of all steps, [steps, batch, 4 x units]
     * @param kernel the recurrent one
     * @param starts output and cell before the first step, [batch, units] each
     * @return with output and cell as its states
     */
    public Machine.Run scan(
            final boolean isBackwards, final Tensor inputs, final Tensor kernel, final List<Tensor> starts) {
        return inputs.machine()
                .scan(
                        isBackwards,
                        List.of(inputs),
                        starts,
                        (before, elements) -> step(elements.get(0), before.get(0), kernel, before.get(1)));
    }

    private static Tensor part(final Tensor sums, final int place) {
        final long units = sums.size(1) / WIDTHS;
        return sums.slice(1, place * units, (place + 1) * units);
    }
}
