package org.gradienttape.host.api.port;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.ContributorFactoryOSGi;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.osgi.framework.Bundle;

/** Reads the extension point org.knime.core.PortType; a declaration that does not work is logged and left out. */
final class PortExtensions {
    private static final String POINT = "org.knime.core.PortType";
    private static final String DEFAULT_COLOR = "#9b9b9b";

    private PortExtensions() {}

    /** No declarations where there is no extension registry, as in a plain test. */
    static List<PortDeclaration> read() {
        final List<PortDeclaration> declarations = new ArrayList<>();
        final IExtensionRegistry registry = RegistryFactory.getRegistry();
        if (registry != null) {
            for (final IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
                try {
                    declarations.add(declaration(element));
                } catch (final CoreException | ClassNotFoundException | ClassCastException | NumberFormatException e) {
                    NodeLogger.getLogger(PortExtensions.class)
                            .error(
                                    "Expected a port type that works in the bundle "
                                            + element.getContributor().getName() + ", found: " + e.getMessage(),
                                    e);
                }
            }
        }
        return declarations;
    }

    private static PortDeclaration declaration(final IConfigurationElement element)
            throws CoreException, ClassNotFoundException {
        final Class<?> objectClass = load(element, "objectClass");
        final Class<?> specClass = load(element, "specClass");
        final String color = element.getAttribute("color");
        final PortObjectSpecSerializer<?> specSerializer = specClass == DataTableSpec.class
                ? new DataTableSpec.Serializer()
                : (PortObjectSpecSerializer<?>) element.createExecutableExtension("specSerializer");
        return new PortDeclaration(
                element.getAttribute("name"),
                Integer.decode(color == null ? DEFAULT_COLOR : color),
                objectClass.asSubclass(PortObject.class),
                (PortObjectSerializer<?>) element.createExecutableExtension("objectSerializer"),
                specClass.asSubclass(PortObjectSpec.class),
                specSerializer);
    }

    private static Class<?> load(final IConfigurationElement element, final String attribute)
            throws ClassNotFoundException {
        final Bundle bundle = ContributorFactoryOSGi.resolve(element.getContributor());
        final String name = element.getAttribute(attribute);
        if (bundle == null || name == null) {
            throw new ClassNotFoundException("the attribute " + attribute + " is missing");
        }
        return bundle.loadClass(name);
    }
}
