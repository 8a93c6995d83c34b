package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with all it holds when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {
    static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("gradienttape-bench"));
    }

    @Override
    public void close() throws IOException {
        for (final Path each : contents()) {
            Files.delete(each);
        }
    }

    /** Folders after what they hold. */
    private List<Path> contents() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
