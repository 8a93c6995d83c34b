package org.gradienttape.host.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;

/**
 * The entries of a node's settings that can be changed one by one, from the command line or by a flow variable.
 *
 * @param keys the entries, in the order of the fields
 */
public record ParametersFields(List<SettableKey> keys) {

    public ParametersFields {
        keys = List.copyOf(keys);
    }

    /** The entries of these parameters, those of existing array elements included. */
    public static ParametersFields of(final NodeParameters parameters) {
        final List<SettableKey> keys = new ArrayList<>();
        ParameterGroup.of(parameters.getClass()).keys("", parameters, keys::add);
        return new ParametersFields(keys);
    }

    /** The entry with this path. */
    public Optional<SettableKey> key(final String path) {
        return keys.stream().filter(key -> key.path().equals(path)).findFirst();
    }

    /**
     * Changes an entry as the batch option {@code -option} asks.
     *
     * @param model the config "model"
     * @param path  the key below it, with "/" between configs
     * @param word  the option's word for the type: int, long, byte, boolean, char, float, double or String
     * @param text  the new value
     * @throws InvalidSettingsException if there is no such entry, its type is another one, or the text is no value of
     *     it
     */
    public void set(final NodeSettings model, final String path, final String word, final String text)
            throws InvalidSettingsException {
        final SettableKey key = key(path).orElseThrow(() -> new InvalidSettingsException(unknown(path)));
        if (!key.type().accepts(word)) {
            throw new InvalidSettingsException("The setting \"" + path + "\" is of type "
                    + key.type().word() + ", but the type " + word + " was given.");
        }
        key.write(model, text);
    }

    private String unknown(final String path) {
        if (keys.isEmpty()) {
            return "The node has no settings, but \"" + path + "\" was given.";
        }
        return "The node has no setting \"" + path + "\"; it has "
                + keys.stream().map(SettableKey::path).collect(Collectors.joining(", ")) + ".";
    }
}
