package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Writing side of what a port object stores of itself. */
public interface ModelContentWO extends ConfigWO {
    /** Adds empty content and answers it. */
    ModelContentWO addModelContent(String key);

    /** Adds content that exists already, under its own key. */
    void addModelContent(ModelContent content);
}
