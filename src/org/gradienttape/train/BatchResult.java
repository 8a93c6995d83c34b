package org.gradienttape.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Targets;

/**
 * What a step tells of its batch.
 *
 * @param samples in the batch
 * @param losses the means over the batch, losses added by layers included, in the order of the loop's loss names
 * @param predictions for the metrics, one row per target
 * @param targets what is true; none if the metrics shall not take this batch in
 * @param reported numbers of the step's own for the step log, by the name of their column
 * @param image one that the step made: height x width x channels, row-major, one unsigned byte per number
 */
public record BatchResult(
        int samples,
        List<Double> losses,
        Predictions predictions,
        Targets targets,
        Map<String, Double> reported,
        Optional<byte[]> image) {
    private static final Predictions NONE = new Predictions(new float[0], 0, 0);

    /** A batch with one loss, of which metrics and log take all in. */
    public BatchResult(final double loss, final Predictions predictions, final Targets targets) {
        this(targets.rows(), List.of(loss), predictions, targets, Map.of(), Optional.empty());
    }

    /** A batch that no metric takes in. */
    public static BatchResult ofLosses(final int samples, final List<Double> losses) {
        return new BatchResult(samples, losses, NONE, Targets.NONE, Map.of(), Optional.empty());
    }

    /** The same for another number of samples, where metrics take others in than the batch's own. */
    public BatchResult ofSamples(final int count) {
        return new BatchResult(count, losses, predictions, targets, reported, image);
    }

    /** The same with an image. */
    public BatchResult withImage(final byte[] made) {
        return new BatchResult(samples, losses, predictions, targets, reported, Optional.of(made));
    }

    /** The same with numbers for the step log. */
    public BatchResult withReported(final Map<String, Double> numbers) {
        return new BatchResult(samples, losses, predictions, targets, numbers, image);
    }
}
