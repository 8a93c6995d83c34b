package org.knime.core.data;

/** Makes cells of one type. */
public interface DataCellFactory {
    DataType getDataType();

    /** Makes them of text. */
    interface FromString extends DataCellFactory {
        /** @throws RuntimeException if the text says no such cell */
        DataCell createCell(String input);
    }
}
