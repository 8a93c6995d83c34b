package org.knime.core.data;

/** A cell whose column lists its possible values in its domain. */
public interface NominalValue extends DataValue {}
