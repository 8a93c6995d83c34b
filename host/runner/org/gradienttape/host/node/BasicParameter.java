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
    public Object load(NodeSettingsRO settings, String key) throws InvalidSettingsException {
        return type.load(settings, key);
    }

    @Override
    public void save(NodeSettingsWO settings, String key, Object value) {
        type.save(settings, key, value);
    }

    @Override
    public void keys(String path, Object value, Consumer<SettableKey> to) {
        if (!type.type().isArray()) {
            to.accept(new SettableKey(path, type.entry(), constants));
            return;
        }
        int length = value == null ? 0 : Array.getLength(value);
        for (int i = 0; i < length; i++) {
            to.accept(new SettableKey(path + "/" + i, type.entry(), constants));
        }
    }
}
