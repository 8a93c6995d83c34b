package org.gradienttape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.data.source.TableRows;

/** A table for tests: each cell is a number, a text or null. */
public final class MemoryTable implements TableRows {
    private final String name;
    private final List<Column> columns = new ArrayList<>();
    private final List<Object[]> rows = new ArrayList<>();

    /** @param columns such as "age:number" and "color:text" */
    public MemoryTable(final String name, final String... columns) {
        this.name = name;
        Arrays.stream(columns)
                .map(column -> column.split(":"))
                .forEach(parts -> this.columns.add(
                        new Column(parts[0], parts[1].equals("number") ? Column.Kind.NUMBER : Column.Kind.TEXT)));
    }

    public MemoryTable row(final Object... cells) {
        rows.add(cells);
        return this;
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
        return new Cursor() {
            private int row = -1;

            @Override
            public boolean next() {
                return ++row < rows.size();
            }

            @Override
            public String place() {
                return "Row " + (row + 1) + " of " + name;
            }

            @Override
            public double fraction() {
                return (double) row / rows.size();
            }

            @Override
            public double number(final int column) {
                final Object cell = rows.get(row)[column];
                return cell == null ? Double.NaN : ((Number) cell).doubleValue();
            }

            @Override
            public String text(final int column) {
                return (String) rows.get(row)[column];
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
