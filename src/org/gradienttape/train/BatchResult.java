package org.gradienttape.train;

import java.util.Map;
import org.gradienttape.metric.Predictions;

/**
 * What a step tells of its batch.
 *
 * @param samples in the batch
 * @param loss the mean over the batch, losses added by layers included
 * @param predictions for the metrics, one row per label
 * @param labels the true classes; none if the metrics shall not take this batch in
 * @param reported numbers of the step's own for the step log, by the name of their column
 */
public record BatchResult(
        int samples, double loss, Predictions predictions, int[] labels, Map<String, Double> reported) {
    /** A batch of which metrics and log take all in. */
    public BatchResult(final double loss, final Predictions predictions, final int[] labels) {
        this(labels.length, loss, predictions, labels, Map.of());
    }
}
