package org.knime.core.data;

import java.util.LinkedHashSet;
import java.util.Set;

/** Puts a {@link DataColumnDomain} together; what is not set stays unknown. */
public class DataColumnDomainCreator {
    private DataCell lowerBound;
    private DataCell upperBound;
    private Set<DataCell> values;

    public DataColumnDomainCreator() {}

    public DataColumnDomainCreator(DataCell lowerBound, DataCell upperBound) {
        this.lowerBound = lowerBound;
        this.upperBound = upperBound;
    }

    public DataColumnDomainCreator(Set<DataCell> values) {
        setValues(values);
    }

    public DataColumnDomainCreator(DataColumnDomain domain) {
        this(domain.getLowerBound(), domain.getUpperBound());
        values = domain.getValues();
    }

    public void setLowerBound(DataCell lowerBound) {
        this.lowerBound = lowerBound;
    }

    public void setUpperBound(DataCell upperBound) {
        this.upperBound = upperBound;
    }

    public final void setValues(Set<DataCell> values) {
        this.values = values == null ? null : new LinkedHashSet<>(values);
    }

    public DataColumnDomain createDomain() {
        return new DataColumnDomain(lowerBound, upperBound, values);
    }
}
