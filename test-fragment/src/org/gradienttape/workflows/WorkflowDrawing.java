package org.gradienttape.workflows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.gradienttape.host.saved.SettingsFile;
import org.gradienttape.host.workflow.Connection;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** A workflow as it stands on the canvas, as an SVG file. */
final class WorkflowDrawing {
    /** Around the nodes there is place for their names and notes. */
    private static final int SIDE = 80;

    private static final int ABOVE = 40;
    private static final int BELOW = 44;

    private final List<DrawnNode> nodes = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    private WorkflowDrawing() {}

    static WorkflowDrawing of(final Path workflow) throws IOException {
        final NodeSettings file = SettingsFile.read(workflow.resolve("workflow.knime"));
        final WorkflowDrawing drawing = new WorkflowDrawing();
        try {
            final NodeSettingsRO nodes = file.getNodeSettings("nodes");
            for (final String key : nodes.keySet()) {
                drawing.nodes.add(DrawnNode.read(workflow, nodes.getNodeSettings(key)));
            }
            final NodeSettingsRO connections = file.getNodeSettings("connections");
            for (final String key : connections.keySet()) {
                drawing.connections.add(Connection.load(connections.getNodeSettings(key)));
            }
        } catch (final InvalidSettingsException e) {
            throw new IOException(e);
        }
        return drawing;
    }

    String svg() throws IOException {
        final int left = smallest(DrawnNode::x) - SIDE;
        final int top = smallest(DrawnNode::y) - ABOVE;
        final int width = largest(DrawnNode::x) + DrawnNode.SIZE + SIDE - left;
        final int height = largest(DrawnNode::y) + DrawnNode.SIZE + BELOW - top;
        final StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n",
                width,
                height,
                left,
                top,
                width,
                height));
        text.append(String.format(
                Locale.ROOT,
                "  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f7f7f5\"/>%n",
                left,
                top,
                width,
                height));
        connections.forEach(connection -> text.append(line(connection)));
        for (final DrawnNode node : nodes) {
            text.append(node.svg());
        }
        return text.append("</svg>\n").toString();
    }

    private String line(final Connection connection) {
        final DrawnNode source = node(connection.source());
        final DrawnNode target = node(connection.target());
        final int from = source.x() + DrawnNode.SIZE;
        final int to = target.x();
        final int start = source.y() + place(connection.sourcePort(), ports(source, true));
        final int end = target.y() + place(connection.targetPort(), ports(target, false));
        final int bend = Math.max((to - from) / 2, DrawnNode.SIZE);
        return String.format(
                Locale.ROOT,
                "  <path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"#8a8f98\" stroke-width=\"2\"/>%n",
                from,
                start,
                from + bend,
                start,
                to - bend,
                end,
                to,
                end);
    }

    /** How far below the upper edge a port is, when so many share the edge. */
    private static int place(final int port, final int ports) {
        return DrawnNode.SIZE * port / (ports + 1);
    }

    /** As many as are connected up to the last one that is. */
    private int ports(final DrawnNode node, final boolean out) {
        return connections.stream()
                .filter(connection -> (out ? connection.source() : connection.target()) == node.id())
                .mapToInt(connection -> out ? connection.sourcePort() : connection.targetPort())
                .max()
                .orElse(0);
    }

    private DrawnNode node(final int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst().orElseThrow();
    }

    private int smallest(final ToIntFunction<DrawnNode> edge) {
        return nodes.stream().mapToInt(edge).min().orElseThrow();
    }

    private int largest(final ToIntFunction<DrawnNode> edge) {
        return nodes.stream().mapToInt(edge).max().orElseThrow();
    }
}
