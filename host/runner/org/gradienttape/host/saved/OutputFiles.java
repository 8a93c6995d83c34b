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

    OutputFiles(NodeInstance node) {
        this.node = node;
    }

    /** Writes the outputs, if the node is executed, and the entries for them in the node's file. */
    void write(NodeSettings file, Path folder) throws IOException {
        PortObject[] objects = node.outputs().objects();
        NodeSettingsWO ports = file.addNodeSettings("ports");
        int count = node.body().outputs().size();
        for (int i = 0; i < count; i++) {
            PortObject object = i < objects.length ? objects[i] : null;
            try {
                SavedPort.save(object, i + 1, folder, ports, unwatched());
            } catch (CanceledExecutionException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        if (node.outputs().internal().isPresent()) {
            InternalFiles.save(node.outputs(), folder, file.addNodeSettings(InternalFiles.KEY));
        }
        NodeSettingsWO fileStores = file.addNodeSettings("filestores");
        Optional<FileStoreFolder> files = node.outputs().fileStores();
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
    Outputs read(Path folder, FileStores fileStores) throws IOException, InvalidSettingsException {
        NodeSettings file = node.file();
        Optional<FileStoreFolder> files =
                Optional.ofNullable(fileStores.load(folder, file.getNodeSettings("filestores")));
        PortObject[] objects = new PortObject[node.body().outputs().size()];
        NodeSettingsRO ports = file.getNodeSettings("ports");
        for (String key : ports.keySet()) {
            NodeSettingsRO port = ports.getNodeSettings(key);
            int index = SavedPort.index(port);
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

    private PortObject read(Path folder, NodeSettingsRO port, int index, FileStores fileStores)
            throws IOException, InvalidSettingsException {
        PortObject object;
        try {
            object = SavedPort.load(folder, port, fileStores, unwatched());
        } catch (CanceledExecutionException e) {
            throw new IOException(e.getMessage(), e);
        }
        Class<?> expected = node.body().outputs().get(index - 1).getPortObjectClass();
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
