package org.gradienttape.host.table;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.gradienttape.host.api.text.Sentence;
import org.gradienttape.host.folder.PlainFile;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** A table as a folder: spec.xml with the columns, data.zip with the rows, data.xml that names the kind of table. */
public final class SavedTable {
    private static final int LONGEST_REASON = 600;
    private static final String SPEC_FILE = "spec.xml";
    private static final String DESCRIPTION_FILE = "data.xml";
    private static final String DATA_FILE = "data.zip";
    private static final String TABLE_ID = "table_ID";
    private static final String TABLE_TYPE = "table_type";
    private static final String TABLE_FILE_NAME = "table_file_name";
    private static final String CONTAINER_TABLE = "container_table";
    /** What KNIME calls a table that is compressed in another way than with gzip; Snappy is its default. */
    private static final String COMPRESSED_TABLE = "container_table_compressed";

    private static final String COLUMNAR_TABLE = "extension_table";
    private static final String REFERENCE = "reference_from_same_node_table";

    private SavedTable() {}

    /** Writes the table into a folder that exists. */
    public static void save(final BufferedDataTable table, final Path folder, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        TableZip.write(table, folder.resolve(DATA_FILE), exec);
        describe(table, folder, CONTAINER_TABLE, DATA_FILE);
    }

    /** Writes into a folder that exists that the table is one which the same node has saved elsewhere. */
    public static void saveReference(final BufferedDataTable table, final Path folder) throws IOException {
        describe(table, folder, REFERENCE, null);
    }

    private static void describe(final BufferedDataTable table, final Path folder, final String type, final String rows)
            throws IOException {
        final NodeSettings spec = new NodeSettings(SPEC_FILE);
        table.getDataTableSpec().save(spec);
        write(spec, folder.resolve(SPEC_FILE));
        final NodeSettings description = new NodeSettings("table_meta_info");
        description.addInt(TABLE_ID, table.getBufferedTableId());
        description.addString(TABLE_TYPE, type);
        description.addString(TABLE_FILE_NAME, rows);
        write(description, folder.resolve(DESCRIPTION_FILE));
    }

    /** Returns the number of the table of the same node that a folder refers to; empty if it holds a table itself. */
    public static OptionalInt reference(final Path folder) throws IOException {
        try {
            final NodeSettingsRO description = read(folder.resolve(DESCRIPTION_FILE));
            return REFERENCE.equals(description.getString(TABLE_TYPE))
                    ? OptionalInt.of(description.getInt(TABLE_ID))
                    : OptionalInt.empty();
        } catch (final InvalidSettingsException e) {
            throw new IOException("Unable to read the table in " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a table.
     *
     * @throws IOException if a file is missing or damaged, or the table is of a kind that this host does not read
     */
    public static BufferedDataTable load(final Path folder, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        try {
            final NodeSettingsRO description = read(folder.resolve(DESCRIPTION_FILE));
            final String type = description.getString(TABLE_TYPE);
            if (!CONTAINER_TABLE.equals(type) && !COMPRESSED_TABLE.equals(type)) {
                throw new IOException("expected one of KNIME's row-based backend, found " + kind(type));
            }
            final String rowsFile = description.getString(TABLE_FILE_NAME);
            if (!DATA_FILE.equals(rowsFile)) {
                throw new IOException("expected its rows in " + DATA_FILE + ", found \"" + rowsFile + "\"");
            }
            final DataTableSpec spec = DataTableSpec.load(read(folder.resolve(SPEC_FILE)));
            final List<DataRow> rows = TableZip.read(folder.resolve(DATA_FILE), spec, exec);
            return Restored.table(spec, rows, description.getInt(TABLE_ID));
        } catch (final IOException | InvalidSettingsException e) {
            throw new IOException(
                    "Unable to read the table in " + folder + ": " + reason(e) + "; run the workflow with -reset.", e);
        }
    }

    /** What Java says nothing about is a file that ends where more should be. What a file says may be of any length. */
    private static String reason(final Exception e) {
        final String message = e.getMessage() == null ? "a file ends too early" : e.getMessage();
        final String unended = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        return Sentence.beginning(unended, LONGEST_REASON);
    }

    private static String kind(final String type) {
        return COLUMNAR_TABLE.equals(type) ? "one of the columnar backend" : "a \"" + type + "\"";
    }

    private static void write(final NodeSettings settings, final Path file) throws IOException {
        settings.saveToXML(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    private static NodeSettingsRO read(final Path file) throws IOException {
        try {
            return NodeSettings.loadFromXML(PlainFile.open(file));
        } catch (final NoSuchFileException e) {
            throw new IOException("Expected a saved table, found no file " + file + ".", e);
        }
    }

    /** Reaches the container's way to make a table of known rows. */
    private static final class Restored extends BufferedDataContainer {
        private Restored(final DataTableSpec spec) {
            super(spec);
        }

        static BufferedDataTable table(final DataTableSpec spec, final List<DataRow> rows, final int id) {
            return restore(spec, rows, id);
        }
    }
}
