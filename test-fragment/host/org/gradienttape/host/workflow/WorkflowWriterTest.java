package org.gradienttape.host.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.host.workflow.WorkflowFolder.integer;
import static org.gradienttape.host.workflow.WorkflowFolder.string;
import static org.gradienttape.host.workflow.WorkflowFolder.variables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.swing.JComponent;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.saved.LoadedWorkflow;
import org.gradienttape.host.saved.SettingsFile;
import org.gradienttape.host.saved.WorkflowReader;
import org.gradienttape.host.saved.WorkflowWriter;
import org.gradienttape.host.workflow.TestNodes.FailingFactory;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.TestNodes.TextFactory;
import org.gradienttape.host.workflow.TestTexts.TextSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

class WorkflowWriterTest {

    @TempDir
    private Path temp;

    private WorkflowFolder folder;
    private Path target;

    @BeforeEach
    void emptyWorkflow() {
        TestNodes.forgetExecutions();
        folder = new WorkflowFolder(temp.resolve("workflow"));
        target = temp.resolve("target");
    }

    @Test
    void anExecutedNodeHasTheEntriesThatKnimeReads() throws IOException, InvalidSettingsException {
        folder.node(1, "Numbers", NumbersFactory.class, "", "");

        runAndWrite();

        final NodeSettings file = SettingsFile.read(target.resolve("Numbers (#1)/settings.xml"));
        assertThat(file.getString("state")).isEqualTo("EXECUTED");
        assertThat(file.getBoolean("hasContent")).isTrue();
        assertThat(file.getNodeSettings("model").getInt("rows")).isEqualTo(3);
        assertThat(file.getNodeSettings("node_creation_config").keySet()).hasSize(1);
        final NodeSettingsRO port = file.getNodeSettings("ports").getNodeSettings("port_1");
        assertThat(port.getInt("index")).isEqualTo(1);
        assertThat(port.getString("port_object_class")).isEqualTo("org.knime.core.node.BufferedDataTable");
        assertThat(port.getString("port_dir_location")).isEqualTo("port_1");
        assertThat(target.resolve("Numbers (#1)/port_1/data.zip")).isRegularFile();
        assertThat(target.resolve(".savedWithData")).isRegularFile();
    }

    @Test
    void exposedVariablesAreSavedWithTheNodeAndSeenAfterLoading() throws IOException, InvalidSettingsException {
        final String model = "<config key=\"model\">\n" + integer("rows", 5) + string("text", "x")
                + string("direction", "UP") + "</config>\n";
        folder.node(1, "Numbers", NumbersFactory.class, model, variables("rows", null, "counted"))
                .node(2, "Numbers", NumbersFactory.class, model, variables("text", "counted", null))
                .connect(1, 0, 2, 0);
        runAndWrite();
        TestNodes.forgetExecutions();

        final NodeSettings file = SettingsFile.read(target.resolve("Numbers (#1)/settings.xml"));
        final NodeSettingsRO variable = file.getNodeSettings("flow_stack").getNodeSettings("Variable_0");
        assertThat(variable.getString("type")).isEqualTo("variable");
        assertThat(variable.getString("name")).isEqualTo("counted");
        assertThat(variable.getInt("value")).isEqualTo(5);
        new WorkflowFolder(target).replace("Numbers (#2)/settings.xml", "value=\"EXECUTED\"", "value=\"CONFIGURED\"");
        run(WorkflowReader.read(target, TestNodes.registry(), new FileStores()));
        assertThat(TestNodes.executions(NumbersFactory.class)).containsExactly("5 5 UP");
    }

    @Test
    void aNodeBehindOneThatIsNotExecutedRunsAgain() throws IOException {
        folder.node(1, "Numbers", NumbersFactory.class, "", "")
                .node(2, "Sum", SumFactory.class)
                .connect(1, 1, 2, 1);
        runAndWrite();
        TestNodes.forgetExecutions();

        new WorkflowFolder(target).replace("Numbers (#1)/settings.xml", "value=\"EXECUTED\"", "value=\"CONFIGURED\"");
        run(WorkflowReader.read(target, TestNodes.registry(), new FileStores()));

        assertThat(TestNodes.executions(SumFactory.class)).containsExactly("6");
    }

    @Test
    void theStateOfTheWorkflowIsThatOfItsLeastNode() throws IOException, InvalidSettingsException {
        folder.node(1, "Numbers", NumbersFactory.class, "", "").node(2, "Failing", FailingFactory.class);

        runAndWrite();

        assertThat(SettingsFile.read(target.resolve("workflow.knime")).getString("state"))
                .isEqualTo("CONFIGURED");
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        folder.node(1, "Text", TextFactory.class);
        runAndWrite();
        final byte[] before = Files.readAllBytes(target.resolve("Text (#1)/settings.xml"));

        final Workflow workflow;
        try (FileStores fileStores = new FileStores()) {
            workflow = run(WorkflowReader.readReset(folder.path(), TestNodes.registry()), fileStores);
        }
        final NodeInstance node = workflow.node(1).orElseThrow();
        node.executed(
                new Outputs(new PortObject[] {new Undeclared()}, Optional.empty(), Optional.empty()), Optional.empty());

        assertThatThrownBy(() -> new WorkflowWriter(workflow).write(target)).isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(target.resolve("Text (#1)/settings.xml"))).isEqualTo(before);
        assertThat(children(temp)).containsExactlyInAnyOrder("workflow", "target");
    }

    private void runAndWrite() throws IOException {
        try (FileStores fileStores = new FileStores()) {
            final LoadedWorkflow loaded = WorkflowReader.read(folder.write().path(), TestNodes.registry(), fileStores);
            new WorkflowWriter(run(loaded, fileStores)).write(target);
        }
    }

    private static void run(final LoadedWorkflow loaded) throws IOException {
        try (FileStores fileStores = new FileStores()) {
            run(loaded, fileStores);
        }
    }

    private static Workflow run(final LoadedWorkflow loaded, final FileStores fileStores) {
        assertThat(loaded.errors()).isEmpty();
        new Configurator(loaded.workflow(), new Silent()).configureAll();
        new Executor(loaded.workflow(), Executor.tasks(fileStores), new Silent(), 1).run();
        return loaded.workflow();
    }

    private static Stream<String> children(final Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    /** An object of a class that is no declared port type, so that it cannot be written. */
    private static final class Undeclared implements PortObject {
        @Override
        public String getSummary() {
            return "undeclared";
        }

        @Override
        public PortObjectSpec getSpec() {
            return new TextSpec();
        }

        @Override
        public JComponent[] getViews() {
            return new JComponent[0];
        }
    }

    /** Takes no notice. */
    private static final class Silent implements ExecutionListener {
        @Override
        public void started(final NodeInstance node) {}

        @Override
        public void progressed(final NodeInstance node, final double fraction, final String message) {}

        @Override
        public void executed(final NodeInstance node, final Duration duration) {}

        @Override
        public void failed(final NodeInstance node, final Throwable cause) {}

        @Override
        public void cancelled(final NodeInstance node) {}

        @Override
        public void warned(final NodeInstance node, final String warning) {}
    }
}
