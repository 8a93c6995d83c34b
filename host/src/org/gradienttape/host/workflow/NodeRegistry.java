package org.gradienttape.host.workflow;

import org.knime.core.node.NodeFactory;

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
}
