package org.gradienttape.analysis;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/** Scores of predicted numbers: mean squared and mean absolute error, each with an interval of Student's t. */
final class NumberScores implements Scores<PredictionAnalysis.NumberRow> {
    private final double confidence;
    private final SummaryStatistics squared = new SummaryStatistics();
    private final SummaryStatistics absolute = new SummaryStatistics();

    NumberScores(final double confidence) {
        this.confidence = confidence;
    }

    @Override
    public void update(final PredictionAnalysis.NumberRow row) {
        final double error = row.predicted() - row.target();
        squared.addValue(error * error);
        absolute.addValue(Math.abs(error));
    }

    @Override
    public List<Score> result() {
        return List.of(score("Mean squared error", squared), score("Mean absolute error", absolute));
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
        squared.clear();
        absolute.clear();
    }

    private Score score(final String name, final SummaryStatistics errors) {
        return Score.of(name, errors.getMean(), Interval.ofMean(errors, confidence), errors.getN());
    }
}
