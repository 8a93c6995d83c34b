package org.gradienttape.nodes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.RegistryFactory;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.knime.node.DefaultNodeFactory;

/** Every node that plugin.xml registers, in the order of the node repository. */
public final class RegisteredNodes {
    private RegisteredNodes() {}

    public static List<DefaultNodeFactory> factories() {
        return Arrays.stream(RegistryFactory.getRegistry()
                        .getConfigurationElementsFor("org.knime.workbench.repository.nodes"))
                .filter(element -> element.getContributor().getName().equals("org.gradienttape"))
                .map(RegisteredNodes::factory)
                .toList();
    }

    /** The name of a node's files: "GAN Trainer" is gan-trainer, and what is in parentheses loses them. */
    public static String fileName(final DefaultNodeFactory factory) {
        return fileName(NodeDeclaration.of(factory));
    }

    public static String fileName(final NodeDeclaration node) {
        return node.name().toLowerCase(Locale.ROOT).replaceAll("[()]", "").replace(' ', '-');
    }

    private static DefaultNodeFactory factory(final IConfigurationElement node) {
        try {
            return (DefaultNodeFactory) Class.forName(node.getAttribute("factory-class"))
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The factory of " + node.getAttribute("factory-class") + " is not usable.", e);
        }
    }
}
