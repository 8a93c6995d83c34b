package org.gradienttape.graph;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Notes what a step does, and computes nothing. The notes are words that can be compared: two steps of equal words are the
 * same program but for the numbers of the JVM, which are kept beside. Whatever decides in Java what a step does, an if, a
 * counter, a field, changes the words; nothing is assumed that could become wrong.
 */
public final class Trace extends Machine {
    private static final int ASSIGNED = -1;
    private static final int OUTPUT = -2;
    private static final int READ = -3;
    private static final int CHANGED = -4;

    private final Reader reader;
    private final Known known;
    private final StepNumbers brought = new StepNumbers();
    private final List<Tensor> nodes = new ArrayList<>();
    private int[] beginnings = new int[1 << 8];
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final List<Object> residents = new ArrayList<>();
    private final Notes notes = new Notes();
    /** A step that was like this one up to now; empty if there was none. */
    private Optional<TraceKey> alike = Optional.empty();
    /** How many words are known to be alike. */
    private int compared;

    private boolean isNew;

    /** What earlier steps did. */
    @FunctionalInterface
    public interface Known {
        /** A step that began with these words; empty if none did. */
        Optional<TraceKey> beginningWith(Notes words);
    }

    /** Computes numbers that a step asks for in its middle. */
    public interface Reader {
        float[] floats(Tensor tensor);

        long[] longs(Tensor tensor);

        /**
         * Lets somebody change numbers where they lie, as {@link Machine#changed} says.
         *
         * @return for each tensor the engine's array of it; none if that cannot be, and nothing has happened
         */
        default List<Object> change(final List<Placed> placed, final int count, final Consumer<FloatBuffer> change) {
            return List.of();
        }
    }

    /**
     * Numbers that steps bring, one step behind the other.
     *
     * @param integers int64
     * @param floats float32
     */
    public record Packed(long[] integers, float[] floats) {}

    /** A trace of operations whose numbers nobody asks for. */
    public static Trace ofOperations() {
        return new Trace(new NoReader());
    }

    private static final class NoReader implements Reader {
        @Override
        public float[] floats(final Tensor tensor) {
            throw new IllegalStateException("nobody looks at these numbers");
        }

        @Override
        public long[] longs(final Tensor tensor) {
            throw new IllegalStateException("nobody looks at these numbers");
        }
    }

    public Trace(final Reader reader) {
        this(reader, words -> Optional.empty());
    }

    /** @param known tells which steps are new, so that it is asked which lines of code their operations belong to */
    public Trace(final Reader reader, final Known known) {
        this.reader = reader;
        this.known = known;
    }

    /** Begins the next step; what the steps before it brought stays until it is taken. */
    public void begin() {
        beginStep();
        nodes.clear();
        assigned.clear();
        variables.clear();
        outputs.clear();
        residents.clear();
        notes.clear();
        compared = 0;
        isNew = false;
        brought.beginStep();
    }

    /** What the step did up to now; good until the next operation. */
    public TraceKey key() {
        return notes.key();
    }

    /** The key of the program that computes one tensor of the step and assigns nothing. */
    public TraceKey keyOf(final Tensor read) {
        return key().with(READ, read.id(), 0);
    }

    /** The key of the program that computes some tensors of the step into memory that is there, and assigns nothing. */
    public TraceKey keyOf(final List<Placed> changed) {
        final long[] words = new long[1 + changed.size()];
        words[0] = CHANGED;
        for (int i = 0; i < changed.size(); i++) {
            words[1 + i] = changed.get(i).tensor().id();
        }
        return key().with(words);
    }

    /**
     * The place of the first operation that is not in another step.
     *
     * @param other what that step did
     * @return a layer or a line of code; empty if it is not known, or nothing differs
     */
    public String differenceTo(final TraceKey other) {
        final int word = key().firstDifferenceTo(other);
        int node = nodes.size() - 1;
        while (node >= 0 && beginnings[node] > word) {
            node--;
        }
        return word < 0 || node < 0 ? "" : nodes.get(node).place();
    }

    /** The numbers of the JVM in the step's operations, in their order. */
    public double[] numbers() {
        return notes.numbers();
    }

    /** The operations as words. */
    public Notes notes() {
        return notes;
    }

    /** Takes what the steps before this one brought. */
    public Packed takeBefore() {
        return brought.takeBefore();
    }

    /** What this step brought. */
    public Packed ofStep() {
        return brought.ofStep();
    }

    /** The numbers of a tensor, if the step itself has brought them. */
    public Optional<float[]> broughtAs(final Tensor tensor) {
        final Tensor node = own(tensor);
        return node.operation() == Source.FLOATS
                ? Optional.of(brought.floats((int) node.attribute(0), (int) node.size()))
                : Optional.empty();
    }

    /** Whether the step leaves something: a result, or another value of a variable. */
    public boolean leavesSomething() {
        return !outputs.isEmpty() || !assigned.isEmpty();
    }

    /** Forgets what the step brought, if it is not to run. */
    public void forget() {
        brought.forgetStep();
    }

    List<Tensor> nodes() {
        return nodes;
    }

    Map<Variable, Tensor> assigned() {
        return assigned;
    }

    /** The variables that the step read, in the order in which it did. */
    public List<Variable> variables() {
        return List.copyOf(variables);
    }

    /** What a program of this step calls its variables, and what its lines belong to. */
    public List<String> names() {
        final List<String> names = new ArrayList<>();
        variables.forEach(variable -> names.add(variable.name()));
        nodes.forEach(node -> names.add(node.place()));
        return names;
    }

    List<Tensor> outputs() {
        return outputs;
    }

    /** The arrays of the engine that the step uses, in their order. */
    public List<Object> residents() {
        return List.copyOf(residents);
    }

    /** Marks a tensor as a result of the step; returns its place among the results. */
    public int output(final Tensor tensor) {
        final Tensor result = own(tensor);
        outputs.add(result);
        notes.mark(OUTPUT, result.id());
        return outputs.size() - 1;
    }

    /**
     * What lies in the engine's memory already.
     *
     * @param array the engine's own; not part of what is compared
     * @param shape as the step sees it
     */
    public Tensor resident(final Object array, final NumberType type, final long... shape) {
        residents.add(array);
        final long[] attributes = new long[shape.length + 2];
        attributes[0] = residents.size() - 1;
        attributes[1] = type.ordinal();
        System.arraycopy(shape, 0, attributes, 2, shape.length);
        return apply(Source.RESIDENT, attributes);
    }

    @Override
    protected Tensor take(
            final Operation operation, final long[] attributes, final Scalar[] scalars, final Tensor[] inputs) {
        final Tensor node = node(operation, attributes, scalars, inputs);
        if (nodes.size() == beginnings.length) {
            beginnings = Arrays.copyOf(beginnings, 2 * beginnings.length);
        }
        beginnings[nodes.size()] = notes.length();
        notes.operation(node, attributes, input -> input);
        final Tensor placed = becomesNew() ? withLine(node) : node;
        nodes.add(placed);
        return placed;
    }

    /** Whether no earlier step was like this one, but up to the last operation some was. */
    private boolean becomesNew() {
        if (isNew) {
            return false;
        }
        if (alike.isEmpty() || !notes.areIn(alike.get(), compared)) {
            alike = known.beginningWith(notes);
        }
        compared = notes.length();
        isNew = alike.isEmpty();
        return isNew;
    }

    @Override
    protected boolean isNew() {
        return isNew;
    }

    @Override
    protected Tensor load(final Variable variable) {
        variables.add(variable);
        return apply(Source.VARIABLE, behind(variable.number(), variable.shape()));
    }

    @Override
    protected void store(final Variable variable, final Tensor value) {
        assigned.put(variable, value);
        notes.mark(ASSIGNED, variable.number());
        notes.mark(ASSIGNED, value.id());
    }

    @Override
    protected float[] floats(final Tensor tensor) {
        return reader.floats(tensor);
    }

    @Override
    protected long[] longs(final Tensor tensor) {
        return reader.longs(tensor);
    }

    @Override
    protected List<Tensor> change(final List<Placed> placed, final int count, final Consumer<FloatBuffer> change) {
        final List<Object> arrays = reader.change(placed, count, change);
        if (arrays.isEmpty()) {
            return super.change(placed, count, change);
        }
        final List<Tensor> changed = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            changed.add(resident(
                    arrays.get(i), NumberType.FLOAT32, placed.get(i).tensor().shape()));
        }
        return changed;
    }

    @Override
    protected Tensor bring(final float[] values, final long[] shape) {
        return apply(Source.FLOATS, behind(brought.add(values), shape));
    }

    @Override
    protected Tensor bring(final long[] values, final long[] shape) {
        return apply(Source.INTEGERS, behind(brought.add(values), shape));
    }

    @Override
    protected List<Tensor> differentiate(final Tensor loss, final List<Tensor> sources) {
        return noteGradients(loss, sources);
    }
}
