package org.gradienttape.analysis;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Scores of predicted numbers, those of KNIME's Numeric Scorer. Errors are prediction less target, and means of them have an
 * interval of Student's t; that of the root is the root of the mean squared error's. What is undefined, or too large for a number,
 * is NaN: the percentage error if a target is 0, R² if all targets are equal.
 */
final class NumberScores implements Scores<PredictionAnalysis.NumberRow> {
    private final double confidence;
    private final Determination determination;
    private final SummaryStatistics absolute = new SummaryStatistics();
    private final SummaryStatistics squared = new SummaryStatistics();
    private final SummaryStatistics signed = new SummaryStatistics();
    private final SummaryStatistics relative = new SummaryStatistics();

    NumberScores(final double confidence) {
        this.confidence = confidence;
        this.determination = new Determination(confidence);
    }

    @Override
    public void update(final PredictionAnalysis.NumberRow row) {
        final double error = row.predicted() - row.target();
        determination.update(row.predicted(), row.target());
        absolute.addValue(Math.abs(error));
        squared.addValue(error * error);
        signed.addValue(error);
        relative.addValue(row.target() == 0 ? Double.NaN : Math.abs(error / row.target()));
    }

    @Override
    public List<Score> result() {
        return List.of(
                score("R²", determination.result(), determination.interval()),
                score(
                        "Mean absolute error",
                        absolute.getMean(),
                        ofMean(absolute).notBelowZero()),
                score("Mean squared error", squared.getMean(), ofMean(squared).notBelowZero()),
                score(
                        "Root mean squared error",
                        Math.sqrt(squared.getMean()),
                        ofMean(squared).notBelowZero().root()),
                score("Mean signed difference", signed.getMean(), ofMean(signed)),
                score(
                        "Mean absolute percentage error",
                        relative.getMean(),
                        ofMean(relative).notBelowZero()));
    }

    @Override
    public List<Score> details() {
        return List.of();
    }

    @Override
    public List<String> classes() {
        return List.of();
    }

    @Override
    public List<ClassPair> pairs() {
        return List.of();
    }

    @Override
    public void reset() {
        determination.reset();
        absolute.clear();
        squared.clear();
        signed.clear();
        relative.clear();
    }

    private Interval ofMean(final SummaryStatistics errors) {
        return Interval.ofMean(errors, confidence);
    }

    private Score score(final String name, final double value, final Interval interval) {
        return Score.of(name, Double.isFinite(value) ? value : Double.NaN, interval, absolute.getN());
    }
}
