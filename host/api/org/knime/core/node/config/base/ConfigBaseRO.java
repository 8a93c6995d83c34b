package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;

/**
 * Reading side of a tree of keys and typed values.
 *
 * <p>Every getter exists twice: with only a key it throws {@link InvalidSettingsException} if the key is missing or of
 * another type; with a default it answers that default instead. Arrays may be null.
 */
public interface ConfigBaseRO extends Iterable<String> {
    String getKey();

    boolean containsKey(String key);

    Set<String> keySet();

    @Override
    Iterator<String> iterator();

    ConfigBase getConfigBase(String key) throws InvalidSettingsException;

    /** Adds all entries to the target, replacing those with the same key. */
    void copyTo(ConfigBaseWO target);

    /** Writes the XML form and closes the stream. */
    void saveToXML(OutputStream out) throws IOException;

    String getTransientString(String key);

    int getInt(String key) throws InvalidSettingsException;

    int getInt(String key, int def);

    int[] getIntArray(String key) throws InvalidSettingsException;

    int[] getIntArray(String key, int... def);

    long getLong(String key) throws InvalidSettingsException;

    long getLong(String key, long def);

    long[] getLongArray(String key) throws InvalidSettingsException;

    long[] getLongArray(String key, long... def);

    double getDouble(String key) throws InvalidSettingsException;

    double getDouble(String key, double def);

    double[] getDoubleArray(String key) throws InvalidSettingsException;

    double[] getDoubleArray(String key, double... def);

    float getFloat(String key) throws InvalidSettingsException;

    float getFloat(String key, float def);

    boolean getBoolean(String key) throws InvalidSettingsException;

    boolean getBoolean(String key, boolean def);

    boolean[] getBooleanArray(String key) throws InvalidSettingsException;

    boolean[] getBooleanArray(String key, boolean... def);

    char getChar(String key) throws InvalidSettingsException;

    char getChar(String key, char def);

    byte getByte(String key) throws InvalidSettingsException;

    byte getByte(String key, byte def);

    byte[] getByteArray(String key) throws InvalidSettingsException;

    byte[] getByteArray(String key, byte... def);

    short getShort(String key) throws InvalidSettingsException;

    short getShort(String key, short def);

    String getString(String key) throws InvalidSettingsException;

    String getString(String key, String def);

    String[] getStringArray(String key) throws InvalidSettingsException;

    String[] getStringArray(String key, String... def);
}
