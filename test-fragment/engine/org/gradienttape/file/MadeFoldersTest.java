package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeFoldersTest {
    @TempDir
    private Path root;

    @Test
    void onlyFoldersThatWereMadeAndAreEmptyGo() throws IOException {
        final Path there = Files.createDirectory(root.resolve("there"));
        MadeFolders.upTo(there).close();
        final MadeFolders folders = MadeFolders.upTo(there.resolve("a/b/c"));
        Files.createFile(there.resolve("a/file"));
        MadeFolders.upTo(there.resolve("a/b/c")).close();
        assertThat(there.resolve("a/b/c")).as("made by somebody else").isEmptyDirectory();

        folders.close();

        assertThat(FolderTree.deepestFirst(root))
                .containsExactly(there.resolve("a/file"), there.resolve("a"), there, root);
    }

    @Test
    void whatIsKeptStays() throws IOException {
        try (MadeFolders folders = MadeFolders.upTo(root.resolve("a/b"))) {
            folders.keep();
        }

        assertThat(root.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void aFileInTheWayStaysAndNothingElse() throws IOException {
        final Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere"));

        assertThatThrownBy(() -> MadeFolders.upTo(link.resolve("b")))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(link.toString());
        assertThat(FolderTree.content(root)).containsExactly(link);
    }
}
