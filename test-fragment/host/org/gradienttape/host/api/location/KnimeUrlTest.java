package org.gradienttape.host.api.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.util.FileUtil;

/** The values are those of KNIME's batch application for a workflow that it opens from a folder. */
class KnimeUrlTest {
    private static final Path WORKFLOW = Path.of("/flows/my flow #1");

    @BeforeEach
    void enter() {
        new NodePlace(WORKFLOW, WORKFLOW.resolve("Model Writer (#5)"), 5, Optional.of(Path.of("/workspace"))).enter();
    }

    @AfterEach
    void leave() {
        NodePlace.leave();
    }

    @ParameterizedTest
    @CsvSource({
        "knime://knime.workflow, /flows/my flow #1",
        "knime://knime.workflow/, /flows/my flow #1",
        "knime://knime.workflow/data/x.csv, /flows/my flow #1/data/x.csv",
        "knime://knime.workflow//data//x/, /flows/my flow #1/data/x",
        "knime://knime.workflow/data/../x, /flows/my flow #1/x",
        "KNIME://KNIME.Workflow/data, /flows/my flow #1/data",
        "knime://knime.workflow/data/a b, /flows/my flow #1/data/a b",
        "knime://knime.workflow/data/a%20b%23%25, /flows/my flow #1/data/a b#%",
        "knime://knime.workflow/data/ä, /flows/my flow #1/data/ä",
        "knime://knime.workflow/data/%C3%A4, /flows/my flow #1/data/ä",
        "knime://knime.node/drop/x, /flows/my flow #1/Model Writer (#5)/drop/x",
        "knime://knime.node/../data/x, /flows/my flow #1/data/x",
        "knime://LOCAL/models/x, /workspace/models/x",
        "knime://LOCAL, /workspace",
        "file:/tmp/a%20b, /tmp/a b",
        "file:///tmp/a b, /tmp/a b",
        "FILE:/tmp, /tmp",
        "/tmp/a b, /tmp/a b"
    })
    void leadsToAFile(final String url, final String file) throws MalformedURLException {
        assertThat(resolved(url)).isEqualTo(new File(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "knime://knime.workflow/..",
                "knime://knime.workflow/../x",
                "knime://knime.workflow/data/../../x",
                "knime://knime.workflow/%2e%2e/x",
                "knime://knime.node/../../x",
                "knime://LOCAL/../x"
            })
    void doesNotLeaveWhatItIsRelativeTo(final String url) {
        assertThatThrownBy(() -> resolved(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" is outside /");
    }

    @ParameterizedTest
    @ValueSource(strings = {"knime://knime.space/x", "knime://knime.mountpoint/x", "knime://Knime.Space"})
    void aWorkflowFromAFolderIsInNoSpace(final String url) {
        assertThatThrownBy(() -> resolved(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The workflow is in no space, since it was opened from a folder");
    }

    @Test
    void anotherMachineHasNoFile() throws MalformedURLException {
        assertThat(resolved("knime://My-KNIME-Hub/Users/me/x")).isNull();
    }

    @Test
    void aMountpointMustBeKnown() {
        assertThatThrownBy(() -> resolved("knime://local/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no mountpoint local");
        assertThatThrownBy(() -> resolved("knime:///x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resolved("knime:x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outsideAWorkflowNothingIsRelative() {
        NodePlace.leave();

        assertThatThrownBy(() -> resolved("knime://knime.workflow/data"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no workflow that knime://knime.workflow/data is relative to");
    }

    @Test
    void whatIsNoUrlOfAFileIsRefused() {
        assertThatThrownBy(() -> resolved("https://example.org/x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> resolved("knime://knime.workflow/100%")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileUtil.toURL("")).isInstanceOf(InvalidPathException.class);
    }

    private static File resolved(final String url) throws MalformedURLException {
        return FileUtil.getFileFromURL(FileUtil.toURL(url));
    }
}
