package org.gradienttape.graph;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradienttape.tensor.Control;
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

    private final Reader reader;
    private final StepNumbers brought = new StepNumbers();
    private final List<Tensor> nodes = new ArrayList<>();
    private int[] beginnings = new int[1 << 8];
    private final Map<Variable, Tensor> assigned = new LinkedHashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final List<Object> residents = new ArrayList<>();
    private long[] words = new long[1 << 10];
    private int length;
    private double[] numbers = new double[1 << 6];
    private int numberCount;

    /** Computes numbers that a step asks for in its middle. */
    public interface Reader {
        float[] floats(Tensor tensor);

        long[] longs(Tensor tensor);

        /**
         * Lets somebody change numbers where they lie.
         *
         * @return the engine's array of them; empty if that cannot be, and nothing has happened
         */
        default Optional<Object> change(final Tensor tensor, final Consumer<FloatBuffer> change) {
            return Optional.empty();
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
        this.reader = reader;
    }

    /** Begins the next step; what the steps before it brought stays until it is taken. */
    public void begin() {
        beginStep();
        nodes.clear();
        assigned.clear();
        variables.clear();
        outputs.clear();
        residents.clear();
        length = 0;
        numberCount = 0;
        brought.beginStep();
    }

    /** What the step did up to now; good until the next operation. */
    public TraceKey key() {
        return new TraceKey(words, length);
    }

    /** The key of the program that computes one tensor of the step and assigns nothing. */
    public TraceKey keyOf(final Tensor read) {
        return key().with(READ, read.id(), 0);
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
        return Arrays.copyOf(numbers, numberCount);
    }

    /** Compares the numbers with others without copying them; returns whether all that are not slots are equal. */
    public boolean fits(final double[] literals, final boolean[] slots) {
        for (int i = 0; i < numberCount; i++) {
            if (!slots[i] && Double.doubleToLongBits(literals[i]) != Double.doubleToLongBits(numbers[i])) {
                return false;
            }
        }
        return true;
    }

    /** One of the numbers. */
    public double numberAt(final int place) {
        return numbers[place];
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
        mark(OUTPUT, result.id());
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

    /**
     * Notes an operation of another machine.
     *
     * @param inputs as they are here
     */
    public Tensor note(final Tensor like, final Tensor... inputs) {
        final Scalar[] scalars = new Scalar[like.numberCount()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = like.number(i);
        }
        at(like.place());
        return apply(like.operation(), like.attributes(), scalars, inputs);
    }

    /** Notes that a variable of another machine is read as it was at the beginning. */
    public Tensor noteRead(final Variable variable) {
        return load(variable);
    }

    /** Notes that a variable of another machine gets this value. */
    public void noteAssigned(final Variable variable, final Tensor value) {
        store(variable, value);
    }

    @Override
    protected Tensor take(
            final Operation operation, final long[] attributes, final Scalar[] scalars, final Tensor[] inputs) {
        final Tensor node = node(operation, attributes, scalars, inputs);
        if (nodes.size() == beginnings.length) {
            beginnings = Arrays.copyOf(beginnings, 2 * beginnings.length);
        }
        beginnings[nodes.size()] = length;
        nodes.add(node);
        reserve(1 + inputs.length + attributes.length);
        words[length++] = operation.code()
                | (long) inputs.length << 16
                | (long) attributes.length << 32
                | (long) scalars.length << 48;
        for (final Tensor input : inputs) {
            words[length++] = input.id();
        }
        for (final long attribute : attributes) {
            words[length++] = attribute;
        }
        for (final Scalar scalar : scalars) {
            add(scalar.value());
        }
        return node;
    }

    private void add(final double number) {
        if (numberCount == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numberCount);
        }
        numbers[numberCount++] = number;
    }

    private void mark(final long kind, final long what) {
        reserve(2);
        words[length++] = kind;
        words[length++] = what;
    }

    private void reserve(final int more) {
        if (length + more > words.length) {
            words = Arrays.copyOf(words, 2 * words.length + more);
        }
    }

    @Override
    protected Tensor load(final Variable variable) {
        variables.add(variable);
        return apply(Source.VARIABLE, behind(variable.number(), variable.shape()));
    }

    @Override
    protected void store(final Variable variable, final Tensor value) {
        assigned.put(variable, value);
        mark(ASSIGNED, variable.number());
        mark(ASSIGNED, value.id());
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
    protected Tensor change(final Tensor tensor, final Consumer<FloatBuffer> change) {
        return reader.change(tensor, change)
                .map(array -> resident(array, NumberType.FLOAT32, tensor.size()))
                .orElseGet(() -> super.change(tensor, change));
    }

    @Override
    protected Tensor bring(final float[] values, final long[] shape) {
        return apply(Source.FLOATS, behind(brought.add(values), shape));
    }

    @Override
    protected Tensor bring(final long[] values, final long[] shape) {
        return apply(Source.INTEGERS, behind(brought.add(values), shape));
    }

    /** A note only; the gradients are worked out when the step is compiled. */
    @Override
    protected List<Tensor> differentiate(final Tensor loss, final List<Tensor> sources) {
        final Tensor[] inputs = new Tensor[sources.size() + 1];
        inputs[0] = loss;
        for (int i = 1; i < inputs.length; i++) {
            inputs[i] = sources.get(i - 1);
        }
        final Tensor note = apply(Control.GRADIENTS, new long[0], inputs);
        final List<Tensor> gradients = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            gradients.add(apply(Control.GRADIENT, behind(i, sources.get(i).shape()), note));
        }
        return gradients;
    }

    private static long[] behind(final long first, final long[] shape) {
        final long[] all = new long[shape.length + 1];
        all[0] = first;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return all;
    }
}
