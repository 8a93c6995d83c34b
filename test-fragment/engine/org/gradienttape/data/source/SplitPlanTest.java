package org.gradienttape.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class SplitPlanTest {
    @Test
    void theGuideTrainsOnTheFirst50000OfMnistAndHoldsOutTheLast10000() {
        final SplitPlan plan = plan(new HeldOut.LastSamples(10_000), false, 0, 60_000, 0);

        assertThat(plan.training()).isEqualTo(range(0, 50_000));
        assertThat(plan.heldOut()).isEqualTo(range(50_000, 60_000));
    }

    @Test
    void testFilesAreHeldOutAsAWhole() {
        final SplitPlan plan = plan(new HeldOut.SourceTestFiles(), false, 0, 6, 4);

        assertThat(plan.training()).isEqualTo(range(0, 6));
        assertThat(plan.heldOut()).isEqualTo(range(6, 10));
    }

    @Test
    void mergedFilesAreSplitAsOne() {
        assertThat(plan(new HeldOut.None(), true, 0, 6, 4).training()).isEqualTo(range(0, 10));
        assertThat(plan(new HeldOut.LastSamples(5), true, 0, 6, 4).heldOut()).isEqualTo(range(5, 10));
    }

    @Test
    void theLimitKeepsTheFirstOfBothParts() {
        final SplitPlan plan = plan(new HeldOut.LastSamples(10), false, 3, 30, 0);

        assertThat(plan.training()).isEqualTo(range(0, 3));
        assertThat(plan.heldOut()).isEqualTo(range(20, 23));
    }

    @Test
    void aRandomFractionIsDrawnBySeedFromEverywhere() {
        final SplitPlan plan = plan(new HeldOut.RandomFraction(0.2, 5), false, 0, 1000, 0);

        assertThat(plan.heldOut().cardinality()).isEqualTo(200);
        assertThat(plan.training().cardinality()).isEqualTo(800);
        assertThat(plan.training().intersects(plan.heldOut())).isFalse();
        assertThat(plan.heldOut().get(0, 500).cardinality()).isBetween(70, 130); // 100 expected, sigma 6.3
        assertThat(plan(new HeldOut.RandomFraction(0.2, 5), false, 0, 1000, 0)).isEqualTo(plan);
        assertThat(plan(new HeldOut.RandomFraction(0.2, 6), false, 0, 1000, 0)).isNotEqualTo(plan);
    }

    @Test
    void refusesToHoldOutEverythingOrNothing() {
        assertThatThrownBy(() -> plan(new HeldOut.LastSamples(10), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("last 10")
                .hasMessageContaining("of 10 samples");
        assertThatThrownBy(() -> plan(new HeldOut.RandomFraction(0.01, 0), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("0.01")
                .hasMessageContaining("that is 0");
        assertThatThrownBy(() -> plan(new HeldOut.RandomFraction(0.2, 0), false, 0, 1, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("but of 1 sample that is 0");
        for (final HeldOut most :
                List.of(new HeldOut.RandomFraction(0.99, 0), new HeldOut.StratifiedFraction(0.99, 0))) {
            assertThatThrownBy(() -> plan(most, false, 0, 10, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("that is 10");
        }
        assertThatThrownBy(() -> plan(new HeldOut.StratifiedFraction(0.00001, 0), false, 0, 10, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("A fraction of 0.00001 was to be held out");
        assertThatThrownBy(() -> stratified(0.5, 0, 1, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A part of each class was to be held out, but each of the 3 classes has one sample alone;"
                        + " hold out none or read more samples.");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new HeldOut.LastSamples(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 1, but it is 0");
        for (final double fraction : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatThrownBy(() -> new HeldOut.RandomFraction(fraction, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("it is " + PlainNumber.of(fraction));
        }
        assertThatThrownBy(() -> new HeldOut.StratifiedFraction(0.00001 - 1, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The held-out fraction must be above 0 and below 1, but it is -0.99999.");
        assertThatThrownBy(() -> new ReadRequest.Split(new HeldOut.None(), false, -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Limit.Even(0, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it is 0");
        assertThatThrownBy(() -> new ReadRequest.Split(new HeldOut.SourceTestFiles(), true, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be merged");
    }

    @Test
    void refusesMoreSamplesThanCanBeNumbered() {
        assertThatThrownBy(
                        () -> SplitPlan.sizes(new ReadRequest.Split(new HeldOut.None(), true, 0), Integer.MAX_VALUE, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2147483648");
    }

    /** Four classes of ten samples, sorted by class as in an image folder. */
    @Test
    void everyClassIsInBothPartsOfAStratifiedSplit() {
        final int[] sorted = IntStream.range(0, 40).map(i -> i / 10).toArray();
        final int[] mixed = IntStream.range(0, 40).map(i -> i % 4).toArray();

        for (final int[] labels : List.of(sorted, mixed)) {
            final SplitPlan plan = stratified(0.2, labels);
            assertThat(counts(plan.heldOut(), labels)).containsExactly(2, 2, 2, 2);
            assertThat(counts(plan.training(), labels)).containsExactly(8, 8, 8, 8);
            assertThat(plan.training().intersects(plan.heldOut())).isFalse();
        }
    }

    @Test
    void whichSamplesOfAClassAreDrawnDoesNotDependOnWhereTheyLie() {
        final int[] sorted = IntStream.range(0, 40).map(i -> i / 10).toArray();
        final int[] mixed = IntStream.range(0, 40).map(i -> i % 4).toArray();

        final BitSet ofSorted = stratified(0.2, sorted).heldOut();
        final BitSet ofMixed = stratified(0.2, mixed).heldOut();

        assertThat(ofSorted.stream().map(i -> i % 10 * 4 + i / 10).sorted())
                .containsExactly(ofMixed.stream().boxed().toArray(Integer[]::new));
        assertThat(stratified(0.2, sorted).heldOut()).isEqualTo(ofSorted);
        assertThat(plan(new HeldOut.StratifiedFraction(0.2, 9), new Limit.None(), sorted)
                        .heldOut())
                .isNotEqualTo(ofSorted);
    }

    @Test
    void theHeldOutPartHasTheSizeThatWasAskedFor() {
        final int[] labels = IntStream.range(0, 20).map(i -> i / 5).toArray(); // a tenth of 5 is half a sample

        assertThat(stratified(0.1, labels).heldOut().cardinality()).isEqualTo(2);
        assertThat(counts(stratified(0.1, labels).heldOut(), labels)).contains(0, 0, 1, 1);
        assertThat(SplitPlan.sizes(
                        new ReadRequest.Split(new HeldOut.StratifiedFraction(0.1, 0), false, new Limit.Even(15, 0)),
                        20,
                        0))
                .isEqualTo(new SplitPlan.Sizes(15, 2));
    }

    @Test
    void aRareClassHasASampleInBothParts() {
        final int[] labels = IntStream.range(0, 1004).map(i -> i < 1000 ? 0 : 1).toArray();

        assertThat(counts(stratified(0.1, labels).heldOut(), labels)).containsExactly(99, 1);
        assertThat(counts(stratified(0.95, labels).training(), labels)).containsExactly(49, 1);
    }

    @Test
    void aClassOfOneSampleIsForTraining() {
        final int[] labels = {0, 0, 0, 0, 1, 2, 2, 2, 2, 2};

        for (long seed = 0; seed < 20; seed++) {
            final SplitPlan plan = plan(new HeldOut.StratifiedFraction(0.4, seed), new Limit.None(), labels);
            assertThat(counts(plan.heldOut(), labels)).containsExactly(2, 0, 2);
        }
        assertThat(counts(stratified(0.5, 0, 1, 2, 2).heldOut(), new int[] {0, 1, 2, 2}))
                .containsExactly(0, 0, 1);
    }

    @Test
    void eachSampleOfAClassIsDrawnAsOftenAsTheOthers() {
        final int[] drawn = new int[10];
        for (long seed = 0; seed < 2000; seed++) {
            plan(new HeldOut.StratifiedFraction(0.3, seed), new Limit.None(), new int[10]).heldOut().stream()
                    .forEach(sample -> drawn[sample]++);
        }
        // 600 expected, sigma 20.5
        assertThat(drawn).satisfies(all -> assertThat(Arrays.stream(all)).allMatch(n -> n > 510 && n < 690));
    }

    @Test
    void anEvenLimitTakesAsManyOfEachClass() {
        final int[] sorted = IntStream.range(0, 40).map(i -> i / 10).toArray();
        final int[] rare = IntStream.range(0, 103).map(i -> i < 100 ? 0 : 1).toArray();
        final HeldOut none = new HeldOut.None();

        final SplitPlan ten = plan(none, new Limit.Even(10, 3), sorted);

        assertThat(Arrays.stream(counts(ten.training(), sorted)).sorted()).containsExactly(2, 2, 3, 3);
        assertThat(plan(none, new Limit.Even(10, 3), sorted)).isEqualTo(ten);
        assertThat(plan(none, new Limit.Even(10, 4), sorted)).isNotEqualTo(ten);
        assertThat(counts(plan(none, new Limit.Even(20, 3), rare).training(), rare))
                .containsExactly(17, 3);
        assertThat(plan(none, new Limit.Even(41, 3), sorted).training().cardinality())
                .isEqualTo(40);
    }

    @Test
    void anEvenLimitIsForBothParts() {
        final int[] sorted = IntStream.range(0, 40).map(i -> i / 10).toArray();

        final SplitPlan plan = plan(new HeldOut.StratifiedFraction(0.5, 0), new Limit.Even(8, 0), sorted);

        assertThat(counts(plan.training(), sorted)).containsExactly(2, 2, 2, 2);
        assertThat(counts(plan.heldOut(), sorted)).containsExactly(2, 2, 2, 2);
        assertThat(plan.training().intersects(plan.heldOut())).isFalse();
    }

    private static SplitPlan stratified(final double fraction, final int... labels) {
        return plan(new HeldOut.StratifiedFraction(fraction, 0), new Limit.None(), labels);
    }

    private static SplitPlan plan(final HeldOut heldOut, final Limit limit, final int[] labels) {
        return SplitPlan.of(
                new ReadRequest.Split(heldOut, false, limit),
                labels.length,
                labels,
                ClassLabels.upTo(Arrays.stream(labels).max().orElseThrow()));
    }

    private static int[] counts(final BitSet samples, final int[] labels) {
        final int[] counts = new int[Arrays.stream(labels).max().orElseThrow() + 1];
        samples.stream().forEach(sample -> counts[labels[sample]]++);
        return counts;
    }

    private static SplitPlan plan(
            final HeldOut heldOut, final boolean merge, final int limit, final int training, final int test) {
        final ReadRequest.Split split = new ReadRequest.Split(heldOut, merge, limit);
        final SplitPlan plan = SplitPlan.of(split, training, new int[training + test], List.of("0"));
        assertThat(SplitPlan.sizes(split, training, test)).isEqualTo(plan.sizes());
        return plan;
    }

    private static BitSet range(final int from, final int to) {
        final BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }
}
