package org.gradienttape.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;

/** One row of a CSV file after the other, each of as many cells as the first line. */
abstract class CsvCursor implements Closeable {
    private final Path path;
    private final CsvLines lines;
    private final int cells;
    private CsvRecord row;

    CsvCursor(final CsvFile file) throws IOException {
        this.path = file.path();
        this.lines = CsvLines.open(path, file.syntax());
        this.cells = file.columnNames().size();
        if (file.header().named()) {
            lines.next();
        }
    }

    public final boolean next() throws IOException {
        if (!lines.hasNext()) {
            return false;
        }
        row = lines.next();
        if (row.getFieldCount() != cells) {
            throw new InvalidInputException(place() + " should have " + cells
                    + " cells as the first line has, but it has " + row.getFieldCount() + "; correct it.");
        }
        return true;
    }

    public final String place() {
        return "Line " + row.getStartingLineNumber() + " of " + path;
    }

    public final double fraction() throws IOException {
        return lines.fraction();
    }

    /** Without white space around it. */
    final String cell(final int column) {
        return row.getField(column).strip();
    }

    @Override
    public final void close() throws IOException {
        lines.close();
    }
}
