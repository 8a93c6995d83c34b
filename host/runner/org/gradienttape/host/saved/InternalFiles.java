package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.gradienttape.host.port.SavedPort;
import org.gradienttape.host.table.SavedTable;
import org.gradienttape.host.workflow.Outputs;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;

/**
 * What a node keeps for its view, as files in its folder: tables of its own in a folder each, and references to its
 * outputs.
 */
final class InternalFiles {

    /** The entry in the node's file. */
    static final String KEY = "internalObjects";

    private static final String FOLDER = "internalTables";
    private static final String LOCATION = "location";
    private static final String CONTENT = "content";
    private static final String INDEX = "index";
    private static final String TYPE = "type";
    private static final String TABLE = "table";
    private static final String TABLE_FOLDER = "table_dir_location";
    private static final String OUTPUT = "referenced_output";
    private static final String OUTPUT_PORT = "outport";

    private InternalFiles() {}

    /** Writes what a node keeps. */
    static void save(final Outputs made, final Path nodeFolder, final NodeSettingsWO settings) throws IOException {
        settings.addString(LOCATION, FOLDER);
        final NodeSettingsWO content = settings.addNodeSettings(CONTENT);
        final List<PortObject> outputs = Arrays.asList(made.objects());
        final PortObject[] internal = made.internal().orElseThrow();
        for (int i = 0; i < internal.length; i++) {
            final String name = "object_" + i;
            final NodeSettingsWO entry = content.addNodeSettings(name);
            entry.addInt(INDEX, i);
            final int output = outputs.indexOf(internal[i]);
            if (internal[i] instanceof BufferedDataTable table) {
                entry.addString(TYPE, TABLE);
                entry.addString(TABLE_FOLDER, name);
                save(table, output >= 0, nodeFolder.resolve(FOLDER).resolve(name));
            } else if (output >= 0) {
                entry.addString(TYPE, OUTPUT);
                entry.addInt(OUTPUT_PORT, output + 1);
            } else {
                throw new IOException("A node may keep tables and its own outputs, but this one keeps "
                        + internal[i].getClass().getName() + ", which cannot be saved here.");
            }
        }
    }

    private static void save(final BufferedDataTable table, final boolean isOutput, final Path folder)
            throws IOException {
        Files.createDirectories(folder);
        if (isOutput) {
            SavedTable.saveReference(table, folder);
            return;
        }
        try {
            SavedTable.save(table, folder, OutputFiles.unwatched());
        } catch (final CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Reads what a node kept.
     *
     * @param outputs what was read of its output ports
     */
    static PortObject[] load(final PortObject[] outputs, final Path nodeFolder, final NodeSettingsRO settings)
            throws IOException, InvalidSettingsException {
        final Path folder = SavedPort.below(nodeFolder, settings.getString(LOCATION));
        final NodeSettingsRO content = settings.getNodeSettings(CONTENT);
        final PortObject[] internal = new PortObject[content.keySet().size()];
        for (final String key : content.keySet()) {
            final NodeSettingsRO entry = content.getNodeSettings(key);
            final int index = within(internal, entry.getInt(INDEX));
            final String type = entry.getString(TYPE);
            internal[index] = switch (type) {
                case TABLE -> table(outputs, SavedPort.below(folder, entry.getString(TABLE_FOLDER)));
                case OUTPUT -> outputs[within(outputs, entry.getInt(OUTPUT_PORT) - 1)];
                default ->
                    throw new InvalidSettingsException("Expected \"" + TABLE + "\" or \"" + OUTPUT
                            + "\" for what a node kept, found \"" + type + "\".");
            };
        }
        return internal;
    }

    private static BufferedDataTable table(final PortObject[] outputs, final Path folder) throws IOException {
        final OptionalInt reference = SavedTable.reference(folder);
        if (reference.isPresent()) {
            return Arrays.stream(outputs)
                    .filter(BufferedDataTable.class::isInstance)
                    .map(BufferedDataTable.class::cast)
                    .filter(table -> table.getBufferedTableId() == reference.getAsInt())
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "The table in " + folder + " must be an output of the node, but none has its number."));
        }
        try {
            return SavedTable.load(folder, OutputFiles.unwatched());
        } catch (final CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int within(final PortObject[] objects, final int index) throws InvalidSettingsException {
        if (index < 0 || index >= objects.length) {
            throw new InvalidSettingsException("Invalid index of what a node kept: " + index);
        }
        return index;
    }
}
