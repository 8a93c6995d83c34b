package org.gradienttape.host.node;

import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * A group of parameters: a config with the group's own keys.
 *
 * @param group the fields of the group's class
 */
record GroupParameter(ParameterGroup group) implements ParameterType {

    @Override
    public Object load(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        return group.load(settings.getNodeSettings(key));
    }

    @Override
    public void save(final NodeSettingsWO settings, final String key, final Object value) {
        group.save(value, settings.addNodeSettings(key));
    }

    @Override
    public void keys(final String path, final Object value, final Consumer<SettableKey> to) {
        group.keys(path + "/", value, to);
    }
}
