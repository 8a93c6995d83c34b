package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that keeps the last figures of each benchmark. */
final class Results {
    private Results() {}

    /** The checkout. */
    static Path root() {
        return Path.of(System.getProperty("gradienttape.root", "."));
    }

    static void write(final String fileName, final String text) throws IOException {
        final Path folder = root().resolve("bench/results");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(fileName), text);
    }
}
