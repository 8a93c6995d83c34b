package org.knime.core.node.config.base;

/** Writing side of a tree of keys and typed values; adding an existing key replaces its value. */
public interface ConfigBaseWO {
    String getKey();

    /** Adds an empty config and answers it. */
    ConfigBase addConfigBase(String key);

    /** Adds a text that lives in memory only: it is not written to files. */
    void addTransientString(String key, String value);

    void addInt(String key, int value);

    void addIntArray(String key, int... values);

    void addLong(String key, long value);

    void addLongArray(String key, long... values);

    void addDouble(String key, double value);

    void addDoubleArray(String key, double... values);

    void addFloat(String key, float value);

    void addBoolean(String key, boolean value);

    void addBooleanArray(String key, boolean... values);

    void addChar(String key, char value);

    void addByte(String key, byte value);

    void addShort(String key, short value);

    void addString(String key, String value);

    void addStringArray(String key, String... values);
}
