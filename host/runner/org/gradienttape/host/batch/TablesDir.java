package org.gradienttape.host.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.text.JTextComponent;
import org.gradienttape.host.folder.AtomicFile;
import org.gradienttape.host.workflow.NodeInstance;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;

/**
 * The folder that gets every output of every node as files of its own: tables as CSV, images as PNG, and of other
 * objects their summary as text.
 *
 * <p>A file is called as the node's folder in the workflow, with the number of the port, counted from 1:
 * "GradientTape Trainer (#3)_2.csv".
 */
final class TablesDir implements ResultsDir {

    private final Path folder;

    /** @param folder exists */
    TablesDir(final Path folder) {
        this.folder = folder;
    }

    @Override
    public String what() {
        return "outputs";
    }

    @Override
    public void write(final NodeInstance node) throws IOException {
        final PortObject[] objects = node.outputs().objects();
        for (int i = 0; i < objects.length; i++) {
            write(node.folder() + "_" + (i + 1), objects[i]);
        }
    }

    private void write(final String name, final PortObject object) throws IOException {
        if (object instanceof BufferedDataTable table) {
            new TableFiles(folder, name).write(table);
        } else if (object instanceof ImagePortObject image) {
            final byte[] png = PngCells.bytes(image.toDataCell());
            AtomicFile.write(folder.resolve(name + ".png"), out -> out.write(png));
        } else {
            writeText(name, object.getSummary() == null ? "" : object.getSummary());
            writeFurtherViews(name, object);
        }
    }

    /** The first view repeats what the spec says; each further one that is text becomes a file named after it. */
    private void writeFurtherViews(final String name, final PortObject object) throws IOException {
        final JComponent[] views = object.getViews();
        for (int i = 1; views != null && i < views.length; i++) {
            if (views[i] instanceof JScrollPane pane && pane.getViewport().getView() instanceof JTextComponent text) {
                writeText(name + "_" + pane.getName(), text.getText());
            }
        }
    }

    private void writeText(final String name, final String text) throws IOException {
        AtomicFile.write(
                folder.resolve(name + ".txt"), out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
