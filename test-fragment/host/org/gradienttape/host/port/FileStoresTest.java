package org.gradienttape.host.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

class FileStoresTest {
    @TempDir
    private Path node;

    private final FileStores fileStores = new FileStores();
    private final FileStoreFolder folder = fileStores.create();

    @AfterEach
    void deleteTemporaryFiles() throws IOException {
        fileStores.close();
    }

    /** They may have the size of a dataset. */
    @Test
    void filesOfAKilledRunAreTakenAwayByTheNext() throws Exception {
        new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Djava.io.tmpdir=" + node,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        assertThat(node.toFile().list()).hasSize(2);

        withTemporaryFolder(node, () -> {
            folder.create("mine");
            assertThat(node.toFile().list()).hasSize(2);
            fileStores.close();
        });

        assertThat(node).isEmptyDirectory();
    }

    @Test
    void aMissingTemporaryFolderIsASentence() throws Exception {
        final Path missing = node.resolve("none");

        withTemporaryFolder(missing, () -> assertThatThrownBy(() -> folder.create("mine"))
                .isInstanceOf(IOException.class)
                .hasMessage("The folder for temporary files " + missing
                        + " does not exist; create it, or name another one with -Djava.io.tmpdir."));
    }

    private static void withTemporaryFolder(final Path temporary, final ThrowingCallable test) throws Exception {
        final String before = System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            test.call();
        } catch (final Throwable e) {
            throw new AssertionError(e);
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    /** Ends without any end while a node has a file. */
    static final class Killed {
        private Killed() {}

        public static void main(final String[] arguments) throws IOException {
            final File file = new FileStores().create().create("large").getFile();
            Files.writeString(file.toPath(), "a dataset");
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    void makesRoomForAFileOrAFolder() throws IOException {
        final ExecutionContext context = new HostExecutionContext(Progress.unwatched(), folder);

        final File file = context.createFileStore("text").getFile();
        final File sub =
                context.createSubExecutionContext(0.5).createFileStore("more").getFile();

        assertThat(file).doesNotExist();
        assertThat(file.getParentFile()).isDirectory().isEqualTo(sub.getParentFile());
        assertThat(file.getName()).isEqualTo("text");
        assertThat(sub.mkdir()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "..", "a/b", "a\\b"})
    void refusesANameThatCouldLeaveTheFolderOrHide(final String name) {
        assertThatThrownBy(() -> folder.create(name))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found \"" + name + "\"");
    }

    @Test
    void refusesANameTwice() throws IOException {
        folder.create("text");

        assertThatThrownBy(() -> folder.create("text"))
                .isInstanceOf(IOException.class)
                .hasMessage("Expected a new file store name, found \"text\" a second time.");
        assertThat(fileStores.create().create("text").getFile().getName()).isEqualTo("text");
    }

    @Test
    void refusesFilesAfterTheExecution() {
        folder.close();

        assertThatThrownBy(() -> folder.create("text")).isInstanceOf(IOException.class);
    }

    @Test
    void putsAThousandFilesIntoOneFolder() throws IOException {
        File last = null;
        for (int i = 0; i <= 1000; i++) {
            last = folder.create("f" + i).getFile();
        }

        assertThat(last.toPath()).endsWithRaw(Path.of("000", "001", "f1000"));
    }

    @Test
    void removingDeletesTemporaryFiles() throws IOException {
        final Path file = folder.create("text").getFile().toPath();
        Files.writeString(file, "x");

        fileStores.remove(folder);

        assertThat(file).doesNotExist();
        assertThat(file.getParent().getParent().getParent()).doesNotExist();
    }

    @Test
    void savedFilesStayWhenTheWorkflowIsClosed() throws IOException, InvalidSettingsException {
        Files.writeString(folder.create("text").getFile().toPath(), "x");
        final NodeSettings settings = new NodeSettings("filestores");
        folder.save(node, settings);

        try (FileStores reloaded = new FileStores()) {
            final FileStoreFolder loaded = reloaded.load(node, settings);
            assertThatThrownBy(() -> loaded.create("new")).isInstanceOf(IOException.class);
            final NodeSettings again = new NodeSettings("filestores");
            loaded.save(node, again);
            assertThat(again.isIdentical(settings)).isTrue();
        }

        assertThat(settings.getString("file_store_location")).isEqualTo("filestore");
        assertThat(node.resolve("filestore/000/000/text")).hasContent("x");
    }

    @Test
    void aNodeWithoutFilesHasNoLocation() throws IOException, InvalidSettingsException {
        final NodeSettings unused = new NodeSettings("filestores");
        folder.save(node, unused);
        final NodeSettings none = new NodeSettings("filestores");
        FileStoreFolder.saveNone(none);

        assertThat(unused.getString("file_store_location")).isNull();
        assertThat(none.getString("file_store_id")).isNull();
        assertThat(fileStores.load(node, unused)).isNull();
        assertThat(fileStores.load(node, none)).isNull();
    }

    @Test
    void aLocationOutsideOfTheNodeIsAnError() {
        final NodeSettings settings = new NodeSettings("filestores");
        settings.addString("file_store_location", "../..");
        settings.addString("file_store_id", "00000000-0000-0000-0000-000000000001");

        assertThatThrownBy(() -> fileStores.load(node, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("\"../..\"");
    }
}
