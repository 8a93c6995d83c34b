package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.host.workflow.TestNodes;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadErrorTest extends BatchRunFixture {

    private static final String NODE = "Numbers (#1)/settings.xml";
    private static final String WORKFLOW = "workflow.knime";

    private static String nested(final int depth) {
        return "<config key='ports'>".repeat(depth) + "</config>".repeat(depth);
    }

    /** What is replaced in which file, by what, and a part of the sentence that must come; ' stands for ". */
    static Stream<Arguments> damages() {
        return Stream.of(
                arguments(NODE, "value='UP'", "value='' isnull='true'", "Invalid value 'null'"),
                arguments(NODE, "value='CONFIGURED'", "value='' isnull='true'", "must be IDLE, CONFIGURED or EXECUTED"),
                arguments(
                        WORKFLOW,
                        "value='CONFIGURED'",
                        "value='' isnull='true'",
                        "must be IDLE, CONFIGURED or EXECUTED"),
                arguments(WORKFLOW, "value='Numbers (#1)/settings.xml'", "value='' isnull='true'", "is null"),
                arguments(WORKFLOW, "Numbers (#1)/settings.xml", "Numbers%%00000/settings.xml", "Nul character"),
                arguments(WORKFLOW, "Numbers (#1)/settings.xml", "./settings.xml", "lie in a folder of the workflow's"),
                arguments(
                        WORKFLOW, "Numbers (#1)/settings.xml", "/x/settings.xml", "lie in a folder of the workflow's"),
                arguments(NODE, "<config key='ports'/>", nested(20_000), "configs in one another, more than 200"),
                arguments(NODE, "key='rows' type='xint'", "key='row' type='xint'", "Int for key \"rows\" not found"),
                arguments(NODE, "value='UP'", "value='SIDE'", "Invalid value 'SIDE'"),
                arguments(NODE, "type='xint' value='5'", "type='xint' value='-5'", "Rows must be at least 0"),
                arguments(NODE, "$NumbersFactory", "$NoFactory", "is not installed"),
                arguments(NODE, "value='CONFIGURED'", "value='DONE'", "must be IDLE, CONFIGURED or EXECUTED"),
                arguments(NODE, "<config key='ports'/>", "", "is incomplete"),
                arguments(NODE, "hasContent", "content", "is incomplete"),
                arguments(NODE, "file_store_id", "file_store", "is incomplete"),
                arguments(NODE, "<config key='flow_stack'/>", "", "The flow variables of the node Numbers (#1)"),
                arguments(NODE, "node-bundle-vendor", "vendor", "node-bundle-vendor"),
                arguments(NODE, "<config", "<<", "cannot be read as KNIME settings"),
                arguments(WORKFLOW, "<config key='workflow_credentials'/>", "", "workflow_credentials"),
                arguments(WORKFLOW, "key='state'", "key='condition'", "The state of the workflow"),
                arguments(WORKFLOW, "key='nodes'", "key='knots'", "The nodes of the workflow cannot be read"),
                arguments(WORKFLOW, "key='connections'", "key='wires'", "The connections of the workflow"),
                arguments(WORKFLOW, "(#1)/settings.xml", "(#9)/settings.xml", "is missing"),
                arguments(WORKFLOW, "Numbers (#1)/", "../../x/", "lie in a folder of the workflow"),
                arguments(WORKFLOW, "Numbers (#1)/", "../", "lie in a folder of the workflow"),
                arguments(WORKFLOW, "Sum (#2)/", "Numbers (#1)/", "Two nodes have the folder Numbers (#1)"),
                arguments(WORKFLOW, "key='id' type='xint' value='2'", "key='id' type='xint' value='1'", "the number 1"),
                arguments(WORKFLOW, "NativeNode", "MetaNode", "no metanodes and no components"),
                arguments(WORKFLOW, "5.1.0", "5.0.0", "has the format version \"5.0.0\""),
                arguments(WORKFLOW, number("sourcePort", 1), number("sourcePort", 2), "no output port 2"),
                arguments(WORKFLOW, number("destPort", 1), number("destPort", 3), "no input port 3"),
                arguments(WORKFLOW, number("destPort", 1), number("destPort", 0), "the input takes flow variables"),
                arguments(WORKFLOW, number("destID", 2), number("destID", 4), "there is no node 4"),
                arguments(WORKFLOW, number("sourceID", 1), number("sourceID", 2), "form a circle"));
    }

    private static String number(final String key, final int value) {
        return "key='" + key + "' type='xint' value='" + value + "'";
    }

    @ParameterizedTest
    @MethodSource("damages")
    void whatCannotBeLoadedIsASentenceAndNothingRuns(
            final String file, final String text, final String by, final String sentence) {
        workflow.replace(file, text.replace('\'', '"'), by.replace('\'', '"'));

        assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);

        assertThat(errors()).contains(sentence);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    @Timeout(20)
    void aPipeInPlaceOfAFileIsSaidSo() throws Exception {
        for (final String name : List.of(NODE, WORKFLOW)) {
            final Path file = workflow.path().resolve(name);
            Files.delete(file);
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();

            assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);
        }

        assertThat(errors())
                .contains("should be a file, but it is none")
                .contains("is no workflow, since it holds no file");
    }

    @Test
    void settingsOfAnIdleNodeAreCheckedToo() {
        workflow.replace("Numbers (#1)/settings.xml", "value=\"CONFIGURED\"", "value=\"IDLE\"")
                .replace("Numbers (#1)/settings.xml", "value=\"UP\"", "value=\"SIDE\"");

        assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);
        assertThat(errors())
                .isEqualTo("The node Numbers (#1) has wrong settings: Loading model settings failed: Invalid value"
                        + " 'SIDE'. Possible values: UP, DOWN\n");
    }

    @Test
    void loadErrorsCanBePassedOver() {
        workflow.replace("Numbers (#1)/settings.xml", "$NumbersFactory", "$NoFactory")
                .node(3, "Numbers", NumbersFactory.class, FIVE_UP)
                .write()
                .replace("Numbers (#1)/settings.xml", "$NumbersFactory", "$NoFactory");

        assertThat(runWorkflow("-failonloaderror=false")).isEqualTo(ExitCode.EXECUTION);

        assertThat(printed()).contains("Warning: The node Numbers (#1) is not available", "1 of 3 nodes are executed.");
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("5 one UP");
    }

    @Test
    void aNodeWithRefusedSettingsIsNotRun() throws IOException {
        workflow.replace("Numbers (#1)/settings.xml", "type=\"xint\" value=\"5\"", "type=\"xint\" value=\"-5\"");

        assertThat(runWorkflow("-failonloaderror=false")).isEqualTo(ExitCode.EXECUTION);

        assertThat(errors()).contains("Numbers (#1) cannot be executed: Rows must be at least 0, but is -5.");
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void settingsThatCannotBeReadAreSavedAsTheyWere() throws IOException {
        workflow.replace("Numbers (#1)/settings.xml", "value=\"UP\"", "value=\"SIDE\"");

        runWorkflow("-failonloaderror=false", "-save");

        assertThat(files(workflow.path()).get("Numbers (#1)/settings.xml")).contains("value=\"SIDE\"");
    }

    @Test
    void aFolderWithoutAWorkflowIsSaidSo() throws IOException {
        final Path empty = Files.createDirectory(temp.resolve("empty"));

        assertThat(run(List.of(empty.toString()))).isEqualTo(ExitCode.LOAD);
        assertThat(errors()).contains("is no workflow, since it holds no file workflow.knime");
    }

    @Test
    void damagedDataOfAnExecutedNodeIsALoadError() throws IOException {
        runWorkflow("-save");
        Files.delete(workflow.path().resolve("Numbers (#1)/port_1/data.zip"));

        assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);
        assertThat(errors()).contains("Unable to load port content for node Numbers (#1)");
        assertThat(runWorkflow("-reset")).isEqualTo(ExitCode.SUCCESS);
    }
}
