package org.gradienttape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of the epoch log that hold losses and metrics. */
public final class EpochColumns {
    /** The losses of a run with one network. */
    public static final List<String> LOSS = List.of("Loss");

    private EpochColumns() {}

    /** The same number for the validation data: "Validation accuracy" for "Accuracy", "Validation AUC" for "AUC". */
    public static String validation(final String column) {
        final boolean isWord = column.length() > 1 && Character.isLowerCase(column.charAt(1));
        return "Validation " + (isWord ? column.toLowerCase(Locale.ROOT) : column);
    }

    /** The losses and metrics of the training data. */
    public static List<String> training(final List<String> losses, final List<String> metrics) {
        final List<String> columns = new ArrayList<>(losses);
        columns.addAll(metrics);
        return columns;
    }

    /** Those of the training data, then those of the validation data. */
    public static List<String> withValidation(final List<String> losses, final List<String> metrics) {
        final List<String> columns = training(losses, metrics);
        training(losses, metrics).forEach(column -> columns.add(validation(column)));
        return columns;
    }

    /** The numbers of an epoch of a run by their columns; without those of the validation data if there are none. */
    public static Map<String, Double> numbers(
            final List<String> losses, final List<String> metrics, final TrainingLog.EpochRow row) {
        final Map<String, Double> numbers = new LinkedHashMap<>();
        put(numbers, training(losses, metrics), row.losses(), row.metrics());
        if (!row.validationLosses().isEmpty()) {
            final List<String> columns = training(losses, metrics).stream()
                    .map(EpochColumns::validation)
                    .toList();
            put(numbers, columns, row.validationLosses(), row.validationMetrics());
        }
        return numbers;
    }

    private static void put(
            final Map<String, Double> numbers,
            final List<String> columns,
            final List<Double> losses,
            final List<Double> metrics) {
        for (int i = 0; i < columns.size(); i++) {
            numbers.put(columns.get(i), i < losses.size() ? losses.get(i) : metrics.get(i - losses.size()));
        }
    }
}
