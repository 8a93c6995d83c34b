package org.gradienttape.host.port;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/** All file stores of a workflow. Closing it deletes the temporary files. */
public final class FileStores implements AutoCloseable {
    private final Map<UUID, FileStoreFolder> folders = new ConcurrentHashMap<>();

    /** A new folder for one execution of a node; it is made on disk when the node asks for its first file store. */
    public FileStoreFolder create() {
        return add(FileStoreFolder.create());
    }

    /**
     * The file stores of a node that was saved executed, read where they lie.
     *
     * @param settings of the node under "filestores"
     * @return null if the node has none
     */
    public FileStoreFolder load(final Path nodeFolder, final NodeSettingsRO settings) throws InvalidSettingsException {
        final String location = settings.getString(FileStoreFolder.LOCATION);
        final String id = settings.getString(FileStoreFolder.ID);
        if (location == null) {
            return null;
        }
        final Path folder = SavedPort.below(nodeFolder, location);
        if (!Files.isDirectory(folder)) {
            throw new InvalidSettingsException(
                    "Expected a folder of file stores below " + nodeFolder + ", found \"" + location + "\".");
        }
        try {
            return add(FileStoreFolder.saved(UUID.fromString(String.valueOf(id)), folder));
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException("Expected the id of the file stores, found \"" + id + "\".", e);
        }
    }

    /** Forgets a folder, as when its node is reset, and deletes it if it is temporary. */
    public void remove(final FileStoreFolder folder) throws IOException {
        folders.remove(folder.id());
        folder.delete();
    }

    FileStore find(final FileStoreId id) throws IOException {
        final FileStoreFolder folder = folders.get(id.store());
        final File file = folder == null ? null : folder.file(id);
        if (file == null) {
            throw new IOException("Expected the file store \"" + id.name() + "\" in the workflow, found no folder for "
                    + id.store() + "; reset and execute the node that made it.");
        }
        return FileStoreAccess.get().create(id, file);
    }

    @Override
    public void close() throws IOException {
        for (final FileStoreFolder folder : folders.values()) {
            folder.delete();
        }
        folders.clear();
    }

    private FileStoreFolder add(final FileStoreFolder folder) {
        folders.put(folder.id(), folder);
        return folder;
    }
}
