package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.host.node.NodeDeclaration;
import org.gradienttape.host.node.ParametersPersistence;
import org.gradienttape.nodes.datasetreader.DatasetReaderNodeParameters;
import org.gradienttape.nodes.gantrainer.GanTrainerNodeParameters;
import org.gradienttape.nodes.imagewriter.ImageWriterNodeParameters;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeParameters;
import org.gradienttape.nodes.modelreader.ModelReaderNodeParameters;
import org.gradienttape.nodes.modelwriter.ModelWriterNodeParameters;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/**
 * Settings keep their keys, types and defaults for ever. The files in the folder settings hold the defaults; when a node gets
 * more settings, a file with the next number is added, and none is changed.
 */
class SettingsTest {
    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of("dataset-reader", DatasetReaderNodeParameters.class),
                Arguments.of("model-builder-2", ModelBuilderNodeParameters.class),
                Arguments.of("gradient-tape-trainer-2", GradientTapeTrainerNodeParameters.class),
                Arguments.of("metric-tracker", MetricTrackerNodeParameters.class),
                Arguments.of("model-writer", ModelWriterNodeParameters.class),
                Arguments.of("model-reader", ModelReaderNodeParameters.class),
                Arguments.of("gan-trainer-2", GanTrainerNodeParameters.class),
                Arguments.of("image-writer", ImageWriterNodeParameters.class));
    }

    static Stream<Arguments> earlierDefaults() {
        return Stream.of(
                Arguments.of("model-builder", "model-builder-2", ModelBuilderNodeParameters.class),
                Arguments.of(
                        "gradient-tape-trainer", "gradient-tape-trainer-2", GradientTapeTrainerNodeParameters.class),
                Arguments.of("gan-trainer", "gan-trainer-2", GanTrainerNodeParameters.class));
    }

    static List<Path> nodesOfExampleWorkflows() throws IOException {
        final Path workflows = Path.of(System.getProperty("gradienttape.root"), "workflows");
        try (Stream<Path> files = Files.walk(workflows)) {
            final List<Path> nodes =
                    files.filter(file -> file.endsWith("settings.xml")).sorted().toList();
            assertThat(nodes).hasSizeGreaterThanOrEqualTo(21);
            return nodes;
        }
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void defaultsAreThoseOfTheFile(final String name, final Class<? extends NodeParameters> type) throws Exception {
        final NodeParameters fresh = ParametersPersistence.defaults(type, new PortObjectSpec[0]);

        assertThat(xml(saved(fresh))).isEqualTo(xml(pinned(name)));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void savedSettingsLoadAndComeOutTheSame(final String name, final Class<? extends NodeParameters> type)
            throws Exception {
        final NodeSettings settings = pinned(name);

        assertThat(xml(saved(ParametersPersistence.load(type, settings)))).isEqualTo(xml(settings));
    }

    @ParameterizedTest
    @MethodSource("earlierDefaults")
    void olderSettingsLoadAndMeanTheSame(final String old, final String now, final Class<? extends NodeParameters> type)
            throws Exception {
        final NodeParameters loaded = ParametersPersistence.load(type, pinned(old));

        assertThat(xml(saved(loaded))).isEqualTo(xml(pinned(now)));
        assertThat(xml(pinned(now)).lines())
                .containsSubsequence(xml(pinned(old)).lines().toList());
    }

    /** So that a setting can be added without breaking older workflows. */
    @ParameterizedTest
    @MethodSource("defaults")
    void whatIsAbsentGetsItsDefault(final String name, final Class<? extends NodeParameters> type) throws Exception {
        final NodeParameters loaded = ParametersPersistence.load(type, new NodeSettings("model"));

        assertThat(xml(saved(loaded))).isEqualTo(xml(pinned(name)));
    }

    @ParameterizedTest
    @MethodSource("nodesOfExampleWorkflows")
    void exampleWorkflowsNameEverySettingAndLoadUnchanged(final Path file) throws Exception {
        final NodeSettings node = read(file);
        final NodeSettingsRO model = node.getNodeSettings("model");
        final NodeDeclaration declaration =
                NodeDeclaration.of((DefaultNodeFactory) Class.forName(node.getString("factory"))
                        .getDeclaredConstructor()
                        .newInstance());

        final NodeParameters loaded = ParametersPersistence.load(
                declaration.behaviour().parametersClass().orElseThrow(), model);

        assertThat(xml(saved(loaded))).isEqualTo(xml((NodeSettings) model));
        assertThat(node.getString("node-name")).isEqualTo(declaration.name());
        assertThat(node.getString("state")).isEqualTo("CONFIGURED");
    }

    private static NodeSettings read(final Path file) throws IOException {
        return (NodeSettings) NodeSettings.loadFromXML(Files.newInputStream(file));
    }

    private static NodeSettings pinned(final String name) throws IOException {
        try (InputStream in = SettingsTest.class.getResourceAsStream("settings/" + name + ".xml")) {
            return (NodeSettings) NodeSettings.loadFromXML(in);
        }
    }

    private static NodeSettings saved(final NodeParameters parameters) {
        final NodeSettings settings = new NodeSettings("model");
        ParametersPersistence.save(parameters, settings);
        return settings;
    }

    /** Without the key of the root, which is lost when settings are read. */
    private static String xml(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toString(StandardCharsets.UTF_8).replaceFirst("(XMLConfig_2008_09.xsd\") key=\"[^\"]*\"", "$1");
    }
}
