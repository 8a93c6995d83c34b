package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeBody;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeNotAvailableException;
import org.gradienttape.host.workflow.NodeRegistry;
import org.gradienttape.host.workflow.NodeState;
import org.gradienttape.host.workflow.Texts;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** Reads the settings.xml of one node: its factory, ports, settings and state, but not yet what it has made. */
final class NodeReader {

    /** Entries that say where a node came from; their values are not used, but a file without them is not KNIME's. */
    private static final List<String> ORIGIN =
            List.of("node-name", "node-bundle-name", "node-bundle-symbolic-name", "node-bundle-vendor");

    private final NodeRegistry registry;
    private final LoadReport report;

    NodeReader(final NodeRegistry registry, final LoadReport report) {
        this.registry = registry;
        this.report = report;
    }

    /** Reads a node; empty if it cannot be used at all, which the report then says. */
    Optional<SavedNode> read(final int id, final Path settingsFile) {
        final String folder = settingsFile.getParent().getFileName().toString();
        try {
            final NodeSettings file = SettingsFile.read(settingsFile);
            for (final String key : ORIGIN) {
                file.getString(key);
            }
            final NodeBody body = registry.body(Texts.required(file, "factory"), file);
            final NodeInstance node = new NodeInstance(id, folder, body, file);
            loadModel(node);
            checkKeys(node);
            return Optional.of(new SavedNode(node, state(node), variables(node)));
        } catch (final IOException e) {
            report.error(e.getMessage());
        } catch (final InvalidSettingsException e) {
            report.error("The node " + folder + " cannot be loaded: " + e.getMessage());
        } catch (final NodeNotAvailableException e) {
            report.error("The node " + folder + " is not available: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void loadModel(final NodeInstance node) {
        if (!node.file().containsKey("model")) {
            return;
        }
        try {
            node.changeModel(node.file().getNodeSettings("model"));
            if (node.mask().isEmpty()) {
                node.body().validate();
            }
        } catch (final InvalidSettingsException e) {
            report.error("The node " + node + " has wrong settings: Loading model settings failed: " + e.getMessage());
        }
    }

    private void checkKeys(final NodeInstance node) {
        check(node, settings -> settings.getBoolean("hasContent"));
        check(node, settings -> settings.getNodeSettings("internal_node_subsettings"));
        check(node, settings -> settings.getNodeSettings("ports"));
        check(node, settings -> settings.getNodeSettings("filestores").getString("file_store_location"));
        check(node, settings -> settings.getNodeSettings("filestores").getString("file_store_id"));
    }

    private void check(final NodeInstance node, final Check check) {
        try {
            check.read(node.file());
        } catch (final InvalidSettingsException e) {
            report.error("The file of the node " + node + " is incomplete: " + e.getMessage());
        }
    }

    private NodeState state(final NodeInstance node) {
        try {
            return NodeState.valueOf(Texts.required(node.file(), "state"));
        } catch (final InvalidSettingsException | IllegalArgumentException e) {
            report.error("The state of the node " + node + " cannot be read, it must be IDLE, CONFIGURED or EXECUTED: "
                    + e.getMessage());
            return NodeState.IDLE;
        }
    }

    private List<FlowVariable> variables(final NodeInstance node) {
        final List<FlowVariable> variables = new ArrayList<>();
        try {
            final NodeSettingsRO stack = node.file().getNodeSettings("flow_stack");
            for (final String key : stack.keySet()) {
                final NodeSettingsRO entry = stack.getNodeSettings(key);
                if (!"variable".equals(entry.getString("type"))) {
                    throw new InvalidSettingsException(
                            "the entry " + key + " is no flow variable, and loops cannot be run here.");
                }
                variables.add(FlowVariable.load(entry));
            }
        } catch (final InvalidSettingsException e) {
            report.error("The flow variables of the node " + node + " cannot be read: " + e.getMessage());
        }
        return variables;
    }

    @FunctionalInterface
    private interface Check {
        Object read(NodeSettingsRO settings) throws InvalidSettingsException;
    }
}
