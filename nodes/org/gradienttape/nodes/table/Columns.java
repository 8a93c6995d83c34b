package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;

/** Collects the columns of a table, in order. */
final class Columns {
    private final List<DataColumnSpec> columns = new ArrayList<>();

    Columns integer(final String name) {
        return add(name, IntCell.TYPE);
    }

    Columns longInteger(final String name) {
        return add(name, LongCell.TYPE);
    }

    Columns number(final String name) {
        return add(name, DoubleCell.TYPE);
    }

    Columns text(final String name) {
        return add(name, StringCell.TYPE);
    }

    Columns truth(final String name) {
        return add(name, BooleanCell.TYPE);
    }

    Columns image(final String name) {
        return add(name, PNGImageContent.TYPE);
    }

    DataTableSpec spec() {
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    DataTableSpec spec(final String name) {
        return new DataTableSpec(name, columns.toArray(DataColumnSpec[]::new));
    }

    private Columns add(final String name, final DataType type) {
        columns.add(new DataColumnSpecCreator(name, type).createSpec());
        return this;
    }
}
