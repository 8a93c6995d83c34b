package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** Computes each operation of a step as soon as it comes: for those who look at every number, and for steps that always differ. */
final class EagerComputation implements Computation {
    private final NDManager arrays;
    private final VariableStore variables;
    private final Calculator calculator = new Calculator();
    private NDManager step;

    /**
     * @param engine owner of everything native that the run opens
     */
    EagerComputation(final NDManager engine) {
        this.arrays = engine.newSubManager();
        this.variables = new VariableStore(arrays);
    }

    @Override
    public Machine machine() {
        return calculator;
    }

    @Override
    public Variable variable(final String name, final float[] values, final long... shape) {
        return new Variable(calculator, name, variables.add(values, shape), shape);
    }

    @Override
    public Tensor resident(final NDArray array, final NumberType type, final long... shape) {
        return calculator.source(Source.RESIDENT, array, type.ordinal(), shape);
    }

    @Override
    public void step(final Runnable code) {
        try (NDManager opened = arrays.newSubManager()) {
            step = opened;
            calculator.begin();
            code.run();
        }
    }

    @Override
    public Fetched fetch(final Tensor tensor) {
        final Fetched result = new Fetched();
        result.set(calculator.numbers(tensor));
        return result;
    }

    @Override
    public void finish() {
        // No step waits.
    }

    @Override
    public float[] read(final Variable variable) {
        return variables.read(variable.number());
    }

    @Override
    public Optional<String> code() {
        return Optional.empty();
    }

    @Override
    public void close() {
        variables.close();
        arrays.close();
    }

    /** Has an array for each tensor of the step. */
    private final class Calculator extends Machine {
        private final List<NDArray> values = new ArrayList<>();

        void begin() {
            beginStep();
            values.clear();
        }

        float[] numbers(final Tensor tensor) {
            return floats(own(tensor));
        }

        /** A beginning whose array is there. */
        Tensor source(final Source kind, final NDArray array, final long number, final long[] shape) {
            final int more = kind == Source.RESIDENT ? 2 : 1;
            final long[] attributes = new long[shape.length + more];
            attributes[more - 1] = number;
            System.arraycopy(shape, 0, attributes, more, shape.length);
            final Tensor node = node(kind, attributes, new Scalar[0], new Tensor[0]);
            values.add(array);
            return node;
        }

        @Override
        protected Tensor take(
                final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
            final Tensor node = node(operation, attributes, numbers, inputs);
            final NDArray[] operands = new NDArray[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                operands[i] = values.get(inputs[i].id());
            }
            values.add(EagerOperation.compute(node, operands, step));
            return node;
        }

        @Override
        protected Tensor load(final Variable variable) {
            return source(Source.VARIABLE, variables.array(variable.number()), variable.number(), variable.shape());
        }

        /** What was read of the variable in this step stays as it was. */
        @Override
        protected void store(final Variable variable, final Tensor value) {
            variables
                    .replace(variable.number(), values.get(value.id()).duplicate())
                    .attach(step);
        }

        @Override
        protected float[] floats(final Tensor tensor) {
            return HostCopy.floats(values.get(tensor.id()));
        }

        @Override
        protected long[] longs(final Tensor tensor) {
            return values.get(tensor.id()).toLongArray();
        }

        // Copies lie in the engine's own memory, aligned alike in every run; results depend on that in the last bit.

        @Override
        protected Tensor bring(final float[] numbers, final long[] shape) {
            try (NDArray given = step.create(numbers, new Shape(shape))) {
                return source(Source.FLOATS, given.duplicate(), 0, shape);
            }
        }

        @Override
        protected Tensor bring(final long[] numbers, final long[] shape) {
            try (NDArray given = step.create(numbers, new Shape(shape))) {
                return source(Source.INTEGERS, given.duplicate(), 0, shape);
            }
        }
    }
}
