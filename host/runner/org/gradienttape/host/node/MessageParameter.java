package org.gradienttape.host.node;

import java.util.function.Consumer;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** A {@code Void} field, which only holds the place of a message in the dialog: nothing is stored. */
record MessageParameter() implements ParameterType {

    @Override
    public Object load(final NodeSettingsRO settings, final String key) {
        return null;
    }

    @Override
    public void save(final NodeSettingsWO settings, final String key, final Object value) {
        // a message has no value
    }

    @Override
    public void keys(final String path, final Object value, final Consumer<SettableKey> to) {
        // a message has no value
    }
}
