package org.gradienttape.workflows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.saved.SettingsFile;
import org.gradienttape.nodes.RegisteredNodes;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.DefaultNodeFactory;

/**
 * A node of a workflow as it stands on the canvas.
 *
 * @param id its number
 * @param x of its left edge
 * @param y of its upper edge
 * @param declaration its name and kind
 * @param note the lines below it
 */
record DrawnNode(int id, int x, int y, NodeDeclaration declaration, List<String> note) {
    static final int SIZE = 48;

    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final String BOUNDS = "extrainfo.node.bounds";
    private static final int LINE = 14;
    private static final int ICON = 32;

    /** @param node its entry in the workflow's file */
    static DrawnNode read(final Path workflow, final NodeSettingsRO node) throws IOException, InvalidSettingsException {
        final NodeSettings own = SettingsFile.read(workflow.resolve(node.getString("node_settings_file")));
        final NodeSettingsRO bounds = node.getNodeSettings("ui_settings").getNodeSettings(BOUNDS);
        final String note = own.getNodeSettings("nodeAnnotation").getString("text");
        return new DrawnNode(
                node.getInt("id"),
                bounds.getInt("0"),
                bounds.getInt("1"),
                declaration(own.getString("factory")),
                note.lines().toList());
    }

    private static NodeDeclaration declaration(final String factory) {
        final DefaultNodeFactory found = RegisteredNodes.factories().stream()
                .filter(each -> each.getClass().getName().equals(factory))
                .findFirst()
                .orElseThrow();
        return NodeDeclaration.of(found);
    }

    /** Elements of an SVG file. */
    String svg() throws IOException {
        final StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"#33373d\"/>%n",
                x,
                y,
                SIZE,
                SIZE,
                colour()));
        text.append(icon());
        text.append(line(y - 8, "fill=\"#1f2328\" font-weight=\"bold\"", declaration.name()));
        for (int i = 0; i < note.size(); i++) {
            text.append(line(y + SIZE + LINE * (i + 1), "fill=\"#57606a\" font-size=\"11\"", note.get(i)));
        }
        return text.toString();
    }

    private String line(final int baseline, final String style, final String words) {
        return String.format(
                Locale.ROOT,
                "  <text x=\"%d\" y=\"%d\" text-anchor=\"middle\" %s>%s</text>%n",
                x + SIZE / 2,
                baseline,
                style,
                words.replace("&", "&amp;").replace("<", "&lt;"));
    }

    /** The node's own, without its frame as a file and its comment. */
    private String icon() throws IOException {
        final int edge = (SIZE - ICON) / 2;
        final String file =
                Files.readString(ROOT.resolve("icons/svg/" + RegisteredNodes.fileName(declaration) + ".svg"));
        return file.replaceFirst(
                        "<svg [^>]*>",
                        String.format(
                                Locale.ROOT,
                                "  <svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"0 0 16 16\">",
                                x + edge,
                                y + edge,
                                ICON,
                                ICON))
                .replaceAll("\n *<!--.*?-->", "")
                .replace("\n  <", "\n    <")
                .replace("\n</svg>", "\n  </svg>");
    }

    /** Those of KNIME for its kinds of nodes. */
    private String colour() {
        return switch (declaration.identity().type()) {
            case Source -> "#f5a83c";
            case Sink -> "#d96a5b";
            case Learner, Predictor -> "#8fc05b";
            case Manipulator -> "#f2d24b";
            case Visualizer -> "#5b9bd5";
            case Other -> "#b9bec6";
        };
    }
}
