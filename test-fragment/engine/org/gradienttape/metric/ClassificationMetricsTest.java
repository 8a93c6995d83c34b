package org.gradienttape.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Metrics against the examples of Keras' pages, and against counting by hand. */
class ClassificationMetricsTest {
    /** Row 0 is surely class 0, row 1 hardly class 1, row 2 undecided between 1 and 2. */
    private static final Predictions PROBABILITIES =
            new Predictions(new float[] {0.9f, 0.1f, 0, 0.3f, 0.4f, 0.3f, 0.2f, 0.2f, 0.6f}, 3, 3);

    /** keras/src/metrics/confusion_metrics.py: labels 0, 1, 1, 1 and predictions 1, 0, 1, 1 give 2 / 3 for both. */
    @Test
    void precisionAndRecallOfOneOutputAreThoseOfKerasPage() {
        final Predictions predictions = new Predictions(new float[] {1, 0, 1, 1}, 4, 1);

        assertThat(after(new Precision(Outputs.NUMBERS), predictions, 0, 1, 1, 1))
                .isEqualTo(2.0 / 3);
        assertThat(after(new Recall(Outputs.NUMBERS), predictions, 0, 1, 1, 1)).isEqualTo(2.0 / 3);
    }

    /** Above 0.5 are class 0 of row 0 and class 2 of row 2; the first is right, the second wrong. */
    @Test
    void precisionAndRecallCountTheOutputsOfAllClasses() {
        assertThat(after(new Precision(Outputs.NUMBERS), PROBABILITIES, 0, 1, 1))
                .isEqualTo(1.0 / 2);
        assertThat(after(new Recall(Outputs.NUMBERS), PROBABILITIES, 0, 1, 1)).isEqualTo(1.0 / 3);
    }

    @Test
    void precisionAndRecallAreUndefinedWithoutAYesOrATruth() {
        final Predictions no = new Predictions(new float[] {0.1f, 0.2f}, 2, 1);

        assertThat(after(new Precision(Outputs.NUMBERS), no, 0, 1)).isNaN();
        assertThat(after(new Recall(Outputs.NUMBERS), no, 0, 1)).isZero(); // there is a truth, and it was not found
        assertThat(after(new Recall(Outputs.NUMBERS), no, 0, 0)).isNaN();
        assertThat(after(new F1Score(Outputs.NUMBERS), no, 0, 1)).isZero();
        assertThat(after(new F1Score(Outputs.NUMBERS), no, 0, 0)).isNaN();
    }

    /** Logits of 0 are a probability of 0.5, which is not above 0.5. */
    @Test
    void logitsAreReadAsProbabilities() {
        final Predictions logits = new Predictions(new float[] {0.1f, 0, -0.1f, 5}, 4, 1);

        assertThat(after(new Precision(Outputs.LOGITS), logits, 1, 1, 1, 0)).isEqualTo(0.5);
        assertThat(after(new Recall(Outputs.LOGITS), logits, 1, 1, 1, 0)).isEqualTo(1.0 / 3);
    }

    /** exp(0) = 1, exp(ln 6) = 6, exp(ln 3) = 3: probabilities 0.1, 0.6, 0.3. */
    @Test
    void classLogitsBecomeProbabilitiesThatSumToOne() {
        final Predictions logits = new Predictions(new float[] {0, (float) Math.log(6), (float) Math.log(3)}, 1, 3);

        assertThat(Outputs.CLASS_LOGITS.probabilities(logits))
                .containsExactly(new double[] {0.1, 0.6, 0.3}, within(1e-7));
        assertThat(Outputs.CLASS_LOGITS.probabilities(new Predictions(new float[] {1000, 0}, 1, 2)))
                .containsExactly(1, 0);
    }

    @Test
    void everyRowOfLogitsSumsToOne() {
        final float six = (float) Math.log(6);
        final float three = (float) Math.log(3);

        assertThat(Outputs.CLASS_LOGITS.probabilities(
                        new Predictions(new float[] {0, six, three, six, three, 0}, 2, 3)))
                .containsExactly(new double[] {0.1, 0.6, 0.3, 0.6, 0.3, 0.1}, within(1e-7));
    }

    /** Of class 0, 0.9 and 0.4 are right and 0.6 is wrong; of class 1 0.4 is right, 0.1 and 0.6 are wrong: 5 of 9 pairs. */
    @Test
    void areaUnderCurveTakesTheOutputsOfAllClasses() {
        final Predictions predictions = new Predictions(new float[] {0.9f, 0.1f, 0.4f, 0.6f, 0.6f, 0.4f}, 3, 2);

        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), predictions, 0, 0, 1))
                .isEqualTo(5.0 / 9);
    }

    /** Classes 0 and 1 are right once each: 2 / (1 + 1) and 2 * 1 * 0.5 / 1.5; class 2 was said once, wrongly. */
    @Test
    void f1IsTheMeanOverTheClasses() {
        assertThat(after(new F1Score(Outputs.NUMBERS), PROBABILITIES, 0, 1, 1))
                .isCloseTo((1 + 2.0 / 3 + 0) / 3, within(1e-15));
    }

    /** Labels 1 to 3 leave place 0 empty: scikit-learn's f1_score(y, y, average="macro") is 1. */
    @Test
    void f1LeavesOutClassesThatNeitherLabelNorPredictionHas() {
        final Predictions right = new Predictions(new float[] {0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}, 3, 4);

        assertThat(after(new F1Score(Outputs.NUMBERS), right, 1, 2, 3)).isEqualTo(1);
        assertThat(after(new F1Score(Outputs.CLASS_LOGITS), right, 1, 2, 3)).isEqualTo(1);
        // y = [1, 2, 2] and predictions [1, 2, 3]: 1, 2 / 3 and, since 3 was said, 0
        assertThat(after(new F1Score(Outputs.NUMBERS), right, 1, 2, 2)).isCloseTo(5.0 / 9, within(1e-15));
    }

    /** keras/src/metrics/f_score_metrics.py, second column of the example with threshold 0.5: 0.8. */
    @Test
    void f1OfOneOutputIsThatOfLabelOne() {
        final Predictions second = new Predictions(new float[] {0.6f, 0.6f, 0.8f}, 3, 1);

        assertThat(after(new F1Score(Outputs.NUMBERS), second, 1, 0, 1)).isCloseTo(0.8, within(1e-15));
    }

    @Test
    void f1TakesARowOfZerosAsSayingNothing() {
        final Predictions zeros = new Predictions(new float[] {0, 0}, 1, 2);

        assertThat(after(new F1Score(Outputs.NUMBERS), zeros, 0)).isZero();
        assertThat(after(new F1Score(Outputs.CLASS_LOGITS), zeros, 0)).isEqualTo(0.5);
    }

    /** keras/src/metrics/confusion_metrics.py: labels 0, 0, 1, 1 and predictions 0, 0.5, 0.3, 0.9 give 0.75. */
    @Test
    void areaUnderCurveIsThatOfKerasPage() {
        final Predictions predictions = new Predictions(new float[] {0, 0.5f, 0.3f, 0.9f}, 4, 1);

        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), predictions, 0, 0, 1, 1))
                .isEqualTo(0.75);
    }

    /** All pairs of a positive and a negative that are in the right order, ties counting half, are the exact area. */
    @Test
    void areaUnderCurveIsCloseToTheShareOfPairsInOrder() {
        final SplittableRandom random = new SplittableRandom(1);
        final float[] outputs = new float[400];
        final int[] labels = new int[400];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(2);
            outputs[i] = (float) (random.nextGaussian() + labels[i]);
        }

        final Metric area = new AreaUnderCurve(Outputs.LOGITS);
        area.update(new Predictions(outputs, 400, 1), Targets.ofClasses(labels));

        assertThat(area.result()).isCloseTo(shareOfPairsInOrder(outputs, labels), within(1e-3));
    }

    /** A sum of ten tenths would be 0.9999999999999999. */
    @Test
    void areaUnderCurveIsExactlyOneIfAllPairsAreInOrder() {
        final float[] outputs = new float[11];
        final int[] labels = new int[11];
        for (int i = 0; i < 10; i++) {
            outputs[i] = i / 20f;
        }
        outputs[10] = 0.9f;
        labels[10] = 1;

        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), new Predictions(outputs, 11, 1), labels))
                .isEqualTo(1.0);
    }

    @Test
    void areaUnderCurveIsUndefinedWithoutBothKinds() {
        final Predictions two = new Predictions(new float[] {0.7f, 0.4f}, 2, 1);

        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), two, 1, 1)).isNaN();
        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), two, 0, 0)).isNaN();
        assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), two, 1, 0)).isEqualTo(1);
    }

    @Test
    void areaUnderCurveIsUndefinedWithAScoreThatIsNan() {
        final Metric area = new AreaUnderCurve(Outputs.NUMBERS);

        assertThat(after(area, new Predictions(new float[] {0.7f, Float.NaN}, 2, 1), 1, 0))
                .isNaN();
        area.reset();
        assertThat(after(area, new Predictions(new float[] {0.7f, 0.2f}, 2, 1), 1, 0))
                .isEqualTo(1);
    }

    /** One score for all says nothing: 0.5, whichever it is. */
    @Test
    void areaUnderCurveCountsTiesHalf() {
        for (final float score : new float[] {0, 0.3f, 0.5f, 1}) {
            final Predictions equal = new Predictions(new float[] {score, score, score}, 3, 1);
            assertThat(after(new AreaUnderCurve(Outputs.NUMBERS), equal, 1, 0, 0))
                    .isEqualTo(0.5);
        }
    }

    /** keras/src/metrics/accuracy_metrics.py: k = 1 gives 0.5. With k = 2 both labels are among the largest. */
    @Test
    void topKIsThatOfKerasPage() {
        final Predictions predictions = new Predictions(new float[] {0.1f, 0.9f, 0.8f, 0.05f, 0.95f, 0}, 2, 3);

        assertThat(after(new TopKAccuracy(1), predictions, 2, 1)).isEqualTo(0.5);
        assertThat(after(new TopKAccuracy(2), predictions, 2, 1)).isEqualTo(1);
        assertThat(new TopKAccuracy(2).name()).isEqualTo("Top-2 accuracy");
    }

    @Test
    void topKCountsEqualOutputsIn() {
        final Predictions equal = new Predictions(new float[] {1, 1, 1, Float.NaN, 0, 0}, 2, 3);

        assertThat(after(new TopKAccuracy(1), equal, 2, 0)).isEqualTo(0.5);
    }

    /** keras/src/metrics/regression_metrics.py: outputs [1, 1], [0, 0] for targets [0, 1], [0, 0] give 0.25. */
    /** A step of a user's may give the metrics other outputs than those of its model. */
    @Test
    void labelsWithoutAnOutputAreNeverAmongTheLargest() {
        assertThat(after(new TopKAccuracy(3), PROBABILITIES, 0, 3, -1)).isEqualTo(1.0 / 3);
        assertThat(after(new F1Score(Outputs.NUMBERS), PROBABILITIES, 0, 3, -1)).isEqualTo(1.0 / 3);
    }

    @Test
    void meanErrorsCompareWithOneHotTargets() {
        final Predictions predictions = new Predictions(new float[] {1, 1, 0, 2}, 2, 2);

        // errors 1, 0 and -1, 2
        assertThat(after(MeanError.squared(), predictions, 1, 0)).isEqualTo((1 + 0 + 1 + 4) / 4.0);
        assertThat(after(MeanError.absolute(), predictions, 1, 0)).isEqualTo((1 + 0 + 1 + 2) / 4.0);
    }

    @Test
    void meanErrorsCompareOneOutputWithTheLabelItself() {
        final Predictions predictions = new Predictions(new float[] {6.5f, 3}, 2, 1);

        assertThat(after(MeanError.squared(), predictions, 7, 1)).isEqualTo((0.25 + 4) / 2);
        assertThat(after(MeanError.absolute(), predictions, 7, 1)).isEqualTo((0.5 + 2) / 2);
    }

    @Test
    void everyMetricStartsAnewAfterAResetAndRefusesLabelsOfOtherRows() {
        final MetricsConfig all = new MetricsConfig(EnumSet.allOf(MetricsConfig.Kind.class), 1);
        for (final Metric metric : all.metrics(Outputs.NUMBERS, 3)) {
            final double once = after(metric, PROBABILITIES, 0, 1, 1);
            metric.update(PROBABILITIES, Targets.ofClasses(2, 2, 0));
            assertThat(metric.result()).as(metric.name()).isNotEqualTo(once);
            metric.reset();
            assertThat(metric.result()).as(metric.name()).isNaN();
            assertThat(after(metric, PROBABILITIES, 0, 1, 1)).as(metric.name()).isEqualTo(once);
            assertThatThrownBy(() -> metric.update(PROBABILITIES, Targets.ofClasses(0, 0)))
                    .as(metric.name())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static double after(final Metric metric, final Predictions predictions, final int... labels) {
        metric.update(predictions, Targets.ofClasses(labels));
        return metric.result();
    }

    private static double shareOfPairsInOrder(final float[] outputs, final int[] labels) {
        double inOrder = 0;
        double pairs = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    pairs++;
                    inOrder += (1 + Math.signum(outputs[i] - outputs[j])) / 2;
                }
            }
        }
        return inOrder / pairs;
    }
}
