package org.knime.core.node.config.base;

import java.util.Objects;
import java.util.Set;

/** A single value, kept as the text that the XML file holds. */
final class ValueEntry extends AbstractConfigEntry {
    private static final Set<ConfigEntries> NULLABLE =
            Set.of(ConfigEntries.xstring, ConfigEntries.xpassword, ConfigEntries.xtransientstring);

    private final String value;

    /**
     * @param value the text of the value; null only where {@code type} is a text
     * @throws IllegalArgumentException if the text is no value of the type
     */
    ValueEntry(final String key, final ConfigEntries type, final String value) {
        super(key, type);
        if (value == null && !NULLABLE.contains(type)) {
            throw new IllegalArgumentException("Expected a value of type " + type + " for key \"" + key
                    + "\", found none; only texts may be null.");
        }
        this.value = value;
        if (value != null) {
            check();
        }
    }

    @Override
    public String toStringValue() {
        return value;
    }

    @Override
    protected boolean hasIdenticalValue(final AbstractConfigEntry other) {
        return Objects.equals(value, other.toStringValue());
    }

    private void check() {
        try {
            switch (getType()) {
                case xint -> Integer.parseInt(value);
                case xlong -> Long.parseLong(value);
                case xdouble -> Double.parseDouble(value);
                case xfloat -> Float.parseFloat(value);
                case xbyte -> Byte.parseByte(value);
                case xshort -> Short.parseShort(value);
                case xboolean -> require(value.equals("true") || value.equals("false"));
                case xchar -> require(value.length() == 1);
                case xstring, xpassword, xtransientstring -> {}
                case config -> throw new IllegalArgumentException("A config is no single value.");
            }
        } catch (final NumberFormatException e) {
            throw invalid(e);
        }
    }

    private void require(final boolean valid) {
        if (!valid) {
            throw invalid(null);
        }
    }

    private IllegalArgumentException invalid(final Throwable cause) {
        return new IllegalArgumentException(
                "Expected a value of type " + getType() + " for key \"" + getKey() + "\", found \"" + value + "\".",
                cause);
    }
}
