package org.gradienttape.nodes.prediction;

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
        find(spec, target, "true classes");
        find(spec, predicted, "predicted classes");
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
        checkedForClasses(spec);
        LogColumns.chosen(spec, List.of(target, predicted));
        return this;
    }

    /** The number of the group column, if there is one. */
    Optional<Integer> groupColumn(final DataTableSpec spec) {
        return group.isBlank() ? Optional.empty() : Optional.of(spec.findColumnIndex(group));
    }

    /**
     * The columns of probabilities by their classes, named as KNIME's predictors do: P (target=class). Where the name of the
     * prediction was taken and has got a number, such as (#1), they are those with the same number, if there are any.
     */
    Map<String, Integer> probabilities(final DataTableSpec spec) {
        final Matcher number = NUMBER.matcher(predicted);
        final Map<String, Integer> numbered = number.find() ? probabilities(spec, number.group()) : Map.of();
        return numbered.isEmpty() ? probabilities(spec, "") : numbered;
    }

    private Map<String, Integer> probabilities(final DataTableSpec spec, final String number) {
        final String start = "P (" + target + "=";
        final String end = ")" + number;
        final Map<String, Integer> columns = new LinkedHashMap<>();
        for (final DataColumnSpec column : spec) {
            final String name = column.getName();
            if (name.startsWith(start)
                    && name.endsWith(end)
                    && (!number.isEmpty() || !NUMBER.matcher(name).find())
                    && column.getType().isCompatible(DoubleValue.class)) {
                columns.put(name.substring(start.length(), name.length() - end.length()), spec.findColumnIndex(name));
            }
        }
        return columns;
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
