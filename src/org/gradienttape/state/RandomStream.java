package org.gradienttape.state;

import java.util.random.RandomGenerator;

/**
 * Random numbers whose place can be kept: the sequence of {@link java.util.SplittableRandom}, which does not tell its own.
 *
 * <p>Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014; the constants are those of the Java
 * specification's implementation.
 */
public final class RandomStream implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int FEWEST_CHANGES = 24;

    private long state;
    private long gamma;

    public RandomStream(final long seed) {
        this(seed, GOLDEN_GAMMA);
    }

    private RandomStream(final long state, final long gamma) {
        this.state = state;
        this.gamma = gamma;
    }

    /** A stream of its own; this one goes on behind it. */
    public RandomStream split() {
        return new RandomStream(nextLong(), mixGamma(next()));
    }

    /** A stream that goes on like this one. */
    public RandomStream copy() {
        return new RandomStream(state, gamma);
    }

    /** Keeps the place, or goes back to the kept one. */
    public void keep(final Memory memory) {
        state = memory.integer("state", state);
        gamma = memory.integer("gamma", gamma);
    }

    @Override
    public long nextLong() {
        long mixed = next();
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public int nextInt() {
        long mixed = next();
        mixed = (mixed ^ mixed >>> 33) * 0x62a9d9ed799705f5L;
        return (int) ((mixed ^ mixed >>> 28) * 0xcb24d0a5c88c35b3L >>> 32);
    }

    private long next() {
        state += gamma;
        return state;
    }

    private static long mixGamma(final long number) {
        long mixed = (number ^ number >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        mixed = mixed ^ mixed >>> 33 | 1;
        return Long.bitCount(mixed ^ mixed >>> 1) < FEWEST_CHANGES ? mixed ^ 0xaaaaaaaaaaaaaaaaL : mixed;
    }
}
