package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Writes a table cell by cell, row by row; the row keys are Row0, Row1 and so on. */
public final class Rows {
    private final BufferedDataContainer container;
    private final List<DataCell> row = new ArrayList<>();
    private long rows;

    public Rows(final DataTableSpec spec, final ExecutionContext exec) {
        container = exec.createDataContainer(spec);
    }

    public Rows integer(final int value) {
        return add(new IntCell(value));
    }

    public Rows integer(final OptionalInt value) {
        return value.isPresent() ? integer(value.getAsInt()) : missing();
    }

    public Rows longInteger(final long value) {
        return add(new LongCell(value));
    }

    public Rows number(final double value) {
        return add(new DoubleCell(value));
    }

    /** Missing where the engine says NaN for "there is none". */
    public Rows numberOrMissing(final double value) {
        return Double.isNaN(value) ? missing() : number(value);
    }

    /** One number for each name, missing where there is none. */
    public Rows numbers(final List<String> names, final Map<String, Double> values) {
        names.forEach(name -> numberOrMissing(values.getOrDefault(name, Double.NaN)));
        return this;
    }

    public Rows text(final String value) {
        return add(new StringCell(value));
    }

    public Rows text(final Optional<String> value) {
        return value.isPresent() ? text(value.get()) : missing();
    }

    public Rows truth(final boolean value) {
        return add(BooleanCell.get(value));
    }

    public Rows image(final byte[] png) {
        return add(new PNGImageContent(png).toImageCell());
    }

    public Rows missing() {
        return add(DataType.getMissingCell());
    }

    public void endRow() {
        container.addRowToTable(new DefaultRow(RowKey.createRowKey(rows), row));
        rows++;
        row.clear();
    }

    public BufferedDataTable close() {
        container.close();
        return container.getTable();
    }

    public Rows cell(final DataCell cell) {
        return add(cell);
    }

    private Rows add(final DataCell cell) {
        row.add(cell);
        return this;
    }
}
