package org.gradienttape.host.api.port;

import java.io.File;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;

/** What the host may do with file stores and nodes may not. {@link FileStore} sets it when it is initialised. */
public abstract class FileStoreAccess {
    private static volatile FileStoreAccess instance;

    public static void set(final FileStoreAccess access) {
        instance = access;
    }

    public static FileStoreAccess get() {
        try {
            MethodHandles.lookup().ensureInitialized(FileStore.class);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException("A public class cannot be reached.", e);
        }
        return instance;
    }

    public abstract FileStore create(FileStoreId id, File file);

    public abstract FileStoreId id(FileStore fileStore);

    public abstract List<FileStore> fileStores(FileStorePortObject object);

    /** Attaches the file stores, then calls postConstruct. */
    public abstract void attach(FileStorePortObject object, List<FileStore> fileStores) throws IOException;

    /** Has the object write what is still in memory, once. */
    public abstract void flush(FileStorePortObject object) throws IOException;
}
