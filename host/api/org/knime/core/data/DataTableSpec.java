package org.knime.core.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.gradienttape.host.api.port.UnclosedStreams;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;

/** The columns of a table, in order; their names are unique. */
public final class DataTableSpec implements PortObjectSpec, Iterable<DataColumnSpec> {
    private static final String DEFAULT_NAME = "default";
    private static final String NAME = "spec_name";
    private static final String COLUMN_COUNT = "number_columns";
    private static final String COLUMN = "column_spec_";

    private final String name;
    private final List<DataColumnSpec> columns;
    private final Map<String, Integer> indices = new HashMap<>();

    public DataTableSpec() {
        this(DEFAULT_NAME);
    }

    public DataTableSpec(final String name) {
        this(name, new DataColumnSpec[0]);
    }

    public DataTableSpec(final DataColumnSpec... columns) {
        this(DEFAULT_NAME, columns);
    }

    /** @throws IllegalArgumentException if two columns have the same name */
    public DataTableSpec(final String name, final DataColumnSpec... columns) {
        this.name = name == null ? DEFAULT_NAME : name;
        this.columns = List.of(columns);
        for (int i = 0; i < columns.length; i++) {
            final Integer earlier = indices.put(columns[i].getName(), i);
            if (earlier != null) {
                throw new IllegalArgumentException("Duplicate column name \"" + columns[i].getName()
                        + "\" at positions " + earlier + " and " + i + ".");
            }
        }
    }

    public DataTableSpec(final String name, final String[] names, final DataType[] types) {
        this(name, createColumnSpecs(names, types));
    }

    public DataTableSpec(final String[] names, final DataType[] types) {
        this(DEFAULT_NAME, names, types);
    }

    public static DataColumnSpec[] createColumnSpecs(final String[] names, final DataType[] types) {
        if (names.length != types.length) {
            throw new IllegalArgumentException(
                    "Expected one type per column name, found " + types.length + " for " + names.length + " names.");
        }
        final DataColumnSpec[] columns = new DataColumnSpec[names.length];
        Arrays.setAll(columns, i -> new DataColumnSpecCreator(names[i], types[i]).createSpec());
        return columns;
    }

    public String getName() {
        return name;
    }

    public int getNumColumns() {
        return columns.size();
    }

    /** @param index from 0 */
    public DataColumnSpec getColumnSpec(final int index) {
        return columns.get(index);
    }

    /** The column of that name; null if there is none. */
    public DataColumnSpec getColumnSpec(final String column) {
        final int index = findColumnIndex(column);
        return index < 0 ? null : columns.get(index);
    }

    /** The index of the column of that name, from 0; -1 if there is none. */
    public int findColumnIndex(final String column) {
        return indices.getOrDefault(column, -1);
    }

    public boolean containsName(final String column) {
        return indices.containsKey(column);
    }

    public boolean containsCompatibleType(final Class<? extends DataValue> valueClass) {
        return columns.stream().anyMatch(column -> column.getType().isCompatible(valueClass));
    }

    public String[] getColumnNames() {
        return columns.stream().map(DataColumnSpec::getName).toArray(String[]::new);
    }

    /** The name itself if no column has it, otherwise with the first number that makes it new: "Path (#1)". */
    public static String getUniqueColumnName(final DataTableSpec spec, final String columnName) {
        final String wanted = columnName.trim();
        String name = wanted;
        for (int number = 1; spec.containsName(name); number++) {
            name = wanted + " (#" + number + ")";
        }
        return name;
    }

    /** Whether the columns have the same names and types in the same order, whatever the domains. */
    public boolean equalStructure(final DataTableSpec other) {
        if (other == null || getNumColumns() != other.getNumColumns()) {
            return false;
        }
        for (int i = 0; i < getNumColumns(); i++) {
            if (!getColumnSpec(i).equalStructure(other.getColumnSpec(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Iterator<DataColumnSpec> iterator() {
        return columns.iterator();
    }

    public Stream<DataColumnSpec> stream() {
        return columns.stream();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    public void save(final ConfigWO config) {
        config.addString(NAME, name);
        config.addInt(COLUMN_COUNT, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).save(config.addConfig(COLUMN + i));
        }
    }

    public static DataTableSpec load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString(NAME);
        final int count = config.getInt(COLUMN_COUNT);
        if (count < 0 || count > config.keySet().size()) {
            throw new InvalidSettingsException(
                    "Expected the number of columns that follow, found " + count + " in the table's spec.");
        }
        final DataColumnSpec[] columns = new DataColumnSpec[count];
        for (int i = 0; i < count; i++) {
            columns[i] = DataColumnSpec.load(config.getConfig(COLUMN + i));
        }
        try {
            return new DataTableSpec(name, columns);
        } catch (final IllegalArgumentException e) {
            throw new InvalidSettingsException(e);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof DataTableSpec spec && name.equals(spec.name) && columns.equals(spec.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return "name=" + name + ",columns=" + columns;
    }

    /** Writes a spec as the zip entry spec.xml. */
    public static final class Serializer extends PortObjectSpecSerializer<DataTableSpec> {
        private static final String ENTRY = "spec.xml";

        @Override
        public void savePortObjectSpec(final DataTableSpec spec, final PortObjectSpecZipOutputStream out)
                throws IOException {
            final ModelContent content = new ModelContent(ENTRY);
            spec.save(content);
            out.putNextEntry(new ZipEntry(ENTRY));
            content.saveToXML(UnclosedStreams.of(out));
        }

        @Override
        public DataTableSpec loadPortObjectSpec(final PortObjectSpecZipInputStream in) throws IOException {
            final ZipEntry entry = in.getNextEntry();
            if (entry == null || !entry.getName().equals(ENTRY)) {
                throw new IOException("Expected the zip entry \"" + ENTRY + "\" of a table's spec, found "
                        + (entry == null ? "none." : "\"" + entry.getName() + "\"."));
            }
            try {
                return DataTableSpec.load(ModelContent.loadFromXML(UnclosedStreams.of(in)));
            } catch (final InvalidSettingsException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
