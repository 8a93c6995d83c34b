package org.gradienttape.host.node;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * An array or list of groups: a config whose children "0", "1", ... are the elements.
 *
 * @param element the fields of an element's class
 * @param array   whether the field is an array; otherwise it is a list
 */
record GroupsParameter(ParameterGroup element, boolean array) implements ParameterType {

    @Override
    public Object load(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        final NodeSettingsRO elements = settings.getNodeSettings(key);
        final long size = elements.keySet().stream()
                .filter(child -> child.matches("\\d+"))
                .count();
        final List<Object> loaded = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            loaded.add(element.load(elements.getNodeSettings(Integer.toString(i))));
        }
        return array ? loaded.toArray((Object[]) Array.newInstance(element.type(), 0)) : loaded;
    }

    @Override
    public void save(final NodeSettingsWO settings, final String key, final Object value) {
        final NodeSettingsWO elements = settings.addNodeSettings(key);
        final List<?> values = elements(value);
        for (int i = 0; i < values.size(); i++) {
            element.save(values.get(i), elements.addNodeSettings(Integer.toString(i)));
        }
    }

    @Override
    public void keys(final String path, final Object value, final Consumer<SettableKey> to) {
        final List<?> values = elements(value);
        for (int i = 0; i < values.size(); i++) {
            element.keys(path + "/" + i + "/", values.get(i), to);
        }
    }

    private List<?> elements(final Object value) {
        if (value == null) {
            return List.of();
        }
        return array ? Arrays.asList((Object[]) value) : (List<?>) value;
    }
}
