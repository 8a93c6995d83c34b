package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradienttape.host.workflow.WorkflowFolder.integer;
import static org.gradienttape.host.workflow.WorkflowFolder.string;
import static org.gradienttape.host.workflow.WorkflowFolder.variables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradienttape.host.workflow.TestNodes;
import org.gradienttape.host.workflow.TestNodes.EndlessFactory;
import org.gradienttape.host.workflow.TestNodes.FailingFactory;
import org.gradienttape.host.workflow.TestNodes.ImagesFactory;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.PlaceFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.WorkflowFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRunTest extends BatchRunFixture {

    @Test
    void withoutArgumentsTheOptionsAreListed() {
        assertThat(run(List.of())).isEqualTo(ExitCode.SUCCESS);
        assertThat(printed()).contains("-tablesDir=DIR", "-option=NODEID,KEY,VALUE,TYPE");
    }

    @Test
    void allNodesRunAndTellOfIt() {
        assertThat(runWorkflow()).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("5 one UP");
        assertThat(TestNodes.executions(SumFactory.class)).containsExactly("15");
        assertThat(printed())
                .contains("Numbers (#1): started\n", "Counting to 5\n", "Numbers (#1): executed in ")
                .contains("Warning: Sum (#2): Sums may overflow.\n");
        assertThat(errors()).isEmpty();
    }

    @Test
    void everyOutputTableIsWrittenAsCsv() throws IOException {
        final Path tables = temp.resolve("new/tables");

        assertThat(runWorkflow("-tablesDir=" + tables)).isEqualTo(ExitCode.SUCCESS);

        assertThat(files(tables))
                .isEqualTo(Map.of(
                        "Numbers (#1)_1.csv",
                        "Number,Half,Text\n1,0.5,one\n2,1.0,\n3,1.5,\n4,2.0,\n5,2.5,\n",
                        "Sum (#2)_1.csv",
                        "Sum\n15\n"));
    }

    @Test
    void aSettingIsChangedByAnOption() {
        assertThat(runWorkflow("-option=1,rows,2,int", "-option=1,text,a,b,String", "-option=1,direction,DOWN,String"))
                .isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("2 a,b DOWN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-option=7,rows,2,int            | PARAMETERS | the workflow has only: Numbers (#1), Sum (#2)",
                "-option=1,columns,2,int         | PARAMETERS | no setting \"columns\"",
                "-option=2,rows,2,int            | PARAMETERS | no setting",
                "-option=1,rows,2,String         | PARAMETERS | \"rows\" is of type int",
                "-option=1,rows,2.5,int          | PARAMETERS | has the value \"2.5\"",
                "-option=1,direction,LEFT,String | PARAMETERS | one of UP, DOWN",
                "-option=1,rows,-1,int           | LOAD       | Rows must be at least 0, but is -1.",
            })
    void aWrongOptionStopsBeforeAnythingRuns(final String option, final ExitCode exitCode, final String sentence) {
        assertThat(runWorkflow("-option=1,text,x,String", option)).isEqualTo(exitCode);

        assertThat(errors()).contains(sentence).hasLineCount(1);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void aVariableReplacesASettingAndTravelsOn() {
        final WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
                .node(1, "Numbers", NumbersFactory.class, model(), variables("rows", "count", "counted"))
                .node(2, "Sum", SumFactory.class)
                .node(3, "Numbers", NumbersFactory.class, model(), variables("rows", "counted", null))
                .connect(1, 1, 2, 1)
                .connect(2, 0, 3, 0)
                .variable("count", "INTEGER", integer("value", 7))
                .write();

        assertThat(run(List.of(variable.path().toString()))).isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("7 one UP", "7 one UP");
        TestNodes.forgetExecutions();

        assertThat(run(List.of(variable.path().toString(), "-workflow.variable=count,4,int")))
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("4 one UP", "4 one UP");
    }

    @Test
    void theWorkspaceIsTheFolderOfTheTables() {
        final WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
                .node(1, "Numbers", NumbersFactory.class, model(), variables("text", "knime.workspace", null))
                .write();
        final Path tables = temp.resolve("tables");

        run(List.of(variable.path().toString(), "-tablesDir=" + tables));
        run(List.of(variable.path().toString()));

        assertThat(TestNodes.executions(NumbersFactory.class))
                .containsExactly("5 " + tables + " UP", "5 " + Path.of("").toAbsolutePath() + " UP");
    }

    /** In KNIME, too, knime://LOCAL is the folder that the variable knime.workspace names. */
    @Test
    void theMountpointLocalIsTheWorkspace() {
        final WorkflowFolder place = place("local", "knime://LOCAL/x");
        final Path tables = temp.resolve("tables");

        run(List.of(place.path().toString(), "-tablesDir=" + tables));
        run(List.of(place.path().toString()));

        final Path here = Path.of("").toAbsolutePath();
        assertThat(TestNodes.executions(PlaceFactory.class))
                .containsExactly(
                        "configured for " + tables.resolve("x"),
                        "executed for " + tables.resolve("x"),
                        "configured for " + here.resolve("x"),
                        "executed for " + here.resolve("x"));
    }

    @Test
    void aNodeFindsItsWorkflowAndItsOwnFolder() {
        final WorkflowFolder inWorkflow = place("a", "knime://knime.workflow/data");
        final WorkflowFolder inNode = place("b", "knime://knime.node/drop");

        run(List.of(inWorkflow.path().toString(), "-destDir=" + temp.resolve("saved")));
        run(List.of(inNode.path().toString()));

        assertThat(TestNodes.executions(PlaceFactory.class))
                .containsExactly(
                        "configured for " + inWorkflow.path().resolve("data"),
                        "executed for " + inWorkflow.path().resolve("data"),
                        "configured for " + inNode.path().resolve("Place (#1)/drop"),
                        "executed for " + inNode.path().resolve("Place (#1)/drop"));
    }

    @Test
    void workflowsThatRunAtOnceFindTheirOwnFolders() throws Exception {
        final List<WorkflowFolder> workflows = IntStream.range(0, 8)
                .mapToObj(number -> place("flow " + number, "knime://knime.workflow/data"))
                .toList();

        final List<Callable<ExitCode>> runs = workflows.stream()
                .map(workflow ->
                        (Callable<ExitCode>) () -> run(List.of(workflow.path().toString())))
                .toList();
        final ExecutorService threads = Executors.newFixedThreadPool(runs.size());
        try {
            for (final Future<ExitCode> run : threads.invokeAll(runs)) {
                assertThat(run.get()).isEqualTo(ExitCode.SUCCESS);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(TestNodes.executions(PlaceFactory.class))
                .containsExactlyInAnyOrderElementsOf(workflows.stream()
                        .flatMap(workflow -> Stream.of("configured", "executed")
                                .map(what -> what + " for " + workflow.path().resolve("data")))
                        .toList());
    }

    private WorkflowFolder place(final String name, final String url) {
        return new WorkflowFolder(temp.resolve(name))
                .node(1, "Place", PlaceFactory.class, string("url", url))
                .write();
    }

    @Test
    void anUnknownVariableIsAWarning() {
        assertThat(runWorkflow("-workflow.variable=speed,9,int")).isEqualTo(ExitCode.SUCCESS);
        assertThat(printed()).contains("Warning: The workflow has no variable speed");
    }

    @Test
    void aVariableThatDoesNotReachTheNodeMakesItUnexecutable() {
        final WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
                .node(1, "Numbers", NumbersFactory.class, model(), variables("rows", "count", null))
                .write();

        assertThat(run(List.of(variable.path().toString()))).isEqualTo(ExitCode.EXECUTION);
        assertThat(errors())
                .isEqualTo("Numbers (#1) cannot be executed: The setting rows is taken from the flow variable"
                        + " \"count\", but no such variable reaches the node.\n");
    }

    @Test
    void aFailingNodeIsOneSentenceAndTheOthersGoOn() {
        workflow.node(3, "Failing", FailingFactory.class)
                .node(4, "Sum", SumFactory.class)
                .connect(3, 1, 4, 1)
                .write();

        assertThat(runWorkflow()).isEqualTo(ExitCode.EXECUTION);

        assertThat(errors())
                .contains("Failing (#3): The file weights.bin is missing; write it first.\n")
                .contains("Sum (#4) cannot be executed: The table has no column Number; connect one.\n");
        assertThat(TestNodes.executions(SumFactory.class)).containsExactly("15");
        assertThat(printed()).contains("2 of 4 nodes are executed.");
    }

    @Test
    void noexecuteOnlyLoads() {
        assertThat(runWorkflow("-noexecute")).isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void noexecuteSaysWhatCouldNotBeExecuted() {
        final WorkflowFolder place = place("somewhere", "knime://knime.workflow/data");
        final WorkflowFolder unconnected = new WorkflowFolder(temp.resolve("unconnected"))
                .node(1, "Sum", SumFactory.class)
                .write();

        assertThat(run(List.of(place.path().toString(), "-noexecute"))).isEqualTo(ExitCode.SUCCESS);
        assertThat(run(List.of(unconnected.path().toString(), "-noexecute"))).isEqualTo(ExitCode.EXECUTION);
        assertThat(errors()).contains("Sum (#1) cannot be executed: Its input port 1 is not connected");
    }

    @Test
    void anOutputThatCannotBeWrittenIsASentenceAndCode4() throws IOException {
        final Path tables = temp.resolve("tables");
        Files.createDirectories(tables.resolve("Numbers (#1)_1.csv"));

        assertThat(runWorkflow("-tablesDir=" + tables)).isEqualTo(ExitCode.EXECUTION);

        assertThat(errors())
                .startsWith("The outputs of Numbers (#1) cannot be written: ")
                .hasLineCount(1);
        assertThat(files(tables)).isEqualTo(Map.of("Sum (#2)_1.csv", "Sum\n15\n"));
    }

    @Test
    void theFolderOfTheTablesMustBeAFolder() throws IOException {
        final Path file = Files.createFile(temp.resolve("file"));

        assertThat(runWorkflow("-tablesDir=" + file)).isEqualTo(ExitCode.PARAMETERS);
        assertThat(errors()).contains("The folder of -tablesDir");
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void everyImageIsWrittenAsPng() throws IOException {
        final WorkflowFolder images = new WorkflowFolder(temp.resolve("images"))
                .node(1, "Images", ImagesFactory.class)
                .write();
        final Path tables = temp.resolve("tables");

        assertThat(run(List.of(images.path().toString(), "-tablesDir=" + tables)))
                .isEqualTo(ExitCode.SUCCESS);

        assertThat(files(tables))
                .containsOnlyKeys("Images (#1)_1.png", "Images (#1)_2.csv", "Images (#1)_2_step_0_Image.png")
                .containsEntry("Images (#1)_2.csv", "Image\nImages (#1)_2_step_0_Image.png\n");
        assertThat(ImageIO.read(tables.resolve("Images (#1)_1.png").toFile()).getWidth())
                .isEqualTo(1);
        assertThat(ImageIO.read(tables.resolve("Images (#1)_2_step_0_Image.png").toFile())
                        .getWidth())
                .isEqualTo(1);
    }

    @Test
    void aCancelledRunEndsWithCode4() throws Exception {
        final CountDownLatch running = EndlessFactory.watch();
        final WorkflowFolder endless = new WorkflowFolder(temp.resolve("endless"))
                .node(1, "Endless", EndlessFactory.class)
                .write();
        final BatchRun run = batchRun();
        final List<ExitCode> exitCode = new ArrayList<>();
        final Thread thread =
                new Thread(() -> exitCode.add(run.run(List.of(endless.path().toString()))));

        thread.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        run.cancel();
        thread.join(30_000);

        assertThat(exitCode).containsExactly(ExitCode.EXECUTION);
        assertThat(printed()).contains("Endless (#1): cancelled");
        assertThat(errors()).isEqualTo("The run was cancelled.\n");
    }

    @Test
    void stackTracesAreShownOnRequest() {
        workflow.node(3, "Failing", FailingFactory.class).write();
        final Properties trace = new Properties();
        trace.setProperty("gradienttape.trace", "true");

        new BatchRun(TestNodes.registry(), console(trace))
                .run(List.of(workflow.path().toString()));

        assertThat(errors()).contains("The file weights.bin is missing", "\tat org.gradienttape.host.");
    }
}
