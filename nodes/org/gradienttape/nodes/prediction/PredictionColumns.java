package org.gradienttape.nodes.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The classes that have a column of probabilities, named as KNIME's predictors do: P (target=class). */
    List<String> classesWithProbabilities(final DataTableSpec spec) {
        final String start = probability(target, "");
        final List<String> classes = new ArrayList<>();
        for (final DataColumnSpec column : spec) {
            final String name = column.getName();
            if (name.startsWith(start.substring(0, start.length() - 1))
                    && name.endsWith(")")
                    && column.getType().isCompatible(DoubleValue.class)) {
                classes.add(name.substring(start.length() - 1, name.length() - 1));
            }
        }
        return classes;
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
