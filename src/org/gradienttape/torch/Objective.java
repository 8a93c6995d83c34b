package org.gradienttape.torch;

import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;

/**
 * What a run is about.
 *
 * @param loss what is minimised
 * @param metrics what is reported beside the loss
 */
public record Objective(Loss loss, MetricsConfig metrics) {
    /** This loss, reported with accuracy. */
    public static Objective of(final Loss loss) {
        return new Objective(loss, MetricsConfig.ACCURACY);
    }
}
