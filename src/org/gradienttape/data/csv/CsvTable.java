package org.gradienttape.data.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.Column;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/**
 * A CSV file (RFC 4180, in UTF-8) as a table. A column holds numbers if all its cells do that are not missing, and text
 * otherwise. Every row has as many cells as the first.
 */
public final class CsvTable implements TableRows {
    private static final int ROWS_PER_QUESTION = 1 << 10;
    /** Among fewer rows, a text may be alone by chance. */
    private static final int ENOUGH_ROWS = 10;

    private static final int LONGEST_SHOWN = 40;

    private final CsvFile file;
    private final CsvCells cells;
    private final List<Column> columns;
    private final List<String> aboutFirstLine;
    /** By the name of the column. */
    private final Map<String, List<String>> doubts = new HashMap<>();

    private CsvTable(final CsvFile file, final Map<String, Column.Kind> told, final ReadMonitor monitor)
            throws IOException {
        this.file = file;
        this.cells = CsvCells.of(file.syntax());
        final List<CsvColumn> found = file.columnNames().stream()
                .map(name -> new CsvColumn(name, Optional.ofNullable(told.get(name)), cells))
                .toList();
        final long rows = scan(found, monitor);
        this.columns = found.stream().map(CsvColumn::column).toList();
        found.forEach(column -> doubts.put(column.column().name(), column.doubts(name())));
        this.aboutFirstLine = aboutFirstLine(rows, found);
    }

    /**
     * Goes through a file once, for the kinds of its columns.
     *
     * @param told what columns hold whatever their cells look like, by their names; codes are text even if all are numbers
     * @throws InvalidInputException if the file is damaged
     * @throws CancellationException if the monitor says so
     */
    public static CsvTable open(final CsvFile file, final Map<String, Column.Kind> told, final ReadMonitor monitor)
            throws IOException {
        return new CsvTable(file, told, monitor);
    }

    /**
     * Goes through a file that belongs to another one: columns of the same name are of the same kind.
     *
     * @throws InvalidInputException if the file is damaged
     * @throws CancellationException if the monitor says so
     */
    public static CsvTable openLike(final CsvFile file, final CsvTable first, final ReadMonitor monitor)
            throws IOException {
        final Map<String, Column.Kind> told = new HashMap<>();
        first.columns.forEach(column -> told.put(column.name(), column.kind()));
        return new CsvTable(file, told, monitor);
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public List<String> warnings(final Collection<String> used) {
        final List<String> warnings = new ArrayList<>(aboutFirstLine);
        used.forEach(column -> warnings.addAll(doubts.getOrDefault(column, List.of())));
        return warnings;
    }

    @Override
    public Cursor open() throws IOException {
        return new TableCursor();
    }

    private long scan(final List<CsvColumn> found, final ReadMonitor monitor) throws IOException {
        long rows = 0;
        try (TableCursor row = new TableCursor()) {
            while (row.next()) {
                if (rows++ % ROWS_PER_QUESTION == 0 && !monitor.goOn(row.fraction())) {
                    throw new CancellationException("The reading of the file was cancelled.");
                }
                for (int column = 0; column < found.size(); column++) {
                    found.get(column).add(row.cell(column), row::place);
                }
            }
        }
        return rows;
    }

    private List<String> aboutFirstLine(final long rows, final List<CsvColumn> found) {
        final boolean lonely = file.header().mayStartWithNames()
                && rows >= ENOUGH_ROWS
                && found.stream().anyMatch(CsvColumn::mayBeginWithItsName);
        return lonely
                ? List.of("The first line of " + name()
                        + " is taken for a row, but some of its texts do not come again; if"
                        + " it holds column names, say so in the dialog.")
                : file.header().warnings(name());
    }

    private final class TableCursor extends CsvCursor implements Cursor {
        TableCursor() throws IOException {
            super(file);
        }

        @Override
        public double number(final int column) {
            final String cell = cell(column);
            final double number = cells.number(cell);
            if (!Double.isNaN(number) || CsvCells.isMissingAmongNumbers(cell)) {
                return number;
            }
            if (CsvCells.isInfinite(cell)) {
                return cell.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            throw new InvalidInputException(place() + " should have a number in the column \""
                    + columns.get(column).name() + "\", but it holds \""
                    + (cell.length() > LONGEST_SHOWN ? cell.substring(0, LONGEST_SHOWN) + " ..." : cell)
                    + "\"; correct it or remove the row.");
        }

        @Override
        public String text(final int column) {
            final String cell = cell(column);
            return CsvCells.isMissing(cell) ? null : cell;
        }
    }
}
