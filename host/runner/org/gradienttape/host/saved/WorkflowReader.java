package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.workflow.CircleException;
import org.gradienttape.host.workflow.Connection;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.NodeRegistry;
import org.gradienttape.host.workflow.NodeState;
import org.gradienttape.host.workflow.Texts;
import org.gradienttape.host.workflow.Workflow;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** Reads a workflow folder: workflow.knime, the settings.xml of each node, and what executed nodes have made. */
public final class WorkflowReader {

    /** The name of the file that makes a folder a workflow. */
    public static final String WORKFLOW_FILE = "workflow.knime";

    /** The name of the file of a node. */
    static final String SETTINGS_FILE = "settings.xml";

    /** The versions of the format that are read the same way; KNIME itself refuses versions that it does not know. */
    private static final Set<String> VERSIONS =
            Set.of("2.10.0", "3.1.0", "3.6.0Pre", "3.7.0", "3.8.0", "4.1.0", "5.1.0");

    private static final List<String> AUTHOR_KEYS =
            List.of("authored-by", "authored-when", "lastEdited-by", "lastEdited-when");

    private final Path folder;
    private final LoadReport report = new LoadReport();
    private final NodeReader nodeReader;

    private WorkflowReader(final Path folder, final NodeRegistry registry) {
        this.folder = folder.toAbsolutePath().normalize();
        this.nodeReader = new NodeReader(registry, report);
    }

    /**
     * Reads a workflow.
     *
     * @param fileStores gets the files that belong to what executed nodes have made
     * @return the workflow, with a sentence for each part of it that could not be loaded
     * @throws IOException if there is no workflow to be read at all; the message is a sentence
     */
    public static LoadedWorkflow read(final Path folder, final NodeRegistry registry, final FileStores fileStores)
            throws IOException {
        final WorkflowReader reader = new WorkflowReader(folder, registry);
        final Map<Integer, SavedNode> nodes = new LinkedHashMap<>();
        final Workflow workflow = reader.read(nodes);
        new StateRestorer(workflow, nodes, fileStores, reader.report).restore();
        return new LoadedWorkflow(workflow, reader.report.errors());
    }

    /**
     * Reads a workflow without what its nodes have made: no node is executed.
     *
     * @return the workflow, with a sentence for each part of it that could not be loaded
     * @throws IOException if there is no workflow to be read at all; the message is a sentence
     */
    public static LoadedWorkflow readReset(final Path folder, final NodeRegistry registry) throws IOException {
        final WorkflowReader reader = new WorkflowReader(folder, registry);
        final Workflow workflow = reader.read(new LinkedHashMap<>());
        return new LoadedWorkflow(workflow, reader.report.errors());
    }

    private Workflow read(final Map<Integer, SavedNode> nodes) throws IOException {
        final Path path = folder.resolve(WORKFLOW_FILE);
        if (!Files.isRegularFile(path)) {
            throw new IOException(
                    "The folder " + folder + " is no workflow, since it holds no file " + WORKFLOW_FILE + ".");
        }
        final NodeSettings file = SettingsFile.read(path);
        requireVersion(file);
        checkFile(file);
        final List<FlowVariable> variables = variables(file);
        readNodes(file, nodes);
        final List<Connection> connections = new ConnectionReader(nodes, report).read(file);
        return workflow(file, nodes, connections, variables);
    }

    private Workflow workflow(
            final NodeSettings file,
            final Map<Integer, SavedNode> nodes,
            final List<Connection> connections,
            final List<FlowVariable> variables)
            throws IOException {
        final List<NodeInstance> instances =
                nodes.values().stream().map(SavedNode::node).toList();
        try {
            return new Workflow(folder, file, instances, connections, variables);
        } catch (final CircleException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void requireVersion(final NodeSettingsRO file) throws IOException {
        final String version = file.getString("version", null);
        if (!VERSIONS.contains(version == null ? "" : version)) {
            throw new IOException("The workflow " + folder + " has "
                    + (version == null ? "no format version" : "the format version \"" + version + "\"")
                    + "; this runner knows 2.10.0 to 5.1.0 as KNIME writes them.");
        }
    }

    private void checkFile(final NodeSettingsRO file) {
        try {
            NodeState.valueOf(Texts.required(file, "state"));
        } catch (final InvalidSettingsException | IllegalArgumentException e) {
            report.error("The state of the workflow cannot be read, it must be IDLE, CONFIGURED or EXECUTED: "
                    + e.getMessage());
        }
        try {
            file.getNodeSettings("workflow_credentials");
            if (file.containsKey("authorInformation")) {
                final NodeSettingsRO author = file.getNodeSettings("authorInformation");
                for (final String key : AUTHOR_KEYS) {
                    author.getString(key);
                }
            }
            if (file.containsKey("tableBackend")) {
                file.getNodeSettings("tableBackend").getString("class");
            }
        } catch (final InvalidSettingsException e) {
            report.error("The file " + WORKFLOW_FILE + " is incomplete: " + e.getMessage());
        }
    }

    private List<FlowVariable> variables(final NodeSettingsRO file) {
        final List<FlowVariable> variables = new ArrayList<>();
        try {
            if (file.containsKey("workflow_variables")) {
                final NodeSettingsRO stored = file.getNodeSettings("workflow_variables");
                for (final String key : stored.keySet()) {
                    variables.add(FlowVariable.load(stored.getNodeSettings(key)));
                }
            }
        } catch (final InvalidSettingsException e) {
            report.error("The workflow variables cannot be read: " + e.getMessage());
        }
        return variables;
    }

    private void readNodes(final NodeSettingsRO file, final Map<Integer, SavedNode> nodes) {
        try {
            final NodeSettingsRO stored = file.getNodeSettings("nodes");
            for (final String key : stored.keySet()) {
                node(key, stored).ifPresent(read -> add(read, nodes));
            }
        } catch (final InvalidSettingsException e) {
            report.error("The nodes of the workflow cannot be read: " + e.getMessage());
        }
    }

    private void add(final SavedNode read, final Map<Integer, SavedNode> nodes) {
        final NodeInstance node = read.node();
        if (nodes.containsKey(node.id())) {
            report.error("Two nodes have the number " + node.id() + "; give each its own.");
        } else if (nodes.values().stream()
                .anyMatch(other -> other.node().folder().equals(node.folder()))) {
            report.error("Two nodes have the folder " + node.folder() + "; give each its own.");
        } else {
            nodes.put(node.id(), read);
        }
    }

    private Optional<SavedNode> node(final String key, final NodeSettingsRO stored) {
        try {
            final NodeSettingsRO entry = stored.getNodeSettings(key);
            final int id = entry.getInt("id");
            final String type = entry.getString("node_type");
            if (!"NativeNode".equals(type)) {
                report.error("The node " + id + " is a " + type
                        + "; this runner runs plain nodes, no metanodes and no components.");
                return Optional.empty();
            }
            final Path settingsFile = Path.of(Texts.required(entry, "node_settings_file"));
            if (settingsFile.isAbsolute()
                    || settingsFile.getNameCount() != 2
                    || !settingsFile.endsWith(SETTINGS_FILE)
                    || settingsFile.startsWith("..")
                    || settingsFile.startsWith(".")) {
                report.error("The node " + id + " has the file " + settingsFile + "; it must be called " + SETTINGS_FILE
                        + " and lie in a folder of the workflow's folder.");
                return Optional.empty();
            }
            return nodeReader.read(id, folder.resolve(settingsFile));
        } catch (final InvalidSettingsException | InvalidPathException e) {
            report.error("The entry " + key + " of the workflow's nodes cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
