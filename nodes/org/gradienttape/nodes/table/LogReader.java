package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.Series.Point;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/**
 * Reads curves from a log table.
 *
 * <p>With a column Step, x is the step counted over all epochs. The table does not say how long an epoch is, so each is
 * taken to end one log distance after its last row: rows at 0, 200, 400, 600 make the next epoch begin at 800. Without Step,
 * x is the Epoch; without both, the row's number.
 */
public final class LogReader {
    private final int epochColumn;
    private final int stepColumn;
    private final List<String> names;
    private final List<List<Point>> points = new ArrayList<>();
    private int row;
    private int epoch;
    private double start;
    private double step = Double.NaN;
    private double distance = 1;

    private LogReader(final DataTableSpec spec, final List<String> names) {
        this.names = names;
        epochColumn = spec.findColumnIndex(LogColumns.EPOCH);
        stepColumn = spec.findColumnIndex(LogColumns.STEP);
        names.forEach(name -> points.add(new ArrayList<>()));
    }

    /**
     * One series per column, in the order of the names.
     *
     * @param names of columns that hold numbers; a missing cell becomes NaN
     */
    public static List<Series> read(
            final BufferedDataTable table, final List<String> names, final ExecutionMonitor exec)
            throws CanceledExecutionException {
        final DataTableSpec spec = table.getDataTableSpec();
        final LogReader reader = new LogReader(spec, names);
        final int[] columns = names.stream().mapToInt(spec::findColumnIndex).toArray();
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                exec.checkCanceled();
                reader.take(rows.next(), columns);
            }
        }
        return reader.series();
    }

    /** The title of the x axis of a table with these columns. */
    public static String axisTitle(final DataTableSpec spec) {
        if (hasSteps(spec)) {
            return "Step over all epochs";
        }
        return hasEpochs(spec) ? LogColumns.EPOCH : "Row";
    }

    /** Whether each row of a table with these columns stands for a step. */
    public static boolean hasSteps(final DataTableSpec spec) {
        return spec.containsName(LogColumns.STEP);
    }

    /** Whether the rows of a table with these columns are grouped by epochs. */
    public static boolean hasEpochs(final DataTableSpec spec) {
        return spec.containsName(LogColumns.EPOCH);
    }

    private void take(final DataRow cells, final int[] columns) {
        final double x = place(cells);
        for (int i = 0; i < columns.length; i++) {
            points.get(i).add(new Point(epoch, x, number(cells, columns[i])));
        }
        row++;
    }

    private double place(final DataRow cells) {
        final int before = epoch;
        final double epochNumber = number(cells, epochColumn);
        epoch = Double.isNaN(epochNumber) ? epoch : (int) epochNumber;
        final double next = number(cells, stepColumn);
        if (Double.isNaN(next)) {
            return Double.isNaN(epochNumber) ? row : epoch;
        }
        if (Double.isNaN(step)) {
            step = next;
        } else if (epoch != before) {
            start += step + distance;
        } else {
            distance = next - step;
        }
        step = next;
        return start + step;
    }

    private static double number(final DataRow cells, final int column) {
        if (column < 0) {
            return Double.NaN;
        }
        final DataCell cell = cells.getCell(column);
        return cell instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
    }

    private List<Series> series() {
        final List<Series> series = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            series.add(new Series(names.get(i), Direction.of(names.get(i)), points.get(i)));
        }
        return series;
    }
}
