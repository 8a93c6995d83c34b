package org.gradienttape.host.table;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.host.api.port.UnclosedStreams;
import org.gradienttape.host.folder.PlainFile;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * The rows of a table as a zip file: data.bin holds them, gzipped if we have written them; meta.xml their number and
 * cell classes.
 */
final class TableZip {
    private static final String DATA = "data.bin";
    private static final String META = "meta.xml";
    private static final String INTERNAL = "table.meta.internal";
    private static final String VERSION = "container.version";
    private static final String CURRENT_VERSION = "container_12";
    private static final String SIZE = "table.size";
    /** In place of the size, where an int does not hold it. */
    private static final String LONG_SIZE = "table.size.long";

    private static final String ID = "container.id";
    private static final String CONTAINS_BLOBS = "container.contains.blobs";
    private static final String FORMAT = "container.format";
    private static final String FORMAT_CLASS = "org.knime.core.data.container.DefaultTableStoreFormat";
    private static final String FORMAT_CONFIG = "container.format.config";
    private static final String CELL_CLASSES = "table.datacell.classes";
    private static final String CLASS = "class";

    private TableZip() {}

    static void write(final BufferedDataTable table, final Path file, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(DATA));
            final List<CellFormat> formats;
            try (OutputStream gzip = new BufferedOutputStream(new GZIPOutputStream(UnclosedStreams.of(zip)))) {
                final RowWriter writer = new RowWriter(gzip);
                long count = 0;
                for (final DataRow row : table) {
                    exec.checkCanceled();
                    writer.write(row);
                    exec.setProgress(++count / (double) table.size());
                }
                formats = writer.formats();
            }
            zip.closeEntry();
            zip.setLevel(Deflater.DEFAULT_COMPRESSION);
            zip.putNextEntry(new ZipEntry(META));
            meta(table, formats).saveToXML(UnclosedStreams.of(zip));
            zip.closeEntry();
        }
    }

    private static NodeSettings meta(final BufferedDataTable table, final List<CellFormat> formats) {
        final NodeSettings settings = new NodeSettings("Table Meta Information");
        final NodeSettingsWO internal = settings.addNodeSettings(INTERNAL);
        internal.addString(VERSION, CURRENT_VERSION);
        internal.addInt(SIZE, Math.toIntExact(table.size()));
        internal.addBoolean(CONTAINS_BLOBS, false);
        internal.addString("container.filestores.uuid", null);
        internal.addBoolean("container.inmemory", true);
        internal.addInt(ID, table.getBufferedTableId());
        internal.addString(FORMAT, FORMAT_CLASS);
        addFormat(internal.addNodeSettings(FORMAT_CONFIG), formats);
        addFormat(internal, formats);
        return settings;
    }

    private static void addFormat(final NodeSettingsWO settings, final List<CellFormat> formats) {
        TableCompression.GZIP.save(settings);
        final NodeSettingsWO classes = settings.addNodeSettings(CELL_CLASSES);
        for (int i = 0; i < formats.size(); i++) {
            classes.addNodeSettings("element_" + i)
                    .addString(CLASS, formats.get(i).className());
        }
    }

    static List<DataRow> read(final Path file, final DataTableSpec spec, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException, InvalidSettingsException {
        if (!Files.exists(file)) {
            throw new IOException("expected the rows in " + file.getFileName() + ", found no such file");
        }
        PlainFile.check(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            final NodeSettingsRO internal =
                    NodeSettings.loadFromXML(open(zip, META)).getNodeSettings(INTERNAL);
            expect(internal, VERSION, CURRENT_VERSION);
            expect(internal, FORMAT, FORMAT_CLASS);
            final int size = size(internal);
            final NodeSettingsRO format = internal.getNodeSettings(FORMAT_CONFIG);
            final TableBlobs blobs = new TableBlobs(zip, internal.getInt(ID));
            try (InputStream in = TableCompression.load(format).open(open(zip, DATA))) {
                return read(new RowReader(in, spec, classes(format), blobs), size, exec);
            }
        }
    }

    private static int size(final NodeSettingsRO internal) throws InvalidSettingsException {
        final long size = internal.containsKey(LONG_SIZE) ? internal.getLong(LONG_SIZE) : internal.getInt(SIZE);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw new InvalidSettingsException("expected 0 to " + Integer.MAX_VALUE + " rows, found " + size);
        }
        return (int) size;
    }

    private static List<DataRow> read(final RowReader reader, final int size, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            exec.checkCanceled();
            try {
                rows.add(reader.read());
            } catch (final EOFException e) {
                throw new EOFException("expected " + size + " rows, found the end of the file in row " + (i + 1));
            }
        }
        reader.end();
        return rows;
    }

    private static List<SavedClass> classes(final NodeSettingsRO format) throws IOException, InvalidSettingsException {
        final NodeSettingsRO saved = format.getNodeSettings(CELL_CLASSES);
        final List<SavedClass> classes = new ArrayList<>();
        for (final String key : saved.keySet()) {
            classes.add(SavedClass.of(saved.getNodeSettings(key).getString(CLASS)));
        }
        return classes;
    }

    private static InputStream open(final ZipFile zip, final String name) throws IOException {
        final ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("expected an entry \"" + name + "\", found none");
        }
        return zip.getInputStream(entry);
    }

    private static void expect(final NodeSettingsRO settings, final String key, final String value)
            throws InvalidSettingsException {
        final String found = settings.getString(key);
        if (!value.equals(found)) {
            throw new InvalidSettingsException("expected \"" + value + "\" as " + key + ", found \"" + found + "\"");
        }
    }
}
