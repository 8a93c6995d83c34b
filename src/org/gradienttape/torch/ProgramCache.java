package org.gradienttape.torch;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Notes;
import org.gradienttape.graph.Part;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.graph.TraceKey;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * The compiled programs of a run, by what the steps did. A number of the JVM is a literal in a program until a step brings
 * another one; from then on it is an argument.
 */
final class ProgramCache implements AutoCloseable {
    private static final int MOST_PROGRAMS = 64;

    private final PtNDManager run;
    private final Runnable beforeCompiling;
    private final LinkedHashMap<TraceKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    /** What a kept run knew of its programs, by their digests; they are compiled anew as they were. */
    private final Map<Long, Known> known = new HashMap<>();

    private Entry last;
    private int compilations;

    /**
     * @param run owner of the programs
     * @param beforeCompiling ends the use of all programs
     */
    ProgramCache(final PtNDManager run, final Runnable beforeCompiling) {
        this.run = run;
        this.beforeCompiling = beforeCompiling;
    }

    /**
     * A compiled program.
     *
     * @param key what it does
     * @param literals the numbers of the JVM as they were
     * @param isSlot for each of them whether it is an argument
     * @param slots the places of the arguments
     * @param program its text
     * @param module it in the engine
     */
    record Entry(
            TraceKey key, double[] literals, boolean[] isSlot, int[] slots, Program program, ProgramModule module) {}

    /**
     * A program that a kept run had.
     *
     * @param literals the numbers of the JVM as they were
     * @param isSlot for each of them whether it was an argument
     */
    private record Known(double[] literals, boolean[] isSlot) {}

    /**
     * Keeps which programs there are, or goes back to that, so that the same ones are made and none is counted twice. Those of a
     * run that goes on and has not come to them again are kept as well.
     */
    public void keep(final Memory memory) {
        compilations = memory.integer("compilations", compilations);
        final Map<Long, Known> now = new LinkedHashMap<>(known);
        entries.values().forEach(entry -> now.put(entry.key().digest(), new Known(entry.literals(), entry.isSlot())));
        final long[] digests = memory.integers(
                "digests", now.keySet().stream().mapToLong(Long::longValue).toArray());
        for (int i = 0; i < digests.length; i++) {
            final Memory part = memory.part(Integer.toString(i));
            final Known one = memory.givesBack() ? new Known(new double[0], new boolean[0]) : now.get(digests[i]);
            final double[] literals = part.numbers("literals", one.literals());
            final long[] slots = part.integers(
                    "slots", Arrays.stream(places(one.isSlot())).asLongStream().toArray());
            if (memory.givesBack()) {
                final boolean[] isSlot = new boolean[literals.length];
                Arrays.stream(slots).forEach(slot -> isSlot[(int) slot] = true);
                known.put(digests[i], new Known(literals, isSlot));
            }
        }
    }

    /** How many programs were compiled. */
    int compilations() {
        return compilations;
    }

    /** The program of a whole step. */
    Entry of(final Trace trace) {
        final TraceKey key = trace.key();
        if (last == null || !last.key().equals(key)) {
            last = entries.get(key);
        }
        if (last == null || !trace.notes().fits(last.literals(), last.isSlot())) {
            last = compile(
                    key,
                    last,
                    trace.notes(),
                    slots -> TorchWriter.write(Graph.of(trace, slots), sizes(trace, slots), trace.variables()));
        }
        return last;
    }

    /** The program that computes one tensor of a step. */
    Entry of(final Trace trace, final Tensor read) {
        final TraceKey key = trace.keyOf(read);
        final Entry known = entries.get(key);
        return known != null && trace.notes().fits(known.literals(), known.isSlot())
                ? known
                : compile(
                        key,
                        known,
                        trace.notes(),
                        slots -> TorchWriter.writeOnce(
                                Graph.of(trace, slots, read), sizes(trace, slots), trace.variables()));
    }

    /**
     * The program of a part of a step.
     *
     * @param variables whose memory it gets
     */
    Entry of(final Part part, final List<Variable> variables) {
        final TraceKey key = part.notes().key();
        final Entry known = entries.get(key);
        return known != null && part.notes().fits(known.literals(), known.isSlot())
                ? known
                : compile(
                        key,
                        known,
                        part.notes(),
                        slots -> TorchWriter.writePart(Graph.of(part, slots), places(slots).length, variables));
    }

    private static TorchWriter.Sizes sizes(final Trace trace, final boolean[] isSlot) {
        final Trace.Packed brought = trace.ofStep();
        return new TorchWriter.Sizes(
                brought.integers().length, brought.floats().length, places(isSlot).length, TorchExpression.SINGLE);
    }

    private static int[] places(final boolean[] isSlot) {
        return IntStream.range(0, isSlot.length).filter(i -> isSlot[i]).toArray();
    }

    private Entry compile(
            final TraceKey key, final Entry old, final Notes notes, final Function<boolean[], Program> write) {
        beforeCompiling.run();
        final double[] numbers = notes.numbers();
        final boolean[] isSlot = new boolean[numbers.length];
        final Known before = old == null ? known.remove(key.digest()) : new Known(old.literals(), old.isSlot());
        for (int i = 0; before != null && i < Math.min(numbers.length, before.literals().length); i++) {
            isSlot[i] = before.isSlot()[i]
                    || Double.doubleToLongBits(before.literals()[i]) != Double.doubleToLongBits(numbers[i]);
        }
        final Program program = write.apply(isSlot);
        final Entry entry = new Entry(
                key.copy(), numbers, isSlot, places(isSlot), program, new ProgramModule(program.method(), run));
        if (old != null || before == null || !Arrays.equals(before.isSlot(), isSlot)) {
            compilations++;
        }
        if (old != null) {
            entries.remove(old.key());
            old.module().close();
        }
        entries.put(entry.key(), entry);
        if (entries.size() > MOST_PROGRAMS) {
            entries.remove(entries.keySet().iterator().next()).module().close();
            last = null;
        }
        return entry;
    }

    /** The texts of all programs that are there. */
    String code() {
        return entries.values().stream().map(entry -> entry.module().code()).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.module().close());
    }
}
