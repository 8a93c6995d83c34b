package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.SettingType;
import org.gradienttape.host.workflow.VariableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionParserTest {

    @TempDir
    private Path folder;

    @Test
    void thePlainArgumentIsTheWorkflow() throws RunException {
        final RunOptions options = OptionParser.parse(List.of(folder.toString()));

        assertThat(options.workflow()).isEqualTo(folder);
        assertThat(options.saveTo()).isEmpty();
        assertThat(options.results().tables()).isEmpty();
        assertThat(options.mode()).isEqualTo(new RunOptions.Mode(false, true, true));
        assertThat(options.changes()).isEqualTo(new RunOptions.Changes(List.of(), List.of()));
    }

    @Test
    void allOptionsAreRead() throws RunException {
        final RunOptions options = OptionParser.parse(List.of(
                "-workflowDir=" + folder,
                "-destDir=" + folder.resolveSibling("saved"),
                "-reset",
                "-noexecute",
                "-failonloaderror=false",
                "-tablesDir=" + folder.resolve("tables"),
                "-viewsDir=" + folder.resolve("views"),
                "-option=3,layers/0/size,64,int",
                "-workflow.variable=rate,0.5,double"));

        assertThat(options.saveTo()).contains(folder.resolveSibling("saved"));
        assertThat(options.results().tables()).contains(folder.resolve("tables"));
        assertThat(options.results().views()).contains(folder.resolve("views"));
        assertThat(options.mode()).isEqualTo(new RunOptions.Mode(true, false, false));
        assertThat(options.changes().settings())
                .containsExactly(new SettingChange(3, "layers/0/size", "64", SettingType.INT));
        assertThat(options.changes().variables()).containsExactly(new FlowVariable("rate", VariableType.DOUBLE, 0.5));
    }

    @Test
    void saveWithoutDestinationMeansTheWorkflowsOwnFolder() throws RunException {
        assertThat(OptionParser.parse(List.of(folder.toString(), "-save")).saveTo())
                .contains(folder);
    }

    @Test
    void nosaveWinsOverTheDestination() throws RunException {
        assertThat(OptionParser.parse(List.of(folder.toString(), "-destDir=" + folder.resolveSibling("x"), "-nosave"))
                        .saveTo())
                .isEmpty();
    }

    @Test
    void valuesMayHoldCommas() throws RunException {
        final RunOptions options = OptionParser.parse(List.of(
                folder.toString(),
                "-option=1,name,one, two,String",
                "-workflow.variable=list,\"a,b\",String",
                "-workflow.variable=empty,'',String"));

        assertThat(options.changes().settings().get(0).text()).isEqualTo("one, two");
        assertThat(options.changes().variables())
                .extracting(FlowVariable::value)
                .containsExactly("a,b", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-frobnicate          | The option -frobnicate is unknown",
                "-reset=true          | The option -reset takes no value",
                "-failonloaderror=yes | a value of type boolean is true or false",
                "-tablesDir           | The option -tablesDir needs a value: -tablesDir=DIR",
                "-option=1,epochs,2   | is not of the form -option=NODEID,KEY,VALUE,TYPE",
                "-option=x,epochs,2,int     | begins with \"x\"",
                "-option=1,,2,int           | names no setting",
                "-option=1,a//b,2,int       | names no setting",
                "-option=1,epochs,2,Integer | has the unknown type Integer",
                "-option=1,epochs,two,int   | has the value \"two\"; a value of type int is a whole number such as 20",
                "-option=1,epochs,99999999999,int | has the value \"99999999999\"",
                "-option=1,on,yes,boolean   | a value of type boolean is true or false",
                "-workflow.variable=a,1     | is not of the form -workflow.variable=NAME,VALUE,TYPE",
                "-workflow.variable=a,1,Int | has the unknown type Int; give String, int or double",
                "-workflow.variable=a,x,int | has the value \"x\"",
                "-workflow.variable=knime.workspace,x,String | must not begin with knime",
            })
    void aWrongOptionIsOneSentence(final String option, final String sentence) {
        assertThatThrownBy(() -> OptionParser.parse(List.of(folder.toString(), option)))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PARAMETERS))
                .hasMessageContaining(sentence);
    }

    @Test
    void anOptionMayNotBeGivenTwice() {
        refused(List.of("-reset", "-reset"), "-reset is given twice");
    }

    @Test
    void saveContradictsTheOtherWaysToSave() {
        refused(List.of("-save", "-nosave"), "-save cannot be combined");
        refused(List.of("-save", "-destDir=" + folder.resolveSibling("x")), "-save cannot be combined");
    }

    @Test
    void theDestinationMayNotLieInTheWorkflow() {
        refused(List.of("-destDir=" + folder.resolve("x")), "lies inside the workflow's own folder");
    }

    @Test
    void theWorkflowMustBeOneFolder() throws Exception {
        final Path file = Files.createFile(folder.resolve("file"));

        refused(List.of("-workflowDir=" + folder), "Two workflow folders are given");
        assertThatThrownBy(() -> OptionParser.parse(List.of("-reset"))).hasMessageContaining("No workflow folder");
        assertThatThrownBy(() -> OptionParser.parse(List.of(file.toString())))
                .hasMessageContaining("does not exist or is no folder");
        assertThatThrownBy(
                        () -> OptionParser.parse(List.of(folder.resolve("none").toString())))
                .hasMessageContaining("does not exist or is no folder");
    }

    private void refused(final List<String> options, final String sentence) {
        final List<String> arguments = new ArrayList<>(options);
        arguments.add(0, folder.toString());
        assertThatThrownBy(() -> OptionParser.parse(arguments))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PARAMETERS))
                .hasMessageContaining(sentence);
    }
}
