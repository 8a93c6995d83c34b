package org.knime.core.data;

/** A cell whose column has a lower and an upper bound in its domain. */
public interface BoundedValue extends DataValue {}
