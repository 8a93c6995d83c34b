package org.gradienttape.data.source;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws samples class by class. Which samples of a class are drawn depends on the seed, the name of the class, how many
 * samples it has and how many are wanted: not on where its samples lie among the others.
 */
final class ClassDraw {
    private final int[] labels;
    private final long[] seeds;

    /**
     * Prepares to draw.
     *
     * @param labels the class of each sample
     * @param names of the classes
     */
    ClassDraw(final int[] labels, final List<String> names, final long seed) {
        this.labels = labels;
        final long mixed = new SplittableRandom(seed).nextLong();
        this.seeds = names.stream()
                .mapToLong(name -> new SplittableRandom(mixed + name.hashCode()).nextLong())
                .toArray();
    }

    /**
     * The same share of each class. Where that is possible, each class has a sample in the drawn part and one in the rest:
     * a class of one sample stays in the rest.
     *
     * @param count how many to draw of all; fewer are drawn where classes would lose their last sample otherwise
     */
    BitSet share(final BitSet samples, final int count) {
        final int[] have = count(samples);
        final int[] most = Arrays.stream(have).map(n -> Math.max(0, n - 1)).toArray();
        final long classes = Arrays.stream(most).filter(n -> n > 0).count();
        final int[] least = Arrays.stream(most)
                .map(n -> count < classes ? 0 : Math.min(1, n))
                .toArray();
        final double share = (double) count / samples.cardinality();
        return draw(
                samples,
                have,
                fill(Math.min(count, (int) Arrays.stream(most).asLongStream().sum()), least, most, have, share));
    }

    /** As many samples of each class as of the others, as far as a class has them. */
    BitSet even(final BitSet samples, final int count) {
        final int[] have = count(samples);
        final int[] none = new int[have.length];
        return draw(samples, have, fill(count, none, have, none, 0));
    }

    private int[] count(final BitSet samples) {
        final int[] counts = new int[seeds.length];
        samples.stream().forEach(sample -> counts[labels[sample]]++);
        return counts;
    }

    /** Gives one after the other to the class that is furthest below its part of the weights, ties by the draw. */
    private int[] fill(final int count, final int[] least, final int[] most, final int[] weights, final double share) {
        final int[] filled = least.clone();
        final PriorityQueue<Integer> next =
                new PriorityQueue<>(Comparator.<Integer>comparingDouble(label -> filled[label] - share * weights[label])
                        .thenComparingLong(label -> seeds[label])
                        .thenComparingInt(label -> label));
        IntStream.range(0, filled.length)
                .filter(label -> filled[label] < most[label])
                .forEach(next::add);
        for (int left = count - Arrays.stream(least).sum(); left > 0; left--) {
            final int label = next.remove();
            filled[label]++;
            if (filled[label] < most[label]) {
                next.add(label);
            }
        }
        return filled;
    }

    /** Knuth's algorithm S (The Art of Computer Programming 2, 3.4.2), for each class by itself. */
    private BitSet draw(final BitSet samples, final int[] have, final int[] wanted) {
        final SplittableRandom[] randoms =
                Arrays.stream(seeds).mapToObj(SplittableRandom::new).toArray(SplittableRandom[]::new);
        final int[] left = have.clone();
        final int[] missing = wanted.clone();
        final BitSet drawn = new BitSet(samples.length());
        samples.stream().forEach(sample -> {
            final int label = labels[sample];
            if (randoms[label].nextInt(left[label]--) < missing[label]) {
                drawn.set(sample);
                missing[label]--;
            }
        });
        return drawn;
    }
}
