package org.knime.node.parameters.widget.choices.util;

/** Says which input port holds the table. */
public interface InputTableIndexHolder {

    /** The index of the port, from 0. */
    default int getInputTableIndex() {
        return 0;
    }
}
