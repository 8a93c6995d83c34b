package org.knime.core.data.filestore;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;

/** Opens this package's types to the host. */
final class Access extends FileStoreAccess {
    @Override
    public FileStore create(final FileStoreId id, final File file) {
        return new FileStore(id, file);
    }

    @Override
    public FileStoreId id(final FileStore fileStore) {
        return fileStore.id();
    }

    @Override
    public List<FileStore> fileStores(final FileStorePortObject object) {
        return object.fileStores();
    }

    @Override
    public void attach(final FileStorePortObject object, final List<FileStore> fileStores) throws IOException {
        object.attach(fileStores);
    }

    @Override
    public void flush(final FileStorePortObject object) throws IOException {
        object.flush();
    }
}
