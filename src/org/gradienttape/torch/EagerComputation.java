package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.distributed.Workers;
import org.gradienttape.graph.Graph;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Control;
import org.gradienttape.tensor.Loop;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** Computes each operation of a step as soon as it comes: for those who look at every number, and for steps that always differ. */
public final class EagerComputation implements Computation {
    private final NDManager arrays;
    private final VariableStore variables;
    private final Workers workers;
    private final boolean compilesUpdates;
    private Fragment fragment;
    private final EagerOperation operations;
    private final Calculator calculator = new Calculator();
    private NDManager step;

    /**
     * @param engine owner of everything native that the run opens
     * @param workers that share the run
     */
    public EagerComputation(final NDManager engine, final Workers workers) {
        this(engine, new VariableStore(engine), workers, true);
    }

    /**
     * @param variables of the run; closed with this one
     * @param workers that share it
     * @param compilesUpdates whether gradients and what an optimizer does with them are one program, where that pays
     */
    EagerComputation(
            final NDManager engine,
            final VariableStore variables,
            final Workers workers,
            final boolean compilesUpdates) {
        this.arrays = engine.newSubManager();
        this.variables = variables;
        this.workers = workers;
        this.compilesUpdates = compilesUpdates;
        this.operations = new EagerOperation(arrays);
    }

    @Override
    public int compilations() {
        return fragment().compilations();
    }

    private Fragment fragment() {
        if (fragment == null) {
            fragment = new Fragment(arrays, variables, workers);
        }
        return fragment;
    }

    @Override
    public Machine machine() {
        return calculator;
    }

    @Override
    public Variable variable(final String name, final float[] values, final long... shape) {
        return new Variable(calculator, name, variables.add(name, values, shape), shape);
    }

    @Override
    public Tensor resident(final NDArray array, final NumberType type, final long... shape) {
        return calculator.source(Source.RESIDENT, array, type.ordinal(), shape);
    }

    @Override
    public boolean joinsSteps() {
        return false;
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
    public void runWaiting() {
        // No step waits.
    }

    @Override
    public void watchedBy(final Machine.Watch watch) {
        calculator.watchedBy(watch);
    }

    @Override
    public void finish() {
        // No step waits.
    }

    @Override
    public void leave() {
        // No step waits.
    }

    @Override
    public void keep(final Memory memory) {
        variables.keep(memory.part("variables"));
        if (memory.flag("has a fragment", fragment != null)) {
            fragment().keep(memory.part("fragment"));
        }
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
        if (fragment != null) {
            fragment.close();
        }
        variables.close();
        arrays.close();
    }

    /** Has an array for each tensor of the step. */
    private final class Calculator extends Machine {
        private final List<Tensor> nodes = new ArrayList<>();
        private final List<NDArray> values = new ArrayList<>();
        private final Promises promises = new Promises();
        /** What belongs to loops, by number. */
        private final BitSet bodies = new BitSet();

        private boolean isTogether;
        /** Whether gradients and updates of this step are programs; empty before the first of them. */
        private Optional<Boolean> compiles = Optional.empty();

        void begin() {
            beginStep();
            compiles = Optional.empty();
            nodes.clear();
            values.clear();
            promises.clear();
            bodies.clear();
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
            return added(node(kind, attributes, new Scalar[0], new Tensor[0]), array);
        }

        private Tensor added(final Tensor node, final NDArray array) {
            nodes.add(node);
            values.add(array);
            return node;
        }

        @Override
        protected Tensor take(
                final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
            final boolean isComputed = !isTogether && operation != Control.GRADIENTS && operation != Control.GRADIENT;
            if (isComputed && promises.haveAny(inputs)) {
                keepPromises();
            }
            final Tensor node = added(node(operation, attributes, numbers, inputs), null);
            final boolean isResult = operation instanceof Loop kind && kind.isResult();
            if (!isResult && (operation instanceof Loop || areOfLoop(inputs))) {
                bodies.set(node.id());
            }
            if (isTogether) {
                promises.use(inputs);
            } else if (isResult) {
                value(node);
            } else if (isComputed && !bodies.get(node.id())) {
                values.set(node.id(), computed(node, inputs));
            }
            return node;
        }

        private NDArray computed(final Tensor node, final Tensor[] inputs) {
            if (changesNothing(node)) {
                return value(inputs[0]);
            }
            final NDArray[] operands = new NDArray[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                operands[i] = value(inputs[i]);
            }
            return operations.compute(node, operands, step);
        }

        /** Losses that no layer adds are a zero. */
        private static boolean changesNothing(final Tensor node) {
            return Graph.isForGradients(node)
                    || node.operation() == Arithmetic.ADD
                            && node.input(1).operation() == Source.FULL
                            && node.input(1).rank() == 0
                            && node.input(1).number(0).value() == 0;
        }

        /**
         * The same for all gradients of a step, since some are taken of others. Workers do so always or never: how many programs
         * one has depends on its share.
         */
        private boolean compiles() {
            if (compiles.isEmpty()) {
                compiles = Optional.of(
                        compilesUpdates && (rows().isPresent() || fragment().pays()));
            }
            return compiles.get();
        }

        /** What belongs to a loop has a number for each step, and so none before the whole loop is computed. */
        private boolean areOfLoop(final Tensor[] inputs) {
            return !bodies.isEmpty() && Arrays.stream(inputs).anyMatch(input -> bodies.get(input.id()));
        }

        /** Computed when somebody needs them, or as a part of the update in which nobody sees them. */
        @Override
        protected List<Tensor> differentiate(final Tensor loss, final List<Tensor> sources) {
            if (!compiles()) {
                return super.differentiate(loss, sources);
            }
            final List<Tensor> gradients = noteGradients(loss, sources);
            gradients.forEach(promises::add);
            return gradients;
        }

        @Override
        public List<Tensor> together(final Supplier<List<Tensor>> code) {
            if (isTogether || !compiles()) {
                return code.get();
            }
            fragment().begin();
            final List<Tensor> results = noted(code);
            final List<Tensor> wanted = new ArrayList<>(results);
            wanted.addAll(promises.unused(fragment.keepsGradients()));
            compute(wanted);
            return results;
        }

        private List<Tensor> noted(final Supplier<List<Tensor>> code) {
            isTogether = true;
            boolean isDone = false;
            try {
                final List<Tensor> results = code.get();
                isDone = true;
                return results;
            } finally {
                isTogether = false;
                if (!isDone) { // what was assigned before a failure stays assigned
                    compute(List.of());
                }
            }
        }

        private void keepPromises() {
            if (promises.haveLeftOut()) {
                fragment.keepGradients();
            }
            fragment().begin();
            compute(promises.all());
        }

        private void compute(final List<Tensor> wanted) {
            if (!wanted.isEmpty() || !fragment.assigned().isEmpty()) {
                final List<NDArray> computed = fragment.run(nodes, values, wanted, step);
                for (int i = 0; i < computed.size(); i++) {
                    values.set(wanted.get(i).id(), computed.get(i));
                }
            }
            fragment.read().forEach((variable, node) -> values.set(node.id(), variables.array(variable.number())));
            fragment.assigned()
                    .forEach(variable -> values.set(read(variable).id(), variables.array(variable.number())));
            promises.end(wanted);
        }

        /**
         * The array of a tensor. The result of a loop is computed in one program with all that belongs to the loop, and what
         * a fragment did not keep is computed again.
         */
        private NDArray value(final Tensor tensor) {
            if (promises.haveAny(tensor)) {
                keepPromises();
            }
            if (values.get(tensor.id()) == null) {
                fragment().begin();
                values.set(
                        tensor.id(),
                        fragment.run(nodes, values, List.of(tensor), step).get(0));
            }
            return values.get(tensor.id());
        }

        @Override
        protected Tensor load(final Variable variable) {
            final Tensor node = source(
                    Source.VARIABLE,
                    isTogether ? null : variables.array(variable.number()),
                    variable.number(),
                    variable.shape());
            if (isTogether) {
                fragment.read(variable, node);
            }
            return node;
        }

        /** What was read of the variable in this step stays as it was. */
        @Override
        protected void store(final Variable variable, final Tensor value) {
            if (isTogether) {
                fragment.assign(variable, value);
                return;
            }
            final NDArray assigned = value(value);
            final NDArray own = step.create(assigned.getShape(), assigned.getDataType()); // one number behind the other
            assigned.copyTo(own);
            variables.replace(variable.number(), own).attach(step);
        }

        @Override
        protected float[] floats(final Tensor tensor) {
            return HostCopy.floats(value(tensor));
        }

        @Override
        protected long[] longs(final Tensor tensor) {
            return value(tensor).toLongArray();
        }

        @Override
        protected Tensor bring(final float[] numbers, final long[] shape) {
            return source(Source.FLOATS, Incoming.own(numbers, new Shape(shape), step), 0, shape);
        }

        @Override
        protected Tensor bring(final long[] numbers, final long[] shape) {
            return source(Source.INTEGERS, Incoming.own(numbers, new Shape(shape), step), 0, shape);
        }
    }
}
