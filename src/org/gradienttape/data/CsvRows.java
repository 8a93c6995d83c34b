package org.gradienttape.data;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/** The rows of a CSV file (RFC 4180, in UTF-8): numbers and one column of classes. Every row has as many cells as the first. */
final class CsvRows implements SampleRows {
    private final Path path;
    private final CsvFormat format;
    private final boolean named;
    private final boolean guessed;
    private final boolean doubtful;
    private final int labelColumn;
    private final List<String> allColumns;

    private CsvRows(
            final Path path,
            final CsvFormat format,
            final List<String> firstLine,
            final Optional<List<String>> second) {
        this.path = path;
        this.format = format;
        this.named = switch (format.firstLine()) {
            case AUTOMATIC -> ColumnNames.are(firstLine, second);
            case COLUMN_NAMES -> true;
            case A_SAMPLE -> false;
        };
        this.guessed = format.firstLine() == CsvFormat.FirstLine.AUTOMATIC;
        this.doubtful =
                named && (guessed ? ColumnNames.couldBeASample(firstLine) : !ColumnNames.are(firstLine, second));
        this.allColumns = named ? firstLine : ClassLabels.upTo(firstLine.size()).subList(1, firstLine.size() + 1);
        if (allColumns.size() < 2) {
            throw new InvalidInputException("At least one column of numbers and one of labels were expected in " + path
                    + ", but its first line has " + allColumns.size() + " cell; choose "
                    + separatorIn(firstLine.get(0)) + " or another file.");
        }
        this.labelColumn = labelColumn();
    }

    /**
     * Reads the first line.
     *
     * @throws InvalidInputException if there is no such file, it is empty, or the label column is not there
     */
    static CsvRows open(final Path path, final CsvFormat format) throws IOException {
        FileTrouble.expectFile("A CSV file", path);
        try (CsvLines lines = CsvLines.open(path, format)) {
            if (!lines.hasNext()) {
                throw new InvalidInputException(
                        "A CSV file was expected at " + path + ", but it is empty; choose another file.");
            }
            final List<String> first = lines.next().getFields();
            final boolean compares = format.firstLine() != CsvFormat.FirstLine.A_SAMPLE && lines.hasNext();
            return new CsvRows(
                    path, format, first, compares ? Optional.of(lines.next().getFields()) : Optional.empty());
        }
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public List<String> columns() {
        final List<String> columns = new ArrayList<>(allColumns);
        columns.remove(labelColumn);
        return columns;
    }

    @Override
    public Cursor open() throws IOException {
        final CsvLines lines = CsvLines.open(path, format);
        if (named) {
            lines.next();
        }
        return new CsvCursor(lines);
    }

    @Override
    public List<String> warnings() {
        return doubtful
                ? List.of("The first line of " + name() + " holds numbers, but is taken for column names; if it is a"
                        + " sample, say so in the dialog.")
                : List.of();
    }

    @Override
    public boolean mayStartWithNames() {
        return guessed && !named;
    }

    /** @throws InvalidInputException if another file does not have the same columns */
    void checkSameColumns(final CsvRows other) {
        if (!columns().equals(other.columns())) {
            throw new InvalidInputException("Training and test rows should have the same columns, but " + path + " has "
                    + columns() + " and " + other.path + " has " + other.columns()
                    + "; choose files that belong together.");
        }
    }

    private static String separatorIn(final String cell) {
        if (cell.contains(";")) {
            return "the separator semicolon";
        }
        return cell.contains("\t") ? "the separator tab" : "another separator";
    }

    /** The number that a cell holds; NaN if it holds none. */
    static double number(final String cell) {
        final String text = cell.strip();
        // Java would also take 1d, 0x1p3 and NaN.
        final boolean plain =
                !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
        try {
            return plain ? Double.parseDouble(text) : Double.NaN;
        } catch (final NumberFormatException e) {
            return Double.NaN;
        }
    }

    private int labelColumn() {
        final String wanted = format.labelColumn().strip();
        if (wanted.isEmpty()) {
            return ColumnNames.ofLabels(allColumns);
        }
        final int named = allColumns.indexOf(wanted);
        if (named >= 0) {
            return named;
        }
        if (wanted.matches("[1-9]\\d{0,6}") && Integer.parseInt(wanted) <= allColumns.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        throw new InvalidInputException("The label column \"" + wanted + "\" was expected in " + path
                + ", but its columns are " + some(allColumns) + "; choose one of them.");
    }

    private static String some(final List<String> columns) {
        final int shown = Math.min(columns.size(), 10);
        return String.join(", ", columns.subList(0, shown)) + (columns.size() > shown ? " and more" : "");
    }

    private final class CsvCursor implements Cursor {
        private final CsvLines lines;
        private CsvRecord row;

        CsvCursor(final CsvLines lines) {
            this.lines = lines;
        }

        @Override
        public boolean next() throws IOException {
            if (!lines.hasNext()) {
                return false;
            }
            row = lines.next();
            if (row.getFieldCount() != allColumns.size()) {
                throw new InvalidInputException(place() + " should have " + allColumns.size()
                        + " cells as the first line has, but it has " + row.getFieldCount() + "; correct it.");
            }
            return true;
        }

        @Override
        public String place() {
            return "Line " + row.getStartingLineNumber() + " of " + path;
        }

        @Override
        public double fraction() throws IOException {
            return lines.fraction();
        }

        @Override
        public String label() {
            return row.getField(labelColumn).strip();
        }

        @Override
        public double number(final int column) {
            return CsvRows.number(text(column));
        }

        @Override
        public String text(final int column) {
            return row.getField(column < labelColumn ? column : column + 1).strip();
        }

        @Override
        public byte[] image() {
            throw new IllegalStateException("a CSV file holds no images");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
