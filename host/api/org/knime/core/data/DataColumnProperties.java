package org.knime.core.data;

import java.util.Map;
import java.util.TreeMap;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Texts by name that a column carries along. */
public final class DataColumnProperties {
    private final Map<String, String> properties;

    public DataColumnProperties() {
        this(Map.of());
    }

    public DataColumnProperties(final Map<String, String> properties) {
        this.properties = new TreeMap<>(properties);
    }

    public boolean containsProperty(final String name) {
        return properties.containsKey(name);
    }

    /** The text of that name; null if there is none. */
    public String getProperty(final String name) {
        return properties.get(name);
    }

    /** These and the new ones, which win. */
    public DataColumnProperties cloneAndOverwrite(final Map<String, String> newProperties) {
        final Map<String, String> all = new TreeMap<>(properties);
        all.putAll(newProperties);
        return new DataColumnProperties(all);
    }

    public int size() {
        return properties.size();
    }

    public void save(final ConfigWO config) {
        properties.forEach(config::addString);
    }

    public static DataColumnProperties load(final ConfigRO config) throws InvalidSettingsException {
        final Map<String, String> properties = new TreeMap<>();
        for (final String name : config.keySet()) {
            properties.put(name, config.getString(name));
        }
        return new DataColumnProperties(properties);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DataColumnProperties that && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    @Override
    public String toString() {
        return properties.toString();
    }
}
