package org.gradienttape.train;

import java.util.List;
import java.util.Locale;

/**
 * The lines that Keras' guide "Writing a training loop from scratch" prints, word for word
 * (keras.io/guides/writing_a_custom_training_loop_in_tensorflow).
 */
final class GuideLines {
    private final TrainingMonitor monitor;

    GuideLines(final TrainingMonitor monitor) {
        this.monitor = monitor;
    }

    void epochStarts(final int epoch) {
        monitor.log("Start of epoch " + epoch);
    }

    void step(final int step, final double loss, final long samplesSeen) {
        monitor.log(String.format(Locale.ROOT, "Training loss (for one batch) at step %d: %.4f", step, loss));
        monitor.log("Seen so far: " + samplesSeen + " samples");
    }

    void training(final Tally tally) {
        metrics("Training %s over epoch: %s", tally);
    }

    void validation(final Tally tally) {
        metrics("Validation %s: %s", tally);
    }

    void epochEnds(final double seconds) {
        monitor.log(String.format(Locale.ROOT, "Time taken: %.2fs", seconds));
    }

    private void metrics(final String line, final Tally tally) {
        final List<Double> results = tally.results();
        for (int i = 0; i < results.size(); i++) {
            final double result = results.get(i);
            final String text = Double.isNaN(result) ? "undefined" : String.format(Locale.ROOT, "%.4f", result);
            monitor.log(String.format(line, shortName(tally.names().get(i)), text));
        }
    }

    private static String shortName(final String metric) {
        return metric.equals("Accuracy") ? "acc" : metric.toLowerCase(Locale.ROOT);
    }
}
