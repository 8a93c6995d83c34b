package org.gradienttape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of the epoch log that hold losses and metrics. */
public final class EpochColumns {
    public static final String LOSS = "Loss";

    private EpochColumns() {}

    /** The same number for the validation data: "Validation accuracy" for "Accuracy", "Validation AUC" for "AUC". */
    public static String validation(final String column) {
        final boolean isWord = column.length() > 1 && Character.isLowerCase(column.charAt(1));
        return "Validation " + (isWord ? column.toLowerCase(Locale.ROOT) : column);
    }

    /** The losses and metrics of the training data. */
    public static List<String> training(final List<String> metrics) {
        final List<String> columns = new ArrayList<>(List.of(LOSS));
        columns.addAll(metrics);
        return columns;
    }

    /** Those of the training data, then those of the validation data. */
    public static List<String> withValidation(final List<String> metrics) {
        final List<String> columns = training(metrics);
        training(metrics).forEach(column -> columns.add(validation(column)));
        return columns;
    }

    /**
     * The numbers of an epoch by their columns; without those of the validation data if there are none.
     *
     * @param metrics the names, in the order of the row's values
     */
    static Map<String, Double> numbers(final List<String> metrics, final TrainingLog.EpochRow row) {
        final Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(LOSS, row.loss());
        row.validationLoss().ifPresent(loss -> numbers.put(validation(LOSS), loss));
        for (int i = 0; i < metrics.size(); i++) {
            numbers.put(metrics.get(i), row.metrics().get(i));
            if (row.validationLoss().isPresent()) {
                numbers.put(validation(metrics.get(i)), row.validationMetrics().get(i));
            }
        }
        return numbers;
    }
}
