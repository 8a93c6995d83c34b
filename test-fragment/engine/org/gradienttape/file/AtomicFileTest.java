package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("a.zip");
    }

    @Test
    void aFullDiskLeavesNothingBehindAndTheOldFileUntouched() throws IOException {
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.OVERWRITE, out -> {
                    out.write(1);
                    throw new IOException("No space left on device"); // what Linux says
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("The model could not be written to " + file
                        + " (No space left on device); free some space or" + " choose a place that can be written to.");

        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.zip");
    }

    @Test
    void anyFailureLeavesNothingBehind() {
        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.FAIL, out -> {
                    out.write(1);
                    throw new IllegalStateException("a defect");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writesThroughALink() throws IOException {
        final Path elsewhere = Files.writeString(
                Files.createDirectory(folder.resolve("models")).resolve("b.zip"), "old");
        Files.createSymbolicLink(file, elsewhere);

        AtomicFile.write("The model", file, IfExists.OVERWRITE, out -> out.write('n'));

        assertThat(file).isSymbolicLink().hasContent("n");
        assertThat(elsewhere).hasContent("n");
        assertThat(elsewhere.getParent().toFile().list()).containsExactly("b.zip");
    }

    @Test
    void saysSoWhenThePlaceIsReadOnly() {
        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.FAIL, out -> {
                    throw new FileSystemException(file.toString(), null, "Read-only file system"); // what Linux says
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("(Read-only file system)");
    }

    @Test
    void aFileThatAppearsMeanwhileStays() {
        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.FAIL, out -> {
                    Files.writeString(file, "from someone else");
                }))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is one already");

        assertThat(file).hasContent("from someone else");
        assertThat(folder.toFile().list()).containsExactly("a.zip");
    }

    @Test
    void nothingIsWrittenWhenTheFileIsThere() throws IOException {
        Files.writeString(file, "old");

        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.FAIL, out -> {
                    throw new IllegalStateException("asked for the content");
                }))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFileThatIsToBeSkippedStaysAlsoIfItAppearsMeanwhile() throws IOException {
        AtomicFile.write("The model", file, IfExists.SKIP, out -> Files.writeString(file, "from someone else"));
        AtomicFile.write("The model", file, IfExists.SKIP, out -> {
            throw new IllegalStateException("asked for the content");
        });

        assertThat(file).hasContent("from someone else");
        assertThat(folder.toFile().list()).containsExactly("a.zip");
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsComplete() throws IOException {
        Files.writeString(file, "old");

        AtomicFile.write("The model", file, IfExists.OVERWRITE, out -> {
            out.write(new byte[] {1, 2});
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasBinaryContent(new byte[] {1, 2});
    }

    /** Of several that must not overwrite, one may succeed; looking first and moving then lets more than one through. */
    @Test
    void ofSeveralWritersOfANewFileOneSucceeds() throws Exception {
        final ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 100; round++) {
                final Path place = folder.resolve(round + ".zip");
                final CyclicBarrier start = new CyclicBarrier(4);
                final List<Callable<Boolean>> attempts = Collections.nCopies(4, () -> succeeds(place, start));

                int successes = 0;
                for (final Future<Boolean> attempt : writers.invokeAll(attempts)) {
                    successes += attempt.get() ? 1 : 0;
                }
                assertThat(successes).as("round %d", round).isEqualTo(1);
            }
        } finally {
            writers.shutdown();
        }
        assertThat(folder.toFile().list()).hasSize(100);
    }

    private static boolean succeeds(final Path place, final CyclicBarrier start) throws Exception {
        try {
            AtomicFile.write("The model", place, IfExists.FAIL, out -> {
                out.write(1);
                await(start);
            });
            return true;
        } catch (final InvalidInputException taken) {
            return false;
        }
    }

    private static void await(final CyclicBarrier start) {
        try {
            start.await();
        } catch (final InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPipeIsNotReplaced() throws Exception {
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor();

        assertThatThrownBy(() -> AtomicFile.write("The model", file, IfExists.OVERWRITE, out -> out.write(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model should become the file " + file + ", but that is no file; choose another name.");
    }

    /** Before hours of work whose result goes there. */
    @Test
    void whereNothingCanBeWrittenIsSaidEarly() throws IOException {
        AtomicFile.check("The model", folder.resolve("a.txt"));

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(() -> AtomicFile.check("The model", folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The model should become the file " + folder + ", but that is a folder; choose another name.");
        assertThatThrownBy(() -> AtomicFile.check("The model", folder.resolve("no/a.txt")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model should go into the folder " + folder.resolve("no")
                        + ", but there is no such folder; create it or choose another place.");
    }
}
