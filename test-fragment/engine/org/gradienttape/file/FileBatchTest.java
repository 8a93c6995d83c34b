package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.PlannedFile.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBatchTest {
    @TempDir
    private Path root;

    @Test
    void filesAppearTogetherAtTheCommit() throws IOException {
        try (FileBatch batch = FileBatch.in("image", root, MissingFolder.FAIL)) {
            batch.stage(file("a.png", Status.CREATED), bytes("A"));
            batch.stage(file("b.png", Status.CREATED), bytes("B"));
            assertThat(content().keySet()).noneMatch(name -> name.endsWith(".png"));

            batch.commit();
        }

        assertThat(content()).isEqualTo(Map.of("a.png", "A", "b.png", "B"));
    }

    @Test
    void aFileThatIsThereIsReplacedOrSkipped() throws IOException {
        Files.writeString(root.resolve("a.png"), "old a");
        Files.writeString(root.resolve("b.png"), "old b");

        try (FileBatch batch = FileBatch.in("image", root, MissingFolder.FAIL)) {
            batch.stage(file("a.png", Status.OVERWRITTEN), bytes("A"));
            batch.stage(file("b.png", Status.SKIPPED), bytes("B"));
            batch.commit();
        }

        assertThat(content()).isEqualTo(Map.of("a.png", "A", "b.png", "old b"));
    }

    @Test
    void withoutACommitNothingIsLeftNotEvenAFolder() throws IOException {
        final Path folder = root.resolve("new/folder");

        try (FileBatch batch = FileBatch.in("image", folder, MissingFolder.CREATE)) {
            batch.stage(new PlannedFile(folder.resolve("a.png"), Status.CREATED), bytes("A"));
            assertThat(folder).isNotEmptyDirectory();
        }

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void missingFoldersAreMade() throws IOException {
        final Path folder = root.resolve("new/folder");

        try (FileBatch batch = FileBatch.in("image", folder, MissingFolder.CREATE)) {
            batch.stage(new PlannedFile(folder.resolve("a.png"), Status.CREATED), bytes("A"));
            batch.commit();
        }

        assertThat(content()).isEqualTo(Map.of("new/folder/a.png", "A"));
    }

    @Test
    void aMissingFolderIsRefusedIfItIsNotToBeMade() {
        final Path folder = root.resolve("new");

        assertThatThrownBy(() -> FileBatch.in("image", folder, MissingFolder.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The images should go into the folder " + folder
                        + ", but there is no such folder; create it, choose another one, or let the node create it.");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFileWhereTheFolderShouldBeIsNamed() throws IOException {
        Files.writeString(root.resolve("occupied"), "precious");

        assertThatThrownBy(() -> FileBatch.in("image", root.resolve("occupied/a/b"), MissingFolder.CREATE))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "The folder of the images could not be written to " + root.resolve("occupied/a/b"));
        assertThat(content()).isEqualTo(Map.of("occupied", "precious"));
    }

    /** Somebody else makes the second file after the plan was made. */
    @Test
    void aFailedCommitTakesBackTheFilesThatWereMoved() throws IOException {
        Files.writeString(root.resolve("a.png"), "old a");
        try (FileBatch batch = FileBatch.in("image", root, MissingFolder.FAIL)) {
            batch.stage(file("a.png", Status.OVERWRITTEN), bytes("A"));
            batch.stage(file("b.png", Status.CREATED), bytes("B"));
            batch.stage(file("c.png", Status.CREATED), bytes("C"));
            Files.writeString(root.resolve("c.png"), "precious");

            assertThatThrownBy(batch::commit)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The file " + root.resolve("c.png")
                            + " was made by somebody else meanwhile; choose another name.");
        }

        assertThat(content()).isEqualTo(Map.of("a.png", "old a", "c.png", "precious"));
    }

    @Test
    void aFileThatVanishedMeanwhileEndsTheCommitAndTheOthersAreAsBefore() throws IOException {
        Files.writeString(root.resolve("a.png"), "old a");
        Files.writeString(root.resolve("b.png"), "old b");
        try (FileBatch batch = FileBatch.in("image", root, MissingFolder.FAIL)) {
            batch.stage(file("a.png", Status.OVERWRITTEN), bytes("A"));
            batch.stage(file("b.png", Status.OVERWRITTEN), bytes("B"));
            Files.delete(root.resolve("b.png"));

            assertThatThrownBy(batch::commit)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("The image could not be written to " + root.resolve("b.png"));
        }

        assertThat(content()).isEqualTo(Map.of("a.png", "old a"));
    }

    /** A link is replaced itself; the file that it leads to stays. */
    @Test
    void whatALinkLeadsToStays() throws IOException {
        final Path folder = Files.createDirectory(root.resolve("folder"));
        final Path outside = Files.writeString(root.resolve("outside.png"), "precious");
        Files.createSymbolicLink(folder.resolve("a.png"), outside);

        try (FileBatch batch = FileBatch.in("image", folder, MissingFolder.FAIL)) {
            batch.stage(new PlannedFile(folder.resolve("a.png"), Status.OVERWRITTEN), bytes("A"));
            batch.commit();
        }

        assertThat(content()).isEqualTo(Map.of("outside.png", "precious", "folder/a.png", "A"));
    }

    private PlannedFile file(final String name, final Status status) {
        return new PlannedFile(root.resolve(name), status);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Every file with its text. */
    private Map<String, String> content() throws IOException {
        final Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return content;
    }
}
