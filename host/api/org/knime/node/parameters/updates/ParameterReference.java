package org.knime.node.parameters.updates;

/**
 * A name for a field, under which others refer to its value.
 *
 * @param <V> the type of the field
 */
public interface ParameterReference<V> {}
