package org.gradienttape.data.reader;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.ClassNames;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvTable;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.SampleRows;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/**
 * The rows of a table as pixels with a class each.
 *
 * @param table that has the columns
 * @param columns of numbers, in order
 * @param labelName the column with the classes
 */
public record PixelRows(TableRows table, List<String> columns, String labelName) implements SampleRows {
    public PixelRows {
        columns = List.copyOf(columns);
    }

    /**
     * Goes through a CSV file once.
     *
     * @throws InvalidInputException if the file is damaged
     * @throws CancellationException if the monitor says so
     */
    public static PixelRows of(
            final CsvFile file, final List<String> columns, final String labelName, final ReadMonitor monitor)
            throws IOException {
        final Map<String, Kind> kinds = new HashMap<>();
        columns.forEach(name -> kinds.put(name, Kind.NUMBER));
        kinds.put(labelName, Kind.TEXT);
        return new PixelRows(CsvTable.open(file, kinds, monitor), columns, labelName);
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public List<String> warnings() {
        return table.warnings(columns);
    }

    @Override
    public Cursor open() throws IOException {
        return new PixelCursor(
                columns.stream().mapToInt(name -> find(name, Kind.NUMBER)).toArray(), find(labelName, Kind.TEXT));
    }

    private int find(final String name, final Kind kind) {
        final int column = table.columns().indexOf(new Column(name, kind));
        if (column < 0) {
            throw new InvalidInputException("The column \"" + name + "\" of " + kind + " was expected in "
                    + table.name() + ", but its columns are "
                    + ClassNames.some(table.columns().stream().map(Column::name).toList())
                    + "; choose tables that belong together.");
        }
        return column;
    }

    private final class PixelCursor implements Cursor {
        private final int[] numbers;
        private final int label;
        private final TableRows.Cursor row;

        PixelCursor(final int[] numbers, final int label) throws IOException {
            this.numbers = numbers;
            this.label = label;
            this.row = table.open();
        }

        @Override
        public boolean next() throws IOException {
            return row.next();
        }

        @Override
        public String place() {
            return row.place();
        }

        @Override
        public double fraction() throws IOException {
            return row.fraction();
        }

        @Override
        public String label() {
            return orEmpty(row.text(label));
        }

        @Override
        public double number(final int column) {
            return row.number(numbers[column]);
        }

        @Override
        public String text(final int column) {
            return orEmpty(row.text(numbers[column]));
        }

        @Override
        public byte[] image() {
            throw new IllegalStateException("the pixels are numbers");
        }

        @Override
        public void close() throws IOException {
            row.close();
        }

        private static String orEmpty(final String text) {
            return text == null ? "" : text;
        }
    }
}
