package org.knime.node.parameters.validation;

/** A check that the dialog knows by itself. */
public interface BuiltinValidation {}
