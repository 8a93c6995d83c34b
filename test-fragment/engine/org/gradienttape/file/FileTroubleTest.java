package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
    private static final Path PLACE = Path.of("a", "b.zip");

    @Test
    void saysWhatTheSystemRefusedAndWhatToDo() {
        final IOException full = new IOException("No space left on device");

        assertThat(FileTrouble.writing("The model", PLACE, full))
                .hasMessage("The model could not be written to " + PLACE
                        + " (No space left on device); free some space or choose a place that can be written to.")
                .hasCause(full);
        assertThat(FileTrouble.refused("The model", PLACE, full))
                .hasMessage(FileTrouble.writing("The model", PLACE, full).getMessage())
                .hasCause(full);
        assertThat(FileTrouble.reading("The model", PLACE, new IOException("Input/output error")))
                .hasMessage("The model could not be read from " + PLACE
                        + " (Input/output error); check that the file is there and may be read.");
    }

    /** The messages of these exceptions are bare paths. */
    @Test
    void saysWhyWhereJavaOnlyNamesThePath() {
        assertThat(sentence(new AccessDeniedException("a"))).contains("(access is denied)");
        assertThat(sentence(new NoSuchFileException("a"))).contains("(a does not exist)");
        assertThat(sentence(new FileAlreadyExistsException("a"))).contains("(a is a file, not a folder)");
        assertThat(sentence(new FileSystemException("a", null, "Read-only file system")))
                .contains("(Read-only file system)");
    }

    @Test
    void olderPartsOfJavaNameThePathTwice() {
        assertThat(FileTrouble.reading("It", PLACE, new FileNotFoundException(PLACE + " (Permission denied)")))
                .hasMessageContaining("from " + PLACE + " (Permission denied);");
    }

    /** A link to nothing, a link to itself and a file in a file are none; a pipe would never end. */
    @Test
    void whatWasChosenMustBeAFile(@TempDir final Path folder) throws Exception {
        final Path file = Files.createFile(folder.resolve("file.csv"));
        final Path gone = Files.createSymbolicLink(folder.resolve("gone.csv"), Path.of("nowhere.csv"));
        final Path self = Files.createSymbolicLink(folder.resolve("self.csv"), Path.of("self.csv"));
        final Path pipe = folder.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        FileTrouble.expectFile("A CSV file", file);
        assertRefused(gone, "A CSV file was expected at " + gone + ", but it does not exist; choose a file.");
        assertRefused(folder, "A CSV file was expected at " + folder + ", but it is a folder; choose a file.");
        assertRefused(
                pipe, "A CSV file was expected at " + pipe + ", but it is neither a file nor a folder; choose a file.");
        assertRefused(self, "A CSV file could not be read from " + self + " (Too many levels of symbolic links");
        assertRefused(
                file.resolve("inner.csv"),
                "A CSV file could not be read from " + file.resolve("inner.csv")
                        + " (Not a directory); check that the file is there and may be read.");
    }

    private static void assertRefused(final Path place, final String sentence) {
        assertThatThrownBy(() -> FileTrouble.expectFile("A CSV file", place)).hasMessageStartingWith(sentence);
    }

    private static String sentence(final IOException trouble) {
        return FileTrouble.writing("The model", PLACE, trouble).getMessage();
    }
}
