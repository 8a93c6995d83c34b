package org.gradienttape.torch;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradienttape.distributed.Workers;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.Notes;
import org.gradienttape.graph.Part;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Trace;
import org.gradienttape.graph.TraceKey;
import org.gradienttape.state.Memory;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * The compiled programs of a run, by what the steps did. A number of the JVM is a literal in programs of a kind until a step
 * brings another one; from then on it is an argument. Numbers that have always been equal to one another, such as the learning rate
 * in the update of each weight, are one argument until a step brings different ones.
 *
 * <p>What is computed with literals may have other bits than with arguments, so a run that goes on from a checkpoint has to
 * know which numbers were what. The checkpoint tells it of the first worker, the only one that writes. Each program is a kind
 * for itself where one worker computes. Where several do, programs of the same operations are one kind, whatever their sizes:
 * then all workers come to the same kinds with the same numbers, though one computes 11 samples of a batch and another one 10.
 */
final class ProgramCache implements AutoCloseable {
    private static final int MOST_PROGRAMS = 64;
    /** Kinds of which is known which numbers are arguments. */
    private static final int MOST_KINDS = 256;

    private final PtNDManager run;
    private final Runnable beforeCompiling;
    private final boolean isShared;
    private final TorchWriter.Target target;
    private final Map<TraceKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, Numbers> kinds = new LinkedHashMap<>(16, 0.75f, true);
    /** How many arguments the programs of a kept run had, by their digests; they are compiled anew, but not counted anew. */
    private final Map<Long, Integer> kept = new LinkedHashMap<>();

    private int compilations;
    private int made;

    /**
     * @param run owner of the programs
     * @param beforeCompiling ends the use of all programs
     * @param workers that share the run
     */
    ProgramCache(final PtNDManager run, final Runnable beforeCompiling, final Workers workers) {
        this.run = run;
        this.beforeCompiling = beforeCompiling;
        this.isShared = workers.areSeveral();
        this.target = TorchEngine.target(run.getDevice());
    }

    /**
     * A compiled program.
     *
     * @param key what it does
     * @param kind of its numbers
     * @param numbers of its kind, when it was compiled
     * @param slots the places of the numbers of the JVM that are its arguments
     * @param program its text
     * @param module it in the engine
     * @param size how many operations it has, nearly
     */
    record Entry(
            TraceKey key, long kind, Numbers numbers, int[] slots, Program program, ProgramModule module, int size) {}

    /**
     * The numbers of the JVM in programs of a kind.
     *
     * @param literals as they were first
     * @param firsts for each argument the first place that has the same one; {@link #LITERAL} for a literal
     */
    private record Numbers(double[] literals, int[] firsts) {
        static final int LITERAL = -1;

        Numbers(final double[] literals) {
            this(
                    literals,
                    IntStream.generate(() -> LITERAL).limit(literals.length).toArray());
        }

        /** What numbers need to have in common for being one argument. */
        private record History(int first, double literal, double now) {}

        /** Makes arguments of those that are no longer what they were, and others of those that are not equal any more. */
        void compare(final double[] others) {
            final Map<History, Integer> groups = new HashMap<>();
            for (int i = 0; i < firsts.length; i++) {
                if (firsts[i] != LITERAL || Double.compare(literals[i], others[i]) != 0) {
                    final History history = new History(firsts[i], firsts[i] == LITERAL ? literals[i] : 0, others[i]);
                    groups.putIfAbsent(history, i);
                    firsts[i] = groups.get(history);
                }
            }
        }

        /** Of each argument the first place. */
        int[] slots() {
            return IntStream.range(0, firsts.length).filter(i -> firsts[i] == i).toArray();
        }

        /** For each number which argument it is; negative for a literal. */
        int[] arguments() {
            final int[] arguments = new int[firsts.length];
            int count = 0;
            for (int i = 0; i < firsts.length; i++) {
                if (firsts[i] == LITERAL) {
                    arguments[i] = LITERAL;
                } else {
                    arguments[i] = firsts[i] == i ? count++ : arguments[firsts[i]];
                }
            }
            return arguments;
        }

        /** Whether a program of this kind is right for a step: it has all arguments that there are by now, and they suffice. */
        boolean fit(final Notes notes, final Entry program) {
            return program.slots().length == slotCount() && notes.fits(literals, firsts);
        }

        private int slotCount() {
            int count = 0;
            for (int i = 0; i < firsts.length; i++) {
                count += firsts[i] == i ? 1 : 0;
            }
            return count;
        }
    }

    /** Keeps which programs there are and what is known of their numbers, or goes back to that. */
    public void keep(final Memory memory) {
        compilations = memory.integer("compilations", compilations);
        made = memory.integer("made", made);
        keepPrograms(memory.part("programs"));
        keepKinds(memory.part("kinds"));
    }

    /** Those of a run that goes on and has not come to them again are kept as well. */
    private void keepPrograms(final Memory memory) {
        final Map<Long, Integer> now = new LinkedHashMap<>(kept);
        entries.values().forEach(entry -> now.put(entry.key().digest(), entry.slots().length));
        final long[] digests = memory.integers("digests", longs(now.keySet()));
        final long[] slots = memory.integers(
                "slots", now.values().stream().mapToLong(Integer::longValue).toArray());
        if (memory.givesBack()) {
            kept.clear();
            for (int i = 0; i < digests.length; i++) {
                kept.put(digests[i], Math.toIntExact(slots[i]));
            }
        }
    }

    private void keepKinds(final Memory memory) {
        final List<Numbers> now = List.copyOf(kinds.values());
        final long[] digests = memory.integers("digests", longs(kinds.keySet()));
        if (memory.givesBack()) {
            kinds.clear();
        }
        for (int i = 0; i < digests.length; i++) {
            final Memory part = memory.part(Integer.toString(i));
            final Numbers one = memory.givesBack() ? new Numbers(new double[0]) : now.get(i);
            final double[] literals = part.numbers("literals", one.literals());
            final long[] firsts = part.integers(
                    "firsts", Arrays.stream(one.firsts()).asLongStream().toArray());
            if (memory.givesBack()) {
                kinds.put(
                        digests[i],
                        new Numbers(
                                literals,
                                Arrays.stream(firsts).mapToInt(Math::toIntExact).toArray()));
            }
        }
    }

    private static long[] longs(final Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many programs were compiled. */
    int compilations() {
        return compilations;
    }

    /** How many of them were new, or had been forgotten; the others took the place of one whose literals had changed. */
    int made() {
        return made;
    }

    /** What a program of those that are there does, if it begins with these words. */
    Optional<TraceKey> beginningWith(final Notes words) {
        return entries.keySet().stream().filter(words::areBeginningOf).findFirst();
    }

    /** The program of a whole step. */
    Entry of(final Trace trace) {
        return of(
                trace.key(),
                trace.notes(),
                slots -> TorchWriter.write(Graph.of(trace, slots), sizes(trace, slots), target, trace.variables()));
    }

    /** The program that computes one tensor of a step. */
    Entry of(final Trace trace, final Tensor read) {
        return of(
                trace.keyOf(read),
                trace.notes(),
                slots -> TorchWriter.writeOnce(
                        Graph.of(trace, slots, List.of(read)), sizes(trace, slots), target, trace.variables()));
    }

    /** The program that computes some tensors of a step into memory that it is given. */
    Entry of(final Trace trace, final List<Machine.Placed> changed) {
        return of(
                trace.keyOf(changed),
                trace.notes(),
                slots -> TorchWriter.writeInto(
                        Graph.of(
                                trace,
                                slots,
                                changed.stream().map(Machine.Placed::tensor).toList()),
                        sizes(trace, slots),
                        target,
                        trace.variables()));
    }

    /**
     * The program of a part of a step.
     *
     * @param variables whose memory it gets
     */
    Entry of(final Part part, final List<Variable> variables) {
        return of(
                part.notes().key(),
                part.notes(),
                slots -> TorchWriter.writePart(Graph.of(part, slots), count(slots), target, variables));
    }

    private static TorchWriter.Sizes sizes(final Trace trace, final int[] slots) {
        final Trace.Packed brought = trace.ofStep();
        return new TorchWriter.Sizes(brought.integers().length, brought.floats().length, count(slots));
    }

    private static int count(final int[] slots) {
        return Arrays.stream(slots).max().orElse(Numbers.LITERAL) + 1;
    }

    private Entry of(final TraceKey key, final Notes notes, final Function<int[], Program> write) {
        final Entry known = entries.get(key);
        if (known != null) {
            final Numbers numbers = kinds.get(known.kind());
            if (numbers == known.numbers() && numbers.fit(notes, known)) {
                return known;
            }
        }
        return compile(key, known, notes, write);
    }

    private Entry compile(
            final TraceKey key, final Entry old, final Notes notes, final Function<int[], Program> write) {
        beforeCompiling.run();
        final long kind = isShared ? notes.kind() : key.digest();
        final double[] now = notes.numbers();
        final Numbers numbers = kinds.computeIfAbsent(kind, first -> new Numbers(now));
        numbers.compare(now);
        final Program program = write.apply(numbers.arguments());
        final Entry entry = new Entry(
                key.copy(), kind, numbers, numbers.slots(), program, new ProgramModule(program.method(), run), (int)
                        program.method().lines().count());
        final Integer before = kept.remove(key.digest());
        if (before == null || before != entry.slots().length) {
            compilations++;
        }
        if (old != null) {
            entries.remove(old.key()).module().close();
        } else if (before == null) {
            made++;
        }
        entries.put(entry.key(), entry);
        forgetOldest();
        return entry;
    }

    private void forgetOldest() {
        if (entries.size() > MOST_PROGRAMS) {
            entries.remove(entries.keySet().iterator().next()).module().close();
        }
        if (kinds.size() > MOST_KINDS) {
            kinds.remove(kinds.keySet().iterator().next());
        }
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
