package org.knime.core.data;

/** Something that can be read as the key of a row. */
public interface RowKeyValue {
    String getString();
}
