package org.gradienttape.torch.training;

import org.gradienttape.data.ClassWeights;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;

/**
 * What a run is about.
 *
 * @param loss what is minimised
 * @param metrics what is reported beside the loss
 * @param classWeights how much the classes count in the loss of the training data
 */
public record Objective(Loss loss, MetricsConfig metrics, ClassWeights classWeights) {
    /** With classes that count alike. */
    public Objective(final Loss loss, final MetricsConfig metrics) {
        this(loss, metrics, ClassWeights.NONE);
    }

    /** The same with another loss. */
    Objective with(final Loss other) {
        return new Objective(other, metrics, classWeights);
    }

    /** This loss, reported with accuracy. */
    public static Objective of(final Loss loss) {
        return new Objective(loss, MetricsConfig.ACCURACY);
    }
}
