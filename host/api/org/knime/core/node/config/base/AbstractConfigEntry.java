package org.knime.core.node.config.base;

import java.util.Objects;

/** One key of a {@link ConfigBase} with its type: a single value or a config of its own. */
public abstract class AbstractConfigEntry {
    private final String key;
    private final ConfigEntries type;

    AbstractConfigEntry(final String key, final ConfigEntries type) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("Expected a settings key of at least one character, found: " + key);
        }
        this.key = key;
        this.type = Objects.requireNonNull(type);
    }

    public final String getKey() {
        return key;
    }

    public final ConfigEntries getType() {
        return type;
    }

    /** The value as it stands in the XML file; null for a null text. */
    public abstract String toStringValue();

    /** Whether key, type and value, down to the last nested entry, are the same. */
    public final boolean isIdentical(final AbstractConfigEntry other) {
        return other != null && key.equals(other.key) && type == other.type && hasIdenticalValue(other);
    }

    protected abstract boolean hasIdenticalValue(AbstractConfigEntry other);

    @Override
    public String toString() {
        return key + " = " + toStringValue();
    }
}
