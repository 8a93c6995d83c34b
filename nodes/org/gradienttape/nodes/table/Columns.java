package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;

/** Collects the columns of a table, in order. */
public final class Columns {
    private final List<DataColumnSpec> columns = new ArrayList<>();

    public Columns integer(final String name) {
        return add(name, IntCell.TYPE);
    }

    public Columns longInteger(final String name) {
        return add(name, LongCell.TYPE);
    }

    /**
     * The steps of an epoch, from 0.
     *
     * @param perEpoch how many steps an epoch has; 0 if that is not known
     */
    public Columns step(final int perEpoch) {
        final DataColumnSpecCreator column = new DataColumnSpecCreator(LogColumns.STEP, IntCell.TYPE);
        if (perEpoch > 0) {
            column.setProperties(
                    new DataColumnProperties(Map.of(LogColumns.STEPS_PER_EPOCH, Integer.toString(perEpoch))));
        }
        columns.add(column.createSpec());
        return this;
    }

    public Columns number(final String name) {
        return add(name, DoubleCell.TYPE);
    }

    public Columns text(final String name) {
        return add(name, StringCell.TYPE);
    }

    public Columns truth(final String name) {
        return add(name, BooleanCell.TYPE);
    }

    public Columns image(final String name) {
        return add(name, PNGImageContent.TYPE);
    }

    public DataTableSpec spec() {
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    public DataTableSpec spec(final String name) {
        return new DataTableSpec(name, columns.toArray(DataColumnSpec[]::new));
    }

    /** The same where a name may come twice: the later column gets the next free one with a number. */
    DataTableSpec specOfAny() {
        return appended(new DataTableSpec(), columns);
    }

    /** Columns behind others; where a name is taken, the next free one with a number. */
    public static DataTableSpec appended(final DataTableSpec before, final Iterable<DataColumnSpec> columns) {
        final Set<String> taken = new HashSet<>(List.of(before.getColumnNames()));
        final DataTableSpecCreator all = new DataTableSpecCreator(before);
        for (final DataColumnSpec column : columns) {
            String name = column.getName();
            for (int number = 1; !taken.add(name); number++) {
                name = column.getName() + " (#" + number + ")";
            }
            all.addColumns(column(name, column.getType()));
        }
        return all.createSpec();
    }

    /** One column. */
    public static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    private Columns add(final String name, final DataType type) {
        columns.add(column(name, type));
        return this;
    }
}
