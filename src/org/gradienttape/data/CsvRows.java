package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/** The rows of a CSV file (RFC 4180, in UTF-8): numbers and one column of classes. Every row has as many cells as the first. */
final class CsvRows implements SampleRows {
    private final Path path;
    private final CsvSyntax syntax;
    private final CsvCells cells;
    private final CsvHeader header;
    private final int labelColumn;
    private final List<String> allColumns;

    private CsvRows(final Path path, final CsvFormat format, final CsvHeader header) {
        this.path = path;
        this.syntax = format.syntax();
        this.cells = CsvCells.of(syntax);
        this.header = header;
        this.allColumns = header.columns();
        this.labelColumn = labelColumn(format.labelColumn().strip());
    }

    /**
     * Reads the first lines.
     *
     * @throws InvalidInputException if there is no such file, it is empty, or the label column is not there
     */
    static CsvRows open(final Path path, final CsvFormat format) throws IOException {
        return new CsvRows(path, format, CsvHeader.read(path, format.syntax(), CsvHeader.Rule.SAMPLES));
    }

    @Override
    public String name() {
        return path.getFileName().toString();
    }

    @Override
    public String labelName() {
        return header.named() ? allColumns.get(labelColumn) : Target.LABEL;
    }

    @Override
    public List<String> columns() {
        final List<String> columns = new ArrayList<>(allColumns);
        columns.remove(labelColumn);
        return columns;
    }

    @Override
    public Cursor open() throws IOException {
        return new RowCursor();
    }

    @Override
    public List<String> warnings() {
        return header.warnings(name(), "sample");
    }

    @Override
    public boolean mayStartWithNames() {
        return header.mayStartWithNames();
    }

    /** @throws InvalidInputException if another file does not have the same columns */
    void checkSameColumns(final CsvRows other) {
        if (!columns().equals(other.columns())) {
            throw new InvalidInputException("Training and test rows should have the same columns, but " + path + " has "
                    + columns() + " and " + other.path + " has " + other.columns()
                    + "; choose files that belong together.");
        }
    }

    private int labelColumn(final String wanted) {
        if (wanted.isEmpty()) {
            return ColumnNames.ofLabels(allColumns);
        }
        return ColumnNames.find(wanted, allColumns)
                .orElseThrow(() -> new InvalidInputException("The label column \"" + wanted + "\" was expected in "
                        + path + ", but its columns are " + ClassNames.some(allColumns) + "; choose one of them."));
    }

    private final class RowCursor extends CsvCursor implements Cursor {
        RowCursor() throws IOException {
            super(path, syntax, header);
        }

        @Override
        public String label() {
            return cell(labelColumn);
        }

        @Override
        public double number(final int column) {
            return cells.number(text(column));
        }

        @Override
        public String text(final int column) {
            return cell(column < labelColumn ? column : column + 1);
        }

        @Override
        public byte[] image() {
            throw new IllegalStateException("a CSV file holds no images");
        }
    }
}
