package org.gradienttape.nodes.table;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.image.NamePattern;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;

/** Makes a file name for each row: from a pattern with columns in it, or from one column. */
public final class RowNaming implements Function<DataRow, String> {
    private final NamePattern pattern;
    private final Map<String, Integer> columns = new HashMap<>();

    /**
     * Placeholders are names of columns, in upper or lower case.
     *
     * @throws InvalidInputException if there is no such column of text or numbers
     */
    public RowNaming(final NamePattern pattern, final DataTableSpec spec) {
        this.pattern = pattern;
        pattern.columns().forEach(name -> columns.put(name, find(name, spec)));
    }

    @Override
    public String apply(final DataRow row) {
        return pattern.name(name -> text(row, name));
    }

    private String text(final DataRow row, final String name) {
        final DataCell cell = row.getCell(columns.get(name));
        if (cell.isMissing()) {
            throw new InvalidInputException(
                    ImageTable.name(row) + ": the column \"" + name
                            + "\" has no value for the file name; nothing was written, fill it or filter such rows out before.");
        }
        return cell.toString();
    }

    private static int find(final String name, final DataTableSpec spec) {
        if (name.isBlank()) {
            throw new InvalidInputException("No column is chosen for the file names; choose one.");
        }
        final String column = spec.containsName(name)
                ? name
                : spec.stream()
                        .map(DataColumnSpec::getName)
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElse(name);
        final DataColumnSpec found = spec.getColumnSpec(column);
        if (found == null || !isText(found)) {
            throw new InvalidInputException(
                    "The column \"" + name + "\" of the file name must hold text or numbers, but "
                            + (found == null ? "the table has no such column" : "it holds " + found.getType())
                            + "; choose another one.");
        }
        return spec.findColumnIndex(column);
    }

    private static boolean isText(final DataColumnSpec column) {
        return column.getType().isCompatible(StringValue.class)
                || column.getType().isCompatible(DoubleValue.class);
    }
}
