package org.gradienttape.gan;

import java.util.List;
import org.gradienttape.train.StopReason;

/**
 * What a run measured and made.
 *
 * @param steps one row at step 0 of each epoch and every so many steps
 * @param images those that the settings keep, in the order of their making
 * @param stopReason why the run ended; completed also means that the step limit is reached
 */
public record GanLog(List<StepRow> steps, List<GeneratedImage> images, StopReason stopReason) {
    public GanLog {
        steps = List.copyOf(steps);
        images = List.copyOf(images);
    }

    /**
     * One logged step.
     *
     * @param epoch from 0
     * @param step from 0, within the epoch
     * @param discriminatorLoss of this step
     * @param generatorLoss of this step
     */
    public record StepRow(int epoch, int step, double discriminatorLoss, double generatorLoss) {}
}
