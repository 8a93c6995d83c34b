package org.gradienttape.host.batch;

import static org.gradienttape.host.workflow.WorkflowFolder.integer;
import static org.gradienttape.host.workflow.WorkflowFolder.string;

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
import java.util.stream.Stream;
import org.gradienttape.host.workflow.TestNodes;
import org.gradienttape.host.workflow.TestNodes.NumbersFactory;
import org.gradienttape.host.workflow.TestNodes.SumFactory;
import org.gradienttape.host.workflow.WorkflowFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workflow of two nodes, numbers and their sum, and what a run of it prints. */
abstract class BatchRunFixture {

    static final String[] FIVE_UP = {integer("rows", 5), string("text", "one"), string("direction", "UP")};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path temp;

    WorkflowFolder workflow;

    @BeforeEach
    void numbersAndTheirSum() {
        TestNodes.forgetExecutions();
        workflow = new WorkflowFolder(temp.resolve("workflow"))
                .node(1, "Numbers", NumbersFactory.class, FIVE_UP)
                .node(2, "Sum", SumFactory.class)
                .connect(1, 1, 2, 1)
                .write();
    }

    static String model() {
        return "<config key=\"model\">\n" + String.join("", FIVE_UP) + "</config>\n";
    }

    ExitCode runWorkflow(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(0, workflow.path().toString());
        return run(arguments);
    }

    ExitCode run(final List<String> arguments) {
        return batchRun().run(arguments);
    }

    BatchRun batchRun() {
        return new BatchRun(TestNodes.registry(), console(new Properties()));
    }

    Console console(final Properties properties) {
        return Console.of(stream(out), stream(err), properties);
    }

    private static PrintStream stream(final ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Every file below a folder with its content. */
    static Map<String, String> files(final Path folder) throws IOException {
        final Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (final Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }
}
