package org.gradienttape.host.saved;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.port.FileStoreFolder;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.port.SavedPort;
import org.gradienttape.host.workflow.NodeInstance;
import org.gradienttape.host.workflow.Outputs;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;

/** What a node has made, as files in its folder: one folder for each output port, and one for the file stores. */
final class OutputFiles {

    private final NodeInstance node;

    OutputFiles(final NodeInstance node) {
        this.node = node;
    }

    /** Writes the outputs, if the node is executed, and the entries for them in the node's file. */
    void write(final NodeSettings file, final Path folder) throws IOException {
        final PortObject[] objects = node.outputs().objects();
        final NodeSettingsWO ports = file.addNodeSettings("ports");
        final int count = node.body().outputs().size();
        for (int i = 0; i < count; i++) {
            final PortObject object = i < objects.length ? objects[i] : null;
            try {
                SavedPort.save(object, i + 1, folder, ports, unwatched());
            } catch (final CanceledExecutionException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        if (node.outputs().internal().isPresent()) {
            InternalFiles.save(node.outputs(), folder, file.addNodeSettings(InternalFiles.KEY));
        }
        final NodeSettingsWO fileStores = file.addNodeSettings("filestores");
        final Optional<FileStoreFolder> files = node.outputs().fileStores();
        if (files.isPresent()) {
            files.get().save(folder, fileStores);
        } else {
            FileStoreFolder.saveNone(fileStores);
        }
    }

    /**
     * Reads the outputs of an executed node.
     *
     * @param fileStores gets the files that belong to the outputs
     * @throws IOException if a file is missing or cannot be read, or a port has no output
     */
    Outputs read(final Path folder, final FileStores fileStores) throws IOException, InvalidSettingsException {
        final NodeSettings file = node.file();
        final Optional<FileStoreFolder> files =
                Optional.ofNullable(fileStores.load(folder, file.getNodeSettings("filestores")));
        final PortObject[] objects = new PortObject[node.body().outputs().size()];
        final NodeSettingsRO ports = file.getNodeSettings("ports");
        for (final String key : ports.keySet()) {
            final NodeSettingsRO port = ports.getNodeSettings(key);
            final int index = SavedPort.index(port);
            if (index < 1 || index > objects.length) {
                throw new InvalidSettingsException("Invalid outport index in settings: " + index);
            }
            objects[index - 1] = read(folder, port, index, fileStores);
        }
        for (int i = 0; i < objects.length; i++) {
            if (objects[i] == null) {
                throw new IOException("The output of port " + (i + 1) + " is missing; reset and execute the node.");
            }
        }
        Optional<PortObject[]> internal = Optional.empty();
        if (file.containsKey(InternalFiles.KEY)) {
            internal = Optional.of(InternalFiles.load(objects, folder, file.getNodeSettings(InternalFiles.KEY)));
        }
        return new Outputs(objects, internal, files);
    }

    private PortObject read(final Path folder, final NodeSettingsRO port, final int index, final FileStores fileStores)
            throws IOException, InvalidSettingsException {
        final PortObject object;
        try {
            object = SavedPort.load(folder, port, fileStores, unwatched());
        } catch (final CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
        final Class<?> expected = node.body().outputs().get(index - 1).getPortObjectClass();
        if (object != null && !expected.isInstance(object)) {
            throw new IOException("The output of port " + index + " is a "
                    + object.getClass().getSimpleName() + ", but must be a " + expected.getSimpleName() + ".");
        }
        return object;
    }

    static ExecutionMonitor unwatched() {
        return new ExecutionMonitor(Progress.unwatched());
    }
}
