package org.knime.core.data;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** What is known of the values of a column: bounds and possible values, each null if unknown. */
public final class DataColumnDomain {
    private static final String LOWER_BOUND = "lower_bound";
    private static final String UPPER_BOUND = "upper_bound";
    private static final String POSSIBLE_VALUES = "possible_values";

    private final DataCell lowerBound;
    private final DataCell upperBound;
    private final Set<DataCell> values;

    DataColumnDomain(final DataCell lowerBound, final DataCell upperBound, final Set<DataCell> values) {
        this.lowerBound = lowerBound;
        this.upperBound = upperBound;
        this.values = values;
    }

    public DataCell getLowerBound() {
        return lowerBound;
    }

    public DataCell getUpperBound() {
        return upperBound;
    }

    /** The possible values in the order of their first appearance. */
    public Set<DataCell> getValues() {
        return values;
    }

    public boolean hasLowerBound() {
        return lowerBound != null;
    }

    public boolean hasUpperBound() {
        return upperBound != null;
    }

    public boolean hasBounds() {
        return hasLowerBound() && hasUpperBound();
    }

    public boolean hasValues() {
        return values != null;
    }

    public void save(final ConfigWO config) {
        if (hasLowerBound()) {
            config.addDataCell(LOWER_BOUND, lowerBound);
        }
        if (hasUpperBound()) {
            config.addDataCell(UPPER_BOUND, upperBound);
        }
        if (hasValues()) {
            config.addDataCellArray(POSSIBLE_VALUES, values.toArray(DataCell[]::new));
        }
    }

    public static DataColumnDomain load(final ConfigRO config) {
        final DataCell[] values = config.getDataCellArray(POSSIBLE_VALUES, (DataCell[]) null);
        return new DataColumnDomain(
                config.getDataCell(LOWER_BOUND, (DataCell) null),
                config.getDataCell(UPPER_BOUND, (DataCell) null),
                values == null ? null : new LinkedHashSet<>(Arrays.asList(values)));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DataColumnDomain domain
                && Objects.equals(lowerBound, domain.lowerBound)
                && Objects.equals(upperBound, domain.upperBound)
                && Objects.equals(values, domain.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lowerBound, upperBound, values);
    }

    @Override
    public String toString() {
        return "lower=" + lowerBound + ",upper=" + upperBound + ",values=" + values;
    }
}
