package org.gradienttape.nodes.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.analysis.Point;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.Rows;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The predicted numbers that a view draws: Group (missing: none), Target, Predicted. The table is named after the run. */
public final class KeptPoints {
    private static final String TARGET = "Target";

    private KeptPoints() {}

    /** Writes the table of one run. */
    public static BufferedDataTable write(final String run, final List<Point> points, final ExecutionContext exec) {
        final DataTableSpec spec =
                new Columns().text("Group").number(TARGET).number("Predicted").spec(run);
        final Rows rows = new Rows(spec, exec);
        points.forEach(point -> rows.text(point.group())
                .number(point.target())
                .number(point.predicted())
                .endRow());
        return rows.close();
    }

    /** Whether a table with these columns is such a one. */
    public static boolean isKept(final DataTableSpec spec) {
        return spec.getNumColumns() == 3 && spec.findColumnIndex(TARGET) == 1;
    }

    /** The points of one table. */
    public static List<Point> read(final BufferedDataTable kept) {
        final List<Point> points = new ArrayList<>();
        try (CloseableRowIterator rows = kept.iterator()) {
            while (rows.hasNext()) {
                final DataRow row = rows.next();
                final Optional<String> group = Optional.of(row.getCell(0))
                        .filter(cell -> !cell.isMissing())
                        .map(Object::toString);
                points.add(new Point(group, number(row, 1), number(row, 2)));
            }
        }
        return points;
    }

    private static double number(final DataRow row, final int column) {
        return ((DoubleValue) row.getCell(column)).getDoubleValue();
    }
}
