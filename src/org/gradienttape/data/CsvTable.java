package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.Column;
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

    private final Path path;
    private final CsvSyntax syntax;
    private final CsvCells cells;
    private final CsvHeader header;
    private final List<Column> columns;
    private final List<String> aboutFirstLine;
    /** By the name of the column. */
    private final Map<String, List<String>> doubts = new HashMap<>();

    private CsvTable(
            final Path path,
            final CsvSyntax syntax,
            final CsvHeader header,
            final Map<String, Column.Kind> told,
            final ReadMonitor monitor)
            throws IOException {
        this.path = path;
        this.syntax = syntax;
        this.cells = CsvCells.of(syntax);
        this.header = header;
        final List<CsvColumn> found = names(header, path).stream()
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
     * @param asText the columns that hold text even if all their cells are numbers, such as codes; by name, or by number from 1
     * @throws InvalidInputException if there is no such file, it is empty or damaged, or two columns have the same name
     * @throws CancellationException if the monitor says so
     */
    public static CsvTable open(
            final Path path, final CsvSyntax syntax, final List<String> asText, final ReadMonitor monitor)
            throws IOException {
        final CsvHeader header = CsvHeader.read(path, syntax, CsvHeader.Rule.TABLE);
        final List<String> names = names(header, path);
        final Map<String, Column.Kind> told = new HashMap<>();
        asText.forEach(column -> told.put(find(column, names, path), Column.Kind.TEXT));
        return new CsvTable(path, syntax, header, told, monitor);
    }

    /**
     * Goes through a file that belongs to another one: it is written alike, and columns of the same name are of the same kind.
     *
     * @throws InvalidInputException as {@link #open} does
     * @throws CancellationException if the monitor says so
     */
    public static CsvTable openLike(final Path path, final CsvTable first, final ReadMonitor monitor)
            throws IOException {
        final Map<String, Column.Kind> told = new HashMap<>();
        first.columns.forEach(column -> told.put(column.name(), column.kind()));
        return new CsvTable(
                path, first.syntax, CsvHeader.read(path, first.syntax, CsvHeader.Rule.TABLE), told, monitor);
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    /**
     * The name of a column.
     *
     * @param nameOrNumber its name or, if none is called so, its number from 1
     * @throws InvalidInputException if there is no such column
     */
    public String columnName(final String nameOrNumber) {
        return find(nameOrNumber, columns.stream().map(Column::name).toList(), path);
    }

    /** The name of the only column that is called label, class or target; otherwise of the last one. */
    public String usualTarget() {
        final List<String> names = columns.stream().map(Column::name).toList();
        return names.get(ColumnNames.ofLabels(names));
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
        final boolean lonely = header.mayStartWithNames()
                && rows >= ENOUGH_ROWS
                && found.stream().anyMatch(CsvColumn::mayBeginWithItsName);
        return lonely
                ? List.of("The first line of " + name()
                        + " is taken for a row, but some of its texts do not come again; if"
                        + " it holds column names, say so in the dialog.")
                : header.warnings(name(), "row");
    }

    /** A column without a name is called by its number. */
    private static List<String> names(final CsvHeader header, final Path path) {
        final List<String> names = new ArrayList<>();
        for (final String name : header.columns()) {
            names.add(name.isBlank() ? String.valueOf(names.size() + 1) : name.strip());
        }
        Column.checkNames(names, path.toString());
        return names;
    }

    private static String find(final String nameOrNumber, final List<String> names, final Path path) {
        return names.get(ColumnNames.find(nameOrNumber.strip(), names)
                .orElseThrow(
                        () -> new InvalidInputException("The column \"" + nameOrNumber.strip() + "\" was expected in "
                                + path + ", but its columns are " + ClassNames.some(names) + "; choose one of them.")));
    }

    private final class TableCursor extends CsvCursor implements Cursor {
        TableCursor() throws IOException {
            super(path, syntax, header);
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
