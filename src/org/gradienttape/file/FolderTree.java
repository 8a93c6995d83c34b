package org.gradienttape.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that it holds. Links are not followed. */
public final class FolderTree {
    private FolderTree() {}

    /** The folder and what it holds, each folder behind its content. */
    public static List<Path> deepestFirst(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** Deletes the folder; what goes away meanwhile does not matter. */
    public static void delete(final Path folder) throws IOException {
        for (final Path path : deepestFirst(folder)) {
            Files.deleteIfExists(path);
        }
    }
}
