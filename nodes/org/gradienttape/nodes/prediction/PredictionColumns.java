package org.gradienttape.nodes.prediction;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.LogColumns;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;

/**
 * Which columns of a table hold predictions.
 *
 * @param target the column with the truth
 * @param predicted the column with what was said
 * @param group the column with the groups; blank for none
 */
public record PredictionColumns(String target, String predicted, String group) {
    /** How a name ends that was taken. */
    private static final Pattern NUMBER = Pattern.compile(" \\(#\\d+\\)$");

    /**
     * Checks the columns.
     *
     * @throws InvalidInputException if one is not there
     */
    public PredictionColumns checkedForClasses(final DataTableSpec spec) {
        return checked(spec, "classes");
    }

    private PredictionColumns checked(final DataTableSpec spec, final String what) {
        find(spec, target, "true " + what);
        find(spec, predicted, "predicted " + what);
        if (!group.isBlank()) {
            find(spec, group, "groups");
        }
        return this;
    }

    /**
     * The same for predicted numbers.
     *
     * @throws InvalidInputException if one is not there or holds no numbers
     */
    public PredictionColumns checkedForNumbers(final DataTableSpec spec) {
        checked(spec, "numbers");
        LogColumns.chosen(spec, List.of(target, predicted));
        return this;
    }

    /** The number of the group column, if there is one. */
    Optional<Integer> groupColumn(final DataTableSpec spec) {
        return group.isBlank() ? Optional.empty() : Optional.of(spec.findColumnIndex(group));
    }

    /**
     * The columns of probabilities by their classes, named as KNIME's predictors do: P (target=class). Those of several models
     * are told apart by what follows the name, such as (#1) where it was taken: they are those with the same end as the name of
     * the prediction, if there are any, or else those without one.
     */
    Map<String, Integer> probabilities(final DataTableSpec spec) {
        final String start = "P (" + target + "=";
        final Map<String, Map<String, Integer>> byEnd = new HashMap<>();
        for (final DataColumnSpec column : spec) {
            final String name = column.getName();
            final int closing = name.startsWith(start) ? closing(name, start.length()) : -1;
            if (closing >= start.length() && column.getType().isCompatible(DoubleValue.class)) {
                byEnd.computeIfAbsent(name.substring(closing + 1), end -> new LinkedHashMap<>())
                        .put(name.substring(start.length(), closing), spec.findColumnIndex(name));
            }
        }
        return byEnd.getOrDefault(endOfPrediction(), byEnd.getOrDefault("", Map.of()));
    }

    private String endOfPrediction() {
        final String usual = PredictedColumns.prediction(target);
        final Matcher number = NUMBER.matcher(predicted);
        return predicted.startsWith(usual) ? predicted.substring(usual.length()) : number.find() ? number.group() : "";
    }

    /**
     * Where the parenthesis ends in which a class stands. A class may have parentheses of its own: if they do not match, it goes
     * on to the last one.
     */
    private static int closing(final String name, final int from) {
        int open = 1;
        int closing = -1;
        for (int i = from; i < name.length(); i++) {
            open += name.charAt(i) == '(' ? 1 : name.charAt(i) == ')' ? -1 : 0;
            closing = open == 0 && closing < 0 ? i : closing;
        }
        return open == 0 ? closing : name.lastIndexOf(')');
    }

    /** The name of the column with the probability of a class. */
    static String probability(final String target, final String className) {
        return "P (" + target + "=" + className + ")";
    }

    private static void find(final DataTableSpec spec, final String name, final String what) {
        if (!spec.containsName(name)) {
            throw new InvalidInputException("The column \"" + name + "\" with the " + what
                    + " was expected in the table, but its columns are " + List.of(spec.getColumnNames())
                    + "; choose another one.");
        }
    }
}
