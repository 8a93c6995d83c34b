package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gradienttape.host.workflow.WorkflowFolder.integer;
import static org.gradienttape.host.workflow.WorkflowFolder.string;
import static org.gradienttape.host.workflow.WorkflowFolder.variables;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradienttape.host.workflow.TestNodes;
import org.gradienttape.host.workflow.TestNodes.EndlessFactory;
import org.gradienttape.host.workflow.TestNodes.FailingFactory;
import org.gradienttape.host.workflow.TestNodes.ImagesFactory;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.ReaderFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.TestNodes.TextFactory;
import org.gradienttape.host.workflow.WorkflowFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchRunTest {

    private static final String[] FIVE_UP = {integer("rows", 5), string("text", "one"), string("direction", "UP")};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path temp;

    private WorkflowFolder workflow;

    @BeforeEach
    void numbersAndTheirSum() {
        TestNodes.forgetExecutions();
        workflow = new WorkflowFolder(temp.resolve("workflow"))
                .node(1, "Numbers", NumbersFactory.class, FIVE_UP)
                .node(2, "Sum", SumFactory.class)
                .connect(1, 1, 2, 1)
                .write();
    }

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
    void aRunChangesNothingInTheWorkflowsFolder() throws IOException {
        Map<String, String> before = files(workflow.path());

        runWorkflow("-option=1,rows,2,int", "-workflow.variable=x,1,int", "-reset");

        assertThat(files(workflow.path())).isEqualTo(before);
    }

    @Test
    void everyOutputTableIsWrittenAsCsv() throws IOException {
        Path tables = temp.resolve("new/tables");

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
    void aWrongOptionStopsBeforeAnythingRuns(String option, ExitCode exitCode, String sentence) {
        assertThat(runWorkflow("-option=1,text,x,String", option)).isEqualTo(exitCode);

        assertThat(errors()).contains(sentence).hasLineCount(1);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void aVariableReplacesASettingAndTravelsOn() {
        WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
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
        WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
                .node(1, "Numbers", NumbersFactory.class, model(), variables("text", "knime.workspace", null))
                .write();
        Path tables = temp.resolve("tables");

        run(List.of(variable.path().toString(), "-tablesDir=" + tables));
        run(List.of(variable.path().toString()));

        assertThat(TestNodes.executions(NumbersFactory.class))
                .containsExactly("5 " + tables + " UP", "5 " + Path.of("").toAbsolutePath() + " UP");
    }

    @Test
    void anUnknownVariableIsAWarning() {
        assertThat(runWorkflow("-workflow.variable=speed,9,int")).isEqualTo(ExitCode.SUCCESS);
        assertThat(printed()).contains("Warning: The workflow has no variable speed");
    }

    @Test
    void aVariableThatDoesNotReachTheNodeMakesItUnexecutable() {
        WorkflowFolder variable = new WorkflowFolder(temp.resolve("variable"))
                .node(1, "Numbers", NumbersFactory.class, model(), variables("rows", "count", null))
                .write();

        assertThat(run(List.of(variable.path().toString()))).isEqualTo(ExitCode.EXECUTION);
        assertThat(errors())
                .isEqualTo("Numbers (#1) cannot be executed: The setting rows is taken from the flow variable \"count\","
                        + " but no such variable reaches the node.\n");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Numbers (#1)/settings.xml | name='rows'         | key=\"rows\" type=\"xint\"        | key=\"row\" type=\"xint\"     | \"rows\"",
                "Numbers (#1)/settings.xml | name='enum'         | value=\"UP\"                      | value=\"SIDE\"                | Invalid value 'SIDE'",
                "Numbers (#1)/settings.xml | name='validate'     | type=\"xint\" value=\"5\"         | type=\"xint\" value=\"-5\"    | Rows must be at least 0",
                "Numbers (#1)/settings.xml | name='factory'      | $NumbersFactory                   | $NoFactory                    | is not installed",
                "Numbers (#1)/settings.xml | name='state'        | value=\"CONFIGURED\"              | value=\"DONE\"                | must be IDLE, CONFIGURED or EXECUTED",
                "Numbers (#1)/settings.xml | name='ports'        | <config key=\"ports\"/>           |                               | is incomplete",
                "Numbers (#1)/settings.xml | name='bundle'       | node-bundle-vendor                | vendor                        | node-bundle-vendor",
                "Numbers (#1)/settings.xml | name='not XML'      | <config                           | <<                            | cannot be read as KNIME settings",
                "workflow.knime            | name='credentials'  | <config key=\"workflow_credentials\"/> |                          | workflow_credentials",
                "workflow.knime            | name='file'         | Numbers (#1)/settings.xml         | Numbers (#9)/settings.xml     | is missing",
                "workflow.knime            | name='outside'      | Numbers (#1)/settings.xml         | ../../x/settings.xml          | lie in a folder of the workflow",
                "workflow.knime            | name='metanode'     | NativeNode                        | MetaNode                      | no metanodes and no components",
                "workflow.knime            | name='version'      | 5.1.0                             | 5.0.0                         | has the format version 5.0.0",
                "workflow.knime            | name='source port'  | key=\"sourcePort\" type=\"xint\" value=\"1\" | key=\"sourcePort\" type=\"xint\" value=\"2\" | no output port 2",
                "workflow.knime            | name='target port'  | key=\"destPort\" type=\"xint\" value=\"1\" | key=\"destPort\" type=\"xint\" value=\"3\" | no input port 3",
                "workflow.knime            | name='port type'    | key=\"destPort\" type=\"xint\" value=\"1\" | key=\"destPort\" type=\"xint\" value=\"0\" | the input takes flow variables",
                "workflow.knime            | name='no node'      | key=\"destID\" type=\"xint\" value=\"2\" | key=\"destID\" type=\"xint\" value=\"4\" | there is no node 4",
                "workflow.knime            | name='circle'       | key=\"sourceID\" type=\"xint\" value=\"1\" | key=\"sourceID\" type=\"xint\" value=\"2\" | form a circle",
            })
    void whatCannotBeLoadedIsASentenceAndNothingRuns(
            String file, String name, String text, String by, String sentence) {
        workflow.replace(file, text, by == null ? "" : by);

        assertThat(runWorkflow()).as(name).isEqualTo(ExitCode.LOAD);

        assertThat(errors()).as(name).contains(sentence);
        assertThat(TestNodes.executions(NumbersFactory.class)).as(name).isEmpty();
    }

    @Test
    void settingsOfAnIdleNodeAreCheckedToo() {
        workflow.replace("Numbers (#1)/settings.xml", "value=\"CONFIGURED\"", "value=\"IDLE\"")
                .replace("Numbers (#1)/settings.xml", "value=\"UP\"", "value=\"SIDE\"");

        assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);
        assertThat(errors())
                .isEqualTo("The node Numbers (#1) has wrong settings: Loading model settings failed: Invalid value 'SIDE'."
                        + " Possible values: UP, DOWN\n");
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
    void aFolderWithoutAWorkflowIsSaidSo() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));

        assertThat(run(List.of(empty.toString()))).isEqualTo(ExitCode.LOAD);
        assertThat(errors()).contains("is no workflow, since it holds no file workflow.knime");
    }

    @Test
    void theFolderOfTheTablesMustBeAFolder() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThat(runWorkflow("-tablesDir=" + file)).isEqualTo(ExitCode.PARAMETERS);
        assertThat(errors()).contains("The folder of -tablesDir");
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void aSavedWorkflowIsLoadedAsExecuted() throws IOException {
        Path saved = temp.resolve("saved");
        assertThat(runWorkflow("-destDir=" + saved)).isEqualTo(ExitCode.SUCCESS);
        TestNodes.forgetExecutions();
        Path tables = temp.resolve("tables");

        assertThat(run(List.of(saved.toString(), "-tablesDir=" + tables))).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
        assertThat(TestNodes.executions(SumFactory.class)).isEmpty();
        assertThat(files(tables))
                .containsEntry("Numbers (#1)_1.csv", "Number,Half,Text\n1,0.5,one\n2,1.0,\n3,1.5,\n4,2.0,\n5,2.5,\n")
                .containsEntry("Sum (#2)_1.csv", "Sum\n15\n");
        assertThat(files(saved).get("workflow.knime")).contains("key=\"state\" type=\"xstring\" value=\"EXECUTED\"");
        assertThat(files(temp)).allSatisfy((name, content) -> assertThat(name).doesNotContain("saving-", "old-"));
    }

    @Test
    void saveWritesIntoTheWorkflowsOwnFolderAndKeepsOtherFiles() throws IOException {
        Files.writeString(Files.createDirectories(workflow.path().resolve("data")).resolve("notes.txt"), "mine");

        assertThat(runWorkflow("-save")).isEqualTo(ExitCode.SUCCESS);
        TestNodes.forgetExecutions();
        assertThat(runWorkflow()).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
        assertThat(files(workflow.path())).containsEntry("data/notes.txt", "mine");
    }

    @Test
    void objectsWithFilesAreSavedAndReloaded() throws IOException {
        WorkflowFolder texts = new WorkflowFolder(temp.resolve("texts"))
                .node(1, "Text", TextFactory.class)
                .node(2, "Reader", ReaderFactory.class)
                .connect(1, 1, 2, 1)
                .write();
        Path tables = temp.resolve("tables");
        assertThat(run(List.of(texts.path().toString(), "-save", "-tablesDir=" + tables)))
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(files(tables)).isEqualTo(Map.of("Text (#1)_1.txt", "A text called Greeting\n"));
        assertThat(files(texts.path())).containsEntry("Text (#1)/filestore/000/000/text.txt", "hello");
        TestNodes.forgetExecutions();

        texts.replace("Reader (#2)/settings.xml", "value=\"EXECUTED\"", "value=\"CONFIGURED\"");
        assertThat(run(List.of(texts.path().toString(), "-save"))).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(TextFactory.class)).isEmpty();
        assertThat(TestNodes.executions(ReaderFactory.class)).containsExactly("hello 1");
        assertThat(files(texts.path())).containsEntry("Text (#1)/filestore/000/000/text.txt", "hello");
    }

    @Test
    void everyImageIsWrittenAsPng() throws IOException {
        WorkflowFolder images = new WorkflowFolder(temp.resolve("images"))
                .node(1, "Images", ImagesFactory.class)
                .write();
        Path tables = temp.resolve("tables");

        assertThat(run(List.of(images.path().toString(), "-tablesDir=" + tables))).isEqualTo(ExitCode.SUCCESS);

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
    void onlyWhatChangesRunsAgain() {
        runWorkflow("-save");
        TestNodes.forgetExecutions();

        assertThat(runWorkflow("-option=1,rows,5,int")).isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();

        assertThat(runWorkflow("-option=1,rows,4,int")).isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("4 one UP");
        assertThat(TestNodes.executions(SumFactory.class)).containsExactly("10");
        TestNodes.forgetExecutions();

        assertThat(runWorkflow("-reset")).isEqualTo(ExitCode.SUCCESS);
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("5 one UP");
        assertThat(TestNodes.executions(SumFactory.class)).containsExactly("15");
    }

    @Test
    void changedOptionsAreSavedWithTheWorkflow() {
        runWorkflow("-save", "-option=1,rows,2,int");
        runWorkflow("-reset");

        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("2 one UP", "2 one UP");
    }

    @Test
    void damagedDataOfAnExecutedNodeIsALoadError() throws IOException {
        runWorkflow("-save");
        Files.delete(workflow.path().resolve("Numbers (#1)/port_1/data.zip"));

        assertThat(runWorkflow()).isEqualTo(ExitCode.LOAD);
        assertThat(errors()).contains("Unable to load port content for node Numbers (#1)");
        assertThat(runWorkflow("-reset")).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void aFailedRunIsSavedWithItsMessage() throws IOException {
        workflow.node(3, "Failing", FailingFactory.class).write();

        assertThat(runWorkflow("-save")).isEqualTo(ExitCode.EXECUTION);

        assertThat(files(workflow.path()).get("Failing (#3)/settings.xml"))
                .contains("value=\"CONFIGURED\"", "value=\"ERROR\"", "The file weights.bin is missing; write it first.");
    }

    @Test
    void theDestinationMustBeFree() throws IOException {
        Path used = Files.createDirectory(temp.resolve("used"));
        Files.writeString(used.resolve("thesis.txt"), "years of work");

        assertThat(runWorkflow("-destDir=" + used)).isEqualTo(ExitCode.PARAMETERS);

        assertThat(errors()).contains("holds something else than a workflow").hasLineCount(1);
        assertThat(files(used)).isEqualTo(Map.of("thesis.txt", "years of work"));
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void aCancelledRunEndsWithCode4() throws Exception {
        CountDownLatch running = EndlessFactory.watch();
        WorkflowFolder endless = new WorkflowFolder(temp.resolve("endless"))
                .node(1, "Endless", EndlessFactory.class)
                .write();
        BatchRun run = batchRun();
        List<ExitCode> exitCode = new ArrayList<>();
        Thread thread = new Thread(() -> exitCode.add(run.run(List.of(endless.path().toString()))));

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
        Properties trace = new Properties();
        trace.setProperty("gradienttape.trace", "true");

        new BatchRun(TestNodes.registry(), Console.of(stream(out), stream(err), trace))
                .run(List.of(workflow.path().toString()));

        assertThat(errors()).contains("The file weights.bin is missing", "\tat org.gradienttape.host.");
    }

    private static String model() {
        return "<config key=\"model\">\n" + String.join("", FIVE_UP) + "</config>\n";
    }

    private ExitCode runWorkflow(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(0, workflow.path().toString());
        return run(arguments);
    }

    private ExitCode run(List<String> arguments) {
        return batchRun().run(arguments);
    }

    private BatchRun batchRun() {
        return new BatchRun(TestNodes.registry(), Console.of(stream(out), stream(err), new Properties()));
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Every file below a folder with its content. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
