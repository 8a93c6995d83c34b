package org.gradienttape.nodes.table;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.Windows;
import org.gradienttape.data.WindowForecast;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataCellFactory;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.ExecutionContext;

/** Rows behind the last ones of a table: their time and group are known, all other cells are missing. */
public final class ForecastRows {
    static final String NAME = "Forecast ";

    private final DataTableSpec spec;
    private final Windows windows;
    private final ExecutionContext exec;
    private final String keys;
    private long count;

    /** @param shown the rows before, all of them */
    public ForecastRows(
            final DataTableSpec spec, final Encoding encoding, final ShownRows shown, final ExecutionContext exec) {
        this.spec = spec;
        this.windows = encoding.windows().orElseThrow();
        this.exec = exec;
        this.keys = shown.freeKeys(NAME);
    }

    /**
     * Looks whether the types of the columns of time and group are such that cells can be made.
     *
     * @throws InvalidInputException if they are not
     */
    public static void check(final DataTableSpec spec, final Encoding encoding, final ExecutionContext exec) {
        encoding.windows().orElseThrow().columns().forEach(column -> factory(spec.getColumnSpec(column.name()), exec));
    }

    /** The next row of a forecast. */
    public DataRow next(final WindowForecast forecast, final int sample) {
        final List<DataCell> cells = new ArrayList<>();
        for (final DataColumnSpec column : spec) {
            if (column.getName().equals(windows.order().name())) {
                cells.add(time(column, forecast.time(sample)));
            } else if (windows.group()
                    .filter(group -> group.name().equals(column.getName()))
                    .isPresent()) {
                cells.add(factory(column, exec).createCell(forecast.group(sample)));
            } else {
                cells.add(DataType.getMissingCell());
            }
        }
        return new DefaultRow(keys + ++count, cells);
    }

    private DataCell time(final DataColumnSpec column, final String time) {
        try {
            return factory(column, exec).createCell(time);
        } catch (final IllegalArgumentException | DateTimeException tooFar) {
            throw new InvalidInputException(
                    "Rows behind the last one should have times that fit into the column \"" + column.getName()
                            + "\" of the type " + column.getType() + ", but " + time
                            + " does not; go fewer steps ahead, or convert the column before.",
                    tooFar);
        }
    }

    private static DataCellFactory.FromString factory(final DataColumnSpec column, final ExecutionContext exec) {
        return column.getType()
                .getCellFactory(exec)
                .filter(DataCellFactory.FromString.class::isInstance)
                .map(DataCellFactory.FromString.class::cast)
                .orElseThrow(
                        () -> new InvalidInputException(
                                "Rows behind the last one need cells of the type "
                                        + column.getType() + " in the column \"" + column.getName()
                                        + "\", which cannot be made of text; convert it to text before, or switch the steps ahead off."));
    }
}
