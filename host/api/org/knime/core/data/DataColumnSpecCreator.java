package org.knime.core.data;

import java.util.Objects;

/** Puts a {@link DataColumnSpec} together. */
public final class DataColumnSpecCreator {
    private String name;
    private DataType type;
    private DataColumnDomain domain = new DataColumnDomain(null, null, null);
    private DataColumnProperties properties = new DataColumnProperties();

    /** @param name of the column; blanks around it are cut off */
    public DataColumnSpecCreator(final String name, final DataType type) {
        setName(name);
        setType(type);
    }

    public DataColumnSpecCreator(final DataColumnSpec spec) {
        this(spec.getName(), spec.getType());
        domain = spec.getDomain();
        properties = spec.getProperties();
    }

    public void setName(final String name) {
        final String trimmed = name.trim();
        this.name = trimmed.isEmpty() ? "<empty>" : trimmed;
    }

    public void setType(final DataType type) {
        this.type = Objects.requireNonNull(type, "a column needs a type");
    }

    public DataType getType() {
        return type;
    }

    /** @param domain null: nothing is known of the values */
    public void setDomain(final DataColumnDomain domain) {
        this.domain = domain == null ? new DataColumnDomain(null, null, null) : domain;
    }

    /** @param properties null: none */
    public void setProperties(final DataColumnProperties properties) {
        this.properties = properties == null ? new DataColumnProperties() : properties;
    }

    public DataColumnSpec createSpec() {
        return new DataColumnSpec(name, type, domain, properties);
    }
}
