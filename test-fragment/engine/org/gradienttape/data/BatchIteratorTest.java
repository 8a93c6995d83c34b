package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class BatchIteratorTest {
    @Test
    void aBufferOfOneKeepsTheFileOrderAndTheLastPartialBatch() {
        final BatchIterator batches = new BatchIterator(7, 3, 1, new SplittableRandom(0));

        assertThat(BatchIterator.steps(7, 3)).isEqualTo(3);
        assertThat(batches.next()).containsExactly(0, 1, 2);
        assertThat(batches.next()).containsExactly(3, 4, 5);
        assertThat(batches.next()).containsExactly(6);
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void theGuidesTrainingSetHas782Batches() {
        final BatchIterator batches = new BatchIterator(50_000, 64, 1024, new SplittableRandom(0));

        assertThat(BatchIterator.steps(50_000, 64)).isEqualTo(782); // ceil(50000 / 64)
        int[] last = {};
        int count = 0;
        while (batches.hasNext()) {
            last = batches.next();
            count++;
        }
        assertThat(count).isEqualTo(782);
        assertThat(last).hasSize(16); // 50000 - 781 * 64
    }

    @Test
    void everySampleComesOnce() {
        for (final int buffer : new int[] {0, 1, 2, 10, 99, 100, 5000}) {
            assertThat(order(100, 7, buffer, new SplittableRandom(buffer)))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void noSampleLeavesEarlierThanTheBufferAllows() {
        final List<Integer> order = order(10_000, 64, 100, new SplittableRandom(3));

        for (int place = 0; place < order.size(); place++) {
            assertThat(order.get(place)).isLessThanOrEqualTo(place + 99);
        }
        assertThat(order.stream().limit(100).filter(sample -> sample >= 100)).isNotEmpty();
    }

    /** By hand: the buffer [0, 1, 2], each time its first place is drawn, and refilled with the next input. */
    @Test
    void theDrawnPlaceIsRefilledWithTheNextInputAndDrainedFromTheEnd() {
        final RandomGenerator always = alwaysPlace(0);

        assertThat(order(5, 1, 3, always)).containsExactly(0, 3, 4, 2, 1);
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        final List<Integer> order = order(1000, 64, 100, new SplittableRandom(42));

        assertThat(order(1000, 64, 100, new SplittableRandom(42))).isEqualTo(order);
        assertThat(order(1000, 64, 100, new SplittableRandom(43))).isNotEqualTo(order);
    }

    /** Chi-square with 24 permutations of 4 samples; a fair shuffle fails below 1e-4 once in ten thousand seeds. */
    @Test
    void theWholeSetIsAUniformPermutation() {
        final SplittableRandom random = new SplittableRandom(7);
        final long[] seen = new long[256];
        for (int trial = 0; trial < 24_000; trial++) {
            final List<Integer> order = order(4, 4, 0, random);
            seen[order.get(0) * 64 + order.get(1) * 16 + order.get(2) * 4 + order.get(3)]++;
        }

        final long[] counts = Arrays.stream(seen).filter(count -> count > 0).toArray();

        assertThat(counts).hasSize(24);
        assertThat(chiSquare(counts)).isGreaterThan(1e-4);
    }

    @Test
    void theFirstOutputIsUniformOverTheBuffer() {
        final SplittableRandom random = new SplittableRandom(11);
        final long[] counts = new long[10];
        for (int trial = 0; trial < 20_000; trial++) {
            counts[new BatchIterator(1000, 1, 10, random).next()[0]]++;
        }

        assertThat(chiSquare(counts)).isGreaterThan(1e-4);
    }

    @Test
    void noSamplesGiveNoBatches() {
        final BatchIterator none = new BatchIterator(0, 64, 1024, new SplittableRandom(0));

        assertThat(BatchIterator.steps(0, 64)).isZero();
        assertThat(none.hasNext()).isFalse();
    }

    @Test
    void refusesNumbersOutOfRange() {
        final SplittableRandom random = new SplittableRandom(0);

        assertThatThrownBy(() -> new BatchIterator(10, 0, 1, random))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("10, 0 and 1");
        assertThatThrownBy(() -> new BatchIterator(10, 1, -1, random)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new BatchIterator(-1, 1, 1, random)).isInstanceOf(InvalidInputException.class);
    }

    private static double chiSquare(final long[] counts) {
        final double mean = Arrays.stream(counts).average().orElseThrow();
        return new ChiSquareTest()
                .chiSquareTest(
                        IntStream.range(0, counts.length).mapToDouble(i -> mean).toArray(), counts);
    }

    private static List<Integer> order(
            final int samples, final int batchSize, final int buffer, final RandomGenerator random) {
        final List<Integer> order = new ArrayList<>();
        final BatchIterator batches = new BatchIterator(samples, batchSize, buffer, random);
        while (batches.hasNext()) {
            for (final int sample : batches.next()) {
                order.add(sample);
            }
        }
        return order;
    }

    private static RandomGenerator alwaysPlace(final int place) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return place;
            }

            @Override
            public int nextInt(final int bound) {
                return place;
            }
        };
    }
}
