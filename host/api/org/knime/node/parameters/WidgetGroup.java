package org.knime.node.parameters;

/** Marks a class whose fields are elements of the dialog. */
public interface WidgetGroup {}
