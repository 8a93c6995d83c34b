package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.PlannedFile;
import org.gradienttape.file.PlannedFile.Status;
import org.gradienttape.image.WritePlan.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritePlanTest {
    @TempDir
    private Path folder;

    @Test
    void everyNameBecomesAFileOfTheFolder() {
        assertThat(WritePlan.of(folder, names("a.png", "b"), IfExists.FAIL).files())
                .containsExactly(
                        new PlannedFile(folder.resolve("a.png"), Status.CREATED),
                        new PlannedFile(folder.resolve("b.png"), Status.CREATED));
    }

    @Test
    void aNameThatIsNoneIsRefusedWithItsRow() {
        assertThatThrownBy(() -> WritePlan.of(folder, names("a.png", "../b.png"), IfExists.OVERWRITE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Row \"Row1\": the file name \"../b.png\" leads to another folder; nothing was written, choose"
                                + " another name.");
    }

    @Test
    void aNameThatIsWantedTwiceIsRefusedWithBothRows() {
        assertThatThrownBy(() -> WritePlan.of(folder, names("a", "b", "A.PNG"), IfExists.SKIP))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Row \"Row2\": the file name \"A.PNG\" is that of Row \"Row0\" already (upper and lower case"
                                + " count as the same); nothing was written, choose another name.");
    }

    @Test
    void aFileThatIsThereIsRefusedOverwrittenOrSkipped() throws IOException {
        final Path there = Files.createFile(folder.resolve("b.png"));

        assertThatThrownBy(() -> WritePlan.of(folder, names("a", "b"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Row \"Row1\": the file " + there
                        + " exists already, and it is to stay; nothing was written, choose another name.");
        assertThat(statuses(IfExists.OVERWRITE)).containsExactly(Status.CREATED, Status.OVERWRITTEN);
        assertThat(statuses(IfExists.SKIP)).containsExactly(Status.CREATED, Status.SKIPPED);
    }

    /** A link may lead out of the folder: it counts as a file of its own, and is never followed. */
    @Test
    void aLinkIsThereEvenIfItLeadsNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("b.png"), folder.resolve("../nowhere.png"));

        assertThatThrownBy(() -> WritePlan.of(folder, names("a", "b"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists already");
        assertThat(statuses(IfExists.SKIP)).containsExactly(Status.CREATED, Status.SKIPPED);
    }

    @Test
    void aFolderInTheWayIsRefusedInEveryCase() throws IOException {
        final Path there = Files.createDirectory(folder.resolve("b.png"));

        for (final IfExists ifExists : IfExists.values()) {
            assertThatThrownBy(() -> WritePlan.of(folder, names("a", "b"), ifExists))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Row \"Row1\": a folder is where the file " + there
                            + " should be; nothing was written, choose another name.");
        }
    }

    private List<Status> statuses(final IfExists ifExists) {
        return WritePlan.of(folder, names("a", "b"), ifExists).files().stream()
                .map(PlannedFile::status)
                .toList();
    }

    private static List<Wanted> names(final String... names) {
        final List<Wanted> wanted = new ArrayList<>();
        for (final String name : names) {
            wanted.add(new Wanted("Row \"Row" + wanted.size() + "\"", name, ImageFormat.PNG));
        }
        return wanted;
    }
}
