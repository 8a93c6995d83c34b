package org.gradienttape.distributed;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;

/**
 * What a run sees of the workers that share it. Each runs the same loop; what it does depends on sums alone, which are the
 * same everywhere. Not for several threads.
 */
public final class Workers {
    /** Bytes that fit into a float without loss. */
    private static final int BYTES_PER_FLOAT = 3;

    private static final int FLOATS_PER_CHUNK = 1 << 20;
    /** Sums of so many workers' marks are exact: 2^24 / 4093. */
    private static final int MARKS = 4093;

    /** Numbers behind those that are summed: the mark, whether one wants to stop, and what the first worker wants. */
    private static final int NOTES = 3;

    private final Collective collective;
    private final boolean joinsSteps;
    private boolean wantsToStop;
    private boolean isStopped;
    private boolean firstWants;
    private boolean firstHasWanted;
    private long nanosecondsOfSums;
    private int mostNumbers;
    private boolean isExchanging;
    private final Piecewise piecewise = new Piecewise();

    public Workers(final Collective collective) {
        this(collective, collective.size() == 1);
    }

    private Workers(final Collective collective, final boolean joinsSteps) {
        this.collective = collective;
        this.joinsSteps = joinsSteps;
    }

    /** A run on one machine. */
    public static Workers alone() {
        return new Workers(new Alone());
    }

    /** A run on one machine in which each step has a call of the engine for itself, to be compared with steps that are shared. */
    public static Workers aloneStepByStep() {
        return new Workers(new Alone(), false);
    }

    private static final class Alone implements Collective {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void sum(final FloatBuffer numbers) {
            // They are the sums.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    public int size() {
        return collective.size();
    }

    public boolean areSeveral() {
        return size() > 1;
    }

    /** Whether steps may wait for one another, so that several take one call; where they are shared, each needs the sums before. */
    public boolean joinsSteps() {
        return joinsSteps;
    }

    /** Whether this is the worker that writes files and speaks to people. */
    public boolean isFirst() {
        return collective.rank() == 0;
    }

    /** What this worker computes of a batch. */
    public Share share(final int all) {
        return Share.of(all, collective.rank(), collective.size());
    }

    /** A mean over this worker's samples as it counts in the mean over the batch; so do its gradients, which costs nothing then. */
    public Tensor weighted(final int all, final Tensor mean) {
        return mean.mul(share(all).weight());
    }

    /** What this worker computes of each of several batches. */
    public List<int[]> own(final List<int[]> batches) {
        return areSeveral()
                ? batches.stream().map(batch -> share(batch.length).own(batch)).toList()
                : batches;
    }

    /**
     * Whether the run goes on: the same answer on all workers. Where one wants it to end, all hear of it in the next
     * exchange.
     *
     * @param wanted whether this worker wants it to go on
     */
    public boolean goOn(final boolean wanted) {
        wantsToStop = !wanted;
        return areSeveral() ? !isStopped : wanted;
    }

    /**
     * Whether all do from now on what the first worker wanted: the same answer on all workers, which hear of it in the next
     * exchange.
     *
     * @param wanted whether this worker wants it, which counts for the first one alone
     */
    public boolean asFirst(final boolean wanted) {
        firstWants = isFirst() && wanted;
        return areSeveral() ? firstHasWanted : wanted;
    }

    /**
     * Exchanges numbers in the middle of a step.
     *
     * @param all how many samples the batch of the step has
     * @return for each part what became of it
     */
    public List<Tensor> exchange(final Machine machine, final int all, final List<Part> parts) {
        isExchanging = true;
        try {
            return exchanged(machine, all, parts);
        } finally {
            isExchanging = false;
        }
    }

    /** Whether an exchange is under way, which looks at numbers of this worker. */
    public boolean isExchanging() {
        return isExchanging;
    }

    private List<Tensor> exchanged(final Machine machine, final int all, final List<Part> parts) {
        final Share share = share(all);
        final List<Part.Whole> wholes = Part.Whole.of(parts, share);
        final List<Machine.Placed> own = new ArrayList<>();
        wholes.forEach(whole -> own.add(whole.own()));
        final float[][] seen = new float[parts.size()][];
        final List<Tensor> changed = machine.changed(own, Part.Whole.endOf(wholes) + NOTES, numbers -> {
            wholes.forEach(whole -> whole.prepare(numbers, share, piecewise));
            sum(numbers, mark(wholes));
            wholes.forEach(whole -> seen[whole.place()] = whole.isSeen() ? whole.of(numbers) : null);
        });
        final Tensor[] taken = new Tensor[parts.size()];
        for (int i = 0; i < taken.length; i++) {
            final Part.Whole whole = wholes.get(i);
            taken[whole.place()] = whole.isSeen() ? machine.tensor(seen[whole.place()], whole.shape()) : changed.get(i);
        }
        return List.of(taken);
    }

    /** Adds up, and hears whether all do the same, whether one wants to stop, and what the first one wants. */
    private void sum(final FloatBuffer sums, final float mark) {
        final int ofMark = sums.limit() - NOTES;
        sums.put(ofMark, mark);
        sums.put(ofMark + 1, wantsToStop ? 1 : 0);
        sums.put(ofMark + 2, firstWants ? 1 : 0);
        final long start = System.nanoTime();
        collective.sum(sums);
        nanosecondsOfSums += System.nanoTime() - start;
        mostNumbers = Math.max(mostNumbers, sums.limit());
        if (sums.get(ofMark) != size() * mark) {
            throw new InvalidInputException(
                    "The workers' steps do not do the same, so that they cannot be added up; let"
                            + " the Java code depend on nothing that differs between workers, such as the number of samples that"
                            + " one has, the time, or random numbers other than the run's, or choose 1 worker.");
        }
        isStopped |= sums.get(ofMark + 1) > 0;
        firstHasWanted |= sums.get(ofMark + 2) > 0;
    }

    /** A small whole number, which differs where other things are exchanged. */
    private static float mark(final List<Part.Whole> wholes) {
        int mark = wholes.size();
        for (final Part.Whole whole : wholes) {
            mark = (31 * mark + Arrays.hashCode(whole.shape())) % MARKS;
        }
        return mark;
    }

    /** Forgets how long sums took before. */
    public void beginTiming() {
        nanosecondsOfSums = 0;
    }

    long nanosecondsOfSums() {
        return nanosecondsOfSums;
    }

    /**
     * A sentence if adding up takes longer than computing, so that fewer workers would be faster.
     *
     * @param nanoseconds since {@link #beginTiming}
     * @param steps that it has made meanwhile
     */
    public Optional<String> doubt(final long nanoseconds, final long steps) {
        final double computing = (nanoseconds - nanosecondsOfSums) / 1e9 / steps;
        final double adding = ScaleModel.TEN_GIGABIT.seconds(size(), mostNumbers);
        return areSeveral() && adding > computing
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "A step computes for about %.1f ms, but to add up %,d numbers of %d workers over a network takes about"
                                + " %.1f ms; fewer workers or a larger batch size would be faster.",
                        computing * 1e3,
                        mostNumbers,
                        size(),
                        adding * 1e3))
                : Optional.empty();
    }

    /**
     * Gives bytes of the first worker to all.
     *
     * @param bytes of the first worker; those of others do not matter
     */
    byte[] ofFirst(final byte[] bytes) {
        final float[] size = isFirst() ? toFloats(lengthOf(bytes), 0, 2) : new float[2];
        collective.sum(size);
        final byte[] all = isFirst() ? bytes : new byte[length(toBytes(size))];
        final int floats = (all.length + BYTES_PER_FLOAT - 1) / BYTES_PER_FLOAT;
        for (int from = 0; from < floats; from += FLOATS_PER_CHUNK) {
            final int count = Math.min(FLOATS_PER_CHUNK, floats - from);
            final float[] chunk = isFirst() ? toFloats(all, from, count) : new float[count];
            collective.sum(chunk);
            final byte[] got = toBytes(chunk);
            final int first = from * BYTES_PER_FLOAT;
            System.arraycopy(got, 0, all, first, Math.min(got.length, all.length - first));
        }
        return all;
    }

    private static byte[] lengthOf(final byte[] bytes) {
        return ByteBuffer.allocate(2 * BYTES_PER_FLOAT).putInt(bytes.length).array();
    }

    private static int length(final byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Three bytes make a whole number below 2^24, which a float has exactly; to add zeros does not change it. */
    private static float[] toFloats(final byte[] bytes, final int from, final int count) {
        final float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            final byte[] three =
                    Arrays.copyOfRange(bytes, (from + i) * BYTES_PER_FLOAT, (from + i + 1) * BYTES_PER_FLOAT);
            floats[i] = (three[0] & 0xff) << 16 | (three[1] & 0xff) << 8 | three[2] & 0xff;
        }
        return floats;
    }

    private static byte[] toBytes(final float[] floats) {
        final byte[] bytes = new byte[floats.length * BYTES_PER_FLOAT];
        for (int i = 0; i < floats.length; i++) {
            final int three = (int) floats[i];
            bytes[i * BYTES_PER_FLOAT] = (byte) (three >> 16);
            bytes[i * BYTES_PER_FLOAT + 1] = (byte) (three >> 8);
            bytes[i * BYTES_PER_FLOAT + 2] = (byte) three;
        }
        return bytes;
    }
}
