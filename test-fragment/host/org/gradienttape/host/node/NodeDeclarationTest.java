package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeIdentity;
import org.gradienttape.host.api.node.NodeView;
import org.gradienttape.host.api.node.PortChoice;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.node.DefaultModel;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.DefaultView;
import org.knime.node.RequirePorts;

class NodeDeclarationTest {

    private static final class Factory extends DefaultNodeFactory {
        Factory(final DefaultNode node) {
            super(node);
        }
    }

    private static RequirePorts begin() {
        return DefaultNode.create()
                .name("Counter")
                .icon("counter.png")
                .shortDescription("Counts.")
                .fullDescription("Counts <b>rows</b>.")
                .sinceVersion(1, 2, 3);
    }

    private static DefaultModel model(final DefaultModel.RequireModelParameters model) {
        return model.parametersClass(AllTypesParameters.class)
                .configure((in, out) -> {})
                .execute((in, out) -> {});
    }

    private static NodeDeclaration declare(final DefaultNode node) {
        return NodeDeclaration.of(new Factory(node));
    }

    @Test
    void everythingDeclaredIsThere() {
        final DefaultNode node = begin().ports(ports -> ports.addInputTable("Table", "What is counted.")
                        .addOutputPort("Chart", "The counts.", ImagePortObject.TYPE))
                .model(NodeDeclarationTest::model)
                .keywords("count", "sum")
                .nodeType(NodeType.Visualizer);

        final NodeDeclaration declaration = declare(node);

        assertThat(declaration.identity())
                .isEqualTo(new NodeIdentity(
                        "Counter", "counter.png", NodeType.Visualizer, "1.2.3", List.of("count", "sum")));
        assertThat(declaration.name()).isEqualTo("Counter");
        assertThat(declaration.shortDescription()).isEqualTo("Counts.");
        assertThat(declaration.fullDescription()).isEqualTo("Counts <b>rows</b>.");
        assertThat(declaration.behaviour().parametersClass()).contains(AllTypesParameters.class);
        assertThat(declaration.ports())
                .containsExactly(
                        new PortGroup(
                                "Table",
                                Side.INPUT,
                                "Table",
                                "What is counted.",
                                PortChoice.fixed(BufferedDataTable.TYPE)),
                        new PortGroup(
                                "Chart", Side.OUTPUT, "Chart", "The counts.", PortChoice.fixed(ImagePortObject.TYPE)));
    }

    private static DefaultView view(final DefaultView.RequireViewParameters view) {
        return view.withoutParameters()
                .description("Shows the counts.")
                .page(page -> page.fromString(() -> "<html>ä</html>").relativePath("index.html"))
                .initialData(start -> start.data(input -> List.of(input.getInternalPortObjects().length)));
    }

    @Test
    void aViewHasAPageAndData() throws IOException, NodeFailure {
        final DefaultNode node =
                begin().ports(ports -> {}).model(NodeDeclarationTest::model).addView(NodeDeclarationTest::view);

        final NodeView view = declare(node).behaviour().view().orElseThrow();

        assertThat(view.description()).isEqualTo("Shows the counts.");
        assertThat(view.page().getRelativePath()).isEqualTo("index.html");
        assertThat(view.html()).isEqualTo("<html>ä</html>");
        assertThat(view.json(Optional.of(new PortObject[2]))).isEqualTo("[2]");
        assertThatThrownBy(() -> view.json(Optional.empty()))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith("The data of the view cannot be made: ");
    }

    @Test
    void aNodeHasOneViewAtMost() {
        final DefaultNode node =
                begin().ports(ports -> {}).model(NodeDeclarationTest::model).addView(NodeDeclarationTest::view);

        assertThatThrownBy(() -> node.addView(NodeDeclarationTest::view))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The node \"Counter\" has a view already.");
        assertThat(declare(begin().ports(ports -> {}).model(NodeDeclarationTest::model))
                        .behaviour()
                        .view())
                .isEmpty();
    }

    @Test
    void optionalPortsAreDeclaredInOrder() {
        final DefaultNode node = begin().dynamicPorts(ports -> ports.addInputPortGroup(
                                "first",
                                port -> port.name("Table").description("").fixed(BufferedDataTable.TYPE))
                        .addInputPortGroup("second", port -> port.name("More")
                                .description("")
                                .optional()
                                .supportedTypes(BufferedDataTable.TYPE, ImagePortObject.TYPE)))
                .model(NodeDeclarationTest::model);

        final NodeDeclaration declaration = declare(node);

        assertThat(declaration.ports(Side.INPUT)).extracting(PortGroup::id).containsExactly("first", "second");
        assertThat(declaration.ports(Side.INPUT))
                .extracting(PortGroup::optional)
                .containsExactly(false, true);
        assertThat(declaration.ports(Side.INPUT).get(1).choice().types())
                .containsExactly(BufferedDataTable.TYPE, ImagePortObject.TYPE);
        assertThat(declaration.ports(Side.OUTPUT)).isEmpty();
    }

    @Test
    void exchangeablePortHasItsDefaultTypeFirst() {
        final DefaultNode node = begin().dynamicPorts(ports -> ports.addInputPortGroup("data", port -> port.name("Data")
                        .description("")
                        .exchangable(ImagePortObject.TYPE)
                        .supportedTypes(BufferedDataTable.TYPE, ImagePortObject.TYPE)))
                .model(NodeDeclarationTest::model);

        final PortGroup data = declare(node).ports(Side.INPUT).get(0);

        assertThat(data.choice())
                .isEqualTo(new PortChoice(
                        PortChoice.Kind.EXCHANGEABLE, List.of(ImagePortObject.TYPE, BufferedDataTable.TYPE)));
        assertThat(data.type()).isEqualTo(ImagePortObject.TYPE);
        assertThat(data.optional()).isFalse();
        assertThat(data.fixed()).isFalse();
    }

    /** KNIME derives the kind of a node from its ports, if the node does not name it. */
    @Test
    void kindFollowsFromThePorts() {
        final NodeDeclaration source =
                declare(begin().ports(ports -> ports.addOutputTable("Out", "")).model(NodeDeclarationTest::model));
        final NodeDeclaration sink =
                declare(begin().ports(ports -> ports.addInputTable("In", "")).model(NodeDeclarationTest::model));
        final NodeDeclaration manipulator =
                declare(begin().ports(ports -> ports.addInputTable("In", "").addOutputTable("Out", ""))
                        .model(NodeDeclarationTest::model));

        assertThat(source.identity().type()).isEqualTo(NodeType.Source);
        assertThat(sink.identity().type()).isEqualTo(NodeType.Sink);
        assertThat(manipulator.identity().type()).isEqualTo(NodeType.Manipulator);
    }

    @Test
    void nodeMayHaveNoParameters() {
        final NodeDeclaration declaration = declare(begin().ports(ports -> ports.addInputTable("In", ""))
                .model(model ->
                        model.withoutParameters().configure((in, out) -> {}).execute((in, out) -> {})));

        assertThat(declaration.behaviour().parametersClass()).isEmpty();
    }

    @Test
    void inputAndOutputCannotShareAnId() {
        assertThatThrownBy(() ->
                        begin().ports(ports -> ports.addInputTable("Table", "").addOutputTable("Table", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Two port groups of a node have the id \"Table\"");
    }

    @Test
    void kindAndKeywordsAreSetOnce() {
        final DefaultNode node =
                begin().ports(ports -> {}).model(NodeDeclarationTest::model).keywords("a");
        node.nodeType(NodeType.Learner);

        assertThatThrownBy(() -> node.nodeType(NodeType.Other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The node \"Counter\" has a type already: Learner.");
        assertThatThrownBy(() -> node.keywords("b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The node \"Counter\" has keywords already: [a].");
    }
}
