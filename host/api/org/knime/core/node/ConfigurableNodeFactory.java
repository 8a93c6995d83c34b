package org.knime.core.node;

/**
 * The factory of a node whose ports can be configured.
 *
 * @param <T> the model of the node
 */
public abstract class ConfigurableNodeFactory<T extends NodeModel> extends NodeFactory<T> {}
