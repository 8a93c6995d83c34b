package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** Reading side of what a port object stores of itself. */
public interface ModelContentRO extends ConfigRO {
    ModelContentRO getModelContent(String key) throws InvalidSettingsException;
}
