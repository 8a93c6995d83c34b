package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.gradienttape.checkpoint.FolderLock;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at once cannot have one folder. */
class RunPlaceTest {
    @TempDir
    private Path folder;

    @Test
    void aSecondRunIsRefusedBeforeItWritesAnything() throws IOException {
        final RunPlace first = RunPlace.take(folder.resolve("run"));
        final String before = content();

        assertThatThrownBy(() -> RunPlace.take(folder.resolve("run")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("A run needs a folder of its own, but another run, in process "
                        + ProcessHandle.current().pid() + " on ")
                .hasMessageEndingWith(
                        " is using " + folder.resolve("run") + "; wait for its end or choose another" + " folder.");

        assertThat(content()).isEqualTo(before);
        first.close();
        RunPlace.take(folder.resolve("run")).close();
    }

    private String content() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file + " " + file.toFile().length() + " "
                            + file.toFile().lastModified())
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    /** Whoever started it was killed, and it needs some time to notice. */
    @Test
    void theNextRunWaitsForTheDriverOfTheOneBefore() throws Exception {
        RunPlace.take(folder).close();
        final FolderLock driver = new JobFolder(folder).ofDriver();
        final AtomicBoolean isGone = new AtomicBoolean();
        CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> {
            isGone.set(true);
            close(driver);
        });

        try (RunPlace next = RunPlace.take(folder)) {
            assertThat(next.folder()).isEqualTo(folder);
            assertThat(isGone).isTrue();
        }
    }

    private static void close(final FolderLock lock) {
        try {
            lock.close();
        } catch (final IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aFullDiskIsSaid() throws IOException {
        Files.createSymbolicLink(folder.resolve(".lock"), Path.of("/dev/full"));

        assertThatThrownBy(() -> RunPlace.take(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The files of the run could not be written to " + folder
                        + " (No space left on device); free some space or choose a place that can be written to.");
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> RunPlace.take(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The files of the run could not be written to " + file
                        + " (Not a directory); free some space or choose a place that can be written to.");
    }
}
