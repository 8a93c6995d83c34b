package org.knime.core.data;

import java.util.Objects;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/** Name, type, domain and properties of one column. */
public final class DataColumnSpec {
    private static final String NAME = "column_name";
    private static final String TYPE = "column_type";
    private static final String DOMAIN = "column_domain";
    private static final String PROPERTIES = "column_properties";
    private static final String META_DATA = "meta_data";

    private final String name;
    private final DataType type;
    private final DataColumnDomain domain;
    private final DataColumnProperties properties;

    DataColumnSpec(
            final String name,
            final DataType type,
            final DataColumnDomain domain,
            final DataColumnProperties properties) {
        this.name = Objects.requireNonNull(name, "a column needs a name");
        this.type = Objects.requireNonNull(type, "a column needs a type");
        this.domain = Objects.requireNonNull(domain, "a column needs a domain");
        this.properties = Objects.requireNonNull(properties, "a column needs properties, if only none");
    }

    public String getName() {
        return name;
    }

    public DataType getType() {
        return type;
    }

    public DataColumnDomain getDomain() {
        return domain;
    }

    public DataColumnProperties getProperties() {
        return properties;
    }

    /** Whether the names and types are the same, whatever the domains and properties. */
    public boolean equalStructure(final DataColumnSpec other) {
        return other != null && name.equals(other.name) && type.equals(other.type);
    }

    public void save(final ConfigWO config) {
        config.addString(NAME, name);
        type.save(config.addConfig(TYPE));
        domain.save(config.addConfig(DOMAIN));
        properties.save(config.addConfig(PROPERTIES));
        config.addConfig(META_DATA);
    }

    public static DataColumnSpec load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString(NAME);
        if (name == null) {
            throw new InvalidSettingsException("Expected a column's name in the settings, found null.");
        }
        return new DataColumnSpec(
                name,
                DataType.load(config.getConfig(TYPE)),
                DataColumnDomain.load(config.getConfig(DOMAIN)),
                config.containsKey(PROPERTIES)
                        ? DataColumnProperties.load(config.getConfig(PROPERTIES))
                        : new DataColumnProperties());
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DataColumnSpec spec
                && equalStructure(spec)
                && domain.equals(spec.domain)
                && properties.equals(spec.properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
