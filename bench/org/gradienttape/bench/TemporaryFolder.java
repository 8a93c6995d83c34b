package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.file.FolderTree;

/** A folder that is deleted with all it holds when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {
    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("gradienttape-bench"));
    }

    @Override
    public void close() throws IOException {
        FolderTree.delete(path);
    }
}
