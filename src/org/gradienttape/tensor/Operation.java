package org.gradienttape.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One thing that can be done with tensors. Each is declared once, in the family that it belongs to, with the rule for the
 * shape of its result and the rule for its gradient; how an engine computes it stands where the engine's code is written.
 *
 * <p>Gradient rules use operations alone. So a gradient can be differentiated again.
 */
public sealed interface Operation
        permits Source,
                Arithmetic,
                Function,
                Derivative,
                Choice,
                Reduction,
                Form,
                Product,
                Convolution,
                Pooling,
                Normalization,
                Loop,
                Control {
    /** All there are. */
    static List<Operation> all() {
        return Stream.of(
                        Source.values(),
                        Arithmetic.values(),
                        Function.values(),
                        Derivative.values(),
                        Choice.values(),
                        Reduction.values(),
                        Form.values(),
                        Product.values(),
                        Convolution.values(),
                        Pooling.values(),
                        Normalization.values(),
                        Loop.values(),
                        Control.values())
                .flatMap(Arrays::<Operation>stream)
                .toList();
    }

    /** For example "MATMUL". */
    String name();

    /** What is declared of it. */
    Rules rules();

    /**
     * What a family declares of each of its operations.
     *
     * @param code a number of its own, below 65,536
     * @param differentiable how many inputs, from the first one on, a gradient can pass to; the others are whole numbers,
     *     conditions, examples
     */
    record Rules(int code, int differentiable, ShapeRule shape, GradientRule gradient) {}

    /** A number of its own, below 65,536. */
    default int code() {
        return rules().code();
    }

    /** Type and shape of the result. */
    default TensorSpec outline(final long[] attributes, final Tensor[] inputs) {
        return rules().shape().of(attributes, inputs);
    }

    /**
     * The gradient of a loss by an input that a gradient can pass to.
     *
     * @param result of this operation
     * @param gradient of the loss by the result, of its shape
     * @return of the input's shape
     */
    default Tensor gradient(final Tensor result, final Tensor gradient, final int input) {
        return rules().gradient().of(result, gradient, input);
    }

    /** Whether a gradient can pass to the input. */
    default boolean passes(final int input) {
        return input < rules().differentiable();
    }

    /** For errors: "matmul". */
    default String spoken() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How the shape of a result follows. */
    @FunctionalInterface
    interface ShapeRule {
        TensorSpec of(long[] attributes, Tensor[] inputs);
    }

    /** How a gradient passes back; see {@link Operation#gradient}. */
    @FunctionalInterface
    interface GradientRule {
        /** Of an operation that no gradient passes. */
        GradientRule NONE = (y, g, i) -> {
            throw new IllegalStateException("no gradient passes " + y.operation());
        };

        Tensor of(Tensor y, Tensor g, int i);
    }
}
