package org.gradienttape.host.node;

import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/** How the values of one type of field are stored under the field's key. */
interface ParameterType {

    /**
     * Reads a value.
     *
     * @param settings the config of the group that holds the field
     */
    Object load(NodeSettingsRO settings, String key) throws InvalidSettingsException;

    /**
     * Writes a value.
     *
     * @param settings the config of the group that holds the field
     */
    void save(NodeSettingsWO settings, String key, Object value);

    /** Hands over the entries that a value consists of, for changing them one by one. */
    void keys(String path, Object value, Consumer<SettableKey> to);
}
