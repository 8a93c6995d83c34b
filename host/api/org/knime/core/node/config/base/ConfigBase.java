package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.knime.core.node.InvalidSettingsException;

/** A tree of keys and typed values in the order in which they were added. */
public abstract class ConfigBase extends AbstractConfigEntry implements ConfigBaseRO, ConfigBaseWO {
    private static final String ARRAY_SIZE = "array-size";

    /** How the texts of one type are read, and what the type is called in errors. */
    private record Kind<T>(ConfigEntries type, String name, Function<String, T> parse) {}

    private static final Kind<Integer> INT = new Kind<>(ConfigEntries.xint, "Int", Integer::valueOf);
    private static final Kind<Long> LONG = new Kind<>(ConfigEntries.xlong, "Long", Long::valueOf);
    private static final Kind<Double> DOUBLE = new Kind<>(ConfigEntries.xdouble, "Double", Double::valueOf);
    private static final Kind<Float> FLOAT = new Kind<>(ConfigEntries.xfloat, "Float", Float::valueOf);
    private static final Kind<Boolean> BOOLEAN = new Kind<>(ConfigEntries.xboolean, "Boolean", Boolean::valueOf);
    private static final Kind<Character> CHAR = new Kind<>(ConfigEntries.xchar, "Char", text -> text.charAt(0));
    private static final Kind<Byte> BYTE = new Kind<>(ConfigEntries.xbyte, "Byte", Byte::valueOf);
    private static final Kind<Short> SHORT = new Kind<>(ConfigEntries.xshort, "Short", Short::valueOf);
    private static final Kind<String> STRING = new Kind<>(ConfigEntries.xstring, "String", Function.identity());

    private final Map<String, AbstractConfigEntry> entries = new LinkedHashMap<>();

    public ConfigBase(final String key) {
        super(key, ConfigEntries.config);
    }

    /** A new empty config of the same class as this one. */
    public abstract ConfigBase getInstance(String key);

    protected void put(final AbstractConfigEntry entry) {
        entries.put(entry.getKey(), entry);
    }

    protected AbstractConfigEntry get(final String key) {
        return entries.get(key);
    }

    public AbstractConfigEntry getEntry(final String key) {
        return get(key);
    }

    public void addEntry(final AbstractConfigEntry entry) {
        put(entry);
    }

    /** Adds a config that exists already. */
    protected final void addConfigBase(final ConfigBase config) {
        put(config);
    }

    @Override
    public final ConfigBase addConfigBase(final String key) {
        final ConfigBase config = getInstance(key);
        put(config);
        return config;
    }

    @Override
    public final ConfigBase getConfigBase(final String key) throws InvalidSettingsException {
        if (get(key) instanceof ConfigBase config) {
            return config;
        }
        throw notFound("Config", key);
    }

    /** Takes the entry out and answers it; null if there is none. */
    public final AbstractConfigEntry removeConfig(final String key) {
        return entries.remove(key);
    }

    @Override
    public boolean containsKey(final String key) {
        return entries.containsKey(key);
    }

    @Override
    public Set<String> keySet() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public final Iterator<String> iterator() {
        return keySet().iterator();
    }

    public int getChildCount() {
        return entries.size();
    }

    @Override
    public void copyTo(final ConfigBaseWO target) {
        for (final AbstractConfigEntry entry : entries.values()) {
            if (entry instanceof ConfigBase config) {
                config.copyTo(target.addConfigBase(entry.getKey()));
            } else {
                ((ConfigBase) target).addEntry(entry);
            }
        }
    }

    @Override
    public final String toStringValue() {
        return entries.values().toString();
    }

    @Override
    protected boolean hasIdenticalValue(final AbstractConfigEntry other) {
        final ConfigBase that = (ConfigBase) other;
        return entries.size() == that.entries.size()
                && entries.values().stream().allMatch(entry -> entry.isIdentical(that.get(entry.getKey())));
    }

    @Override
    public String toString() {
        return getKey();
    }

    @Override
    public final void saveToXML(final OutputStream out) throws IOException {
        try (out) {
            new XmlWriter(out).write(this);
        }
    }

    /** Adds the entries of the XML form in the stream, then closes it. */
    public void load(final InputStream in) throws IOException {
        try (in) {
            XmlReader.read(in, this);
        }
    }

    @Override
    public void addTransientString(final String key, final String value) {
        put(new ValueEntry(key, ConfigEntries.xtransientstring, value));
    }

    @Override
    public String getTransientString(final String key) {
        return get(key) instanceof ValueEntry entry && entry.getType() == ConfigEntries.xtransientstring
                ? entry.toStringValue()
                : null;
    }

    @Override
    public void addInt(final String key, final int value) {
        add(INT, key, value);
    }

    @Override
    public int getInt(final String key) throws InvalidSettingsException {
        return value(INT, key);
    }

    @Override
    public int getInt(final String key, final int def) {
        return value(INT, key, def);
    }

    @Override
    public void addIntArray(final String key, final int... values) {
        addArray(INT, key, values);
    }

    @Override
    public int[] getIntArray(final String key) throws InvalidSettingsException {
        return array(INT, key, int[].class);
    }

    @Override
    public int[] getIntArray(final String key, final int... def) {
        return array(INT, key, int[].class, def);
    }

    @Override
    public void addLong(final String key, final long value) {
        add(LONG, key, value);
    }

    @Override
    public long getLong(final String key) throws InvalidSettingsException {
        return value(LONG, key);
    }

    @Override
    public long getLong(final String key, final long def) {
        return value(LONG, key, def);
    }

    @Override
    public void addLongArray(final String key, final long... values) {
        addArray(LONG, key, values);
    }

    @Override
    public long[] getLongArray(final String key) throws InvalidSettingsException {
        return array(LONG, key, long[].class);
    }

    @Override
    public long[] getLongArray(final String key, final long... def) {
        return array(LONG, key, long[].class, def);
    }

    @Override
    public void addDouble(final String key, final double value) {
        add(DOUBLE, key, value);
    }

    @Override
    public double getDouble(final String key) throws InvalidSettingsException {
        return value(DOUBLE, key);
    }

    @Override
    public double getDouble(final String key, final double def) {
        return value(DOUBLE, key, def);
    }

    @Override
    public void addDoubleArray(final String key, final double... values) {
        addArray(DOUBLE, key, values);
    }

    @Override
    public double[] getDoubleArray(final String key) throws InvalidSettingsException {
        return array(DOUBLE, key, double[].class);
    }

    @Override
    public double[] getDoubleArray(final String key, final double... def) {
        return array(DOUBLE, key, double[].class, def);
    }

    @Override
    public void addFloat(final String key, final float value) {
        add(FLOAT, key, value);
    }

    @Override
    public float getFloat(final String key) throws InvalidSettingsException {
        return value(FLOAT, key);
    }

    @Override
    public float getFloat(final String key, final float def) {
        return value(FLOAT, key, def);
    }

    @Override
    public void addBoolean(final String key, final boolean value) {
        add(BOOLEAN, key, value);
    }

    @Override
    public boolean getBoolean(final String key) throws InvalidSettingsException {
        return value(BOOLEAN, key);
    }

    @Override
    public boolean getBoolean(final String key, final boolean def) {
        return value(BOOLEAN, key, def);
    }

    @Override
    public void addBooleanArray(final String key, final boolean... values) {
        addArray(BOOLEAN, key, values);
    }

    @Override
    public boolean[] getBooleanArray(final String key) throws InvalidSettingsException {
        return array(BOOLEAN, key, boolean[].class);
    }

    @Override
    public boolean[] getBooleanArray(final String key, final boolean... def) {
        return array(BOOLEAN, key, boolean[].class, def);
    }

    @Override
    public void addChar(final String key, final char value) {
        add(CHAR, key, value);
    }

    @Override
    public char getChar(final String key) throws InvalidSettingsException {
        return value(CHAR, key);
    }

    @Override
    public char getChar(final String key, final char def) {
        return value(CHAR, key, def);
    }

    @Override
    public void addByte(final String key, final byte value) {
        add(BYTE, key, value);
    }

    @Override
    public byte getByte(final String key) throws InvalidSettingsException {
        return value(BYTE, key);
    }

    @Override
    public byte getByte(final String key, final byte def) {
        return value(BYTE, key, def);
    }

    @Override
    public byte[] getByteArray(final String key) throws InvalidSettingsException {
        return array(BYTE, key, byte[].class);
    }

    @Override
    public byte[] getByteArray(final String key, final byte... def) {
        return array(BYTE, key, byte[].class, def);
    }

    @Override
    public void addShort(final String key, final short value) {
        add(SHORT, key, value);
    }

    @Override
    public short getShort(final String key) throws InvalidSettingsException {
        return value(SHORT, key);
    }

    @Override
    public short getShort(final String key, final short def) {
        return value(SHORT, key, def);
    }

    @Override
    public void addString(final String key, final String value) {
        add(STRING, key, value);
    }

    @Override
    public String getString(final String key) throws InvalidSettingsException {
        return value(STRING, key);
    }

    @Override
    public String getString(final String key, final String def) {
        return value(STRING, key, def);
    }

    @Override
    public void addStringArray(final String key, final String... values) {
        addArray(STRING, key, values);
    }

    @Override
    public String[] getStringArray(final String key) throws InvalidSettingsException {
        return array(STRING, key, String[].class);
    }

    @Override
    public String[] getStringArray(final String key, final String... def) {
        return array(STRING, key, String[].class, def);
    }

    private void add(final Kind<?> kind, final String key, final Object value) {
        put(new ValueEntry(key, kind.type(), value == null ? null : value.toString()));
    }

    private <T> T value(final Kind<T> kind, final String key) throws InvalidSettingsException {
        if (get(key) instanceof ValueEntry entry && entry.getType() == kind.type()) {
            final String text = entry.toStringValue();
            return text == null ? null : kind.parse().apply(text);
        }
        throw notFound(kind.name(), key);
    }

    private <T> T value(final Kind<T> kind, final String key, final T def) {
        try {
            return value(kind, key);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    private void addArray(final Kind<?> kind, final String key, final Object values) {
        final ConfigBase config = addConfigBase(key);
        if (values != null) {
            final int size = Array.getLength(values);
            config.addInt(ARRAY_SIZE, size);
            for (int i = 0; i < size; i++) {
                config.add(kind, Integer.toString(i), Array.get(values, i));
            }
        }
    }

    private <A> A array(final Kind<?> kind, final String key, final Class<A> arrayClass)
            throws InvalidSettingsException {
        final ConfigBase config = getConfigBase(key);
        final int size = config.getInt(ARRAY_SIZE, -1);
        if (size < 0) {
            return null;
        }
        if (size > config.getChildCount() - 1) {
            throw new InvalidSettingsException("Array for key \"" + key + "\" is to have " + size + " entries, found "
                    + (config.getChildCount() - 1) + ".");
        }
        final A array = arrayClass.cast(Array.newInstance(arrayClass.getComponentType(), size));
        for (int i = 0; i < size; i++) {
            Array.set(array, i, config.value(kind, Integer.toString(i)));
        }
        return array;
    }

    private <A> A array(final Kind<?> kind, final String key, final Class<A> arrayClass, final A def) {
        try {
            return array(kind, key, arrayClass);
        } catch (final InvalidSettingsException e) {
            return def;
        }
    }

    private static InvalidSettingsException notFound(final String type, final String key) {
        return new InvalidSettingsException(type + " for key \"" + key + "\" not found.");
    }
}
