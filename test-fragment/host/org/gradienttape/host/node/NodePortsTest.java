package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeBehaviour;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeIdentity;
import org.gradienttape.host.api.node.PortChoice;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.image.ImagePortObject;

/** The form on disk is that of files which KNIME 5.9.0 wrote for a node with an optional port. */
class NodePortsTest {

    private static final String USED = """
        <config key="In"/>
        <config key="more">
            <config key="port_0">
                <entry key="object_class" type="xstring" value="org.knime.core.node.BufferedDataTable"/>
            </config>
        </config>
        <config key="Out"/>
        """;

    private static final String UNUSED = """
        <config key="In"/>
        <config key="more"/>
        <config key="Out"/>
        """;

    private static final NodeDeclaration DECLARATION = new NodeDeclaration(
            new NodeIdentity("Node", "node.png", NodeType.Other, "1.0.0", List.of()),
            "",
            "",
            List.of(
                    group("In", Side.INPUT, PortChoice.fixed(ImagePortObject.TYPE)),
                    group("more", Side.INPUT, PortChoice.optional(List.of(BufferedDataTable.TYPE))),
                    group("Out", Side.OUTPUT, PortChoice.fixed(BufferedDataTable.TYPE))),
            new NodeBehaviour(Optional.empty(), (in, out) -> {}, (in, out) -> {}, Optional.empty()));

    private static PortGroup group(final String id, final Side side, final PortChoice choice) {
        return new PortGroup(id, side, "The " + id, "", choice);
    }

    /**
     * A port whose type can be exchanged. That its config holds the type itself is how KNIME 5.8.0 and 5.9.0 write it:
     * DefaultExchangeablePortGroup calls PortType.save.
     */
    private static final NodeDeclaration EXCHANGEABLE = new NodeDeclaration(
            new NodeIdentity("Node", "node.png", NodeType.Other, "1.0.0", List.of()),
            "",
            "",
            List.of(group(
                    "data",
                    Side.INPUT,
                    PortChoice.exchangeable(
                            ImagePortObject.TYPE, List.of(BufferedDataTable.TYPE, ImagePortObject.TYPE)))),
            new NodeBehaviour(Optional.empty(), (in, out) -> {}, (in, out) -> {}, Optional.empty()));

    private static final String DEFAULT_TYPE = """
        <config key="data">
            <entry key="object_class" type="xstring" value="org.knime.core.node.port.image.ImagePortObject"/>
        </config>
        """;

    private static final String OTHER_TYPE = """
        <config key="data">
            <entry key="object_class" type="xstring" value="org.knime.core.node.BufferedDataTable"/>
        </config>
        """;

    @Test
    void exchangeablePortHasItsDefaultTypeWithoutConfig() throws IOException, InvalidSettingsException {
        final NodePorts fixed = NodePorts.fixed(EXCHANGEABLE);

        assertThat(fixed.inputs()).containsExactly(new Port("data", "The data", ImagePortObject.TYPE));
        assertThat(NodePorts.load(EXCHANGEABLE, Settings.of(""))).isEqualTo(fixed);
        assertThat(NodePorts.load(EXCHANGEABLE, Settings.of(DEFAULT_TYPE))).isEqualTo(fixed);
        assertThat(NodePorts.load(EXCHANGEABLE, Settings.of("<config key=\"Fixed until now\"/>\n")))
                .as("a port that was fixed and had another id")
                .isEqualTo(fixed);
    }

    @Test
    void exchangedTypeIsReadAndWritten() throws IOException, InvalidSettingsException {
        final NodePorts ports = NodePorts.load(EXCHANGEABLE, Settings.of(OTHER_TYPE));
        final NodeSettings other = new NodeSettings("node_creation_config");
        final NodeSettings standard = new NodeSettings("node_creation_config");

        ports.save(other);
        ports.with("data", ImagePortObject.TYPE).save(standard);

        assertThat(ports.inputs()).containsExactly(new Port("data", "The data", BufferedDataTable.TYPE));
        assertThat(ports).isEqualTo(NodePorts.fixed(EXCHANGEABLE).with("data", BufferedDataTable.TYPE));
        assertThat(Settings.lines(other)).isEqualTo(OTHER_TYPE);
        assertThat(Settings.lines(standard)).isEqualTo(DEFAULT_TYPE);
    }

    /** As in KNIME, where such a config comes from a group that was fixed before: it needs an id of its own. */
    @Test
    void exchangeablePortWithoutATypeIsRefused() throws IOException {
        final NodeSettings settings = Settings.of("<config key=\"data\"/>\n");

        assertThatThrownBy(() -> NodePorts.load(EXCHANGEABLE, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("object_class");
    }

    @Test
    void exchangeablePortNeedsTwoTypesAndItsDefault() {
        assertThatThrownBy(() -> PortChoice.exchangeable(ImagePortObject.TYPE, List.of(ImagePortObject.TYPE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A port whose type can be exchanged needs at least two types.");
        assertThatThrownBy(() -> PortChoice.exchangeable(ImagePortObject.TYPE, List.of(BufferedDataTable.TYPE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The types of a port must contain the default type Image, but they are [Data].");
    }

    @Test
    void optionalPortIsOffWithoutConfig() throws IOException, InvalidSettingsException {
        final NodePorts fixed = NodePorts.fixed(DECLARATION);

        assertThat(fixed.inputs()).containsExactly(new Port("In", "The In", ImagePortObject.TYPE));
        assertThat(fixed.outputs()).containsExactly(new Port("Out", "The Out", BufferedDataTable.TYPE));
        assertThat(NodePorts.load(DECLARATION, Settings.of(UNUSED))).isEqualTo(fixed);
        assertThat(NodePorts.load(DECLARATION, Settings.of(""))).isEqualTo(fixed);
    }

    @Test
    void optionalPortInUseIsReadAndWritten() throws IOException, InvalidSettingsException {
        final NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED));
        final NodeSettings used = new NodeSettings("node_creation_config");
        final NodeSettings unused = new NodeSettings("node_creation_config");

        ports.save(used);
        NodePorts.fixed(DECLARATION).save(unused);

        assertThat(ports.inputs()).extracting(Port::groupId).containsExactly("In", "more");
        assertThat(ports).isEqualTo(NodePorts.fixed(DECLARATION).with("more", BufferedDataTable.TYPE));
        assertThat(Settings.lines(used)).isEqualTo(USED);
        assertThat(Settings.lines(unused)).isEqualTo(UNUSED);
    }

    /** The key of the port inside its group is free: "0" loads in KNIME too. */
    @Test
    void keyInsideTheGroupIsFree() throws IOException, InvalidSettingsException {
        final NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED.replace("port_0", "0")));

        assertThat(ports.chosen()).containsOnlyKeys("more");
    }

    @Test
    void unknownGroupIsIgnored() throws IOException, InvalidSettingsException {
        final NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED.replace("key=\"more\"", "key=\"other\"")));

        assertThat(ports.chosen()).isEmpty();
    }

    @Test
    void typeThatTheGroupLacksIsRefused() throws IOException {
        final NodeSettings settings = Settings.of(USED.replace(
                "org.knime.core.node.BufferedDataTable", "org.knime.core.node.port.image.ImagePortObject"));

        assertThatThrownBy(() -> NodePorts.load(DECLARATION, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The port \"The more\" takes org.knime.core.node.BufferedDataTable, but the workflow"
                        + " gives it the type org.knime.core.node.port.image.ImagePortObject.");
    }

    @Test
    void portThatAlwaysExistsCannotBeChosen() {
        final NodePorts ports = NodePorts.fixed(DECLARATION);

        assertThatThrownBy(() -> ports.with("In", BufferedDataTable.TYPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The node has no port \"In\" that can be chosen.");
    }

    /** ExtendablePortGroup of KNIME 5.8.0 and 5.9.0 writes port_0, port_1 and so on. */
    @Test
    void portsThatAWorkflowAddsAreReadAndWritten() throws Exception {
        final NodeDeclaration extendable = new NodeDeclaration(
                new NodeIdentity("Node", "node.png", NodeType.Other, "1.0.0", List.of()),
                "",
                "",
                List.of(
                        group("first", Side.INPUT, PortChoice.fixed(ImagePortObject.TYPE)),
                        group(
                                "more",
                                Side.INPUT,
                                PortChoice.extendable(List.of(BufferedDataTable.TYPE, ImagePortObject.TYPE)))),
                new NodeBehaviour(Optional.empty(), (in, out) -> {}, (in, out) -> {}, Optional.empty()));
        final NodePorts ports =
                NodePorts.fixed(extendable).with("more", BufferedDataTable.TYPE).with("more", ImagePortObject.TYPE);

        assertThat(NodePorts.fixed(extendable).inputs()).hasSize(1);
        assertThat(ports.inputs())
                .extracting(Port::type)
                .containsExactly(ImagePortObject.TYPE, BufferedDataTable.TYPE, ImagePortObject.TYPE);
        final NodeSettings saved = new NodeSettings("node_creation_config");
        ports.save(saved);
        assertThat(saved.getNodeSettings("more").keySet()).containsExactly("port_0", "port_1");
        assertThat(NodePorts.load(extendable, saved)).isEqualTo(ports);
    }
}
