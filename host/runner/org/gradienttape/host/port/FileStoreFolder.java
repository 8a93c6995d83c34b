package org.gradienttape.host.port;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.gradienttape.host.api.port.FileStoreAccess;
import org.gradienttape.host.api.port.FileStoreId;
import org.gradienttape.host.folder.Beside;
import org.gradienttape.host.folder.Folders;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.NodeSettingsWO;

/** The file stores of one node execution: in a temporary folder, or where a saved workflow has them. */
public final class FileStoreFolder {
    static final String LOCATION = "file_store_location";
    static final String ID = "file_store_id";
    static final String FOLDER = "filestore";

    private static final int FILES_PER_FOLDER = 1000;

    private final UUID id;
    private final boolean temporary;
    private final Set<String> names = new HashSet<>();
    private Path folder;
    /** Of a temporary folder. */
    private Beside beside;

    private int nextIndex;
    private boolean closed;

    private FileStoreFolder(final UUID id, final boolean temporary, final Path folder) {
        this.id = Objects.requireNonNull(id);
        this.temporary = temporary;
        this.folder = folder;
        closed = !temporary;
    }

    static FileStoreFolder create() {
        return new FileStoreFolder(UUID.randomUUID(), true, null);
    }

    static FileStoreFolder saved(final UUID id, final Path folder) {
        return new FileStoreFolder(id, false, folder);
    }

    UUID id() {
        return id;
    }

    /**
     * Makes room for a file of that name; the file itself does not exist yet.
     *
     * @param name unique in this execution, without slashes, not starting with a dot
     * @throws IOException if the name is not allowed or already used, or after the execution has ended
     */
    public synchronized FileStore create(final String name) throws IOException {
        if (closed) {
            throw new IOException(
                    "Expected file stores to be made during the execution, found \"" + name + "\" after its end.");
        }
        try {
            FileStoreId.checkName(name);
        } catch (final IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!names.add(name)) {
            throw new IOException("Expected a new file store name, found \"" + name + "\" a second time.");
        }
        if (folder == null) {
            makeFolder();
        }
        final FileStoreId fileId = new FileStoreId(id, nextIndex++, name);
        final Path file = path(fileId);
        Files.createDirectories(file.getParent());
        return FileStoreAccess.get().create(fileId, file.toFile());
    }

    private void makeFolder() throws IOException {
        final Path temporaryFiles = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isDirectory(temporaryFiles)) {
            throw new IOException("The folder for temporary files " + temporaryFiles
                    + " does not exist; create it, or name another one with -Djava.io.tmpdir.");
        }
        beside = Beside.in(temporaryFiles);
        folder = Files.createDirectory(beside.fresh("file-stores"));
    }

    /** No more file stores can be made from now on. */
    public synchronized void close() {
        closed = true;
    }

    /** The file of an id of this folder, or null if there is none. */
    synchronized File file(final FileStoreId fileId) {
        return folder == null ? null : path(fileId).toFile();
    }

    /** Copies the files to filestore/ in the node's folder and writes where they are to the settings. */
    public synchronized void save(final Path nodeFolder, final NodeSettingsWO settings) throws IOException {
        final Path target = nodeFolder.resolve(FOLDER);
        final boolean inPlace = folder != null && Files.exists(target) && Files.isSameFile(folder, target);
        if (!inPlace) {
            Folders.delete(target);
            if (folder != null) {
                Folders.copy(folder, target, Set.of());
            }
        }
        settings.addString(LOCATION, folder == null ? null : FOLDER);
        settings.addString(ID, id.toString());
    }

    /** Writes the settings of a node without file stores. */
    public static void saveNone(final NodeSettingsWO settings) {
        settings.addString(LOCATION, null);
        settings.addString(ID, null);
    }

    /** Deletes the files if they are temporary. */
    synchronized void delete() throws IOException {
        closed = true;
        if (temporary && folder != null) {
            beside.close();
            folder = null;
        }
    }

    /** Two levels of folders with at most 1000 files each. */
    private Path path(final FileStoreId fileId) {
        final int leaf = fileId.index() / FILES_PER_FOLDER;
        return folder.resolve(level(leaf / FILES_PER_FOLDER))
                .resolve(level(leaf % FILES_PER_FOLDER))
                .resolve(fileId.name());
    }

    private static String level(final int number) {
        return String.format(Locale.ROOT, "%03d", number);
    }
}
