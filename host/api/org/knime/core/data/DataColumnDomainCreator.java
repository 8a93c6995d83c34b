package org.knime.core.data;

import java.util.LinkedHashSet;
import java.util.Set;

/** Puts a {@link DataColumnDomain} together; what is not set stays unknown. */
public class DataColumnDomainCreator {
    private DataCell lowerBound;
    private DataCell upperBound;
    private Set<DataCell> values;

    public DataColumnDomainCreator() {}

    public DataColumnDomainCreator(final DataCell lowerBound, final DataCell upperBound) {
        this.lowerBound = lowerBound;
        this.upperBound = upperBound;
    }

    public DataColumnDomainCreator(final Set<DataCell> values) {
        setValues(values);
    }

    public DataColumnDomainCreator(final DataColumnDomain domain) {
        this(domain.getLowerBound(), domain.getUpperBound());
        values = domain.getValues();
    }

    public void setLowerBound(final DataCell lowerBound) {
        this.lowerBound = lowerBound;
    }

    public void setUpperBound(final DataCell upperBound) {
        this.upperBound = upperBound;
    }

    public final void setValues(final Set<DataCell> values) {
        this.values = values == null ? null : new LinkedHashSet<>(values);
    }

    public DataColumnDomain createDomain() {
        return new DataColumnDomain(lowerBound, upperBound, values);
    }
}
