package org.gradienttape.train;

import java.util.List;
import java.util.Locale;

/**
 * The lines that Keras' guide "Writing a training loop from scratch" prints, word for word
 * (keras.io/guides/writing_a_custom_training_loop_in_tensorflow).
 */
public final class GuideLines implements LoopListener {
    private final TrainingMonitor monitor;

    public GuideLines(final TrainingMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public boolean goOn(final Progress progress) {
        return monitor.goOn(progress);
    }

    @Override
    public void log(final String line) {
        monitor.log(line);
    }

    @Override
    public void epochStarts(final int epoch) {
        log("Start of epoch " + epoch);
    }

    @Override
    public void logged(final TrainingLog.StepRow row) {
        log(String.format(
                Locale.ROOT,
                "Training loss (for one batch) at step %d: %.4f",
                row.step(),
                row.losses().get(0)));
        log("Seen so far: " + row.samplesSeen() + " samples");
    }

    @Override
    public void trained(final List<String> metrics, final List<Double> values) {
        tell("Training %s over epoch: %s", metrics, values);
    }

    @Override
    public void validated(final List<String> metrics, final List<Double> values) {
        tell("Validation %s: %s", metrics, values);
    }

    @Override
    public void epochEnds(final TrainingLog.EpochRow row) {
        log(String.format(Locale.ROOT, "Time taken: %.2fs", row.seconds()));
    }

    private void tell(final String line, final List<String> metrics, final List<Double> values) {
        for (int i = 0; i < metrics.size(); i++) {
            final double value = values.get(i);
            final String text = Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.4f", value);
            log(String.format(line, shortName(metrics.get(i)), text));
        }
    }

    private static String shortName(final String metric) {
        return metric.equals("Accuracy") ? "acc" : metric.toLowerCase(Locale.ROOT);
    }
}
