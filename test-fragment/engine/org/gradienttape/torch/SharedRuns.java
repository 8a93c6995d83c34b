package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.gradienttape.model.Model;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.train.TrainingLog;

/** What runs that several workers share have in common with others. */
public final class SharedRuns {
    private SharedRuns() {}

    /** Validation losses within 1e-5 and metrics within 1e-4. */
    static void assertEpochsAlike(final TrainingLog shared, final TrainingLog alone) {
        assertThat(shared.epochs()).hasSameSizeAs(alone.epochs());
        for (int epoch = 0; epoch < alone.epochs().size(); epoch++) {
            final TrainingLog.EpochRow expected = alone.epochs().get(epoch);
            final TrainingLog.EpochRow row = shared.epochs().get(epoch);
            assertThat(row.validationLosses().get(0))
                    .isCloseTo(expected.validationLosses().get(0), within(1e-5));
            for (int metric = 0; metric < alone.metrics().size(); metric++) {
                assertThat(row.metrics().get(metric))
                        .as(alone.metrics().get(metric))
                        .isCloseTo(expected.metrics().get(metric), within(1e-4));
                assertThat(row.validationMetrics().get(metric))
                        .as(alone.metrics().get(metric))
                        .isCloseTo(expected.validationMetrics().get(metric), within(1e-4));
            }
        }
    }

    /** The same rows and weights on all workers, to the bit. */
    static void assertAllTheSame(final List<TrainedModel> workers) {
        final TrainedModel first = workers.get(0);
        for (final TrainedModel other : workers) {
            assertThat(other.log().steps()).isEqualTo(first.log().steps());
            assertSameWeights(other.model(), first.model());
        }
    }

    /** To the bit. */
    public static void assertSameWeights(final Model found, final Model expected) {
        for (final String name : expected.weights().names()) {
            assertThat(found.weights().get(name))
                    .as(name)
                    .isEqualTo(expected.weights().get(name));
        }
    }
}
