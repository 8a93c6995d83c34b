package org.gradienttape.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * A body of operations that is computed for one step of sequences after the other, and noted once. The body is what depends
 * on the states and elements of the loop. All attributes begin with the number of the loop.
 *
 * <p>Results name the body's states and what follows them, since those are what the loop goes on with: behind their value,
 * they have each state and its successor as inputs.
 */
public enum Loop implements Operation {
    /** What a step takes over from the one before it: at first, the input. Attributes: loop, place among the states. */
    STATE(1, (a, in) -> TensorSpec.like(in[0])),
    /** The step's part of a sequence, the input, [steps, ...]. Attributes: loop. */
    ELEMENT(1, (a, in) -> TensorSpec.of(in[0], Shapes.without(in[0].sizes(), 0))),
    /**
     * The values of the first input in all steps, [steps, ...]. Attributes: loop, steps, 1 if the loop goes from the last
     * step to the first.
     */
    STACKED(Integer.MAX_VALUE, (a, in) -> TensorSpec.of(in[0], Shapes.with(in[0].sizes(), 0, a[1]))),
    /** The first input, a successor of a state, after the last step. Attributes as of STACKED, then the state's place. */
    LAST(Integer.MAX_VALUE, (a, in) -> TensorSpec.like(in[0]));

    private static final int BASE = 1100;

    private final Rules rules;

    Loop(final int differentiable, final ShapeRule shape) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, GradientRule.NONE);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    /** Whether it is the loop's whole result, and not something in its body. */
    public boolean isResult() {
        return this == STACKED || this == LAST;
    }

    /** The states of a result's loop. */
    public static Tensor[] states(final Tensor result) {
        final Tensor[] states = new Tensor[(result.inputCount() - 1) / 2];
        Arrays.setAll(states, i -> result.input(2 * i + 1));
        return states;
    }

    /** What follows the states of a result's loop. */
    public static Tensor[] successors(final Tensor result) {
        final Tensor[] successors = new Tensor[(result.inputCount() - 1) / 2];
        Arrays.setAll(successors, i -> result.input(2 * i + 2));
        return successors;
    }

    /** The inputs of a result. */
    static Tensor[] inputs(final Tensor value, final List<Tensor> states, final List<Tensor> successors) {
        final Tensor[] inputs = new Tensor[2 * states.size() + 1];
        inputs[0] = value;
        for (int i = 0; i < states.size(); i++) {
            inputs[2 * i + 1] = states.get(i);
            inputs[2 * i + 2] = successors.get(i);
        }
        return inputs;
    }
}
