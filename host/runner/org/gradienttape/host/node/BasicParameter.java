package org.gradienttape.host.node;

import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * A number, a text, an enum, or an array of numbers or texts.
 *
 * @param type      how it is stored
 * @param constants the names that an enum allows; empty for any other type
 */
record BasicParameter(BasicType<?> type, List<String> constants) implements ParameterType {

    @Override
    public Object load(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        return type.load(settings, key);
    }

    @Override
    public void save(final NodeSettingsWO settings, final String key, final Object value) {
        type.save(settings, key, value);
    }

    @Override
    public void keys(final String path, final Object value, final Consumer<SettableKey> to) {
        if (!type.type().isArray()) {
            to.accept(new SettableKey(path, type.entry(), constants));
            return;
        }
        final int length = value == null ? 0 : Array.getLength(value);
        for (int i = 0; i < length; i++) {
            to.accept(new SettableKey(path + "/" + i, type.entry(), constants));
        }
    }
}
