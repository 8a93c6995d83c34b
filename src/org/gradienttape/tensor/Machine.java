package org.gradienttape.tensor;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What takes operations: a trace, which notes them; a graph, which makes a program of them; or an engine, which computes
 * them at once. All tensors that meet in an operation belong to the same machine and, where it works in steps, to the same
 * step. Not for several threads.
 */
public abstract class Machine {
    private static final long[] NO_ATTRIBUTES = {};
    private static final Scalar[] NO_NUMBERS = {};

    private final Map<Variable, List<Tensor>> reads = new IdentityHashMap<>();
    private int step;
    private int tensors;
    private long loops = firstLoop();
    private String place = "";
    private boolean isCode;
    private Watch watch = Watch.NOBODY;
    private Optional<Rows> rows = Optional.empty();

    /** Looks on while a person's code gives operations. */
    public interface Watch {
        /** Nobody looks on. */
        Watch NOBODY = new Watch() {};

        /** Called before each operation; may end the step by throwing. */
        default void operation() {}

        /** Whether places are wanted. */
        default boolean isCurious() {
            return false;
        }

        /** The line of the code that gives the operation; empty if it is not known. Asked for while it is wanted. */
        default String line() {
            return "";
        }

        /**
         * Called before code gets gradients by variables.
         *
         * @return what it gets in their place
         */
        default List<Tensor> gradients(final Tensor loss, final List<Tensor> gradients) {
            return gradients;
        }

        /** Called before code gets the numbers of a tensor; may refuse it by throwing. */
        default void reading(final Tensor tensor) {}
    }

    /** Lets somebody look on from now on. */
    public final void watchedBy(final Watch other) {
        watch = other;
    }

    /** Several workers share the batches of the next steps, of which these rows are computed here. */
    public final void share(final Rows own) {
        rows = Optional.of(own);
    }

    /** Which rows of the batch are computed here; empty if all are. */
    public final Optional<Rows> rows() {
        return rows;
    }

    /** Ends all tensors that there are. */
    protected final void beginStep() {
        step++;
        tensors = 0;
        loops = firstLoop();
        at("");
        reads.clear();
    }

    /** The number of the first loop that it makes itself; others come from another machine, with their numbers. */
    protected long firstLoop() {
        return 0;
    }

    final long newLoop() {
        return loops++;
    }

    /** What a loop does in each step. */
    @FunctionalInterface
    public interface Body {
        /**
         * One step.
         *
         * @param states that the step before left, or the first ones
         * @param elements of the sequences
         * @return the states that the step leaves, as many and of the same shapes
         */
        List<Tensor> of(List<Tensor> states, List<Tensor> elements);
    }

    /** What the states of a loop were. */
    public final class Run {
        private final List<Tensor> states;
        private final List<Tensor> successors;
        private final long[] attributes;

        private Run(final List<Tensor> states, final List<Tensor> successors, final long... attributes) {
            this.states = states;
            this.successors = successors;
            this.attributes = attributes;
        }

        /** A state after the last step. */
        public Tensor last(final int state) {
            final long[] more = Arrays.copyOf(attributes, attributes.length + 1);
            more[attributes.length] = state;
            return result(Loop.LAST, more, state);
        }

        /** A state after each step, [steps, ...], in the order of the sequences. */
        public Tensor all(final int state) {
            return result(Loop.STACKED, attributes, state);
        }

        private Tensor result(final Loop kind, final long[] values, final int state) {
            return apply(kind, values, Loop.inputs(successors.get(state), states, successors));
        }
    }

    /**
     * Goes along sequences step by step: {@code tf.scan}, {@code jax.lax.scan}. The body is noted once, however long they
     * are; it makes no loop itself and assigns nothing.
     *
     * @param isBackwards whether it goes from the last step to the first
     * @param sequences [steps, ...] each, at least one
     * @param starts the states before the first step, at least one
     */
    public final Run scan(
            final boolean isBackwards, final List<Tensor> sequences, final List<Tensor> starts, final Body body) {
        final long loop = newLoop();
        final List<Tensor> states = new ArrayList<>();
        for (final Tensor start : starts) {
            states.add(apply(Loop.STATE, new long[] {loop, states.size()}, start));
        }
        final List<Tensor> elements = new ArrayList<>();
        sequences.forEach(sequence -> elements.add(apply(Loop.ELEMENT, new long[] {loop}, sequence)));
        final List<Tensor> successors = body.of(List.copyOf(states), List.copyOf(elements));
        for (int i = 0; i < states.size(); i++) {
            if (!Arrays.equals(states.get(i).sizes(), successors.get(i).sizes())) {
                throw new TensorException("a step of a loop must leave states of the shape "
                        + Shapes.text(states.get(i).sizes()) + ", but it left "
                        + Shapes.text(successors.get(i).sizes()));
            }
        }
        return new Run(states, successors, loop, sequences.get(0).size(0), isBackwards ? 1 : 0);
    }

    /** How many tensors there are in this step. */
    protected final int tensors() {
        return tensors;
    }

    /**
     * Takes an operation, whose inputs are checked.
     *
     * @param numbers of the JVM
     */
    protected abstract Tensor take(Operation operation, long[] attributes, Scalar[] numbers, Tensor[] inputs);

    /** A fresh node for the variable's numbers as they are now. */
    protected abstract Tensor load(Variable variable);

    /**
     * Replaces a variable's numbers.
     *
     * @param value of the variable's shape
     */
    protected abstract void store(Variable variable, Tensor value);

    /** All numbers of a tensor, row by row. */
    protected abstract float[] floats(Tensor tensor);

    /** All whole numbers of a tensor, row by row. */
    protected abstract long[] longs(Tensor tensor);

    /** As {@link #changed}, of this machine's own tensors. */
    protected List<Tensor> change(final List<Placed> placed, final int count, final Consumer<FloatBuffer> change) {
        final float[] all = new float[count];
        final Tensor[] rows = placed.stream()
                .map(one -> one.tensor().reshape(one.tensor().size()))
                .toArray(Tensor[]::new);
        final FloatBuffer read = FloatBuffer.wrap(floats(concat(0, rows)));
        placed.forEach(one -> read.get(all, one.begin(), (int) one.tensor().size()));
        change.accept(FloatBuffer.wrap(all));
        return placed.stream()
                .map(one -> bring(
                        Arrays.copyOfRange(
                                all,
                                one.begin(),
                                one.begin() + (int) one.tensor().size()),
                        one.tensor().shape()))
                .toList();
    }

    /** Numbers from the JVM, float32. */
    protected abstract Tensor bring(float[] values, long[] shape);

    /** Numbers from the JVM, int64. */
    protected abstract Tensor bring(long[] values, long[] shape);

    /** The gradients of a loss, numbers of any shape being summed, one per source and of its shape. */
    protected List<Tensor> differentiate(final Tensor loss, final List<Tensor> sources) {
        return Gradients.of(this, loss, sources);
    }

    /** Notes only; the gradients are worked out when a program is written. */
    protected final List<Tensor> noteGradients(final Tensor loss, final List<Tensor> sources) {
        final Tensor[] inputs = new Tensor[sources.size() + 1];
        inputs[0] = loss;
        for (int i = 1; i < inputs.length; i++) {
            inputs[i] = sources.get(i - 1);
        }
        final Tensor note = apply(Control.GRADIENTS, new long[0], inputs);
        final List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            gradients.add(apply(Control.GRADIENT, behind(i, sources.get(i).sizes()), note));
        }
        return gradients;
    }

    /** Attributes of an operation that has a number and a shape. */
    protected static long[] behind(final long first, final long[] shape) {
        final long[] all = new long[shape.length + 1];
        all[0] = first;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }

    /**
     * Takes operations whose numbers nobody looks at, but for those that the code returns and assigns. A machine may compute
     * them in one.
     */
    public List<Tensor> together(final Supplier<List<Tensor>> code) {
        return code.get();
    }

    /** What the next operations belong to: a layer, or a line of a person's code; empty if that is not known. */
    protected final String place() {
        return place;
    }

    /**
     * Says what the next operations belong to, for errors and for those who read the program.
     *
     * @param about for example "dense_1: Dense, 64 to 10"; empty for nothing in particular
     */
    public final void at(final String about) {
        place = about;
        isCode = false;
    }

    /**
     * Says that the next operations belong to a person's code, whose lines say more than this where they are known.
     *
     * @param about what the code is a part of
     */
    public final void atCode(final String about) {
        place = about;
        isCode = true;
    }

    /** Makes the result of an operation, which gets the next number. */
    protected final Tensor node(
            final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] inputs) {
        final TensorSpec outline = outline(operation, attributes, inputs);
        final String about = watch.isCurious() || isNew() ? line() : place;
        return new Tensor(this, operation, attributes, numbers, inputs, outline, tensors++, step, about);
    }

    /** The same result, which says which line of a person's code it belongs to; nobody has got the other one. */
    protected final Tensor withLine(final Tensor node) {
        return node.at(line());
    }

    /** Whether the step does what no step before it did, so that lines of code are wanted as by somebody curious. */
    protected boolean isNew() {
        return false;
    }

    /** What the next operation belongs to, a line of a person's code if it can be known. */
    private String line() {
        final String line = isCode || place.isEmpty() ? watch.line() : "";
        return line.isEmpty() ? place : line;
    }

    private TensorSpec outline(final Operation operation, final long[] attributes, final Tensor[] inputs) {
        try {
            return operation.outline(attributes, inputs);
        } catch (final TensorException misfit) {
            final String at = place().isEmpty() ? "" : " at " + place();
            throw new TensorException(operation.spoken() + at + ": " + misfit.getMessage());
        }
    }

    /** Applies an operation without numbers. */
    protected final Tensor apply(final Operation operation, final long[] attributes, final Tensor... inputs) {
        return apply(operation, attributes, NO_NUMBERS, inputs);
    }

    protected final Tensor apply(
            final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor... inputs) {
        watch.operation();
        for (int i = 0; i < inputs.length; i++) {
            final Tensor input = ofThisStep(inputs[i]);
            if (input == null) {
                throw unusable(operation.spoken(), inputs[i]);
            }
            inputs[i] = input;
        }
        return take(operation, attributes, numbers, inputs);
    }

    final Tensor apply(final Operation operation, final Tensor... inputs) {
        return apply(operation, NO_ATTRIBUTES, NO_NUMBERS, inputs);
    }

    /** The tensor itself, for a variable its numbers as they are now; null if it is none of this step. */
    private Tensor ofThisStep(final Tensor input) {
        final Tensor tensor = input == null ? null : input.current();
        return tensor != null && tensor.machine() == this && tensor.step() == step ? tensor : null;
    }

    /** The same, but refused if it is none. */
    private Tensor checked(final String user, final Tensor input) {
        final Tensor tensor = ofThisStep(input);
        if (tensor == null) {
            throw unusable(user, input);
        }
        return tensor;
    }

    private static TensorException unusable(final String user, final Tensor tensor) {
        return new TensorException(
                tensor == null
                        ? user + " needs tensors, but one is null"
                        : user + " cannot use a tensor of an earlier step or of another run; keep what shall last in a"
                                + " variable or, as numbers, in fields");
    }

    /** The numbers of a variable as they are now, the same node until it changes. */
    protected final Tensor read(final Variable variable) {
        final List<Tensor> nodes = reads.computeIfAbsent(variable, first -> new ArrayList<>());
        if (nodes.isEmpty()) {
            nodes.add(load(variable));
        }
        return nodes.get(nodes.size() - 1);
    }

    final boolean isAssigned(final Variable variable) {
        return reads.getOrDefault(variable, List.of()).size() > 1;
    }

    /** The tensor's node in the step that is under way, where its numbers are asked for. */
    protected final Tensor own(final Tensor tensor) {
        return checked("the code", tensor);
    }

    final void assign(final Variable variable, final Tensor value) {
        read(variable);
        final Tensor current = checked("assign", value);
        if (!Arrays.equals(current.sizes(), variable.sizes()) || current.type() != NumberType.FLOAT32) {
            throw new TensorException("the variable " + variable.name() + " has float numbers of the shape "
                    + Shapes.text(variable.sizes()) + ", but the value to assign is " + current.type()
                    + " of the shape " + Shapes.text(current.sizes()));
        }
        store(variable, current);
        // A later read is a fresh beginning, which no gradient of what was before passes.
        reads.get(variable).add(apply(Function.DETACH, current));
    }

    /** The gradients of a loss; those of a variable take in all that was read of it in this step. */
    final List<Tensor> gradients(final Tensor loss, final List<? extends Tensor> sources) {
        final Map<Tensor, Integer> places = new IdentityHashMap<>();
        final List<Tensor> order = new ArrayList<>();
        boolean areVariables = true;
        for (final Tensor source : sources) {
            areVariables &= source instanceof Variable;
            for (final Tensor node : versions(source)) {
                if (places.putIfAbsent(node, order.size()) == null) {
                    order.add(node);
                }
            }
        }
        final Tensor start = checked("gradient", loss);
        start.needsFloats();
        if (watch.isCurious() && !order.isEmpty() && !learnsFrom(start, places.keySet())) {
            throw new TensorException("the loss depends on none of what its gradients are taken by, so nothing could be"
                    + " learned; compute it from the model's output, by operations that gradients pass");
        }
        final List<Tensor> found = differentiate(start, order);
        final Map<Tensor, Tensor> gradients = new IdentityHashMap<>();
        final List<Tensor> bySource = new ArrayList<>();
        for (final Tensor source : sources) {
            bySource.add(gradients.computeIfAbsent(source, first -> sum(versions(first), places, found)));
        }
        return areVariables ? watch.gradients(start, List.copyOf(bySource)) : List.copyOf(bySource);
    }

    private static Tensor sum(final List<Tensor> nodes, final Map<Tensor, Integer> places, final List<Tensor> found) {
        Tensor sum = found.get(places.get(nodes.get(0)));
        for (final Tensor node : nodes.subList(1, nodes.size())) {
            sum = sum.add(found.get(places.get(node)));
        }
        return sum;
    }

    /** The nodes of a source in this step. */
    private List<Tensor> versions(final Tensor source) {
        if (source instanceof Variable variable) {
            read(variable);
            return reads.get(variable);
        }
        return List.of(checked("gradient", source));
    }

    /**
     * A tensor among numbers in a row.
     *
     * @param tensor float32
     * @param begin of its numbers, row by row
     */
    public record Placed(Tensor tensor, int begin) {}

    /**
     * Lets somebody change numbers in the middle of a step, without a copy of them if that can be.
     *
     * @param placed one behind the other, perhaps with gaps; at least one
     * @param count of all numbers
     * @param change gets them, which are good while it looks; in the gaps and behind the last tensor there may be anything
     * @return the tensors, as they are then
     */
    public final List<Tensor> changed(final List<Placed> placed, final int count, final Consumer<FloatBuffer> change) {
        final List<Placed> own = new ArrayList<>();
        for (final Placed one : placed) {
            one.tensor().needsFloats();
            own.add(new Placed(own(one.tensor()), one.begin()));
        }
        beforeReading(own.stream().map(Placed::tensor).toList());
        return change(own, count, change);
    }

    final float[] floatsFor(final Tensor tensor) {
        final Tensor own = own(tensor);
        beforeReading(List.of(own));
        return floats(own);
    }

    final long[] longsFor(final Tensor tensor) {
        final Tensor own = own(tensor);
        beforeReading(List.of(own));
        return longs(own);
    }

    private void beforeReading(final List<Tensor> tensors) {
        if (loops > firstLoop() && comesFrom(tensors, Machine::isOfLoop, Machine::isResultOfLoop)) {
            throw new TensorException("a tensor within a loop has other numbers in each step of the loop, so nobody can"
                    + " look at them there; go on with tensors, and look at what the loop gives");
        }
        tensors.forEach(watch::reading);
    }

    private static boolean isOfLoop(final Tensor tensor) {
        return tensor.operation() instanceof Loop;
    }

    private static boolean isResultOfLoop(final Tensor tensor) {
        return tensor.operation() instanceof Loop kind && kind.isResult();
    }

    /**
     * Whether a tensor was computed from some others.
     *
     * @param which the others
     * @param ends those through which no way leads
     */
    public final boolean comesFrom(final Tensor tensor, final Predicate<Tensor> which, final Predicate<Tensor> ends) {
        return comesFrom(List.of(tensor), which, ends);
    }

    /** Whether a gradient passes from a loss to one of some sources; through those that are only noted it may. */
    private static boolean learnsFrom(final Tensor loss, final Set<Tensor> sources) {
        return comesFrom(
                List.of(loss),
                sources::contains,
                tensor -> false,
                (result, input) -> result.operation() instanceof Control
                        || result.operation().passes(input));
    }

    private static boolean comesFrom(
            final List<Tensor> tensors, final Predicate<Tensor> which, final Predicate<Tensor> ends) {
        return comesFrom(tensors, which, ends, (result, input) -> true);
    }

    private static boolean comesFrom(
            final List<Tensor> tensors,
            final Predicate<Tensor> which,
            final Predicate<Tensor> ends,
            final BiPredicate<Tensor, Integer> leads) {
        final Set<Tensor> searched = Collections.newSetFromMap(new IdentityHashMap<>());
        final Deque<Tensor> open = new ArrayDeque<>();
        tensors.forEach(tensor -> open.push(tensor.current()));
        while (!open.isEmpty()) {
            final Tensor next = open.pop();
            if (searched.add(next) && !ends.test(next)) {
                if (which.test(next)) {
                    return true;
                }
                for (int i = 0; i < next.inputCount(); i++) {
                    if (leads.test(next, i)) {
                        open.push(next.input(i));
                    }
                }
            }
        }
        return false;
    }

    /** One number everywhere; without sizes one number, shape []. */
    public final Tensor full(final double value, final long... shape) {
        Shapes.count(shape);
        return full(Scalar.of(value), shape);
    }

    protected final Tensor full(final Scalar value, final long... shape) {
        return apply(Source.FULL, shape.clone(), new Scalar[] {value});
    }

    /**
     * Numbers that are the same in every step, row by row, as float32: {@code tf.constant}. They are a part of the program, and of
     * files for other programs, where those of {@link #tensor} are brought by each step.
     */
    public final Tensor constant(final double[] values, final long... shape) {
        checkCount(values.length, shape);
        return apply(
                Source.CONSTANT,
                shape.clone(),
                Arrays.stream(values).mapToObj(Scalar::of).toArray(Scalar[]::new));
    }

    /** Numbers of the JVM, row by row, as float32. */
    public final Tensor tensor(final float[] values, final long... shape) {
        checkCount(values.length, shape);
        return bring(values, shape.clone());
    }

    /** Whole numbers of the JVM, row by row, as int64. */
    public final Tensor tensor(final long[] values, final long... shape) {
        checkCount(values.length, shape);
        return bring(values, shape.clone());
    }

    /** Joins along an axis that all have: {@code tf.concat}, {@code torch.cat}. */
    public final Tensor concat(final int axis, final Tensor... tensors) {
        if (tensors.length == 0) {
            throw new TensorException("concat needs at least one tensor");
        }
        return apply(Form.CONCAT, new long[] {Shapes.axis(tensors[0].sizes(), axis)}, tensors.clone());
    }

    /** Joins along a new axis. */
    public final Tensor stack(final int axis, final Tensor... tensors) {
        return concat(
                axis,
                Arrays.stream(tensors).map(tensor -> tensor.unsqueeze(axis)).toArray(Tensor[]::new));
    }

    private static void checkCount(final int count, final long[] shape) {
        if (count != Shapes.count(shape)) {
            throw new TensorException("the shape " + Shapes.text(shape) + " needs " + Shapes.size(shape)
                    + " numbers, but there are " + count);
        }
    }
}
