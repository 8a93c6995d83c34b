package org.gradienttape.metric;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * Which metrics a run reports beside the loss.
 *
 * @param kinds which ones; reported in the order of the constants
 * @param topK the k of top-k accuracy, at least 1; Keras' default 5
 */
public record MetricsConfig(Set<Kind> kinds, int topK) {
    /** The metrics there are. */
    public enum Kind {
        ACCURACY,
        TOP_K_ACCURACY,
        PRECISION,
        RECALL,
        F1,
        AUC,
        MEAN_SQUARED_ERROR,
        MEAN_ABSOLUTE_ERROR,
        ROOT_MEAN_SQUARED_ERROR,
        R2
    }

    /** Accuracy alone. */
    public static final MetricsConfig ACCURACY = new MetricsConfig(Set.of(Kind.ACCURACY), 5);

    public MetricsConfig {
        if (topK < 1) {
            throw new InvalidInputException("The k of top-k accuracy must be at least 1, but it is " + topK + ".");
        }
        final EnumSet<Kind> ordered = EnumSet.noneOf(Kind.class);
        ordered.addAll(kinds);
        kinds = Collections.unmodifiableSet(ordered);
    }

    /** The names in tables, in order. */
    public List<String> names() {
        return metrics(Outputs.NUMBERS, 1).stream().map(Metric::name).toList();
    }

    /**
     * Fresh metrics, in order.
     *
     * @param outputs what the network's numbers mean
     * @param columns how many the network has for each sample
     */
    public List<Metric> metrics(final Outputs outputs, final int columns) {
        return kinds.stream().map(kind -> metric(kind, outputs, columns)).toList();
    }

    private Metric metric(final Kind kind, final Outputs outputs, final int columns) {
        return switch (kind) {
            case ACCURACY ->
                columns > 1 || outputs == Outputs.CLASS_LOGITS
                        ? new SparseCategoricalAccuracy()
                        : new BinaryAccuracy(outputs.threshold());
            case TOP_K_ACCURACY -> new TopKAccuracy(topK);
            case PRECISION -> new Precision(outputs);
            case RECALL -> new Recall(outputs);
            case F1 -> new F1Score(outputs);
            case AUC -> new AreaUnderCurve(outputs);
            case MEAN_SQUARED_ERROR -> MeanError.squared();
            case MEAN_ABSOLUTE_ERROR -> MeanError.absolute();
            case ROOT_MEAN_SQUARED_ERROR -> new RootMeanSquaredError();
            case R2 -> new R2Score();
        };
    }
}
