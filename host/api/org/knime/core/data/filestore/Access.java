package org.knime.core.data.filestore;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;

/** Opens this package's types to the host. */
final class Access extends FileStoreAccess {
    @Override
    public FileStore create(FileStoreId id, File file) {
        return new FileStore(id, file);
    }

    @Override
    public FileStoreId id(FileStore fileStore) {
        return fileStore.id();
    }

    @Override
    public List<FileStore> fileStores(FileStorePortObject object) {
        return object.fileStores();
    }

    @Override
    public void attach(FileStorePortObject object, List<FileStore> fileStores) throws IOException {
        object.attach(fileStores);
    }

    @Override
    public void flush(FileStorePortObject object) throws IOException {
        object.flush();
    }
}
