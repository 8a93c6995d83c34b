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
    static void save(Outputs made, Path nodeFolder, NodeSettingsWO settings) throws IOException {
        settings.addString(LOCATION, FOLDER);
        NodeSettingsWO content = settings.addNodeSettings(CONTENT);
        List<PortObject> outputs = Arrays.asList(made.objects());
        PortObject[] internal = made.internal().orElseThrow();
        for (int i = 0; i < internal.length; i++) {
            String name = "object_" + i;
            NodeSettingsWO entry = content.addNodeSettings(name);
            entry.addInt(INDEX, i);
            int output = outputs.indexOf(internal[i]);
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

    private static void save(BufferedDataTable table, boolean isOutput, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (isOutput) {
            SavedTable.saveReference(table, folder);
            return;
        }
        try {
            SavedTable.save(table, folder, OutputFiles.unwatched());
        } catch (CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Reads what a node kept.
     *
     * @param outputs what was read of its output ports
     */
    static PortObject[] load(PortObject[] outputs, Path nodeFolder, NodeSettingsRO settings)
            throws IOException, InvalidSettingsException {
        Path folder = SavedPort.below(nodeFolder, settings.getString(LOCATION));
        NodeSettingsRO content = settings.getNodeSettings(CONTENT);
        PortObject[] internal = new PortObject[content.keySet().size()];
        for (String key : content.keySet()) {
            NodeSettingsRO entry = content.getNodeSettings(key);
            int index = within(internal, entry.getInt(INDEX));
            String type = entry.getString(TYPE);
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

    private static BufferedDataTable table(PortObject[] outputs, Path folder) throws IOException {
        OptionalInt reference = SavedTable.reference(folder);
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
        } catch (CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int within(PortObject[] objects, int index) throws InvalidSettingsException {
        if (index < 0 || index >= objects.length) {
            throw new InvalidSettingsException("Invalid index of what a node kept: " + index);
        }
        return index;
    }
}
