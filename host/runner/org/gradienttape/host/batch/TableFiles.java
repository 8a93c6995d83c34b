package org.gradienttape.host.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.gradienttape.host.folder.AtomicFile;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;

/**
 * One table as files: a CSV file with the column names in its first line, and a PNG file for every image cell, whose
 * name stands in the cell's place. Missing cells are empty; floating-point numbers are written so that they can be read
 * back exactly.
 */
final class TableFiles {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").build();

    private final Path folder;
    private final String name;

    /**
     * @param name the CSV file's name without its ending; the images' names begin with it
     */
    TableFiles(final Path folder, final String name) {
        this.folder = folder;
        this.name = name;
    }

    void write(final BufferedDataTable table) throws IOException {
        AtomicFile.write(folder.resolve(name + ".csv"), out -> writeCsv(table, out));
    }

    private void writeCsv(final BufferedDataTable table, final OutputStream out) throws IOException {
        final CSVPrinter printer = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
        final DataTableSpec spec = table.getDataTableSpec();
        printer.printRecord((Object[]) spec.getColumnNames());
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                printer.printRecord(record(rows.next(), spec));
            }
        }
        printer.flush();
    }

    private List<String> record(final DataRow row, final DataTableSpec spec) throws IOException {
        final List<String> record = new ArrayList<>();
        for (int column = 0; column < row.getNumCells(); column++) {
            final DataCell cell = row.getCell(column);
            if (cell instanceof PNGImageValue) {
                final String file = name + "_" + fileName(row.getKey().getString()) + "_"
                        + fileName(spec.getColumnSpec(column).getName()) + ".png";
                final byte[] png = PngCells.bytes(cell);
                AtomicFile.write(folder.resolve(file), out -> out.write(png));
                record.add(file);
            } else {
                record.add(text(cell));
            }
        }
        return record;
    }

    private static String text(final DataCell cell) {
        if (cell.isMissing()) {
            return null;
        } else if (cell instanceof BooleanValue truth) {
            return Boolean.toString(truth.getBooleanValue());
        } else if (cell instanceof IntValue number) {
            return Integer.toString(number.getIntValue());
        } else if (cell instanceof LongValue number) {
            return Long.toString(number.getLongValue());
        } else if (cell instanceof DoubleValue number) {
            return Double.toString(number.getDoubleValue());
        }
        return cell.toString();
    }

    /** Replaces what a file system may not take in a name. */
    private static String fileName(final String text) {
        return text.replaceAll("[^\\p{L}\\p{N} ._()#-]", "_");
    }
}
