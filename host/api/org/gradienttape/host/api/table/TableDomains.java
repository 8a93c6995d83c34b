package org.gradienttape.host.api.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.data.BoundedValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.NominalValue;

/** The domains of a table's columns, widened row by row from what the spec already says. */
public final class TableDomains {
    /** A column with more different values than this lists none. */
    public static final int MAX_POSSIBLE_VALUES = 60;

    private final DataTableSpec original;
    private final List<ColumnDomain> columns = new ArrayList<>();

    public TableDomains(final DataTableSpec original) {
        this.original = original;
        original.forEach(column -> columns.add(new ColumnDomain(column)));
    }

    public void add(final DataRow row) {
        for (int i = 0; i < columns.size(); i++) {
            final DataCell cell = row.getCell(i);
            if (!cell.isMissing()) {
                columns.get(i).add(cell);
            }
        }
    }

    /** The spec with the domains of all rows so far. */
    public DataTableSpec spec() {
        return new DataTableSpec(
                original.getName(), columns.stream().map(ColumnDomain::spec).toArray(DataColumnSpec[]::new));
    }

    private static final class ColumnDomain {
        private final DataColumnSpec column;
        private final boolean bounded;
        private DataCell lower;
        private DataCell upper;
        private Set<DataCell> values;

        ColumnDomain(final DataColumnSpec column) {
            this.column = column;
            final DataColumnDomain domain = column.getDomain();
            bounded = column.getType().isCompatible(BoundedValue.class);
            lower = domain.getLowerBound();
            upper = domain.getUpperBound();
            if (column.getType().isCompatible(NominalValue.class)) {
                values = domain.hasValues() ? new LinkedHashSet<>(domain.getValues()) : new LinkedHashSet<>();
            }
        }

        void add(final DataCell cell) {
            if (values != null && values.add(cell) && values.size() > MAX_POSSIBLE_VALUES) {
                values = null;
            }
            if (bounded && !isNaN(cell)) {
                lower = lower == null || compare(cell, lower) < 0 ? cell : lower;
                upper = upper == null || compare(cell, upper) > 0 ? cell : upper;
            }
        }

        DataColumnSpec spec() {
            final DataColumnDomainCreator domain = new DataColumnDomainCreator(column.getDomain());
            domain.setLowerBound(lower);
            domain.setUpperBound(upper);
            if (column.getType().isCompatible(NominalValue.class)) {
                domain.setValues(values);
            }
            final DataColumnSpecCreator spec = new DataColumnSpecCreator(column);
            spec.setDomain(domain.createDomain());
            return spec.createSpec();
        }

        private static boolean isNaN(final DataCell cell) {
            return cell instanceof DoubleValue value && Double.isNaN(value.getDoubleValue());
        }

        private static int compare(final DataCell first, final DataCell second) {
            if (first instanceof LongValue a && second instanceof LongValue b) {
                return Long.compare(a.getLongValue(), b.getLongValue());
            }
            return Double.compare(((DoubleValue) first).getDoubleValue(), ((DoubleValue) second).getDoubleValue());
        }
    }
}
