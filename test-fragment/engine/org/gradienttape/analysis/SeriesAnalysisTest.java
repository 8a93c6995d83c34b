package org.gradienttape.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.analysis.SeriesReport.EpochSummary;
import org.gradienttape.analysis.SeriesReport.Summary;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class SeriesAnalysisTest {
    private static final Direction LOWER = Direction.LOWER_IS_BETTER;
    private static final Direction HIGHER = Direction.HIGHER_IS_BETTER;

    @Test
    void summarisesAStepLogPerEpochAndAsAWhole() {
        final Series loss = new Series(
                "Loss",
                LOWER,
                List.of(
                        new Series.Point(0, 0, 8),
                        new Series.Point(0, 200, 4),
                        new Series.Point(1, 782, 3),
                        new Series.Point(1, 982, 1)));

        final SeriesReport report = one(loss, new AnalysisConfig(3, 0.01));

        assertThat(report.epochs())
                .containsExactly(
                        new EpochSummary(0, new Summary(2, 4, 6, 4, 8), 6),
                        new EpochSummary(1, new Summary(2, 1, 2, 1, 3), 8.0 / 3)); // (4 + 3 + 1) / 3
        assertThat(report.all()).isEqualTo(new Summary(4, 1, 4, 1, 8));
        assertThat(report.movingAverage()).isEqualTo(8.0 / 3);
        assertThat(report.bestEpoch()).hasValue(1);
    }

    @Test
    void theBestEpochIsTheLowestLossAndTheHighestAccuracy() {
        assertThat(one(epochs("Loss", LOWER, 3, 1, 2), AnalysisConfig.DEFAULT).bestEpoch())
                .hasValue(1);
        assertThat(one(epochs("Accuracy", HIGHER, 0.7, 0.8, 0.8), AnalysisConfig.DEFAULT)
                        .bestEpoch())
                .hasValue(1);
        assertThat(one(epochs("Seconds", Direction.NONE, 3, 1, 2), AnalysisConfig.DEFAULT)
                        .bestEpoch())
                .isEmpty();
    }

    /**
     * By hand: Sxx = 10, Sxy = 8, Syy = 10, so the slope is 0.8, the squared errors sum to 3.6 and the slope's standard
     * error is sqrt(3.6 / 3 / 10); Student's t for 97.5 % and 3 degrees of freedom is 3.182446 (any table).
     */
    @Test
    void theTrendIsTheRegressionLineWithItsConfidenceInterval() {
        final Trend trend = one(epochs("Accuracy", HIGHER, 1, 3, 2, 5, 4), AnalysisConfig.DEFAULT)
                .trend();

        assertThat(trend.slope()).isCloseTo(0.8, within(1e-12));
        assertThat(trend.low()).isCloseTo(0.8 - 3.182446 * Math.sqrt(0.12), within(1e-6));
        assertThat(trend.high()).isCloseTo(0.8 + 3.182446 * Math.sqrt(0.12), within(1e-6));
    }

    @Test
    void theTrendLooksAtTheWindowOnly() {
        final Series loss = epochs("Loss", LOWER, 100, 50, 3, 2, 1);

        assertThat(one(loss, new AnalysisConfig(3, 0.01)).trend().slope()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void tooFewPointsGiveDefinedResults() {
        final SeriesReport none = one(epochs("Loss", LOWER), AnalysisConfig.DEFAULT);
        assertThat(none.all()).isEqualTo(new Summary(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        assertThat(none.movingAverage()).isNaN();
        assertThat(none.bestEpoch()).isEmpty();
        assertThat(none.trend()).isEqualTo(new Trend(Double.NaN, Double.NaN, Double.NaN));
        assertThat(none.verdict()).isEqualTo(Verdict.NONE);

        final SeriesReport single = one(epochs("Loss", LOWER, 2), AnalysisConfig.DEFAULT);
        assertThat(single.all()).isEqualTo(new Summary(1, 2, 2, 2, 2));
        assertThat(single.trend().slope()).isNaN();
        assertThat(single.verdict()).isEqualTo(Verdict.NONE);

        final SeriesReport two = one(epochs("Loss", LOWER, 2, 1), AnalysisConfig.DEFAULT);
        assertThat(two.trend()).isEqualTo(new Trend(-1, Double.NaN, Double.NaN));
        assertThat(two.verdict()).isEqualTo(Verdict.IMPROVING);
    }

    @Test
    void missingNumbersAreLeftOut() {
        final Series gaps = epochs("Loss", LOWER, Double.NaN, 3, Double.POSITIVE_INFINITY, 1);

        final SeriesReport report = one(gaps, AnalysisConfig.DEFAULT);

        assertThat(report.all()).isEqualTo(new Summary(2, 1, 2, 1, 3));
        assertThat(report.epochs()).hasSize(4);
        assertThat(report.epochs().get(0).summary().count()).isZero();
        assertThat(report.epochs().get(2).movingAverage()).isEqualTo(3);
        assertThat(report.bestEpoch()).hasValue(3);
        assertThat(report.trend().slope()).isEqualTo(-1);
    }

    @Test
    void aSteadyTrendImprovesOrWorsensByDirection() {
        assertThat(verdict(LOWER, 5, 4, 3, 2, 1)).isEqualTo(Verdict.IMPROVING);
        assertThat(verdict(LOWER, 1, 2, 3, 4, 5)).isEqualTo(Verdict.WORSENING);
        assertThat(verdict(HIGHER, 0.5, 0.6, 0.7)).isEqualTo(Verdict.IMPROVING);
        assertThat(verdict(HIGHER, 0.7, 0.6, 0.5)).isEqualTo(Verdict.WORSENING);
        assertThat(verdict(Direction.NONE, 5, 4, 3, 2, 1)).isEqualTo(Verdict.NONE);
    }

    @Test
    void noiseAndStandstillAreAPlateau() {
        assertThat(verdict(LOWER, 1, 3, 2, 5, 4)).isEqualTo(Verdict.PLATEAU); // the interval above contains 0
        assertThat(verdict(LOWER, 2, 2, 2, 2)).isEqualTo(Verdict.PLATEAU);
        assertThat(verdict(LOWER, 100, 99.9, 99.8)).isEqualTo(Verdict.PLATEAU); // 0.2 % in all
        assertThat(verdict(LOWER, 100, 99, 98)).isEqualTo(Verdict.IMPROVING); // 2 %
    }

    @Test
    void aRisingValidationLossBesideAFallingLossIsOverfitting() {
        final List<SeriesReport> reports = SeriesAnalysis.of(
                List.of(
                        epochs("Loss", LOWER, 5, 4, 3, 2, 1),
                        epochs("Validation loss", LOWER, 5, 4, 3.5, 3.8, 4.2),
                        epochs("Accuracy", HIGHER, 0.5, 0.6, 0.7, 0.8, 0.9),
                        epochs("Validation accuracy", HIGHER, 0.5, 0.6, 0.65, 0.6, 0.55)),
                AnalysisConfig.DEFAULT);

        assertThat(reports)
                .extracting(SeriesReport::name, SeriesReport::verdict)
                .containsExactly(
                        tuple("Loss", Verdict.IMPROVING),
                        tuple("Validation loss", Verdict.OVERFITTING),
                        tuple("Accuracy", Verdict.IMPROVING),
                        tuple("Validation accuracy", Verdict.OVERFITTING));
    }

    @Test
    void itIsNoOverfittingWhenOneConditionIsMissing() {
        final Series falling = epochs("Loss", LOWER, 5, 4, 3, 2, 1);

        // Only one epoch after the best one.
        assertThat(validationVerdict(falling, 5, 4, 3.5, 3.3, 4.2)).isNotEqualTo(Verdict.OVERFITTING);
        // Only one epoch, of many steps.
        final Series steps =
                new Series("Validation loss", LOWER, List.of(new Series.Point(0, 0, 1), new Series.Point(0, 1, 2)));
        assertThat(SeriesAnalysis.of(List.of(falling, steps), AnalysisConfig.DEFAULT))
                .last()
                .extracting(SeriesReport::verdict)
                .isEqualTo(Verdict.WORSENING);
        // Worse by less than 1 %.
        assertThat(validationVerdict(falling, 5, 4, 3, 3.01, 3.02)).isNotEqualTo(Verdict.OVERFITTING);
        // The training loss rises as well.
        assertThat(validationVerdict(epochs("Loss", LOWER, 5, 4, 3, 4, 5), 5, 4, 3.5, 3.8, 4.2))
                .isNotEqualTo(Verdict.OVERFITTING);
        // Another column's validation.
        assertThat(validationVerdict(epochs("Error", LOWER, 5, 4, 3, 2, 1), 5, 4, 3.5, 3.8, 4.2))
                .isNotEqualTo(Verdict.OVERFITTING);
    }

    /** At the end the training loss is lower than at first, but not than in the best epoch of the validation. */
    @Test
    void theTrainingIsComparedWithTheBestEpochOfTheValidation() {
        assertThat(validationVerdict(epochs("Loss", LOWER, 5, 4, 1, 2, 3), 5, 4, 3.5, 3.8, 4.2))
                .isNotEqualTo(Verdict.OVERFITTING);
        assertThat(validationVerdict(epochs("Loss", LOWER, 5, 4, 3, 4, 2), 5, 4, 3.5, 3.8, 4.2))
                .isEqualTo(Verdict.OVERFITTING);
    }

    @Test
    void epochsWithoutAValueHideNoOverfitting() {
        assertThat(validationVerdict(epochs("Loss", LOWER, 5, 4, 3, 2, 1, 1), 5, 4, 3.5, 3.8, 4.2, Double.NaN))
                .isEqualTo(Verdict.OVERFITTING);
    }

    /** 0.2 % in all, wherever the steps begin. */
    @Test
    void aPlateauOfALaterRunIsOneToo() {
        final Series late = new Series(
                "Loss",
                LOWER,
                List.of(
                        new Series.Point(7, 5000, 100),
                        new Series.Point(7, 5001, 99.9),
                        new Series.Point(7, 5002, 99.8)));

        assertThat(one(late, AnalysisConfig.DEFAULT).verdict()).isEqualTo(Verdict.PLATEAU);
    }

    @Test
    void columnNamesTellTheDirection() {
        for (final String name : List.of(
                "Loss", "Validation loss", "Discriminator loss", "mean squared error", "MSE", "RMSE", "val_loss")) {
            assertThat(Direction.of(name)).isEqualTo(LOWER);
        }
        for (final String name : List.of(
                "Accuracy",
                "Validation accuracy",
                "AUC",
                "F1",
                "Top-5 accuracy",
                "top-5",
                "val_acc",
                "R²",
                "Validation R²",
                "val_r2_score")) {
            assertThat(Direction.of(name)).isEqualTo(HIGHER);
        }
        for (final String name : List.of(
                "Seconds",
                "Learning rate",
                "Steps",
                "Samples seen",
                "Glossary",
                "learning_rate",
                "Mean signed difference")) {
            assertThat(Direction.of(name)).isEqualTo(Direction.NONE);
        }
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new AnalysisConfig(1, 0.01))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at least 2 points, but it is 1");
        assertThatThrownBy(() -> new AnalysisConfig(5, Double.NaN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new AnalysisConfig(5, -1)).isInstanceOf(InvalidInputException.class);
    }

    private static Verdict validationVerdict(final Series training, final double... validation) {
        return SeriesAnalysis.of(
                        List.of(training, epochs("Validation loss", LOWER, validation)), AnalysisConfig.DEFAULT)
                .get(1)
                .verdict();
    }

    private static Verdict verdict(final Direction direction, final double... values) {
        return one(epochs("A", direction, values), AnalysisConfig.DEFAULT).verdict();
    }

    private static SeriesReport one(final Series series, final AnalysisConfig config) {
        return SeriesAnalysis.of(List.of(series), config).get(0);
    }

    private static Series epochs(final String name, final Direction direction, final double... values) {
        final List<Series.Point> points = new ArrayList<>();
        for (int epoch = 0; epoch < values.length; epoch++) {
            points.add(new Series.Point(epoch, epoch, values[epoch]));
        }
        return new Series(name, direction, points);
    }
}
