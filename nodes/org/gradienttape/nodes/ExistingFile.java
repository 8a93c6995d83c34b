package org.gradienttape.nodes;

import org.gradienttape.file.IfExists;
import org.knime.node.parameters.widget.choices.Label;

/** What happens when a model file is there already. The names of the constants stand in saved workflows. */
public enum ExistingFile {
    @Label(value = "Fail", description = "The node fails and the file stays as it is.")
    FAIL,
    @Label(value = "Overwrite", description = "The new file takes its place.")
    OVERWRITE;

    public IfExists toConfig() {
        return IfExists.valueOf(name());
    }
}
