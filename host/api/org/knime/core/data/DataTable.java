package org.knime.core.data;

/** Rows that all have the columns of one spec. */
public interface DataTable extends Iterable<DataRow> {
    DataTableSpec getDataTableSpec();

    @Override
    RowIterator iterator();
}
