package org.gradienttape.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that it holds. Links are not followed. */
public final class FolderTree {
    private FolderTree() {}

    /**
     * What lies in the folder itself, in any order.
     *
     * @throws IOException if it cannot be read, or not to its end
     */
    public static List<Path> content(final Path folder) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            return all(content);
        }
    }

    static List<Path> all(final Iterable<Path> content) throws IOException {
        final List<Path> all = new ArrayList<>();
        try {
            content.forEach(all::add);
        } catch (final DirectoryIteratorException trouble) {
            throw trouble.getCause();
        }
        return all;
    }

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
