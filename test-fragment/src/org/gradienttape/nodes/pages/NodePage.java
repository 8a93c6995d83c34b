package org.gradienttape.nodes.pages;

import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.gradienttape.host.node.ParametersPersistence;
import org.gradienttape.nodes.RegisteredNodes;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** The page of one node, as Markdown, made of nothing but its declaration. */
final class NodePage {
    private final NodeDeclaration node;

    NodePage(final NodeDeclaration node) {
        this.node = node;
    }

    String text() {
        return """
                <!-- Made by ./gradienttape generate out of the node's declaration. -->
                # ![](%s) %s

                *%s*

                %s

                ## Ports

                | | name | type | |
                | --- | --- | --- | --- |
                %s%s%s
                ## Settings

                ![The dialog](../pictures/dialogs/%s.png)

                %s

                In the dialog a setting has its title; the name and the type behind it are for `-option=NODE,NAME,VALUE,TYPE`
                of a headless run, followed by the default. N stands for the place in a list, from 0.
                """.formatted(
                        icon(),
                        node.name(),
                        node.shortDescription(),
                        MarkdownText.of(node.fullDescription()),
                        ports("in", node.ports(Side.INPUT)),
                        ports("out", node.ports(Side.OUTPUT)),
                        view(),
                        RegisteredNodes.fileName(node),
                        settings());
    }

    /** A line for the list of all nodes. */
    String line(final String page) {
        return "| ![](" + icon() + ") | [" + node.name() + "](" + page + ") | " + node.shortDescription() + " |\n";
    }

    /** The declaration counts from the factory's package, four folders below the root. */
    private String icon() {
        return node.identity().icon().replace("../../../../", "../../");
    }

    private String view() {
        return node.behaviour()
                .view()
                .map(view -> "\n## View\n\n" + MarkdownText.of(view.description()) + "\n")
                .orElse("");
    }

    private String settings() {
        return node.behaviour()
                .parametersClass()
                .map(type -> SettingsList.of(ParametersPersistence.create(type, new PortObjectSpec[0])))
                .orElse("There is nothing to set.");
    }

    private static String ports(final String side, final List<PortGroup> ports) {
        return ports.stream()
                .map(port -> "| %s%s | %s | %s | %s |\n"
                        .formatted(
                                side,
                                port.optional() ? ", optional" : port.extendable() ? ", any number" : "",
                                port.name(),
                                port.choice().types().stream()
                                        .map(PortType::getName)
                                        .collect(Collectors.joining(" or ")),
                                MarkdownText.of(port.description()).replace("\n", " ")))
                .collect(Collectors.joining());
    }
}
