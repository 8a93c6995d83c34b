package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradienttape.host.folder.Beside;
import org.gradienttape.host.table.KnimeTable;
import org.gradienttape.host.workflow.TestNodes;
import org.gradienttape.host.workflow.TestNodes.FailingFactory;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.ReaderFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.TestNodes.TextFactory;
import org.gradienttape.host.workflow.WorkflowFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;

class SaveTest extends BatchRunFixture {

    @Test
    void aRunChangesNothingInTheWorkflowsFolder() throws IOException {
        final Map<String, String> before = files(workflow.path());

        runWorkflow("-option=1,rows,2,int", "-workflow.variable=x,1,int", "-reset");

        assertThat(files(workflow.path())).isEqualTo(before);
    }

    @Test
    void aSavedWorkflowIsLoadedAsExecuted() throws IOException {
        final Path saved = temp.resolve("saved");
        assertThat(runWorkflow("-destDir=" + saved)).isEqualTo(ExitCode.SUCCESS);
        TestNodes.forgetExecutions();
        final Path tables = temp.resolve("tables");

        assertThat(run(List.of(saved.toString(), "-tablesDir=" + tables))).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
        assertThat(TestNodes.executions(SumFactory.class)).isEmpty();
        assertThat(files(tables))
                .containsEntry("Numbers (#1)_1.csv", "Number,Half,Text\n1,0.5,one\n2,1.0,\n3,1.5,\n4,2.0,\n5,2.5,\n")
                .containsEntry("Sum (#2)_1.csv", "Sum\n15\n");
        assertThat(files(saved).get("workflow.knime")).contains("key=\"state\" type=\"xstring\" value=\"EXECUTED\"");
        assertThat(files(temp)).allSatisfy((name, content) -> assertThat(name).doesNotContain("saving-", "old-"));
    }

    /** As after a kill between the two moves: the old workflow is aside, the new one not in its place yet. */
    @Test
    void aWorkflowThatAKilledRunWasSavingIsThereAgain() throws Exception {
        killWhileSaving(Killed.class);
        assertThat(workflow.path()).doesNotExist();

        assertThat(runWorkflow()).isEqualTo(ExitCode.SUCCESS);

        assertThat(temp.toFile().list()).containsExactly("workflow");
    }

    @Test
    void whatKilledRunsLeftBesideIsTakenAwayWhenSomebodySavesThere() throws Exception {
        killWhileSaving(KilledEarlier.class);
        assertThat(temp.toFile().list()).hasSize(3);

        assertThat(runWorkflow("-save")).isEqualTo(ExitCode.SUCCESS);

        assertThat(temp.toFile().list()).containsExactly("workflow");
    }

    private void killWhileSaving(final Class<?> program) throws Exception {
        final Process run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        workflow.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        run.waitFor();
    }

    /** Ends without any end between the two moves. */
    static final class Killed {

        private Killed() {}

        public static void main(final String[] arguments) throws IOException {
            final Path place = Path.of(arguments[0]);
            final Beside beside = Beside.in(place.getParent());
            Files.createDirectory(beside.fresh("saving"));
            Files.move(place, beside.aside(place));
            Runtime.getRuntime().halt(137);
        }
    }

    /** Ends without any end before the first move. */
    static final class KilledEarlier {

        private KilledEarlier() {}

        public static void main(final String[] arguments) throws IOException {
            final Beside beside = Beside.in(Path.of(arguments[0]).getParent());
            Files.createFile(Files.createDirectory(beside.fresh("saving")).resolve("half"));
            Runtime.getRuntime().halt(137);
        }
    }

    @Test
    @Timeout(20)
    void pipesInTheFolderAreNotWaitedFor() throws Exception {
        new ProcessBuilder("mkfifo", workflow.path().resolve("pipe").toString())
                .start()
                .waitFor();

        assertThat(runWorkflow("-destDir=" + temp.resolve("saved"))).isEqualTo(ExitCode.SUCCESS);

        assertThat(temp.resolve("saved/pipe")).doesNotExist();
    }

    @Test
    void tablesThatKnimeCompressesWithSnappyAreLoaded() throws IOException {
        runWorkflow("-save");
        TestNodes.forgetExecutions();
        final DataTableSpec spec = new DataTableSpec(
                new String[] {"Number", "Half", "Text"},
                new DataType[] {IntCell.TYPE, DoubleCell.TYPE, StringCell.TYPE});
        new KnimeTable(spec, "Snappy")
                .row(
                        "Row0",
                        KnimeTable.cell("IntCell", out -> out.writeInt(41)),
                        KnimeTable.cell("DoubleCell", out -> out.writeDouble(20.5)),
                        KnimeTable.missing())
                .save(workflow.path().resolve("Numbers (#1)/port_1"));
        final Path tables = temp.resolve("tables");

        assertThat(runWorkflow("-tablesDir=" + tables)).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
        assertThat(files(tables)).containsEntry("Numbers (#1)_1.csv", "Number,Half,Text\n41,20.5,\n");
    }

    @Test
    void saveWritesIntoTheWorkflowsOwnFolderAndKeepsOtherFiles() throws IOException {
        Files.writeString(
                Files.createDirectories(workflow.path().resolve("data")).resolve("notes.txt"), "mine");

        assertThat(runWorkflow("-save")).isEqualTo(ExitCode.SUCCESS);
        TestNodes.forgetExecutions();
        assertThat(runWorkflow()).isEqualTo(ExitCode.SUCCESS);

        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
        assertThat(files(workflow.path())).containsEntry("data/notes.txt", "mine");
    }

    @Test
    void objectsWithFilesAreSavedAndReloaded() throws IOException {
        final WorkflowFolder texts = new WorkflowFolder(temp.resolve("texts"))
                .node(1, "Text", TextFactory.class)
                .node(2, "Reader", ReaderFactory.class)
                .connect(1, 1, 2, 1)
                .write();
        final Path tables = temp.resolve("tables");
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
    void aFailedRunIsSavedWithItsMessage() throws IOException {
        workflow.node(3, "Failing", FailingFactory.class).write();

        assertThat(runWorkflow("-save")).isEqualTo(ExitCode.EXECUTION);

        assertThat(files(workflow.path()).get("Failing (#3)/settings.xml"))
                .contains("value=\"CONFIGURED\"", "value=\"ERROR\"")
                .contains("The file weights.bin is missing; write it first.");
    }

    @Test
    void theDestinationMustBeFree() throws IOException {
        final Path used = Files.createDirectory(temp.resolve("used"));
        Files.writeString(used.resolve("thesis.txt"), "years of work");

        assertThat(runWorkflow("-destDir=" + used)).isEqualTo(ExitCode.PARAMETERS);

        assertThat(errors()).contains("holds something else than a workflow").hasLineCount(1);
        assertThat(files(used)).isEqualTo(Map.of("thesis.txt", "years of work"));
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }

    @Test
    void aDestinationThatCannotBeMadeIsSaidBeforeAnythingRuns() throws IOException {
        final Path file = Files.createFile(temp.resolve("file"));

        assertThat(runWorkflow("-destDir=" + file.resolve("saved/here"))).isEqualTo(ExitCode.PARAMETERS);

        assertThat(errors())
                .contains("cannot be made, since " + file + " is no folder")
                .hasLineCount(1);
        assertThat(TestNodes.executions(NumbersFactory.class)).isEmpty();
    }
}
