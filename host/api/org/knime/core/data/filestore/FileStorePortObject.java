package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.port.PortObject;

/**
 * A port object whose content lies in files.
 *
 * <p>The node that makes one hands over file stores of its execution. Wherever one is read, its file stores are
 * attached after the serializer is done: they may be used from {@link #postConstruct()} on, not before.
 */
public abstract class FileStorePortObject implements PortObject {
    private final List<FileStore> fileStores;
    private boolean flushed;

    /** For the node that makes the object. */
    protected FileStorePortObject(final List<FileStore> fileStores) {
        this.fileStores = new ArrayList<>(fileStores);
    }

    /** For the serializer that reads the object. */
    protected FileStorePortObject() {
        fileStores = new ArrayList<>();
        flushed = true;
    }

    protected int getFileStoreCount() {
        return fileStores.size();
    }

    /** @param index from 0, in the order of the constructor's list */
    protected FileStore getFileStore(final int index) {
        return fileStores.get(index);
    }

    /** Called once the file stores of an object that was read are attached. */
    protected void postConstruct() throws IOException {}

    /** Called once after the execution that made the object: writes to the file stores what is still in memory. */
    protected void flushToFileStore() throws IOException {}

    List<FileStore> fileStores() {
        return List.copyOf(fileStores);
    }

    void attach(final List<FileStore> attached) throws IOException {
        if (!fileStores.isEmpty()) {
            throw new IllegalStateException("Expected an object without file stores as read by its serializer, found "
                    + fileStores.size() + ".");
        }
        fileStores.addAll(attached);
        postConstruct();
    }

    void flush() throws IOException {
        if (!flushed) {
            flushed = true;
            flushToFileStore();
        }
    }

    @Override
    public String toString() {
        return fileStores.toString();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof FileStorePortObject object
                && fileStores.stream()
                        .map(FileStore::id)
                        .toList()
                        .equals(object.fileStores.stream().map(FileStore::id).toList());
    }

    @Override
    public int hashCode() {
        return fileStores.stream().map(FileStore::id).toList().hashCode();
    }
}
