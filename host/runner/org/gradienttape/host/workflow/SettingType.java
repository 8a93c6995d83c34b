package org.gradienttape.host.workflow;

import java.util.Optional;
import java.util.function.Function;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * The types of a single entry in a node's settings, with the names that the command line uses for them.
 *
 * <p>Values are held as the boxed Java type; a string may be null.
 */
public enum SettingType {
    INT(
            "int",
            "a whole number such as 20",
            Integer::valueOf,
            NodeSettingsRO::getInt,
            (s, k, v) -> s.addInt(k, (Integer) v)),
    LONG(
            "long",
            "a whole number such as 20",
            Long::valueOf,
            NodeSettingsRO::getLong,
            (s, k, v) -> s.addLong(k, (Long) v)),
    SHORT(
            "short",
            "a whole number from -32768 to 32767",
            Short::valueOf,
            NodeSettingsRO::getShort,
            (s, k, v) -> s.addShort(k, (Short) v)),
    BYTE(
            "byte",
            "a whole number from -128 to 127",
            Byte::valueOf,
            NodeSettingsRO::getByte,
            (s, k, v) -> s.addByte(k, (Byte) v)),
    DOUBLE(
            "double",
            "a number such as 0.5",
            Double::valueOf,
            NodeSettingsRO::getDouble,
            (s, k, v) -> s.addDouble(k, (Double) v)),
    FLOAT(
            "float",
            "a number such as 0.5",
            Float::valueOf,
            NodeSettingsRO::getFloat,
            (s, k, v) -> s.addFloat(k, (Float) v)),
    BOOLEAN(
            "boolean",
            "true or false",
            SettingType::parseBoolean,
            NodeSettingsRO::getBoolean,
            (s, k, v) -> s.addBoolean(k, (Boolean) v)),
    CHAR(
            "char",
            "a single character",
            SettingType::parseChar,
            NodeSettingsRO::getChar,
            (s, k, v) -> s.addChar(k, (Character) v)),
    STRING("String", "any text", text -> text, NodeSettingsRO::getString, (s, k, v) -> s.addString(k, (String) v));

    private final String word;
    private final String example;
    private final Function<String, Object> parser;
    private final Reader reader;
    private final Writer writer;

    SettingType(
            final String word,
            final String example,
            final Function<String, Object> parser,
            final Reader reader,
            final Writer writer) {
        this.word = word;
        this.example = example;
        this.parser = parser;
        this.reader = reader;
        this.writer = writer;
    }

    /** Returns the type that has this name on the command line ("int", "String", ...; case matters). */
    public static Optional<SettingType> named(final String word) {
        for (final SettingType type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the type of a stored entry; empty if there is no such entry, or it is a group. */
    public static Optional<SettingType> of(final NodeSettingsRO settings, final String key) {
        for (final SettingType type : values()) {
            try {
                type.reader.read(settings, key);
                return Optional.of(type);
            } catch (final InvalidSettingsException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** Returns the name on the command line. */
    public String word() {
        return word;
    }

    /** Returns what a value of this type looks like, as the end of a sentence. */
    public String example() {
        return example;
    }

    /**
     * Reads a value from the command line.
     *
     * @throws IllegalArgumentException if the text is no value of this type
     */
    public Object parse(final String text) {
        return parser.apply(text);
    }

    /** Reads the entry's value. */
    public Object read(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        return reader.read(settings, key);
    }

    /** Adds the entry, or replaces the one of the same key. */
    public void write(final NodeSettingsWO settings, final String key, final Object value) {
        writer.write(settings, key, value);
    }

    private static Object parseBoolean(final String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object parseChar(final String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    @FunctionalInterface
    private interface Reader {
        Object read(NodeSettingsRO settings, String key) throws InvalidSettingsException;
    }

    @FunctionalInterface
    private interface Writer {
        void write(NodeSettingsWO settings, String key, Object value);
    }
}
