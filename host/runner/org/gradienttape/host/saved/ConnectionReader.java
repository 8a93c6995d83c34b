package org.gradienttape.host.saved;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.host.workflow.Connection;
import org.gradienttape.host.workflow.NodeInstance;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortType;

/** Reads the connections of a workflow and leaves out those that do not fit the nodes, which the report then says. */
final class ConnectionReader {

    private final Map<Integer, SavedNode> nodes;
    private final LoadReport report;
    private final List<Connection> connections = new ArrayList<>();

    ConnectionReader(final Map<Integer, SavedNode> nodes, final LoadReport report) {
        this.nodes = nodes;
        this.report = report;
    }

    List<Connection> read(final NodeSettingsRO file) {
        try {
            final NodeSettingsRO stored = file.getNodeSettings("connections");
            for (final String key : stored.keySet()) {
                add(key, stored);
            }
        } catch (final InvalidSettingsException e) {
            report.error("The connections of the workflow cannot be read: " + e.getMessage());
        }
        return connections;
    }

    private void add(final String key, final NodeSettingsRO stored) {
        try {
            final Connection connection = Connection.load(stored.getNodeSettings(key));
            final Optional<String> trouble = trouble(connection);
            if (trouble.isPresent()) {
                report.error("Unable to insert connection " + connection + ": " + trouble.get());
            } else {
                connections.add(connection);
            }
        } catch (final InvalidSettingsException e) {
            report.error("The connection " + key + " cannot be read: " + e.getMessage());
        }
    }

    private Optional<String> trouble(final Connection connection) {
        final SavedNode source = nodes.get(connection.source());
        final SavedNode target = nodes.get(connection.target());
        if (source == null || target == null) {
            return Optional.of("there is no node " + (source == null ? connection.source() : connection.target())
                    + " in this workflow.");
        }
        final List<PortType> outputs = source.node().body().outputs();
        final List<PortType> inputs = target.node().body().inputs();
        if (connection.sourcePort() < 0 || connection.sourcePort() > outputs.size()) {
            return Optional.of(missingPort(source.node(), "output", connection.sourcePort(), outputs.size()));
        }
        if (connection.targetPort() < 0 || connection.targetPort() > inputs.size()) {
            return Optional.of(missingPort(target.node(), "input", connection.targetPort(), inputs.size()));
        }
        if (connections.stream()
                .anyMatch(other ->
                        other.target() == connection.target() && other.targetPort() == connection.targetPort())) {
            return Optional.of("another connection ends at the same port.");
        }
        return mismatch(type(outputs, connection.sourcePort()), type(inputs, connection.targetPort()));
    }

    private static String missingPort(final NodeInstance node, final String side, final int port, final int count) {
        return "the node " + node + " has no " + side + " port " + port + "; its last one is " + count + ".";
    }

    /** The type of a port; empty for port 0, which carries flow variables. */
    private static Optional<PortType> type(final List<PortType> types, final int port) {
        return port == 0 ? Optional.empty() : Optional.of(types.get(port - 1));
    }

    private static Optional<String> mismatch(final Optional<PortType> source, final Optional<PortType> target) {
        final boolean fits = source.isPresent() && target.isPresent()
                ? fits(source.get().getPortObjectClass(), target.get().getPortObjectClass())
                : source.isEmpty() && target.isEmpty();
        return fits
                ? Optional.empty()
                : Optional.of("the output gives " + word(source) + ", but the input takes " + word(target) + ".");
    }

    private static boolean fits(final Class<?> source, final Class<?> target) {
        return source.isAssignableFrom(target) || target.isAssignableFrom(source);
    }

    private static String word(final Optional<PortType> type) {
        return type.map(known -> known.getPortObjectClass().getSimpleName()).orElse("flow variables");
    }
}
