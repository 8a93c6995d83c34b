package org.gradienttape.host.node;

import java.util.function.Consumer;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** A {@code Void} field, which only holds the place of a message in the dialog: nothing is stored. */
record MessageParameter() implements ParameterType {

    @Override
    public Object load(NodeSettingsRO settings, String key) {
        return null;
    }

    @Override
    public void save(NodeSettingsWO settings, String key, Object value) {
        // a message has no value
    }

    @Override
    public void keys(String path, Object value, Consumer<SettableKey> to) {
        // a message has no value
    }
}
