package org.knime.core.node.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.base.ConfigBase;

/** A config that may also hold cells, types and row keys. */
public abstract class Config extends ConfigBase implements ConfigRO, ConfigWO {
    private static final String ARRAY_SIZE = "array-size";
    private static final String IS_NULL = "is_null";

    protected Config(final String key) {
        super(key);
    }

    @Override
    public abstract Config getInstance(String key);

    @Override
    public final Config addConfig(final String key) {
        return (Config) addConfigBase(key);
    }

    /** Adds a config that exists already and has the class of this one. */
    protected final void addConfig(final Config config) {
        if (config.getClass() != getClass()) {
            throw new IllegalArgumentException(
                    "Expected a config of class " + getClass().getSimpleName() + ", found "
                            + config.getClass().getSimpleName() + ".");
        }
        put(config);
    }

    @Override
    public final Config getConfig(final String key) throws InvalidSettingsException {
        return (Config) getConfigBase(key);
    }

    /** Adds the XML form in the stream to the config, closes the stream and answers the config. */
    protected static Config loadFromXML(final Config config, final InputStream in) throws IOException {
        config.load(in);
        return config;
    }

    @Override
    public void addDataCell(final String key, final DataCell cell) {
        CellConfig.save(cell, addConfig(key));
    }

    @Override
    public DataCell getDataCell(final String key) throws InvalidSettingsException {
        return CellConfig.load(getConfig(key));
    }

    @Override
    public DataCell getDataCell(final String key, final DataCell def) {
        return orDefault(this::getDataCell, key, def);
    }

    @Override
    public void addDataCellArray(final String key, final DataCell... values) {
        addArray(key, values, Config::addDataCell);
    }

    @Override
    public DataCell[] getDataCellArray(final String key) throws InvalidSettingsException {
        return array(key, DataCell.class, Config::getDataCell);
    }

    @Override
    public DataCell[] getDataCellArray(final String key, final DataCell... def) {
        return orDefault(this::getDataCellArray, key, def);
    }

    @Override
    public void addDataType(final String key, final DataType type) {
        final Config config = addConfig(key);
        if (type != null) {
            type.save(config);
        }
        config.addBoolean(IS_NULL, type == null);
    }

    @Override
    public DataType getDataType(final String key) throws InvalidSettingsException {
        final Config config = getConfig(key);
        return config.getBoolean(IS_NULL) ? null : DataType.load(config);
    }

    @Override
    public DataType getDataType(final String key, final DataType def) {
        return orDefault(this::getDataType, key, def);
    }

    @Override
    public void addDataTypeArray(final String key, final DataType... values) {
        addArray(key, values, Config::addDataType);
    }

    @Override
    public DataType[] getDataTypeArray(final String key) throws InvalidSettingsException {
        return array(key, DataType.class, Config::getDataType);
    }

    @Override
    public DataType[] getDataTypeArray(final String key, final DataType... def) {
        return orDefault(this::getDataTypeArray, key, def);
    }

    @Override
    public void addRowKey(final String key, final RowKey rowKey) {
        addString(key, rowKey == null ? null : rowKey.getString());
    }

    @Override
    public RowKey getRowKey(final String key) throws InvalidSettingsException {
        final String text = getString(key);
        return text == null ? null : new RowKey(text);
    }

    @Override
    public RowKey getRowKey(final String key, final RowKey def) {
        return orDefault(this::getRowKey, key, def);
    }

    @Override
    public void addRowKeyArray(final String key, final RowKey... values) {
        addArray(key, values, Config::addRowKey);
    }

    @Override
    public RowKey[] getRowKeyArray(final String key) throws InvalidSettingsException {
        return array(key, RowKey.class, Config::getRowKey);
    }

    @Override
    public RowKey[] getRowKeyArray(final String key, final RowKey... def) {
        return orDefault(this::getRowKeyArray, key, def);
    }

    private interface Getter<T> {
        T get(String key) throws InvalidSettingsException;
    }

    private interface ElementGetter<T> {
        T get(Config config, String key) throws InvalidSettingsException;
    }

    private interface ElementAdder<T> {
        void add(Config config, String key, T value);
    }

    private static <T> T orDefault(final Getter<T> getter, final String key, final T def) {
        try {
            return getter.get(key);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    private <T> void addArray(final String key, final T[] values, final ElementAdder<T> adder) {
        final Config config = addConfig(key);
        if (values != null) {
            config.addInt(ARRAY_SIZE, values.length);
            for (int i = 0; i < values.length; i++) {
                adder.add(config, Integer.toString(i), values[i]);
            }
        }
    }

    private <T> T[] array(final String key, final Class<T> type, final ElementGetter<T> getter)
            throws InvalidSettingsException {
        final Config config = getConfig(key);
        final int size = config.getInt(ARRAY_SIZE, -1);
        if (size < 0) {
            return null;
        }
        if (size > config.getChildCount() - 1) {
            throw new InvalidSettingsException("Array for key \"" + key + "\" is to have " + size + " entries, found "
                    + (config.getChildCount() - 1) + ".");
        }
        @SuppressWarnings("unchecked")
        final T[] array = (T[]) Array.newInstance(type, size);
        for (int i = 0; i < size; i++) {
            array[i] = getter.get(config, Integer.toString(i));
        }
        return array;
    }
}
