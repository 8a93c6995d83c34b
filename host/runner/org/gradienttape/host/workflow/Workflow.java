package org.gradienttape.host.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.host.api.location.NodePlace;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/**
 * A loaded workflow: nodes, connections and workflow variables.
 *
 * <p>Not safe for use by several threads; the executor guards it.
 */
public final class Workflow {

    private final Path folder;
    private final NodeSettings file;
    private final List<NodeInstance> nodes;
    private final List<Connection> connections;
    private final Map<String, FlowVariable> ownVariables = new LinkedHashMap<>();
    private final Map<String, FlowVariable> globals = new LinkedHashMap<>();
    private Optional<Path> workspace = Optional.empty();

    /**
     * @param file the workflow.knime as it was read
     * @throws CircleException if the connections form a circle
     */
    public Workflow(
            final Path folder,
            final NodeSettings file,
            final List<NodeInstance> nodes,
            final List<Connection> connections,
            final List<FlowVariable> variables)
            throws CircleException {
        this.folder = folder;
        this.file = file;
        this.connections = List.copyOf(connections);
        this.nodes = sorted(nodes, this.connections);
        variables.forEach(this::define);
    }

    /** Returns the folder that the workflow was read from. */
    public Path folder() {
        return folder;
    }

    /** Returns the nodes, each after all those that it depends on. */
    public List<NodeInstance> nodes() {
        return nodes;
    }

    /** Returns how many nodes the workflow's file names that could not be loaded. */
    public int missingNodes() {
        try {
            return file.getNodeSettings("nodes").keySet().size() - nodes.size();
        } catch (final InvalidSettingsException e) {
            return 0;
        }
    }

    /** Returns the node with this number. */
    public Optional<NodeInstance> node(final int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst();
    }

    /** Returns the connections that end at a node, by input port. */
    public List<Connection> incoming(final NodeInstance node) {
        return connections.stream()
                .filter(connection -> connection.target() == node.id())
                .sorted(Comparator.comparingInt(Connection::targetPort))
                .toList();
    }

    /** Returns the nodes that a node has connections from. */
    public List<NodeInstance> predecessors(final NodeInstance node) {
        return incoming(node).stream()
                .map(connection -> node(connection.source()).orElseThrow())
                .distinct()
                .toList();
    }

    /** Returns the nodes that depend on a node, directly or through others, each after those that it depends on. */
    public List<NodeInstance> downstream(final NodeInstance node) {
        final Set<NodeInstance> reached = new HashSet<>(Set.of(node));
        final List<NodeInstance> found = new ArrayList<>();
        for (final NodeInstance candidate : nodes) {
            if (predecessors(candidate).stream().anyMatch(reached::contains)) {
                reached.add(candidate);
                found.add(candidate);
            }
        }
        return found;
    }

    /** Sets a workflow variable, or adds it. Returns whether the workflow had defined it. */
    public boolean define(final FlowVariable variable) {
        return ownVariables.put(variable.name(), variable) != null;
    }

    /**
     * Sets the folder that stands for KNIME's workspace: the mountpoint LOCAL, and the value of the variable
     * <code>knime.workspace</code>, which every node sees and which is not saved.
     */
    public void setWorkspace(final Path newWorkspace) {
        workspace = Optional.of(newWorkspace);
        final String name = "knime.workspace";
        globals.put(name, new FlowVariable(name, VariableType.STRING, newWorkspace.toString()));
    }

    /** Returns where a node is. */
    NodePlace place(final NodeInstance node) {
        return new NodePlace(folder, folder.resolve(node.folder()), node.id(), workspace);
    }

    /** Returns the variables that every node sees. */
    Map<String, FlowVariable> globals() {
        return globals;
    }

    /** Returns the variables that are saved with the workflow, and that nodes without any connection see. */
    public Collection<FlowVariable> ownVariables() {
        return ownVariables.values();
    }

    public NodeSettings file() {
        return file;
    }

    /** Forgets what a node and all that depend on it have made. */
    public void reset(final NodeInstance node) {
        node.reset();
        downstream(node).forEach(NodeInstance::reset);
    }

    private static List<NodeInstance> sorted(final List<NodeInstance> nodes, final List<Connection> connections)
            throws CircleException {
        final List<NodeInstance> left = new ArrayList<>(nodes);
        left.sort(Comparator.comparingInt(NodeInstance::id));
        final List<NodeInstance> done = new ArrayList<>();
        final Set<Integer> doneIds = new HashSet<>();
        while (!left.isEmpty()) {
            final NodeInstance next = left.stream()
                    .filter(node -> connections.stream()
                            .filter(connection -> connection.target() == node.id())
                            .allMatch(connection -> doneIds.contains(connection.source())))
                    .findFirst()
                    .orElseThrow(() -> new CircleException(left));
            left.remove(next);
            done.add(next);
            doneIds.add(next.id());
        }
        return List.copyOf(done);
    }
}
