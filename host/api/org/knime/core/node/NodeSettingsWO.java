package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Writing side of a node's settings. */
public interface NodeSettingsWO extends ConfigWO {
    /** Adds empty settings and answers them. */
    NodeSettingsWO addNodeSettings(String key);

    /** Adds settings that exist already, under their own key. */
    void addNodeSettings(NodeSettings settings);
}
