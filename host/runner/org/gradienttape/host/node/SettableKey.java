package org.gradienttape.host.node;

import java.util.List;
import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;

/**
 * One entry of a node's settings that can be changed alone.
 *
 * @param path      the key below config "model", with "/" between configs: "layers/0/size"
 * @param type      the type of the entry
 * @param constants the values that an enum allows; empty where any value of the type will do
 */
public record SettableKey(String path, EntryType type, List<String> constants) {

    public SettableKey {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(type, "type");
        constants = List.copyOf(constants);
    }

    /**
     * Replaces the entry.
     *
     * @param model the config "model", with the configs that the path names
     * @param text  the new value, as a text
     * @throws InvalidSettingsException if the text stands for no value of the entry, or a config of the path is missing
     */
    public void write(final NodeSettings model, final String text) throws InvalidSettingsException {
        if (!constants.isEmpty() && !constants.contains(text)) {
            throw new InvalidSettingsException("The setting \"" + path + "\" takes one of "
                    + String.join(", ", constants) + ", but \"" + text + "\" was given.");
        }
        NodeSettings settings = model;
        final String[] keys = path.split("/");
        for (int i = 0; i < keys.length - 1; i++) {
            settings = settings.getNodeSettings(keys[i]);
        }
        try {
            type.write(settings, keys[keys.length - 1], text);
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException(
                    "The setting \"" + path + "\" takes " + type.meaning() + ", but \"" + text + "\" was given.", e);
        }
    }
}
