package org.gradienttape.data.table;

import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.data.source.TableRows;

/** A table in memory; its cells are numbers and texts as they are. */
record ListRows(String name, List<Column> columns, List<Object[]> rows) implements TableRows {
    @Override
    public Cursor open() {
        return new Cursor() {
            private int next;

            @Override
            public boolean next() {
                return next++ < rows.size();
            }

            @Override
            public String place() {
                return "Row " + next;
            }

            @Override
            public double fraction() {
                return (double) next / Math.max(1, rows.size());
            }

            @Override
            public double number(final int column) {
                return (Double) rows.get(next - 1)[column];
            }

            @Override
            public String text(final int column) {
                return (String) rows.get(next - 1)[column];
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
