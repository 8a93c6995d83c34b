package org.knime.core.data.filestore;

import java.io.File;
import java.util.Objects;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;

/** A file, or a folder made in its place, that belongs to a port object and is saved with the workflow. */
public final class FileStore {
    static {
        FileStoreAccess.set(new Access());
    }

    private final FileStoreId id;
    private final File file;

    FileStore(final FileStoreId id, final File file) {
        this.id = Objects.requireNonNull(id);
        this.file = Objects.requireNonNull(file);
    }

    public File getFile() {
        return file;
    }

    FileStoreId id() {
        return id;
    }

    @Override
    public String toString() {
        return id.name() + "-(" + id.store() + ")";
    }
}
