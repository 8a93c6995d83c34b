package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradienttape.code.CompiledCode;
import org.gradienttape.code.UserCode;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.Outputs;
import org.gradienttape.train.EpochColumns;

/** The metrics of a run; its loss says how they read the network's outputs. */
final class RunMetrics {
    /** Of the losses whose outputs are not numbers to be taken as they are. */
    private static final Map<Class<? extends Loss>, Outputs> OUTPUTS = Map.of(
            Loss.SparseCategoricalCrossentropy.class, Outputs.CLASS_LOGITS,
            Loss.CategoricalCrossentropy.class, Outputs.CLASS_LOGITS,
            Loss.BinaryCrossentropy.class, Outputs.LOGITS,
            Loss.Hinge.class, Outputs.LOGITS);

    /** What the logs' other columns are called. */
    private static final List<String> OTHER_COLUMNS =
            List.of("Epoch", "Step", "Steps", "Samples seen", "Learning rate", "Seconds", "Stop reason", "Resumed");

    private static final int LONGEST_NAME = 200;

    private RunMetrics() {}

    /** Fresh ones. */
    static List<Metric> of(final TrainingJob job) {
        final int columns = job.model().network().output().size();
        return job.objective().metrics().metrics(outputs(job.loss(), columns), columns);
    }

    /**
     * Fresh ones, and those of a user.
     *
     * @throws InvalidInputException if one cannot be made, has no name, or one that a column has already
     */
    static List<Metric> of(final TrainingJob job, final CompiledCode code) {
        final List<Metric> metrics = new ArrayList<>(of(job));
        for (final UserCode<Metric> own : UserCode.each(code, Metric.class)) {
            final Metric metric = new UserMetric(own);
            checkName(metric.name(), metrics.stream().map(Metric::name).toList());
            metrics.add(metric);
        }
        return metrics;
    }

    private static void checkName(final String name, final List<String> others) {
        if (name == null || name.isBlank()) {
            throw new InvalidInputException("A metric in Java needs a name for its column, but its name() returned "
                    + (name == null ? "null" : "a blank text") + "; return for example \"Balanced accuracy\".");
        }
        if (name.length() > LONGEST_NAME) {
            throw new InvalidInputException("The name of a metric in Java may have at most " + LONGEST_NAME
                    + " characters, but one has " + name.length() + "; return a shorter one from its name().");
        }
        final List<String> columns = new ArrayList<>(OTHER_COLUMNS);
        columns.addAll(EpochColumns.withValidation(EpochColumns.LOSS, others));
        for (final String column : List.of(name, EpochColumns.validation(name))) {
            if (columns.contains(column)) {
                throw new InvalidInputException("A metric in Java needs a name of its own, but it is \"" + name
                        + "\" and the logs already have a column \"" + column
                        + "\"; return another name from its name().");
            }
        }
    }

    private static Outputs outputs(final Loss loss, final int columns) {
        if (loss instanceof CustomLoss custom && custom.fromLogits()) {
            return columns > 1 ? Outputs.CLASS_LOGITS : Outputs.LOGITS;
        }
        return OUTPUTS.getOrDefault(loss.getClass(), Outputs.NUMBERS);
    }
}
