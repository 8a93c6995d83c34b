package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;

/** The numbers and texts in the rows of a table, one row after the other. */
final class RowCells implements Cells {
    /** Where each column stands in the table. */
    private final int[] places;

    private final boolean[] areWhole;
    private DataRow row;

    /** @param columns of numbers and of text that are in the table */
    RowCells(final DataTableSpec spec, final List<Column> columns) {
        this.places = columns.stream()
                .mapToInt(column -> spec.findColumnIndex(column.name()))
                .toArray();
        this.areWhole = InputTable.areWhole(spec, columns);
    }

    void show(final DataRow next) {
        row = next;
    }

    @Override
    public double number(final int column) {
        final DataCell cell = row.getCell(places[column]);
        return cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
    }

    @Override
    public boolean isWhole(final int column) {
        return areWhole[column];
    }

    @Override
    public long whole(final int column) {
        return ((LongValue) row.getCell(places[column])).getLongValue();
    }

    @Override
    public String name(final int column) {
        return InputTable.name(row.getCell(places[column]));
    }

    @Override
    public String text(final int column) {
        final DataCell cell = row.getCell(places[column]);
        return cell.isMissing() ? null : ((StringValue) cell).getStringValue();
    }
}
