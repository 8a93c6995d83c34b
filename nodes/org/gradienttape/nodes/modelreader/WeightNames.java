package org.gradienttape.nodes.modelreader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.RowWalk;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;

/** A table of names of weights: its first two columns of text are our name and the name in a file. */
final class WeightNames {
    private WeightNames() {}

    /**
     * The places of the two columns.
     *
     * @throws InvalidInputException if there are fewer columns of text
     */
    static List<Integer> columns(final DataTableSpec table) {
        final List<Integer> texts = IntStream.range(0, table.getNumColumns())
                .filter(column -> table.getColumnSpec(column).getType().isCompatible(StringValue.class))
                .limit(2)
                .boxed()
                .toList();
        if (texts.size() < 2) {
            throw new InvalidInputException(
                    "The table of names needs two columns of text, our weight and its name in the"
                            + " file, but it has " + texts.size() + "; add what is missing.");
        }
        return texts;
    }

    /** The names in the file, by ours. */
    static Map<String, String> read(final BufferedDataTable table) {
        final List<Integer> columns = columns(table.getDataTableSpec());
        final Map<String, String> names = new LinkedHashMap<>();
        try (RowWalk rows = new RowWalk(table)) {
            while (rows.next()) {
                if (!(rows.cell(columns.get(0)) instanceof StringValue ours)
                        || !(rows.cell(columns.get(1)) instanceof StringValue theirs)) {
                    throw new InvalidInputException(
                            rows.place() + " of the table of names should name a weight twice, but a cell is missing;"
                                    + " fill it in, or leave the row out.");
                }
                if (names.put(ours.getStringValue(), theirs.getStringValue()) != null) {
                    throw new InvalidInputException(
                            rows.place() + " of the table of names should name another weight, but "
                                    + ours.getStringValue() + " is there twice; leave one row out.");
                }
            }
        }
        return names;
    }
}
