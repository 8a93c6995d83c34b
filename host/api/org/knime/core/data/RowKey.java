package org.knime.core.data;

import java.util.Objects;

/** The key of a row, unique in its table. */
public final class RowKey implements RowKeyValue {
    private final String text;

    public RowKey(final String text) {
        this.text = Objects.requireNonNull(text, "a row key needs a text");
    }

    /** The key that tables use by default: "Row" and the index, counted from 0. */
    public static RowKey createRowKey(final long index) {
        return new RowKey("Row" + index);
    }

    @Override
    public String getString() {
        return text;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof RowKeyValue key && key.getString().equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
