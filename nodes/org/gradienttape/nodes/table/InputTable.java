package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;

/** A table of KNIME as the engine reads it: its columns of numbers and of text; the other ones are left out. */
public final class InputTable implements TableRows {
    private final BufferedDataTable table;
    private final String name;
    private final List<Column> columns;
    /** Where each column stands in the table. */
    private final int[] places;
    /** Which columns hold whole numbers alone. */
    private final boolean[] areWhole;

    /** @param name for people, in the middle of a sentence */
    public InputTable(final BufferedDataTable table, final String name) {
        this(table, table.getDataTableSpec(), name);
    }

    private InputTable(final BufferedDataTable table, final DataTableSpec spec, final String name) {
        this.table = table;
        this.name = name;
        this.columns = columns(spec);
        this.places = columns.stream()
                .mapToInt(column -> spec.findColumnIndex(column.name()))
                .toArray();
        this.areWhole = areWhole(spec, columns);
    }

    /** The columns of numbers and of text, in order. */
    public static List<Column> columns(final DataTableSpec spec) {
        final List<Column> columns = new ArrayList<>();
        for (final DataColumnSpec column : spec) {
            kind(column).ifPresent(kind -> columns.add(new Column(column.getName(), kind)));
        }
        return columns;
    }

    /** What the engine finds in a column; empty for a column of anything but numbers and text. */
    public static Optional<Kind> kind(final DataColumnSpec column) {
        if (column.getType().isCompatible(DoubleValue.class)) {
            return Optional.of(Kind.NUMBER);
        }
        return column.getType().isCompatible(StringValue.class) ? Optional.of(Kind.TEXT) : Optional.empty();
    }

    /** What a cell of numbers is called, as {@link org.gradienttape.column.Cells#name} says it. */
    static String name(final DataCell cell) {
        if (cell instanceof BooleanValue truth) {
            return String.valueOf(truth.getBooleanValue());
        }
        return cell instanceof LongValue whole && (long) (double) whole.getLongValue() != whole.getLongValue()
                ? String.valueOf(whole.getLongValue())
                : null;
    }

    /** Which columns hold whole numbers alone. */
    static boolean[] areWhole(final DataTableSpec spec, final List<Column> columns) {
        final boolean[] areWhole = new boolean[columns.size()];
        for (int column = 0; column < areWhole.length; column++) {
            areWhole[column] =
                    spec.getColumnSpec(columns.get(column).name()).getType().isCompatible(LongValue.class);
        }
        return areWhole;
    }

    /**
     * Looks whether columns can be read.
     *
     * @param names of those that matter; one that is not there is nothing to complain of here
     * @param name of the table, in the middle of a sentence
     * @throws InvalidInputException if a column holds neither numbers nor text
     */
    public static void check(final DataTableSpec spec, final Collection<String> names, final String name) {
        for (final String wanted : names) {
            final DataColumnSpec column = spec.getColumnSpec(wanted);
            if (column != null && kind(column).isEmpty()) {
                throw new InvalidInputException("The column \"" + wanted + "\" of " + name
                        + " should hold numbers or text, but it holds " + column.getType()
                        + "; convert it, or leave it out.");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Cursor open() {
        return new RowCursor();
    }

    private final class RowCursor extends RowWalk implements Cursor {
        RowCursor() {
            super(table);
        }

        @Override
        public double number(final int column) {
            final DataCell cell = cell(places[column]);
            return cell.isMissing() ? Double.NaN : ((DoubleValue) cell).getDoubleValue();
        }

        @Override
        public boolean isWhole(final int column) {
            return areWhole[column];
        }

        @Override
        public long whole(final int column) {
            return ((LongValue) cell(places[column])).getLongValue();
        }

        @Override
        public String name(final int column) {
            return InputTable.name(cell(places[column]));
        }

        @Override
        public String text(final int column) {
            final DataCell cell = cell(places[column]);
            return cell.isMissing() ? null : ((StringValue) cell).getStringValue();
        }
    }
}
