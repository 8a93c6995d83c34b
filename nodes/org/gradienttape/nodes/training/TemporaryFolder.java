package org.gradienttape.nodes.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.file.FolderTree;

/** A folder that is needed as long as a node runs. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path folder;

    private TemporaryFolder(final Path folder) {
        this.folder = folder;
    }

    /**
     * Makes an empty one.
     *
     * @param name what its name begins with
     */
    public static TemporaryFolder create(final String name) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(name));
    }

    public Path folder() {
        return folder;
    }

    /** Where files that are mapped into memory cannot be deleted, they go when the program ends. */
    @Override
    public void close() {
        try {
            FolderTree.deepestFirst(folder).forEach(TemporaryFolder::delete);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(final Path path) {
        try {
            Files.delete(path);
        } catch (final IOException mapped) {
            path.toFile().deleteOnExit();
        }
    }
}
