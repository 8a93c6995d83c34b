package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void theOldFileIsThereUntilTheNewOneIsComplete() throws IOException {
        Files.writeString(file, "old");

        AtomicFile.write("The model", file, IfExists.OVERWRITE, out -> {
            out.write(new byte[] {1, 2});
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasBinaryContent(new byte[] {1, 2});
    }
}
