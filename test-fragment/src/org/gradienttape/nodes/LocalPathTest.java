package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.host.api.location.NodePlace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On this machine, which is no Windows: what differs there is tested with PathForm and UrlText. */
class LocalPathTest {
    private static final Path HOME = Path.of(System.getProperty("user.home"));
    private static final Path WORKFLOW = Path.of("/flows/flow 100% #1");

    @BeforeEach
    void enter() {
        new NodePlace(WORKFLOW, WORKFLOW.resolve("Node (#1)"), 1, Optional.of(Path.of("/workspace"))).enter();
    }

    @AfterEach
    void leave() {
        NodePlace.leave();
    }

    @Test
    void tildeIsTheHomeFolder() {
        assertThat(LocalPath.of("~/models", "folder")).isEqualTo(HOME.resolve("models"));
        assertThat(LocalPath.of("~\\models\\best", "folder")).isEqualTo(HOME.resolve("models/best"));
        assertThat(LocalPath.of("~", "folder")).isEqualTo(HOME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/data/a~b | /data/a~b",
                "/data/a\\b | /data/a\\b",
                "/data/a%20b#c/ | /data/a%20b#c",
                "` /data ` | /data",
                "\"/my data\" | /my data",
                "models | /flows/flow 100% #1/data/models",
                "models/best/ | /flows/flow 100% #1/data/models/best",
                "models\\best | /flows/flow 100% #1/data/models/best",
                "./models/../x | /flows/flow 100% #1/data/x",
                ". | /flows/flow 100% #1/data",
                "~models | /flows/flow 100% #1/data/~models",
                "a%20b #1 ä | /flows/flow 100% #1/data/a%20b #1 ä",
                "knime://knime.workflow/data | /flows/flow 100% #1/data",
                "knime://knime.workflow/data/a%20b #1 100% ä/ | /flows/flow 100% #1/data/a b #1 100% ä",
                "KNIME://KNIME.WORKFLOW/data/x | /flows/flow 100% #1/data/x",
                "knime:\\\\knime.workflow\\data\\x | /flows/flow 100% #1/data/x",
                "knime://knime.workflow/x?y=z | /flows/flow 100% #1/x?y=z",
                "knime://LOCAL/models | /workspace/models",
                "file:/tmp/a%20b #1 100% | /tmp/a b #1 100%",
                "file:///tmp/x | /tmp/x",
                "file://localhost/tmp/x | /tmp/x",
                "FILE:/tmp | /tmp"
            })
    void leadsToAPlaceOnThisMachine(final String text, final String path) {
        assertThat(LocalPath.of(text, "folder")).isEqualTo(Path.of(path));
        assertThat(LocalPath.ofOptional(text, "folder")).contains(Path.of(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "C:\\models | is a path of Windows; choose a path of this machine, or a relative one.",
                "C:/models | is a path of Windows; choose a path of this machine, or a relative one.",
                "\\\\server\\share | is a path of Windows; choose a path of this machine, or a relative one.",
                "file:///C:/models | is a path of Windows; choose a path of this machine, or a relative one.",
                "../x | leads out of the workflow's data area, /flows/flow 100% #1/data; choose a whole path, or begin it"
                        + " with knime://knime.workflow/.",
                "a\\..\\..\\x | leads out of the workflow's data area, /flows/flow 100% #1/data; choose a whole path, or"
                        + " begin it with knime://knime.workflow/.",
                "https://example.org/x | is not on this machine; choose a place that is.",
                "s3://bucket/x | is not on this machine; choose a place that is.",
                "file://server/share/x | is not on this machine; choose a place that is.",
                "knime://My-KNIME-Hub/x | is not on this machine; choose a place that is.",
                "$HOME/models | begins with a variable, which is not replaced here; use a flow variable for the whole setting,"
                        + " or ~ for the home folder.",
                "file:x | is a file URL without a whole path; write the path alone.",
                "file:~/x | is a file URL without a whole path; write the path alone.",
                "file: | is a file URL without a whole path; write the path alone.",
                "knime:x | names no place behind knime://; write it as in knime://knime.workflow/data.",
                "knime:///data | names no place behind knime://; write it as in knime://knime.workflow/data.",
                "knime://LOCAL/gr%F6 | has a code behind % that is no character in UTF-8; correct it.",
                "knime://knime.space/x | cannot be found from this workflow (The workflow is in no space, since it was"
                        + " opened from a folder); choose a whole path of this machine.",
                "knime://knime.workflow/../x | cannot be found from this workflow (/flows/x is outside"
                        + " /flows/flow 100% #1); choose a whole path of this machine.",
                "knime://Team/x | cannot be found from this workflow (There is no mountpoint Team); choose a whole path"
                        + " of this machine."
            })
    void whatLeadsElsewhereIsRefusedInOneSentence(final String text, final String rest) {
        assertThatThrownBy(() -> LocalPath.of(text, "NPZ file"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The NPZ file, \"" + text + "\", " + rest);
    }

    @Test
    void aRelativePathNeedsAWorkflow() {
        NodePlace.leave();

        assertThat(LocalPath.of("/data", "folder")).isEqualTo(Path.of("/data"));
        assertThatThrownBy(() -> LocalPath.of("models", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The folder, \"models\", cannot be found from this workflow (");
    }

    @Test
    void blankIsNoPath() {
        for (final String blank : new String[] {"", "  ", "\t\n", "\"\"", "\" \""}) {
            assertThat(LocalPath.ofOptional(blank, "folder")).isEmpty();
            assertThatThrownBy(() -> LocalPath.of(blank, "folder of the model file"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The folder of the model file is empty; choose one.");
        }
    }

    @Test
    void whatTheSystemRefusesIsNamed() {
        for (final String text : new String[] {"a\0b", "/a\0b", "~/a\0b"}) {
            assertThatThrownBy(() -> LocalPath.of(text, "folder"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The folder must be a path of this machine, but it is ");
        }
        assertThatThrownBy(() -> LocalPath.of("knime://knime.workflow/a%00b", "folder"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aFolderToWriteIntoMustBeOneAndNoneOfKnimes(@TempDir final Path flow) throws IOException {
        Files.createFile(flow.resolve("workflow.knime"));
        Files.createFile(Files.createDirectory(flow.resolve("Node (#1)")).resolve("settings.xml"));
        Files.createSymbolicLink(flow.resolve("gone"), flow.resolve("nothing"));
        new NodePlace(flow, flow.resolve("Node (#1)"), 1, Optional.empty()).enter();
        Files.createDirectories(flow.resolve("data/net.pt"));
        Files.createFile(flow.resolve("data/file"));

        for (final String text : List.of(".", "a/b", "net.pt", "knime://knime.workflow/data/settings.xml")) {
            assertThat(LocalPath.folderToWrite(text, "folder").startsWith(flow.resolve("data")))
                    .isTrue();
        }
        for (final String text : List.of("knime://knime.node", "knime://knime.node/a/b", flow + "/Node (#1)")) {
            assertThatThrownBy(() -> LocalPath.folderToWrite(text, "folder"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The folder, \"" + text
                            + "\", is where KNIME keeps a node; choose the workflow's data area, as in"
                            + " knime://knime.workflow/data.");
        }
        for (final String text : List.of("file", "file/a/b")) {
            assertThatThrownBy(() -> LocalPath.folderToWrite(text, "folder"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The folder, \"" + text + "\", cannot be made, since " + flow.resolve("data/file")
                            + " is no folder; choose another place.");
        }
        assertThatThrownBy(() -> LocalPath.folderToWrite("knime://knime.workflow/gone/a", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("since " + flow.resolve("gone") + " is no folder");
        assertThatThrownBy(() -> LocalPath.fileToWrite(".", "net.pt", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A file is to become " + flow.resolve("data/net.pt")
                        + ", but that is a folder; choose another name.");
        assertThatThrownBy(() -> LocalPath.fileToWrite("knime://knime.workflow", "workflow.knime", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The file " + flow.resolve("workflow.knime") + " is a workflow of KNIME; choose another name.");
    }

    @Test
    void aFileNameIsANameOfThisSystem() {
        assertThat(LocalPath.fileToWrite("models", " net.pt ", "folder"))
                .isEqualTo(Path.of("/flows/flow 100% #1/data/models/net.pt"));
        assertThatThrownBy(() -> LocalPath.fileToWrite("models", "a\0b", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The file name \"a?b\" cannot be used here: ");
    }
}
