package org.knime.core.node;

/** The model of a node. A bound of type parameters only: the nodes of this host are declared by {@code DefaultNode}. */
public abstract class NodeModel {

    NodeModel() {}
}
