package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.source.TableRows;

/**
 * One of the tables that {@code ./gradienttape data tables} fetches: columns of numbers, and in the last one what is to be
 * predicted.
 *
 * @param columns all of them
 * @param cells of each row
 */
record LabelledTable(List<Column> columns, List<String[]> cells) {
    /**
     * Reads a table.
     *
     * @param target whether the last column tells classes (text) or numbers
     */
    static LabelledTable read(final Path file, final Kind target) throws IOException {
        final List<String[]> lines =
                Files.readAllLines(file).stream().map(line -> line.split(",")).toList();
        final List<Column> columns = new ArrayList<>(Arrays.stream(lines.get(0))
                .map(name -> new Column(name, Kind.NUMBER))
                .toList());
        final int last = columns.size() - 1;
        columns.set(last, new Column(columns.get(last).name(), target));
        return new LabelledTable(columns, lines.subList(1, lines.size()));
    }

    List<Column> features() {
        return columns.subList(0, columns.size() - 1);
    }

    Column target() {
        return columns.get(columns.size() - 1);
    }

    /** The class of a row, or its number as text. */
    String label(final int row) {
        return cells.get(row)[columns.size() - 1];
    }

    /** Some rows, as a table. */
    TableRows of(final int[] rows) {
        return new TableRows() {
            @Override
            public String name() {
                return "table";
            }

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public RowCursor open() {
                return cursor(rows);
            }
        };
    }

    /** Starts before the first of some rows. */
    RowCursor cursor(final int[] rows) {
        return new RowCursor(rows);
    }

    /** Goes through some rows. */
    final class RowCursor implements TableRows.Cursor {
        private final int[] rows;
        private int place = -1;

        private RowCursor(final int[] rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            place++;
            return place < rows.length;
        }

        @Override
        public double number(final int column) {
            return Double.parseDouble(text(column));
        }

        @Override
        public String text(final int column) {
            return cells.get(rows[place])[column];
        }

        @Override
        public String place() {
            return "Row " + rows[place];
        }

        @Override
        public double fraction() {
            return (double) place / rows.length;
        }

        @Override
        public void close() {}
    }
}
