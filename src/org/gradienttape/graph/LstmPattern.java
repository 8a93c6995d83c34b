package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.LstmCell;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * The operations of a standard LSTM that goes along a batch of sequences, and of its gradients. They are noted by the formula
 * of the layer itself, and simplified as all operations are, so that they look as in any step.
 *
 * @param last the output of the last step
 * @param all the outputs of all steps, [steps, batch, units]
 * @param gradients by input, kernel, recurrent kernel and, if there is one, bias; none without a loss
 */
record LstmPattern(Tensor last, Tensor all, List<Tensor> gradients) {
    /** What the operations read, as the numbers of variables. */
    enum Given {
        /** [steps x batch, features]. */
        INPUT,
        KERNEL,
        RECURRENT_KERNEL,
        BIAS,
        STATE,
        CELL,
        /** The gradient by the last output. */
        BY_LAST,
        /** The gradient by all outputs. */
        BY_ALL;

        static Given of(final Tensor variable) {
            return values()[(int) variable.attribute(0)];
        }
    }

    /** Which outputs the loss is computed of; without one there are no gradients. */
    enum Loss {
        NONE(false, false),
        LAST(true, false),
        ALL(false, true),
        BOTH(true, true);

        private final boolean isLast;
        private final boolean isAll;

        Loss(final boolean isLast, final boolean isAll) {
            this.isLast = isLast;
            this.isAll = isAll;
        }
    }

    /** How large it is. */
    record Sizes(long steps, long batch, long features, long units, boolean hasBias, boolean isBackwards) {
        /** What is larger would not stay in a heap of glibc when a step frees it, and be fetched page by page in the next one. */
        private static final long LARGEST_WORKSPACE = 60_000_000;

        private static final double STEP = 26_000;
        private static final double NUMBER = 8.5;
        private static final double CALL = 200_000;
        private static final double WEIGHT = 3.4;
        private static final double PRODUCT = 0.01;

        /**
         * Whether one call takes less time than the operations of a loop, and has the memory for it. The constants are nanoseconds
         * of one thread: a step of the loop takes longer by its many calls, and each output by the many ways through memory, while
         * oneDNN's call rearranges the kernels and computes the gradient by the input in any case.
         *
         * @param needsInputGradient whether somebody needs that
         */
        boolean areWorthACall(final boolean needsInputGradient) {
            final double saved = STEP * steps + NUMBER * steps * batch * units;
            final double spent = CALL
                    + WEIGHT * (features + units) * 4 * units
                    + (needsInputGradient ? 0 : PRODUCT * steps * batch * 4 * units * features);
            return saved > spent && workspace() <= LARGEST_WORKSPACE;
        }

        /** About how many bytes oneDNN takes up: states and their gradients of the larger width, and the gates. */
        private double workspace() {
            return Float.BYTES * (steps + 1.0) * batch * (10.0 * Math.max(features, units) + 9.5 * units);
        }
    }

    /** Notes the operations. */
    static LstmPattern of(final Sizes sizes, final Loss loss) {
        final Trace trace = Trace.ofOperations();
        trace.begin();
        return new Tracing(trace, sizes).pattern(loss);
    }

    private record Tracing(Trace trace, Sizes sizes) {
        private Variable given(final Given what, final long... shape) {
            return new Variable(trace, what.name(), what.ordinal(), shape);
        }

        LstmPattern pattern(final Loss loss) {
            final long width = 4 * sizes.units;
            final Variable input = given(Given.INPUT, sizes.steps * sizes.batch, sizes.features);
            final Variable kernel = given(Given.KERNEL, sizes.features, width);
            final Variable recurrent = given(Given.RECURRENT_KERNEL, sizes.units, width);
            final Variable bias = given(Given.BIAS, width);
            final Tensor products = input.matmul(kernel);
            final Tensor inputs =
                    (sizes.hasBias ? products.add(bias) : products).reshape(sizes.steps, sizes.batch, width);
            final Machine.Run run = LstmCell.STANDARD.scan(
                    sizes.isBackwards,
                    inputs,
                    recurrent,
                    List.of(given(Given.STATE, sizes.batch, sizes.units), given(Given.CELL, sizes.batch, sizes.units)));
            trace.output(run.last(0));
            trace.output(run.all(0));
            if (loss != Loss.NONE) {
                final List<Variable> sources = new ArrayList<>(List.of(input, kernel, recurrent));
                if (sizes.hasBias) {
                    sources.add(bias);
                }
                gradients(number(run, loss), sources);
            }
            final List<Tensor> outputs = Graph.of(trace).outputs();
            return new LstmPattern(outputs.get(0), outputs.get(1), outputs.subList(2, outputs.size()));
        }

        /** Any number whose gradients by the outputs are the given ones. */
        private Tensor number(final Machine.Run run, final Loss loss) {
            final List<Tensor> parts = new ArrayList<>();
            if (loss.isLast) {
                parts.add(run.last(0).mul(given(Given.BY_LAST, sizes.batch, sizes.units)));
            }
            if (loss.isAll) {
                parts.add(run.all(0).mul(given(Given.BY_ALL, sizes.steps, sizes.batch, sizes.units)));
            }
            return parts.stream().map(Tensor::sum).reduce(Tensor::add).orElseThrow();
        }

        private void gradients(final Tensor number, final List<Variable> sources) {
            try (GradientTape tape = new GradientTape()) {
                tape.gradient(number, sources).forEach(trace::output);
            }
        }
    }
}
