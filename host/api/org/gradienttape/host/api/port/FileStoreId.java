package org.gradienttape.host.api.port;

import java.util.Objects;
import java.util.UUID;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/**
 * Names a file store in a workflow.
 *
 * @param store of the node execution that made it
 * @param index in that execution, from 0
 * @param name of the file
 */
public record FileStoreId(UUID store, int index, String name) {
    /** Outside of loops, the only case here. */
    private static final int NO_ITERATION = -1;

    public FileStoreId {
        Objects.requireNonNull(store);
        if (index < 0) {
            throw new IllegalArgumentException("Expected the index of a file store from 0, found " + index + ".");
        }
        checkName(name);
    }

    /** @throws IllegalArgumentException if the name could leave the folder or hide in it */
    public static void checkName(final String name) {
        if (name == null || name.isEmpty() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
            throw new IllegalArgumentException("Expected a file store name that does not start with a dot and has no "
                    + "slash or backslash, found \"" + name + "\".");
        }
    }

    public void save(final ModelContentWO content) {
        content.addString("storeUUID", store.toString());
        content.addInt("index", index);
        content.addString("name", name);
        content.addInt("iterationIndex", NO_ITERATION);
    }

    public static FileStoreId load(final ModelContentRO content) throws InvalidSettingsException {
        if (content.getInt("iterationIndex") != NO_ITERATION) {
            throw new InvalidSettingsException(
                    "Expected a file store that was made outside of loops, found one made in a loop.");
        }
        try {
            return new FileStoreId(
                    UUID.fromString(content.getString("storeUUID")),
                    content.getInt("index"),
                    content.getString("name"));
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException(e);
        }
    }
}
