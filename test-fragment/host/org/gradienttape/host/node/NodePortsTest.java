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
import org.knime.core.node.port.PortType;
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
                    group("In", Side.INPUT, false, ImagePortObject.TYPE),
                    group("more", Side.INPUT, true, BufferedDataTable.TYPE),
                    group("Out", Side.OUTPUT, false, BufferedDataTable.TYPE)),
            new NodeBehaviour(Optional.empty(), (in, out) -> {}, (in, out) -> {}, Optional.empty()));

    private static PortGroup group(String id, Side side, boolean optional, PortType type) {
        return new PortGroup(id, side, "The " + id, "", new PortChoice(optional, List.of(type)));
    }

    @Test
    void optionalPortIsOffWithoutConfig() throws IOException, InvalidSettingsException {
        NodePorts fixed = NodePorts.fixed(DECLARATION);

        assertThat(fixed.inputs()).containsExactly(new Port("In", "The In", ImagePortObject.TYPE));
        assertThat(fixed.outputs()).containsExactly(new Port("Out", "The Out", BufferedDataTable.TYPE));
        assertThat(NodePorts.load(DECLARATION, Settings.of(UNUSED))).isEqualTo(fixed);
        assertThat(NodePorts.load(DECLARATION, Settings.of(""))).isEqualTo(fixed);
    }

    @Test
    void optionalPortInUseIsReadAndWritten() throws IOException, InvalidSettingsException {
        NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED));
        NodeSettings used = new NodeSettings("node_creation_config");
        NodeSettings unused = new NodeSettings("node_creation_config");

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
        NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED.replace("port_0", "0")));

        assertThat(ports.chosen()).containsOnlyKeys("more");
    }

    @Test
    void unknownGroupIsIgnored() throws IOException, InvalidSettingsException {
        NodePorts ports = NodePorts.load(DECLARATION, Settings.of(USED.replace("key=\"more\"", "key=\"other\"")));

        assertThat(ports.chosen()).isEmpty();
    }

    @Test
    void typeThatTheGroupLacksIsRefused() throws IOException {
        NodeSettings settings = Settings.of(USED.replace(
                "org.knime.core.node.BufferedDataTable", "org.knime.core.node.port.image.ImagePortObject"));

        assertThatThrownBy(() -> NodePorts.load(DECLARATION, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The optional port \"The more\" takes org.knime.core.node.BufferedDataTable, but the workflow"
                                + " gives it the type org.knime.core.node.port.image.ImagePortObject.");
    }

    @Test
    void portThatAlwaysExistsCannotBeChosen() {
        NodePorts ports = NodePorts.fixed(DECLARATION);

        assertThatThrownBy(() -> ports.with("In", BufferedDataTable.TYPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The node has no optional port \"In\".");
    }
}
