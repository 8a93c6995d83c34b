package org.gradienttape.host.table;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.host.port.UnclosedStreams;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** The rows of a table as a zip file: data.bin holds them, gzipped; meta.xml their number and cell classes. */
final class TableZip {
    private static final String DATA = "data.bin";
    private static final String META = "meta.xml";
    private static final String INTERNAL = "table.meta.internal";
    private static final String VERSION = "container.version";
    private static final String CURRENT_VERSION = "container_12";
    private static final String SIZE = "table.size";
    private static final String CONTAINS_BLOBS = "container.contains.blobs";
    private static final String FORMAT = "container.format";
    private static final String FORMAT_CLASS = "org.knime.core.data.container.DefaultTableStoreFormat";
    private static final String FORMAT_CONFIG = "container.format.config";
    private static final String COMPRESSION = "container.compression";
    private static final String GZIP = "Gzip";
    private static final String CELL_CLASSES = "table.datacell.classes";
    private static final String CLASS = "class";

    private TableZip() {}

    static void write(BufferedDataTable table, Path file, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(DATA));
            List<CellFormat> formats;
            try (OutputStream gzip = new BufferedOutputStream(new GZIPOutputStream(UnclosedStreams.of(zip)))) {
                RowWriter writer = new RowWriter(gzip);
                long count = 0;
                for (DataRow row : table) {
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

    private static NodeSettings meta(BufferedDataTable table, List<CellFormat> formats) {
        NodeSettings settings = new NodeSettings("Table Meta Information");
        NodeSettingsWO internal = settings.addNodeSettings(INTERNAL);
        internal.addString(VERSION, CURRENT_VERSION);
        internal.addInt(SIZE, Math.toIntExact(table.size()));
        internal.addBoolean(CONTAINS_BLOBS, false);
        internal.addString("container.filestores.uuid", null);
        internal.addBoolean("container.inmemory", true);
        internal.addInt("container.id", table.getBufferedTableId());
        internal.addString(FORMAT, FORMAT_CLASS);
        addFormat(internal.addNodeSettings(FORMAT_CONFIG), formats);
        addFormat(internal, formats);
        return settings;
    }

    private static void addFormat(NodeSettingsWO settings, List<CellFormat> formats) {
        settings.addString(COMPRESSION, GZIP);
        NodeSettingsWO classes = settings.addNodeSettings(CELL_CLASSES);
        for (int i = 0; i < formats.size(); i++) {
            classes.addNodeSettings("element_" + i)
                    .addString(CLASS, formats.get(i).className());
        }
    }

    static List<DataRow> read(Path file, DataTableSpec spec, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException, InvalidSettingsException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            NodeSettingsRO internal = NodeSettings.loadFromXML(open(zip, META)).getNodeSettings(INTERNAL);
            expect(internal, VERSION, CURRENT_VERSION);
            expect(internal, FORMAT, FORMAT_CLASS);
            NodeSettingsRO format = internal.getNodeSettings(FORMAT_CONFIG);
            expect(format, COMPRESSION, GZIP);
            if (internal.getBoolean(CONTAINS_BLOBS)) {
                throw new InvalidSettingsException("expected cells that lie in the rows, found cells in files.");
            }
            try (InputStream in = new BufferedInputStream(new GZIPInputStream(open(zip, DATA)))) {
                return read(new RowReader(in, spec, formats(format)), internal.getInt(SIZE), exec);
            }
        } catch (IOException e) {
            throw new IOException("Unable to read the table in " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<DataRow> read(RowReader reader, int size, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            exec.checkCanceled();
            rows.add(reader.read());
        }
        reader.end();
        return rows;
    }

    private static List<CellFormat> formats(NodeSettingsRO format) throws IOException, InvalidSettingsException {
        NodeSettingsRO classes = format.getNodeSettings(CELL_CLASSES);
        List<CellFormat> formats = new ArrayList<>();
        for (String key : classes.keySet()) {
            formats.add(CellFormat.of(classes.getNodeSettings(key).getString(CLASS)));
        }
        return formats;
    }

    private static InputStream open(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("expected an entry \"" + name + "\", found none");
        }
        return zip.getInputStream(entry);
    }

    private static void expect(NodeSettingsRO settings, String key, String value) throws InvalidSettingsException {
        String found = settings.getString(key);
        if (!value.equals(found)) {
            throw new InvalidSettingsException("expected \"" + value + "\" as " + key + ", found \"" + found
                    + "\"; reset and execute the node that made the table.");
        }
    }
}
