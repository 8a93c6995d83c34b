package org.gradienttape.host.workflow;

import org.gradienttape.host.api.node.NodeDeclaration;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.DefaultNodeFactory;

/** Knows the node factories that are installed. */
@FunctionalInterface
public interface NodeRegistry {

    /**
     * Makes the factory of a node.
     *
     * @param className the factory's class, as workflow files name it
     * @throws NodeNotAvailableException if no installed bundle offers this factory, or it cannot be made
     */
    NodeFactory<?> create(String className) throws NodeNotAvailableException;

    /**
     * Makes a node of a workflow, without its settings.
     *
     * @param className the factory's class, as workflow files name it
     * @param nodeFile  says which of the optional ports exist
     * @throws NodeNotAvailableException if there is no such factory, or this runner cannot run its nodes
     */
    default NodeBody body(final String className, final NodeSettingsRO nodeFile)
            throws NodeNotAvailableException, InvalidSettingsException {
        if (create(className) instanceof DefaultNodeFactory factory) {
            return DeclaredNode.of(NodeDeclaration.of(factory), nodeFile);
        }
        throw new NodeNotAvailableException("The node factory " + className
                + " is no DefaultNodeFactory, and this runner runs only nodes that are declared by one.");
    }
}
