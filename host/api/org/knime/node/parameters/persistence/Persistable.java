package org.knime.node.parameters.persistence;

/** Marks a class whose fields are stored; implementations need a constructor without arguments. */
public interface Persistable {}
