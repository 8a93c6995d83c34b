package org.gradienttape.testflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.core.runtime.RegistryFactory;
import org.gradienttape.host.batch.BatchRun;
import org.gradienttape.host.batch.Console;
import org.gradienttape.host.workflow.ExtensionNodeRegistry;
import org.gradienttape.testflows.Testflow.Expectation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** The workflows of testflows/ run as they lie there, and find what is wrong. */
class TestflowsTest {

    @TempDir
    private Path temp;

    static List<Testflow> flows() throws InvalidSettingsException {
        return Testflows.all();
    }

    /** KNIME's testing framework takes a warning for a failure; and it may run a workflow again where it lies. */
    @ParameterizedTest
    @MethodSource("flows")
    void runsWithoutAWarningAndAgain(final Testflow flow) throws IOException {
        final Path copy = copy(flow);

        for (int i = 0; i < 2; i++) {
            assertThat(run(copy, "-reset")).startsWith("0\n").doesNotContain("Warning");
        }
    }

    /** All but that of the Model Writer, whose output is a path and whether there was a file. */
    static List<Testflow> flowsWithExpectedCells() throws InvalidSettingsException {
        return flows().stream()
                .filter(flow -> !flow.name().equals("model-writer"))
                .toList();
    }

    /** Changes one cell of each column of each expected table that is compared. */
    @ParameterizedTest
    @MethodSource("flowsWithExpectedCells")
    void failsIfAnExpectedCellIsAnother(final Testflow flow) throws IOException, InvalidSettingsException {
        final Path copy = copy(flow);
        assertThat(run(copy, "-save")).startsWith("0\n");
        int changes = 0;

        for (final Expectation expectation : flow.expectations()) {
            final Path file = copy.resolve(expectation.file());
            final byte[] before = Files.readAllBytes(file);
            for (final NodeSettings changed : withOneOtherCell(file, expectation)) {
                changed.saveToXML(Files.newOutputStream(file));
                changes++;

                assertThat(run(copy)).startsWith("4\n").contains("Wrong ");
            }
            Files.write(file, before);
        }

        assertThat(changes).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "metric-tracker, '4,chartTitle,Another,String', Images are not equal",
        "gan-trainer, '6,seed,7,long', Wrong value in",
        "model-writer, '4,seed,7,long', Wrong possible values in column"
    })
    void failsIfTwoNodesThatMustMakeTheSameDoNot(final String name, final String option, final String sentence)
            throws IOException, InvalidSettingsException {
        final Testflow flow = flows().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(run(copy(flow), "-option=" + option)).startsWith("4\n").contains(sentence);
    }

    private static List<NodeSettings> withOneOtherCell(final Path file, final Expectation expectation)
            throws IOException, InvalidSettingsException {
        final List<NodeSettings> changed = new ArrayList<>();
        for (final int place : filledColumns(file, expectation)) {
            final NodeSettings settings = (NodeSettings) read(file);
            final NodeSettings model = settings.getNodeSettings("model");
            final String[] values = model.getStringArray("values");
            final int first = Arrays.stream(model.getIntArray("columnIndices"))
                    .boxed()
                    .toList()
                    .indexOf(place);
            values[first] = another(values[first]);
            ((NodeSettingsWO) model).addStringArray("values", values);
            settings.addString("state", "CONFIGURED");
            changed.add(settings);
        }
        return changed;
    }

    /** The columns that are compared and have a cell that is not missing. */
    private static Set<Integer> filledColumns(final Path file, final Expectation expectation) {
        try {
            final NodeSettingsRO model = read(file).getNodeSettings("model");
            final Set<Integer> columns = new TreeSet<>();
            for (final int place : model.getIntArray("columnIndices")) {
                final String name = model.getNodeSettings("columnProperties")
                        .getNodeSettings(Integer.toString(place))
                        .getString("ColumnName");
                if (!expectation.ignored().contains(name)) {
                    columns.add(place);
                }
            }
            return columns;
        } catch (final IOException | InvalidSettingsException e) {
            throw new AssertionError(e);
        }
    }

    private static String another(final String value) {
        if (value.equals("true")) {
            return "false";
        } else if (value.matches("-?\\d+")) {
            return Integer.toString(Integer.parseInt(value) + 1);
        } else if (value.matches("-?\\d+\\.\\d+")) {
            return Double.toString(Double.parseDouble(value) + 0.002);
        }
        return value + "x";
    }

    private static NodeSettingsRO read(final Path file) throws IOException {
        return NodeSettings.loadFromXML(Files.newInputStream(file));
    }

    private Path copy(final Testflow flow) throws IOException {
        final Path copy = temp.resolve(flow.name());
        for (final String file : flow.files().keySet()) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(TestflowFilesTest.COMMITTED.resolve(flow.name()).resolve(file), copy.resolve(file));
        }
        return copy;
    }

    /** The exit code, and behind it what was printed. */
    private static String run(final Path flow, final String... options) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        final List<String> arguments = new ArrayList<>(List.of(flow.toString()));
        arguments.addAll(List.of(options));
        final BatchRun run = new BatchRun(
                new KnimeNodes(new ExtensionNodeRegistry(RegistryFactory.getRegistry())),
                Console.of(out, out, new Properties()));
        return run.run(arguments).number() + "\n" + bytes.toString(StandardCharsets.UTF_8);
    }
}
