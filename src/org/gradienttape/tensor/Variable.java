package org.gradienttape.tensor;

import java.util.List;

/**
 * A tensor that lasts for a whole run and can be changed: a weight of a model, the state of an optimizer, or what a step
 * keeps for itself. In operations it stands for its numbers at that moment.
 *
 * <p>To assign ends a gradient's way: what is computed afterwards begins anew with the assigned numbers.
 */
public final class Variable extends Tensor {
    private final String name;
    private final int number;
    private Machine machine;

    /**
     * @param machine that it belongs to
     * @param number of the variable in its run, from 0
     */
    public Variable(final Machine machine, final String name, final int number, final long... shape) {
        super(shape.clone());
        this.machine = machine;
        this.name = name;
        this.number = number;
    }

    /** For example "dense/kernel". */
    public String name() {
        return name;
    }

    /** Its number in the run, from 0. */
    public int number() {
        return number;
    }

    /** Replaces all numbers, outside of any gradient; the value has the variable's shape. */
    public void assign(final Tensor value) {
        machine.assign(this, value);
    }

    /** Whether the step that is under way has assigned it. */
    public boolean isAssigned() {
        return machine.isAssigned(this);
    }

    /** Adds to the numbers, outside of any gradient. */
    public void assignAdd(final Tensor value) {
        assign(add(value));
    }

    /** Takes operations that assign variables of this one's run; nobody looks at the numbers between. */
    public void together(final Runnable code) {
        machine.together(() -> {
            code.run();
            return List.of();
        });
    }

    /** Goes over to another machine, where a run changes the way in which it computes. */
    public void moveTo(final Machine other) {
        machine = other;
    }

    @Override
    Machine machine() {
        return machine;
    }

    @Override
    Tensor current() {
        return machine.read(this);
    }
}
