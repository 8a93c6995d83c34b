package org.knime.node.parameters;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.persistence.Persistable;

/**
 * The parameters of a node, or a group of them: a class with a constructor without arguments and fields that are not
 * private, each with its default. No field may be null; what may be absent is an {@code Optional}.
 */
public interface NodeParameters extends Persistable, WidgetGroup {

    /**
     * Checks the values; called for the node's own parameters after each load, not for groups inside them.
     *
     * @throws InvalidSettingsException with one sentence for the person at the dialog
     */
    default void validate() throws InvalidSettingsException {}
}
