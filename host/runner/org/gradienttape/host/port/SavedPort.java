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
    public static void save(
            final PortObject object,
            final int index,
            final Path nodeFolder,
            final NodeSettingsWO ports,
            final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        final String name = "port_" + index;
        final NodeSettingsWO settings = ports.addNodeSettings(name);
        settings.addInt(INDEX, index);
        if (object != null) {
            final Path folder = nodeFolder.resolve(name);
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

    private static void save(
            final PortObject object, final Path folder, final NodeSettingsWO settings, final ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        settings.addString(SPEC_LOCATION, SPEC_FILE);
        settings.addString(OBJECT_LOCATION, OBJECT_FILE);
        try (OutputStream out = create(folder.resolve(SPEC_FILE))) {
            PortZips.saveSpec(object.getSpec(), out);
        }
        final Path objectFile = folder.resolve(OBJECT_FILE);
        try (OutputStream out = create(objectFile)) {
            PortZips.saveObject(object, out, exec);
        }
        if (object instanceof FileStorePortObject fileStoreObject) {
            saveFileStores(fileStoreObject, objectFile.resolveSibling(FILE_STORES_FILE));
        }
    }

    private static OutputStream create(final Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return new BufferedOutputStream(Files.newOutputStream(file));
    }

    private static void saveFileStores(final FileStorePortObject object, final Path file) throws IOException {
        final FileStoreAccess access = FileStoreAccess.get();
        final ModelContent content = new ModelContent("filestore");
        final ModelContentWO keys = content.addModelContent(FILE_STORE_KEYS);
        int index = 0;
        for (final FileStore fileStore : access.fileStores(object)) {
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
            final Path nodeFolder,
            final NodeSettingsRO settings,
            final FileStores fileStores,
            final ExecutionMonitor exec)
            throws IOException, InvalidSettingsException, CanceledExecutionException {
        final String name = settings.getString(FOLDER_LOCATION);
        final String objectClass = name == null ? null : settings.getString(OBJECT_CLASS);
        if (objectClass == null) {
            return null;
        }
        final Path folder = below(nodeFolder, name);
        if (objectClass.equals(BufferedDataTable.class.getName())) {
            return SavedTable.load(folder, exec);
        }
        final String specClass = settings.getString(SPEC_CLASS);
        final PortTypeRegistry registry = PortTypeRegistry.getInstance();
        final PortObjectSpec spec;
        try (InputStream in = open(below(folder, settings.getString(SPEC_LOCATION)))) {
            spec = PortZips.loadSpec(registry.getSpecClass(specClass).orElseThrow(() -> unknown(specClass)), in);
        }
        final Path objectFile = below(folder, settings.getString(OBJECT_LOCATION));
        final PortObject object;
        try (InputStream in = open(objectFile)) {
            object = PortZips.loadObject(
                    registry.getObjectClass(objectClass).orElseThrow(() -> unknown(objectClass)), in, spec, exec);
        }
        if (object instanceof FileStorePortObject fileStoreObject) {
            final List<FileStore> attached = loadFileStores(objectFile.resolveSibling(FILE_STORES_FILE), fileStores);
            FileStoreAccess.get().attach(fileStoreObject, attached);
        }
        return object;
    }

    /** The index of the port whose settings these are. */
    public static int index(final NodeSettingsRO settings) throws InvalidSettingsException {
        return settings.getInt(INDEX);
    }

    private static List<FileStore> loadFileStores(final Path file, final FileStores fileStores)
            throws IOException, InvalidSettingsException {
        final ModelContentRO keys = ModelContent.loadFromXML(open(file)).getModelContent(FILE_STORE_KEYS);
        final List<FileStore> loaded = new ArrayList<>();
        for (final String key : keys.keySet()) {
            loaded.add(fileStores.find(FileStoreId.load(keys.getModelContent(key))));
        }
        return loaded;
    }

    private static InputStream open(final Path file) throws IOException {
        try {
            return new BufferedInputStream(PlainFile.open(file));
        } catch (final NoSuchFileException e) {
            throw new IOException("Expected the saved output of a node in " + file + ", found no such file.", e);
        }
    }

    /** Returns the place that a file of the node names, after a check that it lies in the folder. */
    public static Path below(final Path folder, final String location) throws InvalidSettingsException {
        final Path path;
        try {
            path = folder.resolve(String.valueOf(location)).normalize();
        } catch (final InvalidPathException e) {
            throw new InvalidSettingsException("Expected a place below " + folder + ", found \"" + location + "\".", e);
        }
        if (!path.startsWith(folder.normalize())) {
            throw new InvalidSettingsException("Expected a place below " + folder + ", found \"" + location + "\".");
        }
        return path;
    }

    private static IOException unknown(final String className) {
        return new IOException(
                "Expected a declared port type, found the class \"" + className + "\"; is its extension installed?");
    }
}
