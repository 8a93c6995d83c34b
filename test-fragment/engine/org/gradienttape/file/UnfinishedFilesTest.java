package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFilesTest {
    @TempDir
    Path folder;

    @Test
    void theNextWriterTakesAwayWhatAKilledOneLeft() throws Exception {
        final Process writer = writer();
        assertThat(writer.inputReader().readLine()).isEqualTo("written");
        writer.destroyForcibly().waitFor();
        assertThat(folder.toFile().list()).hasSize(2);

        UnfinishedFiles.in(folder).close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfAWriterThatLivesStay() throws Exception {
        final Process writer = writer();
        assertThat(writer.inputReader().readLine()).isEqualTo("written");

        UnfinishedFiles.in(folder).close();

        assertThat(folder.toFile().list()).hasSize(2);
        writer.destroyForcibly().waitFor();
    }

    @Test
    void twoWritersOfOneProcessLeaveEachOtherAlone() throws IOException {
        try (UnfinishedFiles first = UnfinishedFiles.in(folder)) {
            final Path file = Files.createFile(first.next());

            UnfinishedFiles.in(folder).close();

            assertThat(file).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void otherFilesStay() throws IOException {
        Files.writeString(folder.resolve(".gradienttape-notes.tmp"), "mine");
        Files.writeString(folder.resolve("a.lock"), "mine");

        UnfinishedFiles.in(folder).close();

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder(".gradienttape-notes.tmp", "a.lock");
    }

    /** Another process that has written half a file and waits. */
    private Process writer() throws IOException {
        return JavaProcess.of(Writer.class, folder).start();
    }

    /** Ends by being killed, or a minute later. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) throws Exception {
            final UnfinishedFiles files = UnfinishedFiles.in(Path.of(arguments[0]));
            Files.writeString(files.next(), "half");
            System.out.println("written");
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
