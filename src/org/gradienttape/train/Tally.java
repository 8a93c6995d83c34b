package org.gradienttape.train;

import java.util.List;
import org.gradienttape.metric.Mean;
import org.gradienttape.metric.Metric;

/** Mean loss and metrics over the batches of one pass. */
final class Tally {
    private final Mean loss = new Mean();
    private final List<Metric> metrics;

    Tally(final List<Metric> metrics) {
        this.metrics = metrics;
    }

    void add(final BatchResult batch) {
        loss.update(batch.loss(), batch.samples());
        if (batch.labels().length > 0) {
            metrics.forEach(metric -> metric.update(batch.predictions(), batch.labels()));
        }
    }

    void reset() {
        loss.reset();
        metrics.forEach(Metric::reset);
    }

    /** The mean over the samples. */
    double loss() {
        return loss.result();
    }

    List<String> names() {
        return metrics.stream().map(Metric::name).toList();
    }

    /** In the order of the names. */
    List<Double> results() {
        return metrics.stream().map(Metric::result).toList();
    }
}
