package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.gradienttape.host.folder.Folders;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeState;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;

/** Writes the folder of one node: its settings.xml and, if it is executed, what it has made. */
final class NodeWriter {

    /** A folder of the person's own files inside the node's folder; KNIME keeps it, too. */
    private static final String DROP_FOLDER = "drop";
    /** Keys that are written anew, or left out where nothing is to be said. */
    private static final List<String> RENEWED = List.of(
            "state",
            "node_creation_config",
            "flow_stack",
            "nodecontainer_message",
            "hasContent",
            "ports",
            "filestores",
            "internalObjects");

    private final NodeInstance node;

    NodeWriter(final NodeInstance node) {
        this.node = node;
    }

    /**
     * Writes the folder.
     *
     * @param former the node's folder in the workflow that was read
     * @param target the new folder, which is not there yet
     */
    void write(final Path former, final Path target) throws IOException {
        Files.createDirectory(target);
        if (Files.isDirectory(former.resolve(DROP_FOLDER))) {
            Folders.copy(former.resolve(DROP_FOLDER), target.resolve(DROP_FOLDER), Set.of());
        }
        final NodeSettings file = new NodeSettings(WorkflowReader.SETTINGS_FILE);
        node.file().copyTo(file);
        RENEWED.forEach(file::removeConfig);
        writeState(file);
        writeModel(file);
        node.body().savePorts(file);
        new OutputFiles(node).write(file, target);
        SettingsFile.write(file, target.resolve(WorkflowReader.SETTINGS_FILE));
    }

    private void writeState(final NodeSettingsWO file) {
        file.addString("state", node.state().name());
        file.addBoolean("hasContent", node.state() == NodeState.EXECUTED);
        final NodeSettingsWO stack = file.addNodeSettings("flow_stack");
        int number = 0;
        for (final FlowVariable variable : node.ownVariables()) {
            final NodeSettingsWO entry = stack.addNodeSettings("Variable_" + number++);
            entry.addString("type", "variable");
            variable.save(entry);
        }
        node.message().ifPresent(message -> {
            final NodeSettingsWO entry = file.addNodeSettings("nodecontainer_message");
            entry.addString("type", message.kind().name());
            entry.addString("message", message.text());
        });
    }

    private void writeModel(final NodeSettings file) throws IOException {
        final boolean unreadable = node.model().isEmpty() && file.containsKey("model");
        if (unreadable) {
            return;
        }
        try {
            node.copyOfModel().copyTo(file.addNodeSettings("model"));
        } catch (final InvalidSettingsException e) {
            throw new IOException("The settings of the node " + node + " cannot be saved: " + e.getMessage(), e);
        }
    }
}
