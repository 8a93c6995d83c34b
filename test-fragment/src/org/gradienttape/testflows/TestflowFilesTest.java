package org.gradienttape.testflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gradienttape.nodes.GeneratedFiles;
import org.gradienttape.nodes.RegisteredNodes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.DefaultNodeFactory;

/** The workflows of testflows/ are those of the declarations, complete, and one for each node. */
class TestflowFilesTest {
    private static final String FOLDER = "testflows";
    static final Path COMMITTED = Path.of(System.getProperty("gradienttape.root"), FOLDER);

    private static final GeneratedFiles FILES = new GeneratedFiles(FOLDER);

    @BeforeAll
    static void makeTheFiles() throws IOException, InvalidSettingsException {
        for (final Testflow flow : Testflows.all()) {
            for (final Map.Entry<String, byte[]> file : flow.files().entrySet()) {
                FILES.write(flow.name() + "/" + file.getKey(), file.getValue());
            }
        }
    }

    @Test
    void theFilesAreThoseOfTheDeclarations() throws IOException, InvalidSettingsException {
        final Set<String> made = new TreeSet<>(Set.of("README.md"));
        for (final Testflow flow : Testflows.all()) {
            for (final String file : flow.files().keySet()) {
                made.add(flow.name() + "/" + file);
            }
        }
        final Set<String> present = new TreeSet<>();
        try (Stream<Path> files = Files.walk(COMMITTED)) {
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            present.add(COMMITTED.relativize(file).toString().replace('\\', '/')));
        }

        assertThat(present).as("run ./gradienttape generate").isEqualTo(made);
        made.remove("README.md");
        for (final String file : made) {
            assertThat(FILES.isCommitted(file))
                    .as(file + ": run ./gradienttape generate")
                    .isTrue();
        }
    }

    /** Its workflow needs Spark, which no test flow can bring along; the checks of the update site run one. */
    private static final String NEEDS_SPARK = "gradienttape-trainer-spark";

    @Test
    void everyNodeHasAWorkflowInWhichItIsChecked() throws IOException, InvalidSettingsException {
        final List<String> names = new ArrayList<>();
        for (final DefaultNodeFactory factory : RegisteredNodes.factories()) {
            final String name = RegisteredNodes.fileName(factory);
            if (name.equals(NEEDS_SPARK)) {
                continue;
            }
            names.add(name);

            assertThat(checkedFactories(COMMITTED.resolve(name)))
                    .contains(factory.getClass().getName());
        }
        assertThat(Testflows.all().stream().map(Testflow::name)).containsExactlyInAnyOrderElementsOf(names);
    }

    /** The factories of the nodes from which connections lead to a checker. */
    private static Set<String> checkedFactories(final Path flow) throws IOException, InvalidSettingsException {
        final NodeSettingsRO workflow = read(flow.resolve("workflow.knime"));
        final NodeSettingsRO nodes = workflow.getNodeSettings("nodes");
        final NodeSettingsRO connections = workflow.getNodeSettings("connections");
        final Set<Integer> checked = new LinkedHashSet<>();
        final Set<String> factories = new LinkedHashSet<>();
        for (final String key : nodes.keySet()) {
            if (factory(flow, nodes.getNodeSettings(key)).equals(TableDifferenceChecker.FACTORY)) {
                checked.add(nodes.getNodeSettings(key).getInt("id"));
            }
        }
        for (int before = -1; before < checked.size(); ) {
            before = checked.size();
            for (final String key : connections.keySet()) {
                final NodeSettingsRO connection = connections.getNodeSettings(key);
                if (checked.contains(connection.getInt("destID"))) {
                    checked.add(connection.getInt("sourceID"));
                }
            }
        }
        for (final String key : nodes.keySet()) {
            if (checked.contains(nodes.getNodeSettings(key).getInt("id"))) {
                factories.add(factory(flow, nodes.getNodeSettings(key)));
            }
        }
        return factories;
    }

    private static String factory(final Path flow, final NodeSettingsRO node)
            throws IOException, InvalidSettingsException {
        return read(flow.resolve(node.getString("node_settings_file"))).getString("factory");
    }

    private static NodeSettingsRO read(final Path file) throws IOException {
        return NodeSettings.loadFromXML(Files.newInputStream(file));
    }
}
