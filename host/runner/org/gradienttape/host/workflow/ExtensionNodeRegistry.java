package org.gradienttape.host.workflow;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.knime.core.node.NodeFactory;

/** The factories that installed bundles contribute to KNIME's extension point for nodes. */
public final class ExtensionNodeRegistry implements NodeRegistry {

    private static final String EXTENSION_POINT = "org.knime.workbench.repository.nodes";
    private static final String FACTORY_CLASS = "factory-class";

    private final IExtensionRegistry registry;

    public ExtensionNodeRegistry(final IExtensionRegistry registry) {
        this.registry = registry;
    }

    @Override
    public NodeFactory<?> create(final String className) throws NodeNotAvailableException {
        for (final IConfigurationElement element : registry.getConfigurationElementsFor(EXTENSION_POINT)) {
            if ("node".equals(element.getName()) && className.equals(element.getAttribute(FACTORY_CLASS))) {
                return create(element, className);
            }
        }
        throw new NodeNotAvailableException(
                "The node factory " + className + " is not installed; install the extension that brings it.");
    }

    private static NodeFactory<?> create(final IConfigurationElement element, final String className)
            throws NodeNotAvailableException {
        try {
            if (element.createExecutableExtension(FACTORY_CLASS) instanceof NodeFactory<?> factory) {
                return factory;
            }
        } catch (final CoreException | LinkageError e) {
            throw new NodeNotAvailableException(
                    "The node factory " + className + " of the plug-in "
                            + element.getContributor().getName() + " cannot be used: " + reason(e) + ".",
                    e);
        }
        throw new NodeNotAvailableException("The class " + className + " of the plug-in "
                + element.getContributor().getName() + " is registered as a node factory but is none.");
    }

    /** Returns the innermost message: the outer ones only say that a class could not be made. */
    private static String reason(final Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
}
