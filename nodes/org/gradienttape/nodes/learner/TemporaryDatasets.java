package org.gradienttape.nodes.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.file.FolderTree;

/** Datasets that are needed as long as the node runs. */
final class TemporaryDatasets implements AutoCloseable {
    private final Path folder;

    private TemporaryDatasets(final Path folder) {
        this.folder = folder;
    }

    static TemporaryDatasets create() throws IOException {
        return new TemporaryDatasets(Files.createTempDirectory("gradienttape-rows"));
    }

    Path folder() {
        return folder;
    }

    /** Where files that are mapped into memory cannot be deleted, they go when the program ends. */
    @Override
    public void close() {
        try {
            FolderTree.deepestFirst(folder).forEach(TemporaryDatasets::delete);
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
