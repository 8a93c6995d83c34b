package org.gradienttape.host.batch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.host.workflow.AtomicFile;
import org.gradienttape.host.workflow.FileTrouble;
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
final class TablesDir {

    private final Path folder;

    private TablesDir(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder if it is not there.
     *
     * @throws RunException if it cannot be made or written to
     */
    static TablesDir open(Path folder) throws RunException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new RunException(
                    ExitCode.PARAMETERS,
                    "The folder of -tablesDir, " + folder + ", cannot be made: " + FileTrouble.reason(e) + ".",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw new RunException(
                    ExitCode.PARAMETERS, "The folder of -tablesDir, " + folder + ", cannot be written to.");
        }
        return new TablesDir(folder);
    }

    /** Writes all outputs of an executed node. */
    void write(NodeInstance node) throws IOException {
        PortObject[] objects = node.outputs().objects();
        for (int i = 0; i < objects.length; i++) {
            write(node.folder() + "_" + (i + 1), objects[i]);
        }
    }

    private void write(String name, PortObject object) throws IOException {
        if (object instanceof BufferedDataTable table) {
            new TableFiles(folder, name).write(table);
        } else if (object instanceof ImagePortObject image) {
            byte[] png = PngCells.bytes(image.toDataCell());
            AtomicFile.write(folder.resolve(name + ".png"), out -> out.write(png));
        } else {
            String summary = object.getSummary() == null ? "" : object.getSummary();
            AtomicFile.write(
                    folder.resolve(name + ".txt"), out -> out.write((summary + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }
}
