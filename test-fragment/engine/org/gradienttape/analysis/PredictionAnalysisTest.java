package org.gradienttape.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.analysis.PredictionAnalysis.ClassRow;
import org.gradienttape.analysis.PredictionAnalysis.NumberRow;
import org.gradienttape.analysis.Scoring.Evidence;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand; Wilson's by its formula, Student's t from tables. */
class PredictionAnalysisTest {
    private static final List<String> ABC = List.of("a", "b", "c");
    private static final Scoring ALL = new Scoring(ABC, Evidence.PROBABILITIES, Scoring.ALL_CLASSES, 2, 0.95);

    @Test
    void classesAreScored() {
        final List<Score> scores = report(ALL).all();

        assertThat(scores.stream().map(Score::metric))
                .containsExactly(
                        "Accuracy",
                        "Top-2 accuracy",
                        "Precision",
                        "Recall",
                        "F1",
                        "AUC",
                        "Mean squared error",
                        "Mean absolute error");
        // 3 of 4; the last row says b for c, whose probability is the second largest
        assertThat(score(scores, "Accuracy").value()).isEqualTo(0.75);
        assertThat(score(scores, "Top-2 accuracy").value()).isEqualTo(1);
        // above 0.5 are 0.8, 0.7, 0.6 and the wrong 0.6
        assertThat(score(scores, "Precision").value()).isEqualTo(0.75);
        assertThat(score(scores, "Precision").samples()).isEqualTo(4);
        assertThat(score(scores, "Recall").value()).isEqualTo(0.75);
        // F1 of a 1, of b 2 / 3, of c 2 / 3
        assertThat(score(scores, "F1").value()).isCloseTo(7.0 / 9, within(1e-12));
        // squared distances to the one-hot rows: 0.06, 0.14, 0.24, 0.86; by 3 and 4
        assertThat(score(scores, "Mean squared error").value()).isCloseTo(1.3 / 12, within(1e-6));
        assertThat(score(scores, "Mean absolute error").value()).isCloseTo((0.4 + 0.6 + 0.8 + 1.4) / 12, within(1e-6));
    }

    @Test
    void aMatrixThatWouldNotFitIntoMemoryIsRefusedBeforeItIsMade() {
        final List<String> identifiers =
                IntStream.range(0, 2001).mapToObj(Integer::toString).toList();

        assertThatThrownBy(() -> new Scoring(identifiers, Evidence.CLASSES, Scoring.ALL_CLASSES, 1, 0.95))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The target and prediction columns should have at most 2000 different classes, but they have"
                                + " 2001; choose other columns, or score them as numbers.");
    }

    /** Wilson for 3 of 4 at 95 %: 0.3006 to 0.9544. */
    @Test
    void proportionsHaveWilsonsInterval() {
        final Interval interval = score(report(ALL).all(), "Accuracy").interval();

        assertThat(interval.low()).isCloseTo(0.300642, within(1e-5));
        assertThat(interval.high()).isCloseTo(0.954413, within(1e-5));
        assertThat(score(report(ALL).all(), "F1").interval().low()).isNaN();
    }

    /** Wilson's bound of 60 of 60 is 1, but its formula gives 0.9999999999999999 for some numbers. */
    @Test
    void anIntervalHoldsItsValue() {
        for (int trials = 1; trials < 500; trials++) {
            final Interval all = Interval.ofProportion(trials, trials, 0.95);
            final Interval none = Interval.ofProportion(0, trials, 0.95);
            assertThat(all.high()).as("%d of %1$d", trials).isEqualTo(1);
            assertThat(none.low()).as("0 of %d", trials).isZero();
            assertThat(all.low()).isBetween(0.0, 1.0);
        }
    }

    /** Labels b and c alone: a is nobody's, so nothing about it is defined, and F1 is the mean of the other two. */
    @Test
    void aClassThatNobodyHasCountsForNothing() {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(ALL);
        rows().subList(1, 3).forEach(row -> analysis.update(row, Optional.empty()));

        final PredictionReport report = analysis.report();

        assertThat(score(report.all(), "F1").value()).isEqualTo(1);
        assertThat(report.details().subList(0, 3)).allSatisfy(score -> {
            assertThat(score.ofClass()).contains("a");
            assertThat(score.value()).isNaN();
            assertThat(score.samples()).isZero();
        });
    }

    /** All labels are the positive class: there is no false positive rate, so no area. */
    @Test
    void whatIsUndefinedIsNotZero() {
        final Scoring positiveA = new Scoring(ABC, Evidence.PROBABILITIES, 0, 5, 0.95);
        final PredictionAnalysis<ClassRow> onlyA = PredictionAnalysis.ofClasses(positiveA);
        onlyA.update(rows().get(0), Optional.empty());
        final PredictionAnalysis<ClassRow> noA = PredictionAnalysis.ofClasses(positiveA);
        noA.update(rows().get(1), Optional.empty());

        assertThat(score(onlyA.report().all(), "AUC").value()).isNaN();
        assertThat(score(onlyA.report().all(), "Recall").value()).isEqualTo(1);
        for (final String metric : List.of("Precision", "Recall", "F1", "AUC")) {
            final Score score = score(noA.report().all(), metric);
            assertThat(score.value()).as(metric).isNaN();
            assertThat(score.interval().low()).as(metric).isNaN();
        }
        assertThat(score(noA.report().all(), "Accuracy").value()).isEqualTo(1);
    }

    /** Three of three are right; a single column must not be taken for that of label 1 of two. */
    @Test
    void anOnlyClassIsRight() {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(
                new Scoring(List.of("a"), Evidence.PROBABILITIES, Scoring.ALL_CLASSES, 5, 0.95));
        for (int i = 0; i < 3; i++) {
            analysis.update(new ClassRow(0, 0, new float[] {0.75f}), Optional.empty());
        }

        final List<Score> scores = analysis.report().all();

        for (final String metric : List.of("Accuracy", "Precision", "Recall", "F1")) {
            assertThat(score(scores, metric).value()).as(metric).isEqualTo(1);
        }
        assertThat(score(scores, "AUC").value()).isNaN();
        assertThat(score(scores, "Mean absolute error").value()).isEqualTo(0.25);
    }

    /** The squares overflow: neither the mean nor an interval around it is a number. */
    @Test
    void whatIsTooLargeHasNoInterval() {
        final PredictionAnalysis<NumberRow> analysis = PredictionAnalysis.ofNumbers(0.95);
        analysis.update(new NumberRow(1e200, -1e200), Optional.empty());
        analysis.update(new NumberRow(1, 2), Optional.empty());

        final List<Score> scores = analysis.report().all();
        assertThat(scores).hasSize(6).allSatisfy(score -> assertThat(score.value())
                .isNotInfinite());
        assertThat(scores.subList(0, 5)) // all but the percentage error, 2 and 1
                .allSatisfy(score -> assertThat(score.interval().low()).isNaN());
    }

    @Test
    void eachClassHasItsDetailsAndTheMatrix() {
        final List<Score> details = report(ALL).details();

        assertThat(details).hasSize(9 + 9);
        assertThat(details.get(3).metric()).isEqualTo("Precision");
        assertThat(details.get(3).ofClass()).contains("b");
        assertThat(details.get(3).value()).isEqualTo(0.5); // b was said twice, once rightly
        assertThat(details.get(5).value()).isEqualTo(2.0 / 3); // F1 of b: 2 * 1 hit by 2 said and 1 there
        assertThat(details.get(5).samples()).isEqualTo(3);
        assertThat(details.get(7).value()).isEqualTo(0.5); // one of two c was found
        final Score count = details.get(9 + 7);
        assertThat(count.ofClass()).contains("c");
        assertThat(count.predicted()).contains("b");
        assertThat(count.value()).isEqualTo(1);
    }

    @Test
    void onePositiveClassCanBeLookedAtAlone() {
        final List<Score> scores =
                report(new Scoring(ABC, Evidence.PROBABILITIES, 2, 5, 0.95)).all();

        assertThat(scores.stream().map(Score::metric)).doesNotContain("Top-5 accuracy");
        assertThat(score(scores, "Precision").value()).isEqualTo(1); // 0.6 for c was right
        assertThat(score(scores, "Precision").samples()).isEqualTo(1);
        assertThat(score(scores, "Recall").value()).isEqualTo(0.5);
        assertThat(score(scores, "Recall").samples()).isEqualTo(2);
        assertThat(score(scores, "F1").value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(score(scores, "AUC").value()).isCloseTo(1, within(1e-3)); // every c above every other
    }

    @Test
    void withoutProbabilitiesWhatNeedsThemIsLeftOut() {
        final List<Score> scores = report(new Scoring(ABC, Evidence.CLASSES, Scoring.ALL_CLASSES, 2, 0.95))
                .all();

        assertThat(scores.stream().map(Score::metric)).containsExactly("Accuracy", "Precision", "Recall", "F1");
    }

    @Test
    void everyGroupIsScoredFromZero() {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(ALL);
        rows().subList(0, 3).forEach(row -> analysis.update(row, Optional.of("0")));
        analysis.update(rows().get(3), Optional.of("1"));

        final PredictionReport report = analysis.report();

        assertThat(report.groups().stream().map(PredictionReport.Group::name)).containsExactly("0", "1");
        assertThat(report.groups().stream()
                        .map(group -> score(group.scores(), "Accuracy").value()))
                .containsExactly(1.0, 0.0);
        assertThat(report.groups().get(1).scores().get(0).samples()).isEqualTo(1);
        assertThat(score(report.all(), "Accuracy").value()).isEqualTo(0.75);
        assertThat(report.groups().get(1).pairs()).containsExactly(new ClassPair(2, 1, 1));
        assertThat(report.classes()).isEqualTo(ABC);
        assertThat(report.pairs())
                .containsExactly(
                        new ClassPair(0, 0, 1), new ClassPair(1, 1, 1), new ClassPair(2, 1, 1), new ClassPair(2, 2, 1));
    }

    /** Groups and the rows of each alone have the same scores, all of them. */
    @Test
    void aGroupKnowsNothingOfTheOneBefore() {
        final PredictionAnalysis<ClassRow> classes = PredictionAnalysis.ofClasses(ALL);
        final PredictionAnalysis<ClassRow> lastClasses = PredictionAnalysis.ofClasses(ALL);
        rows().forEach(row -> classes.update(row, Optional.of("first")));
        rows().subList(2, 4).forEach(row -> classes.update(row, Optional.of("second")));
        rows().subList(2, 4).forEach(row -> lastClasses.update(row, Optional.empty()));
        final PredictionAnalysis<NumberRow> numbers = PredictionAnalysis.ofNumbers(0.95);
        final PredictionAnalysis<NumberRow> lastNumbers = PredictionAnalysis.ofNumbers(0.95);
        List.of(new NumberRow(3, 9), new NumberRow(-1, 4), new NumberRow(8, 8))
                .forEach(row -> numbers.update(row, Optional.of("first")));
        for (final NumberRow row : List.of(new NumberRow(1, 2), new NumberRow(4, 0), new NumberRow(3, 4))) {
            numbers.update(row, Optional.of("second"));
            lastNumbers.update(row, Optional.empty());
        }

        assertThat(classes.report().groups().get(1).scores())
                .isEqualTo(lastClasses.report().all());
        assertThat(numbers.report().groups().get(1).scores())
                .isEqualTo(lastNumbers.report().all());
    }

    /** A probability of 0.5 says nothing: precision counts what is above it. */
    @Test
    void aHalfIsNoPrediction() {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(ALL);
        analysis.update(new ClassRow(0, 0, new float[] {0.5f, 0.25f, 0.25f}), Optional.empty());
        analysis.update(new ClassRow(1, 1, new float[] {0.2f, 0.6f, 0.2f}), Optional.empty());

        assertThat(score(analysis.report().all(), "Precision").samples()).isEqualTo(1);
        assertThat(score(analysis.report().all(), "Precision").value()).isEqualTo(1);
    }

    @Test
    void theClassesWithTheMostMistakesAreKept() {
        final List<ClassPair> pairs = List.of(
                new ClassPair(0, 0, 99), new ClassPair(1, 3, 2), new ClassPair(2, 4, 1), new ClassPair(3, 3, 5));

        assertThat(ClassPair.mostConfused(pairs, 5, 2)).containsExactly(1, 3);
        assertThat(ClassPair.mostConfused(pairs, 5, 5)).containsExactly(0, 1, 2, 3, 4);
        assertThat(ClassPair.mostConfused(List.of(), 0, 5)).isEmpty();
    }

    @Test
    void groupsMustStandTogether() {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(ALL);
        analysis.update(rows().get(0), Optional.of("0"));
        analysis.update(rows().get(1), Optional.of("1"));

        assertThatThrownBy(() -> analysis.update(rows().get(2), Optional.of("0")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the group \"0\" begins again after others; sort the table");
    }

    /** Errors 1, -1, 4: squares 1, 1, 16 with mean 6 and standard deviation 8.660254; t of 2 degrees is 4.302653. */
    @Test
    void numbersAreScored() {
        final PredictionAnalysis<NumberRow> analysis = PredictionAnalysis.ofNumbers(0.95);
        analysis.update(new NumberRow(1, 2), Optional.empty());
        analysis.update(new NumberRow(1, 0), Optional.empty());
        analysis.update(new NumberRow(0, 4), Optional.empty());

        final List<Score> scores = analysis.report().all();

        assertThat(score(scores, "Mean squared error").value()).isEqualTo(6);
        assertThat(score(scores, "Mean squared error").interval().high())
                .isCloseTo(6 + 4.302653 * 8.660254 / Math.sqrt(3), within(1e-4));
        assertThat(score(scores, "Mean squared error").interval().low()).isZero(); // and not below
        assertThat(score(scores, "Mean absolute error").value()).isEqualTo(2);
        // squared errors 18, squared deviations from 2/3: 2/3
        assertThat(score(scores, "R²").value()).isCloseTo(-26, within(1e-12));
        assertThat(analysis.report().pairs()).isEmpty();
    }

    /** Values and intervals by NumPy and SciPy 1.10, in order. */
    @Test
    void numbersHaveTheScoresOfNumericScorersWithIntervals() {
        final PredictionReport report = numbers(0, new double[] {1, 2, 3, 4, 6}, new double[] {1.5, 1.5, 3, 5, 5});

        assertThat(report.all())
                .satisfiesExactly(
                        score -> isAbout(score, "R²", 0.8310810810810811, 0.5991416438061407, 1),
                        score -> isAbout(score, "Mean absolute error", 0.6, 0.08057468315821514, 1.119425316841785),
                        score -> isAbout(score, "Mean squared error", 0.5, 0, 1.0807351588462986),
                        score -> isAbout(score, "Root mean squared error", 0.7071067811865476, 0, 1.0395841278349236),
                        score -> isAbout(score, "Mean signed difference", 0, -0.9816215807387804, 0.9816215807387804),
                        score -> isAbout(
                                score,
                                "Mean absolute percentage error",
                                0.23333333333333334,
                                0.009011383138507856,
                                0.4576552835281588));
        assertThat(report.all()).allSatisfy(score -> assertThat(score.samples()).isEqualTo(5));
    }

    /** The same rows 1e6 further on: sums of fourth powers of plain numbers would have 24 digits before the point. */
    @Test
    void theIntervalOfRSquaredLosesNoDigits() {
        final PredictionReport report = numbers(1e6, new double[] {1, 2, 3, 4, 6}, new double[] {1.5, 1.5, 3, 5, 5});

        isAbout(score(report.all(), "R²"), "R²", 0.8310810810810811, 0.5991416438061407, 1);
    }

    @Test
    void whatIsUndefinedOfNumbersIsMissing() {
        final List<Score> equal = numbers(0, new double[] {0.1, 0.1, 0.1}, new double[] {0.2, 0.1, 0})
                .all();
        final List<Score> zero =
                numbers(0, new double[] {1, 0, 2}, new double[] {1, 1, 1}).all();
        final List<Score> one = numbers(0, new double[] {2}, new double[] {1}).all();

        assertThat(score(equal, "R²").value()).isNaN();
        assertThat(score(equal, "R²").interval().low()).isNaN();
        assertThat(score(equal, "Mean absolute percentage error").value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(score(zero, "Mean absolute percentage error").value()).isNaN();
        assertThat(score(zero, "R²").value()).isEqualTo(0); // errors 0, 1, 1; deviations 0, 1, 1
        assertThat(score(one, "R²").value()).isNaN();
        assertThat(score(one, "Mean signed difference").value()).isEqualTo(-1);
        assertThat(one).allSatisfy(score -> assertThat(score.interval().low()).isNaN());
    }

    @Test
    void whatIsAllRightHasNoWidth() {
        final List<Score> scores =
                numbers(0, new double[] {1, 2, 4}, new double[] {1, 2, 4}).all();

        isAbout(score(scores, "R²"), "R²", 1, 1, 1);
        for (final String error : List.of("Mean squared error", "Root mean squared error", "Mean signed difference")) {
            isAbout(score(scores, error), error, 0, 0, 0);
        }
    }

    /** Nearly equal errors, whose mean and bounds are within one rounding of one another. */
    @Test
    void theIntervalOfEveryNumberHoldsItsValue() {
        for (int rows = 3; rows < 200; rows++) {
            final double[] targets =
                    IntStream.range(0, rows).mapToDouble(i -> 0.1 * i + 0.3).toArray();
            final double[] predicted = IntStream.range(0, rows)
                    .mapToDouble(i -> targets[i] + 0.1 + 1e-17 * i)
                    .toArray();

            for (final Score score : numbers(0, targets, predicted).all()) {
                assertThat(score.value())
                        .as("%s of %d rows", score.metric(), rows)
                        .isBetween(score.interval().low(), score.interval().high());
            }
        }
    }

    @Test
    void noRowsGiveNoIntervals() {
        final List<Score> scores = PredictionAnalysis.ofClasses(ALL).report().all();

        assertThat(scores)
                .hasSize(8)
                .allSatisfy(score -> assertThat(score.value()).isNaN())
                .allSatisfy(score -> assertThat(score.interval().low()).isNaN());
        assertThat(PredictionAnalysis.ofNumbers(0.9).report().all())
                .hasSize(6)
                .allSatisfy(score -> assertThat(score.value()).isNaN());
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new Scoring(ABC, Evidence.CLASSES, 0, 0, 0.95)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Scoring(ABC, Evidence.CLASSES, 0, 1, 1)).hasMessageContaining("below 1");
    }

    private static PredictionReport numbers(final double shift, final double[] targets, final double[] predicted) {
        final PredictionAnalysis<NumberRow> analysis = PredictionAnalysis.ofNumbers(0.95);
        for (int i = 0; i < targets.length; i++) {
            analysis.update(new NumberRow(targets[i] + shift, predicted[i] + shift), Optional.empty());
        }
        return analysis.report();
    }

    private static void isAbout(
            final Score score, final String metric, final double value, final double low, final double high) {
        assertThat(score.metric()).isEqualTo(metric);
        assertThat(score.value()).isCloseTo(value, within(1e-8));
        assertThat(score.interval().low()).isCloseTo(low, within(1e-8));
        assertThat(score.interval().high()).isCloseTo(high, within(1e-8));
    }

    private static PredictionReport report(final Scoring scoring) {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(scoring);
        rows().forEach(row -> analysis.update(row, Optional.empty()));
        return analysis.report();
    }

    private static List<ClassRow> rows() {
        return List.of(
                new ClassRow(0, 0, new float[] {0.8f, 0.1f, 0.1f}),
                new ClassRow(1, 1, new float[] {0.1f, 0.7f, 0.2f}),
                new ClassRow(2, 2, new float[] {0.2f, 0.2f, 0.6f}),
                new ClassRow(2, 1, new float[] {0.1f, 0.6f, 0.3f}));
    }

    private static Score score(final List<Score> scores, final String metric) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
