package org.knime.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a {@link DataTableSpec} together. */
public final class DataTableSpecCreator {
    private String name;
    private final List<DataColumnSpec> columns = new ArrayList<>();

    public DataTableSpecCreator() {}

    public DataTableSpecCreator(final DataTableSpec spec) {
        name = spec.getName();
        addColumns(spec);
    }

    /** @param name of the table; null: "default" */
    public DataTableSpecCreator setName(final String name) {
        this.name = name;
        return this;
    }

    public DataTableSpecCreator addColumns(final DataColumnSpec... specs) {
        columns.addAll(Arrays.asList(specs));
        return this;
    }

    public DataTableSpecCreator addColumns(final DataTableSpec spec) {
        spec.forEach(columns::add);
        return this;
    }

    public DataTableSpec createSpec() {
        return new DataTableSpec(name, columns.toArray(DataColumnSpec[]::new));
    }
}
