package org.gradienttape.gan;

import java.util.List;
import java.util.Map;
import org.gradienttape.train.Reported;
import org.gradienttape.train.StopReason;

/**
 * What a run measured and made.
 *
 * @param stepsPerEpoch of a whole epoch, whether or not all of them were done
 * @param steps one row at step 0 of each epoch and every so many steps
 * @param images those that the settings keep, in the order of their making
 * @param stopReason why the run ended; completed also means that the step limit is reached
 */
public record GanLog(int stepsPerEpoch, List<StepRow> steps, List<GeneratedImage> images, StopReason stopReason) {
    public GanLog {
        steps = List.copyOf(steps);
        images = List.copyOf(images);
    }

    /** The names of all numbers that logged steps reported, in the order of their first report. */
    public List<String> reported() {
        return Reported.names(steps.stream().map(StepRow::reported));
    }

    /**
     * One logged step.
     *
     * @param epoch from 0
     * @param step from 0, within the epoch
     * @param discriminatorLoss of this step
     * @param generatorLoss of this step
     * @param reported numbers of this step that its code reported, by their names
     */
    public record StepRow(
            int epoch, int step, double discriminatorLoss, double generatorLoss, Map<String, Double> reported) {
        /** A row of a step that reports nothing of its own. */
        public StepRow(final int epoch, final int step, final double discriminatorLoss, final double generatorLoss) {
            this(epoch, step, discriminatorLoss, generatorLoss, Map.of());
        }
    }
}
