package org.gradienttape.host.workflow;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/** Texts of settings, which may also be null. */
public final class Texts {

    private Texts() {}

    /** Reads a text that must be there. */
    public static String required(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        final String text = settings.getString(key);
        if (text == null) {
            throw new InvalidSettingsException("The text for key \"" + key + "\" is null.");
        }
        return text;
    }
}
