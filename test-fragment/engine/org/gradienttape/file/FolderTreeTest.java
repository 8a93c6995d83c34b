package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
    @TempDir
    private Path outside;

    private Path tree;

    @BeforeEach
    void growATree() throws IOException {
        tree = Files.createDirectories(outside.resolve("tree/branch/twig"))
                .getParent()
                .getParent();
        Files.writeString(tree.resolve("branch/leaf"), "green");
        Files.writeString(outside.resolve("other"), "stays");
        Files.createSymbolicLink(tree.resolve("link"), outside);
    }

    @Test
    void foldersComeBehindTheirContent() throws IOException {
        assertThat(FolderTree.deepestFirst(tree))
                .containsSubsequence(tree.resolve("branch/leaf"), tree.resolve("branch"), tree)
                .containsSubsequence(tree.resolve("branch/twig"), tree.resolve("branch"))
                .contains(tree.resolve("link"))
                .hasSize(5);
    }

    @Test
    void theContentIsWhatLiesInTheFolderItself() throws IOException {
        assertThat(FolderTree.content(tree)).containsExactlyInAnyOrder(tree.resolve("branch"), tree.resolve("link"));
        assertThatThrownBy(() -> FolderTree.content(tree.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    /** As on a drive of the network that is cut off meanwhile. */
    @Test
    void aFolderThatIsNotReadToItsEndIsAnIoException() {
        assertThatThrownBy(() -> FolderTree.all(() -> {
                    throw new DirectoryIteratorException(new IOException("Stale file handle"));
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("Stale file handle");
    }

    @Test
    void allIsDeletedButWhatLinksPointTo() throws IOException {
        FolderTree.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(outside.resolve("other")).hasContent("stays");
        assertThatThrownBy(() -> FolderTree.delete(tree)).isInstanceOf(NoSuchFileException.class);
    }
}
