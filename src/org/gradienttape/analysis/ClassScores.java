package org.gradienttape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.gradienttape.metric.AreaUnderCurve;
import org.gradienttape.metric.ConfusionMatrix;
import org.gradienttape.metric.F1Score;
import org.gradienttape.metric.MeanError;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.Outputs;
import org.gradienttape.metric.Precision;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Recall;
import org.gradienttape.metric.Targets;
import org.gradienttape.metric.TopKAccuracy;

/**
 * Scores of predicted classes. Accuracy and the details are about the class that was said, all others about the
 * probabilities, by Keras' rules, with two exceptions: what is undefined is NaN, not 0, and F1 is the mean over the classes
 * that occur. Proportions have a Wilson interval, mean errors one of Student's t; F1 and AUC have none.
 */
final class ClassScores implements Scores<PredictionAnalysis.ClassRow> {
    private static final int MOST_CLASSES_OF_MATRIX = 100;
    /** One column of probabilities is about label 1 of two, so an only class is looked at as the positive one. */
    private static final int ONLY_CLASS = 0;

    private final Scoring scoring;
    private final int positive;
    private final ConfusionMatrix matrix;
    private final Metric topK;
    private final Metric precision = new Precision(Outputs.NUMBERS);
    private final Metric recall = new Recall(Outputs.NUMBERS);
    private final Metric f1;
    private final Metric area = new AreaUnderCurve(Outputs.NUMBERS);
    private final MeanOfErrors squared = new MeanOfErrors(MeanError.squared());
    private final MeanOfErrors absolute = new MeanOfErrors(MeanError.absolute());
    private long said;
    private long positives;

    ClassScores(final Scoring scoring) {
        this.scoring = scoring;
        this.positive = scoring.classes().size() == 1 ? ONLY_CLASS : scoring.positive();
        this.matrix = new ConfusionMatrix(scoring.classes().size());
        this.topK = new TopKAccuracy(scoring.topK());
        this.f1 = new F1Score(Outputs.NUMBERS);
    }

    @Override
    public void update(final PredictionAnalysis.ClassRow row) {
        matrix.update(row.label(), row.predicted());
        final float[] all = row.probabilities();
        topK.update(new Predictions(all, 1, all.length), Targets.ofClasses(row.label()));
        final float[] looked = isBinary() ? new float[] {all[positive]} : all;
        final int label = isBinary() ? row.label() == positive ? 1 : 0 : row.label();
        final Targets targets = Targets.ofClasses(label);
        final Predictions predictions = new Predictions(looked, 1, looked.length);
        for (final Metric metric : List.of(precision, recall, f1, area)) {
            metric.update(predictions, targets);
        }
        squared.update(predictions, targets);
        absolute.update(predictions, targets);
        for (final float probability : looked) {
            said += probability > 0.5 ? 1 : 0;
        }
        positives += isBinary() ? label : 1;
    }

    @Override
    public List<Score> result() {
        final long samples = matrix.samples();
        final List<Score> scores = new ArrayList<>();
        scores.add(proportion("Accuracy", share(matrix.hits(), samples), samples));
        final boolean probabilities = scoring.evidence() == Scoring.Evidence.PROBABILITIES;
        if (probabilities && scoring.topK() < scoring.classes().size()) {
            scores.add(proportion(topK.name(), topK.result(), samples));
        }
        scores.add(proportion(precision.name(), precision.result(), said));
        scores.add(proportion(recall.name(), recall.result(), positives));
        scores.add(Score.of(f1.name(), f1.result(), Interval.NONE, samples));
        if (probabilities) {
            scores.add(Score.of(area.name(), area.result(), Interval.NONE, samples));
            scores.add(squared.score());
            scores.add(absolute.score());
        }
        return scores;
    }

    @Override
    public List<Score> details() {
        final List<Score> scores = new ArrayList<>();
        final List<String> names = scoring.classes();
        for (int i = 0; i < names.size(); i++) {
            final long hits = matrix.count(i, i);
            final long predicted = matrix.predicted(i);
            final long labelled = matrix.labelled(i);
            scores.add(ofClass("Precision", names.get(i), hits, predicted));
            scores.add(ofClass("Recall", names.get(i), hits, labelled));
            scores.add(Score.of(
                    "F1", names.get(i), share(2 * hits, predicted + labelled), Interval.NONE, predicted + labelled));
        }
        if (names.size() <= MOST_CLASSES_OF_MATRIX) {
            addMatrix(scores);
        }
        return scores;
    }

    @Override
    public List<String> classes() {
        return scoring.classes();
    }

    @Override
    public List<ClassPair> pairs() {
        final List<ClassPair> pairs = new ArrayList<>();
        for (int label = 0; label < matrix.classes(); label++) {
            for (int predicted = 0; predicted < matrix.classes(); predicted++) {
                if (matrix.count(label, predicted) > 0) {
                    pairs.add(new ClassPair(label, predicted, matrix.count(label, predicted)));
                }
            }
        }
        return pairs;
    }

    @Override
    public void reset() {
        matrix.reset();
        for (final Metric metric : List.of(topK, precision, recall, f1, area)) {
            metric.reset();
        }
        squared.reset();
        absolute.reset();
        said = 0;
        positives = 0;
    }

    private boolean isBinary() {
        return positive != Scoring.ALL_CLASSES;
    }

    private void addMatrix(final List<Score> scores) {
        final List<String> names = scoring.classes();
        for (int label = 0; label < names.size(); label++) {
            for (int predicted = 0; predicted < names.size(); predicted++) {
                scores.add(new Score(
                        "Count",
                        Optional.of(names.get(label)),
                        Optional.of(names.get(predicted)),
                        matrix.count(label, predicted),
                        Interval.NONE,
                        matrix.labelled(label)));
            }
        }
    }

    private Score proportion(final String name, final double value, final long trials) {
        final long hits = Math.round(value * trials);
        return Score.of(name, value, Interval.ofProportion(hits, trials, scoring.confidence()), trials);
    }

    private Score ofClass(final String metric, final String name, final long hits, final long trials) {
        return Score.of(
                metric, name, share(hits, trials), Interval.ofProportion(hits, trials, scoring.confidence()), trials);
    }

    private static double share(final long part, final long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    /** A mean error with what its interval needs: the error of each sample. */
    private final class MeanOfErrors {
        private final Metric metric;
        private final SummaryStatistics samples = new SummaryStatistics();

        MeanOfErrors(final Metric metric) {
            this.metric = metric;
        }

        void update(final Predictions predictions, final Targets targets) {
            metric.reset();
            metric.update(predictions, targets);
            samples.addValue(metric.result());
        }

        Score score() {
            return Score.of(
                    metric.name(),
                    samples.getMean(),
                    Interval.ofMean(samples, scoring.confidence()).notBelowZero(),
                    samples.getN());
        }

        void reset() {
            samples.clear();
        }
    }
}
