package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
    private static final Path PLACE = Path.of("a", "b.zip");

    @Test
    void saysWhatTheSystemRefusedAndWhatToDo() {
        final IOException full = new IOException("No space left on device");

        assertThat(FileTrouble.writing("The model", PLACE, full))
                .hasMessage("The model could not be written to " + PLACE
                        + " (No space left on device); free some space or choose a place that can be written to.")
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

    private static String sentence(final IOException trouble) {
        return FileTrouble.writing("The model", PLACE, trouble).getMessage();
    }
}
