package org.gradienttape.host.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.folder.FileTrouble;
import org.gradienttape.host.workflow.NodeInstance;

/** A folder that gets something of every executed node as files. */
interface ResultsDir {

    /** What it gets of a node, as a word of a message: outputs. */
    String what();

    /**
     * Writes the files of one node.
     *
     * @throws NodeFailure if the node's own code fails to give what is to be written
     */
    void write(NodeInstance node) throws IOException, NodeFailure;

    /**
     * Makes a folder if it is not there.
     *
     * @param option that names it
     * @throws RunException if it cannot be made or written to
     */
    static Path folder(final String option, final Path folder) throws RunException {
        try {
            Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new RunException(
                    ExitCode.PARAMETERS,
                    "The folder of " + option + ", " + folder + ", cannot be made: " + FileTrouble.reason(e) + ".",
                    e);
        }
        if (!Files.isWritable(folder)) {
            throw new RunException(
                    ExitCode.PARAMETERS, "The folder of " + option + ", " + folder + ", cannot be written to.");
        }
        return folder;
    }
}
