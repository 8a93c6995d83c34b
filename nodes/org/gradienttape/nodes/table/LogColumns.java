package org.gradienttape.nodes.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Direction;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;

/** Which columns of a log are curves, and the names of those that count. */
public final class LogColumns {
    public static final String EPOCH = "Epoch";
    public static final String STEP = "Step";
    /**
     * The property of the column {@value #STEP} that says how many steps an epoch has. It stays with the column through other
     * nodes, and KNIME drops it where logs of different lengths are concatenated.
     */
    public static final String STEPS_PER_EPOCH = "steps-per-epoch";

    private LogColumns() {}

    /** The number of the column with this name, or else with this name in upper or lower case; -1 if there is none. */
    public static int find(final DataTableSpec spec, final String name) {
        final int exact = spec.findColumnIndex(name);
        return exact >= 0
                ? exact
                : IntStream.range(0, spec.getNumColumns())
                        .filter(column -> spec.getColumnSpec(column).getName().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(-1);
    }

    /** The columns that hold a loss or a metric, told by their names. */
    public static List<String> lossesAndMetrics(final DataTableSpec spec) {
        final List<String> names = spec.stream()
                .filter(LogColumns::isNumber)
                .map(DataColumnSpec::getName)
                .filter(name -> Direction.of(name) != Direction.NONE)
                .toList();
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    "A log table needs at least one column of numbers that is named after a loss"
                            + " or a metric, but the columns are " + Arrays.toString(spec.getColumnNames())
                            + "; choose the columns in the dialog.");
        }
        return names;
    }

    /**
     * These columns, after a check that they are there and hold numbers.
     *
     * @throws InvalidInputException if there is none, or one does not fit
     */
    public static List<String> chosen(final DataTableSpec spec, final List<String> names) {
        if (names.isEmpty()) {
            throw new InvalidInputException("No column is chosen; choose at least one.");
        }
        for (final String name : names) {
            final DataColumnSpec column = spec.getColumnSpec(name);
            if (column == null || !isNumber(column)) {
                throw new InvalidInputException("The chosen column \"" + name + "\" must hold numbers, but "
                        + (column == null ? "the table has no such column" : "it holds " + column.getType())
                        + "; choose another one.");
            }
        }
        return names.stream().distinct().toList();
    }

    private static boolean isNumber(final DataColumnSpec column) {
        return column.getType().isCompatible(DoubleValue.class);
    }
}
