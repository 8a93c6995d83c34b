package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.node.EntryType;
import org.gradienttape.host.node.ParametersFields;
import org.gradienttape.host.node.ParametersPersistence;
import org.gradienttape.host.node.SettableKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/**
 * Settings keep their keys, types and meaning for ever. The folder settings/now holds what each node saves today, made by
 * {@code ./gradienttape generate}; each other folder holds what an earlier version saved, and none of its files is ever
 * changed.
 */
class SettingsTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final String SETTINGS = "test-fragment/src/org/gradienttape/nodes/settings/";
    private static final String PRESENT = "_is_present";
    private static final GeneratedFiles NOW = new GeneratedFiles(SETTINGS + "now");

    static Stream<DefaultNodeFactory> nodes() {
        return RegisteredNodes.factories().stream();
    }

    /** What earlier versions saved; a file is named after its node, with more words behind it or not. */
    static List<Path> earlierSettings() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(SETTINGS))) {
            final List<Path> earlier = files.filter(file ->
                            Files.isRegularFile(file) && !file.getParent().endsWith("now"))
                    .sorted()
                    .toList();
            assertThat(earlier).hasSizeGreaterThanOrEqualTo(9);
            return earlier;
        }
    }

    static List<Path> nodesOfExampleWorkflows() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("workflows"))) {
            final List<Path> nodes =
                    files.filter(file -> file.endsWith("settings.xml")).sorted().toList();
            assertThat(nodes).hasSizeGreaterThanOrEqualTo(21);
            return nodes;
        }
    }

    @BeforeAll
    static void saveTheDefaults() throws IOException {
        for (final DefaultNodeFactory node : RegisteredNodes.factories()) {
            NOW.write(RegisteredNodes.fileName(node) + ".xml", text(saved(defaults(node))));
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void defaultsAreThoseOfTheFile(final DefaultNodeFactory node) throws IOException {
        NOW.assertCommitted(RegisteredNodes.fileName(node) + ".xml");
    }

    @Test
    void everyFileOfTodayBelongsToANode() throws IOException {
        NOW.assertNoOther();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void savedSettingsLoadAndComeOutTheSame(final DefaultNodeFactory node) throws Exception {
        final NodeSettings settings = saved(defaults(node));

        assertThat(xml(saved(ParametersPersistence.load(type(node), settings)))).isEqualTo(xml(settings));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everySettingComesOutAsItWentIn(final DefaultNodeFactory node) throws Exception {
        for (final SettableKey key : ParametersFields.of(defaults(node)).keys()) {
            for (final String value : values(key)) {
                final NodeSettings settings = changed(node, key, value);

                assertThat(xml(saved(ParametersPersistence.read(type(node), settings))))
                        .as(key.path() + " = " + value)
                        .isEqualTo(xml(settings));
            }
        }
    }

    /** No dialog of ours writes it, and a file can hold it. Filters of columns are KNIME's own. */
    @ParameterizedTest
    @MethodSource("nodes")
    void aTextThatIsNullIsRefusedByItsName(final DefaultNodeFactory node) throws Exception {
        final ParametersFields fields = ParametersFields.of(defaults(node));
        for (final SettableKey key : fields.keys()) {
            if (key.type() == EntryType.STRING
                    && fields.key(key.path() + PRESENT).isEmpty()
                    && !key.path().contains("/patternFilter/")) {
                final NodeSettings settings = saved(defaults(node));
                setNull(settings, key.path().split("/"));

                assertThatThrownBy(() -> ParametersPersistence.load(type(node), settings))
                        .as(key.path())
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessageContaining("null")
                        .hasMessageContaining(key.constants().isEmpty() ? "\"" + key.path() + "\"" : "Possible values");
            }
        }
    }

    private static void setNull(final NodeSettings model, final String[] path) throws InvalidSettingsException {
        NodeSettings settings = model;
        for (int i = 0; i < path.length - 1; i++) {
            settings = settings.getNodeSettings(path[i]);
        }
        settings.addString(path[path.length - 1], null);
    }

    /** So that a setting can be added without breaking older workflows. */
    @ParameterizedTest
    @MethodSource("nodes")
    void whatIsAbsentGetsItsDefault(final DefaultNodeFactory node) throws Exception {
        final NodeParameters loaded = ParametersPersistence.load(type(node), new NodeSettings("model"));

        assertThat(xml(saved(loaded))).isEqualTo(xml(saved(defaults(node))));
    }

    /** The files hold defaults, so what they lack today is absent and gets its default, too. */
    @ParameterizedTest
    @MethodSource("earlierSettings")
    void earlierSettingsLoadAndMeanTheSame(final Path file) throws Exception {
        final DefaultNodeFactory node = nodes().filter(
                        factory -> file.getFileName().toString().startsWith(RegisteredNodes.fileName(factory)))
                .findFirst()
                .orElseThrow();
        final NodeSettings earlier = read(file);

        final String now = xml(saved(ParametersPersistence.load(type(node), earlier)));

        final List<String> kept = xml(earlier).lines().toList();
        assertThat(now.lines()).containsSubsequence(kept);
        assertThat(xml(saved(defaults(node))).lines())
                .containsAll(now.lines().filter(line -> !kept.contains(line)).toList())
                .hasSameSizeAs(now.lines().toList());
    }

    @ParameterizedTest
    @MethodSource("nodesOfExampleWorkflows")
    void exampleWorkflowsNameEverySettingAndLoadUnchanged(final Path file) throws Exception {
        final NodeSettings node = read(file);
        final NodeSettingsRO model = node.getNodeSettings("model");
        final DefaultNodeFactory factory = nodes().filter(
                        candidate -> candidate.getClass().getName().equals(settingOf(node, "factory")))
                .findFirst()
                .orElseThrow();

        final NodeParameters loaded = ParametersPersistence.load(type(factory), model);

        assertThat(xml(saved(loaded))).isEqualTo(xml((NodeSettings) model));
        assertThat(node.getString("node-name"))
                .isEqualTo(NodeDeclaration.of(factory).name());
        assertThat(node.getString("state")).isEqualTo("CONFIGURED");
    }

    /** Values of the entry's type; not all of them are valid, but all can be stored. */
    private static List<String> values(final SettableKey key) {
        if (!key.constants().isEmpty()) {
            return key.constants();
        }
        if (key.type() == EntryType.BOOLEAN) {
            return List.of("true", "false");
        }
        return key.type() == EntryType.STRING ? List.of("a text", "") : List.of("7", "0");
    }

    private static NodeSettings changed(final DefaultNodeFactory node, final SettableKey key, final String value)
            throws InvalidSettingsException {
        final NodeSettings settings = saved(defaults(node));
        final ParametersFields fields = ParametersFields.of(defaults(node));
        key.write(settings, value);
        if (key.path().endsWith(PRESENT) && value.equals("true")) {
            final SettableKey content = fields.key(
                            key.path().substring(0, key.path().length() - PRESENT.length()))
                    .orElseThrow();
            if (content.type() == EntryType.STRING) {
                // a text that is present is never null
                content.write(settings, "a text");
            }
        }
        final var optional = fields.key(key.path() + PRESENT);
        if (optional.isPresent()) {
            optional.get().write(settings, "true");
        }
        return settings;
    }

    private static String settingOf(final NodeSettings node, final String key) {
        return node.getString(key, "");
    }

    private static Class<? extends NodeParameters> type(final DefaultNodeFactory node) {
        return NodeDeclaration.of(node).behaviour().parametersClass().orElseThrow();
    }

    private static NodeParameters defaults(final DefaultNodeFactory node) {
        return ParametersPersistence.create(type(node), new PortObjectSpec[0]);
    }

    private static NodeSettings read(final Path file) throws IOException {
        return (NodeSettings) NodeSettings.loadFromXML(Files.newInputStream(file));
    }

    private static NodeSettings saved(final NodeParameters parameters) {
        final NodeSettings settings = new NodeSettings("model");
        ParametersPersistence.save(parameters, settings);
        return settings;
    }

    /** Without the key of the root, which is lost when settings are read. */
    private static String xml(final NodeSettings settings) throws IOException {
        return text(settings).replaceFirst("(XMLConfig_2008_09.xsd\") key=\"[^\"]*\"", "$1");
    }

    private static String text(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
