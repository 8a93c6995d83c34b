package org.gradienttape.torch.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.gradienttape.file.FolderTree;

/**
 * The folder into which DJL unpacks the engine's libraries, once. It unpacks into a folder named tmp and a number, of 400 MB,
 * which stays for ever if the process is killed meanwhile.
 */
public final class NativeCache {
    /** Unpacking takes seconds, and touches the folder all the time. */
    private static final Duration DEAD = Duration.ofHours(1);

    private NativeCache() {}

    /** Takes away what killed processes have left; what cannot be deleted stays. */
    public static void removeDead(final Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            content.filter(path -> path.getFileName().toString().matches("tmp\\d+"))
                    .filter(Files::isDirectory)
                    .filter(path -> lastChange(path).isBefore(Instant.now().minus(DEAD)))
                    .forEach(NativeCache::delete);
        } catch (final IOException | UncheckedIOException notThereYet) {
            return;
        }
    }

    private static Instant lastChange(final Path folder) {
        try {
            return FolderTree.deepestFirst(folder).stream()
                    .map(NativeCache::changed)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant changed(final Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(final Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
