package org.gradienttape.torch;

import java.util.List;
import java.util.Map;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.Outputs;

/** The metrics of a run; its loss says how they read the network's outputs. */
final class RunMetrics {
    /** Of the losses whose outputs are not numbers to be taken as they are. */
    private static final Map<Class<? extends Loss>, Outputs> OUTPUTS = Map.of(
            Loss.SparseCategoricalCrossentropy.class, Outputs.CLASS_LOGITS,
            Loss.CategoricalCrossentropy.class, Outputs.CLASS_LOGITS,
            Loss.BinaryCrossentropy.class, Outputs.LOGITS,
            Loss.Hinge.class, Outputs.LOGITS);

    private RunMetrics() {}

    /** Fresh ones. */
    static List<Metric> of(final TrainingJob job) {
        return job.objective()
                .metrics()
                .metrics(outputs(job.loss()), job.model().network().output().size());
    }

    static Outputs outputs(final Loss loss) {
        return OUTPUTS.getOrDefault(loss.getClass(), Outputs.NUMBERS);
    }
}
