package org.gradienttape.host.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.saved.LoadedWorkflow;
import org.gradienttape.host.saved.WorkflowReader;
import org.gradienttape.host.workflow.TestNodes.EitherFactory;
import org.gradienttape.host.workflow.TestNodes.EndlessFactory;
import org.gradienttape.host.workflow.TestNodes.FailingFactory;
import org.gradienttape.host.workflow.TestNodes.MeetingFactory;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.ReaderFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.TestNodes.TextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorTest {

    private final FileStores fileStores = new FileStores();
    private final Events events = new Events();

    @TempDir
    private Path temp;

    private WorkflowFolder folder;

    @BeforeEach
    void emptyWorkflow() {
        TestNodes.forgetExecutions();
        folder = new WorkflowFolder(temp.resolve("workflow"));
    }

    @AfterEach
    void closeFileStores() throws IOException {
        fileStores.close();
    }

    @Test
    void nodesThatDoNotDependOnEachOtherRunAtTheSameTime() throws IOException {
        folder.node(1, "Meeting", MeetingFactory.class).node(2, "Meeting", MeetingFactory.class);

        final Workflow workflow = run(2);

        assertThat(workflow.nodes()).extracting(NodeInstance::state).containsOnly(NodeState.EXECUTED);
    }

    @Test
    void aNodeRunsAfterAllThatItDependsOn() throws IOException {
        folder.node(1, "Sum", SumFactory.class)
                .node(2, "Numbers", NumbersFactory.class, "", "")
                .connect(2, 1, 1, 1);

        run(4);

        assertThat(events.list)
                .containsExactly(
                        "started Numbers (#2)",
                        "executed Numbers (#2)",
                        "started Sum (#1)",
                        "warned Sum (#1): Sums may overflow.",
                        "executed Sum (#1)");
    }

    @Test
    void aConnectionOfFlowVariablesOrdersNodes() throws IOException {
        folder.node(1, "Numbers", NumbersFactory.class, "", "")
                .node(2, "Numbers", NumbersFactory.class, "", "")
                .connect(2, 0, 1, 0);

        run(4);

        assertThat(events.list).containsSubsequence("executed Numbers (#2)", "started Numbers (#1)");
    }

    @Test
    void aFailureStopsOnlyWhatDependsOnIt() throws IOException {
        folder.node(1, "Failing", FailingFactory.class)
                .node(2, "Text", TextFactory.class)
                .node(3, "Numbers", NumbersFactory.class, "", "")
                .connect(1, 0, 2, 0);

        final Workflow workflow = run(1);

        final NodeInstance failed = workflow.node(1).orElseThrow();
        assertThat(failed.state()).isEqualTo(NodeState.CONFIGURED);
        assertThat(failed.message())
                .contains(new NodeMessage(NodeMessage.Kind.ERROR, "The file weights.bin is missing; write it first."));
        assertThat(failed.outputs().objects()).isEmpty();
        assertThat(workflow.node(2).orElseThrow().state()).isEqualTo(NodeState.CONFIGURED);
        assertThat(workflow.node(3).orElseThrow().state()).isEqualTo(NodeState.EXECUTED);
        assertThat(events.list).containsOnlyOnce("failed Failing (#1)").doesNotContain("started Text (#2)");
    }

    @Test
    void everyConsumerGetsItsOwnCopyOfAnObject() throws IOException {
        folder.node(1, "Text", TextFactory.class)
                .node(2, "Reader", ReaderFactory.class)
                .node(3, "Reader", ReaderFactory.class)
                .connect(1, 1, 2, 1)
                .connect(1, 1, 3, 1);

        run(2);

        assertThat(TestNodes.executions(ReaderFactory.class)).containsExactly("hello 1", "hello 1");
        assertThat(ReaderFactory.OBJECTS)
                .hasSize(2)
                .allSatisfy(copy -> assertThat(copy).isNotSameAs(TextFactory.OBJECTS.get(0)))
                .satisfies(copies -> assertThat(copies.get(0)).isNotSameAs(copies.get(1)));
    }

    @Test
    void anOptionalPortExistsWhereTheWorkflowSwitchesItOn() throws IOException {
        final String table = "<config key=\"node_creation_config\">\n<config key=\"text\"/>\n<config key=\"table\">\n"
                + "<config key=\"port_0\">\n"
                + WorkflowFolder.string("object_class", "org.knime.core.node.BufferedDataTable")
                + "</config>\n</config>\n</config>\n";
        folder.node(1, "Text", TextFactory.class)
                .node(2, "Numbers", NumbersFactory.class, "", "")
                .node(3, "Reader", ReaderFactory.class, "", table)
                .connect(1, 1, 3, 1)
                .connect(2, 1, 3, 2);

        run(2);

        assertThat(TestNodes.executions(ReaderFactory.class)).containsExactly("hello 2");
    }

    @Test
    void theTypeOfAPortIsExchangedWhereTheWorkflowSaysSo() throws IOException {
        final String table = "<config key=\"node_creation_config\">\n<config key=\"data\">\n"
                + WorkflowFolder.string("object_class", "org.knime.core.node.BufferedDataTable")
                + "</config>\n</config>\n";
        folder.node(1, "Text", TextFactory.class)
                .node(2, "Numbers", NumbersFactory.class, "", "")
                .node(3, "Either", EitherFactory.class)
                .node(4, "Either", EitherFactory.class, "", table)
                .connect(1, 1, 3, 1)
                .connect(2, 1, 4, 1);

        run(2);

        assertThat(TestNodes.executions(EitherFactory.class)).containsExactlyInAnyOrder("a text", "3 rows");
    }

    @Test
    void anOpenPortLeavesTheNodeIdle() throws IOException {
        folder.node(1, "Sum", SumFactory.class);

        final NodeInstance sum = run(1).node(1).orElseThrow();

        assertThat(sum.state()).isEqualTo(NodeState.IDLE);
        assertThat(sum.message().orElseThrow().text()).startsWith("Its input port 1 is not connected");
        assertThat(events.list).isEmpty();
    }

    @Test
    void workersHaveTheClassLoaderOfTheThreadThatRunsTheWorkflow() throws IOException {
        folder.node(1, "Text", TextFactory.class)
                .node(2, "Reader", ReaderFactory.class)
                .connect(1, 1, 2, 1);
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader other = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(other);

            run(1);

            assertThat(ReaderFactory.LOADERS).containsExactly(other);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aCancelStopsWhatRunsAndStartsNothingElse() throws Exception {
        final CountDownLatch running = EndlessFactory.watch();
        folder.node(1, "Endless", EndlessFactory.class)
                .node(2, "Numbers", NumbersFactory.class, "", "")
                .connect(1, 0, 2, 0);
        final Workflow workflow = load();
        final Executor executor = executor(workflow, 1);
        final Thread thread = new Thread(executor::run);

        thread.start();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        executor.cancel();
        thread.join(30_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(executor.isCancelled()).isTrue();
        assertThat(events.list).containsExactly("started Endless (#1)", "cancelled Endless (#1)");
        assertThat(workflow.node(1).orElseThrow().state()).isEqualTo(NodeState.CONFIGURED);
    }

    @Test
    void aCancelBeforeTheRunLeavesNothingToDo() throws IOException {
        folder.node(1, "Numbers", NumbersFactory.class, "", "");
        final Workflow workflow = load();
        final Executor executor = executor(workflow, 1);

        executor.cancel();
        executor.run();

        assertThat(events.list).isEmpty();
    }

    private Workflow run(final int threads) throws IOException {
        final Workflow workflow = load();
        executor(workflow, threads).run();
        return workflow;
    }

    private Workflow load() throws IOException {
        final LoadedWorkflow loaded = WorkflowReader.read(folder.write().path(), TestNodes.registry(), fileStores);
        assertThat(loaded.errors()).isEmpty();
        new Configurator(loaded.workflow(), events).configureAll();
        return loaded.workflow();
    }

    private Executor executor(final Workflow workflow, final int threads) {
        return new Executor(workflow, Executor.tasks(fileStores), events, threads);
    }

    /** Notes what happens. */
    private static final class Events implements ExecutionListener {
        private final List<String> list = new CopyOnWriteArrayList<>();

        @Override
        public void started(final NodeInstance node) {
            list.add("started " + node);
        }

        @Override
        public void progressed(final NodeInstance node, final double fraction, final String message) {
            assertThat(fraction).isBetween(0.0, 1.0);
        }

        @Override
        public void executed(final NodeInstance node, final Duration duration) {
            list.add("executed " + node);
        }

        @Override
        public void failed(final NodeInstance node, final Throwable cause) {
            list.add("failed " + node);
        }

        @Override
        public void cancelled(final NodeInstance node) {
            list.add("cancelled " + node);
        }

        @Override
        public void warned(final NodeInstance node, final String warning) {
            list.add("warned " + node + ": " + warning);
        }
    }
}
