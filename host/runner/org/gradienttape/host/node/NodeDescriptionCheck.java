package org.gradienttape.host.node;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.knime.node.DefaultNodeFactory;

/**
 * Finds what KNIME refuses in a node's declaration, or reports only with assertions on: texts that are no XML, elements
 * that do not belong there, parameters that the dialog or the settings cannot take, a missing icon.
 */
public final class NodeDescriptionCheck {

    private static final int ICON_SIZE = 16;

    private final NodeDeclaration declaration;
    private final List<String> problems = new ArrayList<>();

    private NodeDescriptionCheck(final NodeDeclaration declaration) {
        this.declaration = declaration;
    }

    /** One sentence per problem; empty if the node is fine. */
    public static List<String> problems(final DefaultNodeFactory factory) {
        final NodeDescriptionCheck check = new NodeDescriptionCheck(NodeDeclaration.of(factory));
        check.checkIcon(factory.getClass());
        check.checkTexts();
        check.checkPorts(Side.INPUT);
        check.checkPorts(Side.OUTPUT);
        check.declaration
                .behaviour()
                .parametersClass()
                .ifPresent(type -> check.problems.addAll(ParametersCheck.problems(type)));
        return List.copyOf(check.problems);
    }

    private void checkTexts() {
        check(new Fragment("The short description", Fragment.TEXT), declaration.shortDescription());
        check(new Fragment("The full description", Fragment.INTRODUCTION), declaration.fullDescription());
        declaration
                .behaviour()
                .view()
                .ifPresent(view ->
                        check(new Fragment("The description of the view", Fragment.DESCRIPTION), view.description()));
    }

    private void checkPorts(final Side side) {
        boolean changeableSeen = false;
        for (final PortGroup port : declaration.ports(side)) {
            check(
                    new Fragment("The description of port \"" + port.name() + "\"", Fragment.DESCRIPTION),
                    port.description());
            if (port.name().isBlank()) {
                problems.add("The port with the id \"" + port.id() + "\" has no name.");
            }
            if (changeableSeen && port.fixed()) {
                problems.add(
                        "The port \"" + port.name() + "\" is fixed and stands after one that a workflow may change; "
                                + "declare fixed ports first.");
            }
            changeableSeen = changeableSeen || !port.fixed();
        }
    }

    private void checkIcon(final Class<?> factory) {
        final String path = declaration.identity().icon();
        try (InputStream stream = factory.getClassLoader().getResourceAsStream(fromRoot(factory, path))) {
            final BufferedImage icon = stream == null ? null : ImageIO.read(stream);
            if (icon == null || icon.getWidth() != ICON_SIZE || icon.getHeight() != ICON_SIZE) {
                problems.add("The icon " + path + " is no image of 16x16 pixels beside " + factory.getName() + ".");
            }
        } catch (final IOException e) {
            problems.add("The icon " + path + " cannot be read: " + e.getMessage());
        }
    }

    /** As KNIME does: the path counts from the factory's package and may lead up with "..". */
    private static String fromRoot(final Class<?> factory, final String path) {
        if (path.startsWith("/")) {
            return path.substring(1);
        }
        return URI.create("/" + factory.getPackageName().replace('.', '/') + "/")
                .resolve(path)
                .getPath()
                .substring(1);
    }

    private void check(final Fragment fragment, final String text) {
        fragment.problem(text).ifPresent(problems::add);
    }
}
