package org.gradienttape.graph;

import java.util.Arrays;

/** What a step did, to be compared: equal keys are equal programs but for the numbers of the JVM in them. */
public final class TraceKey {
    private final long[] words;
    private final int length;
    private final int hash;

    /**
     * @param words not copied; may be longer
     */
    TraceKey(final long[] words, final int length) {
        this(words, length, hash(1, words, 0, length));
    }

    private TraceKey(final long[] words, final int length, final int hash) {
        this.words = words;
        this.length = length;
        this.hash = hash;
    }

    private static int hash(final int before, final long[] words, final int from, final int to) {
        int mixed = before;
        for (int i = from; i < to; i++) {
            mixed = 31 * mixed + (int) (words[i] * 0x9E3779B97F4A7C15L >>> 32);
        }
        return mixed;
    }

    /** The same key with words of its own. */
    public TraceKey copy() {
        return new TraceKey(Arrays.copyOf(words, length), length, hash);
    }

    /** A number that other keys do not have, the same in every process. */
    public long digest() {
        long mixed = length;
        for (int i = 0; i < length; i++) {
            mixed = mix(mixed, words[i]);
        }
        return mixed;
    }

    /** A digest with one more word. */
    static long mix(final long digest, final long word) {
        final long mixed = (digest ^ word) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    /** The key of a program that ends in something else. */
    TraceKey with(final long... more) {
        final long[] all = Arrays.copyOf(words, length + more.length);
        System.arraycopy(more, 0, all, length, more.length);
        return new TraceKey(all, all.length, hash(hash, all, length, all.length));
    }

    /** The place of the first word that is not the other's; -1 if there is none. */
    int firstDifferenceTo(final TraceKey other) {
        final int common = Arrays.mismatch(words, 0, length, other.words, 0, other.length);
        return Math.min(common, length - 1);
    }

    /** Whether it has these words there. */
    boolean has(final long[] others, final int from, final int to) {
        return to <= length && Arrays.equals(others, from, to, words, from, to);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TraceKey key
                && key.hash == hash
                && Arrays.equals(words, 0, length, key.words, 0, key.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
