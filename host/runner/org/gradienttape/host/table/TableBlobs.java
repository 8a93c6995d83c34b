package org.gradienttape.host.table;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.knime.core.data.DataCell;

/**
 * The cells of a table that do not lie in its rows but each in a file of its own, as KNIME keeps images of 40 KiB and
 * more: {@code blobs/col_<column>/<millions>/<thousands>/<number>.bin}, or .bin.gz.
 */
final class TableBlobs {
    private static final int PER_FOLDER = 1000;

    private final ZipFile zip;
    private final int tableId;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    /**
     * @param zip stays open as long as cells are read
     * @param tableId the number under which the rows name this table
     */
    TableBlobs(final ZipFile zip, final int tableId) {
        this.zip = zip;
        this.tableId = tableId;
        // KNIME doubles the slashes below the first folder
        zip.stream().forEach(entry -> entries.put(entry.getName().replaceAll("/+", "/"), entry));
    }

    /** Reads a cell whose address comes next in the rows. */
    DataCell read(final DataInputStream rows, final CellFormat format) throws IOException {
        final int owner = rows.readInt();
        final int column = rows.readInt();
        final int number = rows.readInt();
        final boolean compressed = rows.readBoolean();
        if (owner != tableId) {
            throw new IOException("expected a cell that lies beside the rows, found one of table " + owner);
        }
        final String name = String.format(
                Locale.ROOT,
                "blobs/col_%d/%03d/%03d/%d.bin%s",
                column,
                number / (PER_FOLDER * PER_FOLDER),
                number / PER_FOLDER % PER_FOLDER,
                number,
                compressed ? ".gz" : "");
        final ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw new IOException("expected an entry \"" + name + "\", found none");
        }
        try (InputStream file = zip.getInputStream(entry);
                InputStream plain = new BufferedInputStream(compressed ? new GZIPInputStream(file) : file);
                BlockInput block = new BlockInput(plain)) {
            final DataCell cell = format.read(new DataInputStream(block));
            if (block.read() != -1) {
                throw new IOException("expected the end of the cell in \"" + name + "\", found more bytes");
            }
            return cell;
        }
    }
}
