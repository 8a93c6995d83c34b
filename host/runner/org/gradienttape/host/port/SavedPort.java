package org.gradienttape.host.port;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;
import org.gradienttape.host.folder.Folders;
import org.gradienttape.host.folder.PlainFile;
import org.gradienttape.host.table.SavedTable;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortTypeRegistry;

/** An output of an executed node: a folder port_&lt;index&gt; in the node's folder, and its entry in the settings. */
public final class SavedPort {
    private static final String INDEX = "index";
    private static final String SPEC_CLASS = "port_spec_class";
    private static final String OBJECT_CLASS = "port_object_class";
    private static final String SUMMARY = "port_object_summary";
    private static final String SPEC_LOCATION = "port_spec_location";
    private static final String OBJECT_LOCATION = "port_object_location";
    private static final String FOLDER_LOCATION = "port_dir_location";
    private static final String SPEC_FILE = "spec/spec.zip";
    private static final String OBJECT_FILE = "object/portobject.zip";
    private static final String FILE_STORES_FILE = "filestore.xml";
    private static final String FILE_STORE_KEYS = "filestore_keys";

    private SavedPort() {}

    /**
     * Writes an output in place of what the folder held.
     *
     * @param object null: the node was not executed, only the entry is written
     * @param index of the port; 0 is the flow variable port, which is not saved
     * @param ports the settings "ports" of the node, to which port_&lt;index&gt; is added
     */
    public static void save(PortObject object, int index, Path nodeFolder, NodeSettingsWO ports, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        String name = "port_" + index;
        NodeSettingsWO settings = ports.addNodeSettings(name);
        settings.addInt(INDEX, index);
        if (object != null) {
            Path folder = nodeFolder.resolve(name);
            Folders.delete(folder);
            Files.createDirectories(folder);
            settings.addString(SPEC_CLASS, object.getSpec().getClass().getName());
            settings.addString(OBJECT_CLASS, object.getClass().getName());
            settings.addString(SUMMARY, object.getSummary());
            if (object instanceof BufferedDataTable table) {
                SavedTable.save(table, folder, exec);
            } else {
                save(object, folder, settings, exec);
            }
        }
        settings.addString(FOLDER_LOCATION, object == null ? null : name);
    }

    private static void save(PortObject object, Path folder, NodeSettingsWO settings, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        settings.addString(SPEC_LOCATION, SPEC_FILE);
        settings.addString(OBJECT_LOCATION, OBJECT_FILE);
        try (OutputStream out = create(folder.resolve(SPEC_FILE))) {
            PortZips.saveSpec(object.getSpec(), out);
        }
        Path objectFile = folder.resolve(OBJECT_FILE);
        try (OutputStream out = create(objectFile)) {
            PortZips.saveObject(object, out, exec);
        }
        if (object instanceof FileStorePortObject fileStoreObject) {
            saveFileStores(fileStoreObject, objectFile.resolveSibling(FILE_STORES_FILE));
        }
    }

    private static OutputStream create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(Files.newOutputStream(file));
    }

    private static void saveFileStores(FileStorePortObject object, Path file) throws IOException {
        FileStoreAccess access = FileStoreAccess.get();
        ModelContent content = new ModelContent("filestore");
        ModelContentWO keys = content.addModelContent(FILE_STORE_KEYS);
        int index = 0;
        for (FileStore fileStore : access.fileStores(object)) {
            access.id(fileStore).save(keys.addModelContent("filestore_key_" + index++));
        }
        content.saveToXML(create(file));
    }

    /**
     * Reads an output.
     *
     * @param settings of the one port, as {@link #save} has written them
     * @param fileStores of the workflow; those of the node that made the object are loaded already
     * @return null if the port holds nothing
     */
    public static PortObject load(
            Path nodeFolder, NodeSettingsRO settings, FileStores fileStores, ExecutionMonitor exec)
            throws IOException, InvalidSettingsException, CanceledExecutionException {
        String name = settings.getString(FOLDER_LOCATION);
        String objectClass = name == null ? null : settings.getString(OBJECT_CLASS);
        if (objectClass == null) {
            return null;
        }
        Path folder = below(nodeFolder, name);
        if (objectClass.equals(BufferedDataTable.class.getName())) {
            return SavedTable.load(folder, exec);
        }
        String specClass = settings.getString(SPEC_CLASS);
        PortTypeRegistry registry = PortTypeRegistry.getInstance();
        PortObjectSpec spec;
        try (InputStream in = open(below(folder, settings.getString(SPEC_LOCATION)))) {
            spec = PortZips.loadSpec(registry.getSpecClass(specClass).orElseThrow(() -> unknown(specClass)), in);
        }
        Path objectFile = below(folder, settings.getString(OBJECT_LOCATION));
        PortObject object;
        try (InputStream in = open(objectFile)) {
            object = PortZips.loadObject(
                    registry.getObjectClass(objectClass).orElseThrow(() -> unknown(objectClass)), in, spec, exec);
        }
        if (object instanceof FileStorePortObject fileStoreObject) {
            List<FileStore> attached = loadFileStores(objectFile.resolveSibling(FILE_STORES_FILE), fileStores);
            FileStoreAccess.get().attach(fileStoreObject, attached);
        }
        return object;
    }

    /** The index of the port whose settings these are. */
    public static int index(NodeSettingsRO settings) throws InvalidSettingsException {
        return settings.getInt(INDEX);
    }

    private static List<FileStore> loadFileStores(Path file, FileStores fileStores)
            throws IOException, InvalidSettingsException {
        ModelContentRO keys = ModelContent.loadFromXML(open(file)).getModelContent(FILE_STORE_KEYS);
        List<FileStore> loaded = new ArrayList<>();
        for (String key : keys.keySet()) {
            loaded.add(fileStores.find(FileStoreId.load(keys.getModelContent(key))));
        }
        return loaded;
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return new BufferedInputStream(PlainFile.open(file));
        } catch (NoSuchFileException e) {
            throw new IOException("Expected the saved output of a node in " + file + ", found no such file.", e);
        }
    }

    /** Returns the place that a file of the node names, after a check that it lies in the folder. */
    public static Path below(Path folder, String location) throws InvalidSettingsException {
        Path path;
        try {
            path = folder.resolve(String.valueOf(location)).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidSettingsException("Expected a place below " + folder + ", found \"" + location + "\".", e);
        }
        if (!path.startsWith(folder.normalize())) {
            throw new InvalidSettingsException("Expected a place below " + folder + ", found \"" + location + "\".");
        }
        return path;
    }

    private static IOException unknown(String className) {
        return new IOException(
                "Expected a declared port type, found the class \"" + className + "\"; is its extension installed?");
    }
}
