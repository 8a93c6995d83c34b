package org.gradienttape.host.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * A type of field that is one value of settings: a number, a text, an array of them, or an enum.
 *
 * @param <T>    the type, boxed
 * @param type   its class
 * @param entry  the entries that it consists of
 * @param loader reads a value
 * @param saver  writes a value
 * @param empty  what is written in place of an absent optional value
 */
record BasicType<T>(Class<T> type, EntryType entry, Loader<T> loader, Saver<T> saver, T empty) {

    private static final Map<Class<?>, BasicType<?>> KNOWN = byType(List.of(
            new BasicType<>(Integer.class, EntryType.INT, NodeSettingsRO::getInt, NodeSettingsWO::addInt, 0),
            new BasicType<>(Long.class, EntryType.LONG, NodeSettingsRO::getLong, NodeSettingsWO::addLong, 0L),
            new BasicType<>(Double.class, EntryType.DOUBLE, NodeSettingsRO::getDouble, NodeSettingsWO::addDouble, 0.0),
            new BasicType<>(Float.class, EntryType.FLOAT, NodeSettingsRO::getFloat, NodeSettingsWO::addFloat, 0.0f),
            new BasicType<>(
                    Boolean.class, EntryType.BOOLEAN, NodeSettingsRO::getBoolean, NodeSettingsWO::addBoolean, false),
            new BasicType<>(Byte.class, EntryType.BYTE, NodeSettingsRO::getByte, NodeSettingsWO::addByte, (byte) 0),
            new BasicType<>(Character.class, EntryType.CHAR, NodeSettingsRO::getChar, NodeSettingsWO::addChar, ' '),
            new BasicType<>(String.class, EntryType.STRING, NodeSettingsRO::getString, NodeSettingsWO::addString, null),
            new BasicType<>(
                    int[].class, EntryType.INT, NodeSettingsRO::getIntArray, NodeSettingsWO::addIntArray, new int[0]),
            new BasicType<>(
                    long[].class,
                    EntryType.LONG,
                    NodeSettingsRO::getLongArray,
                    NodeSettingsWO::addLongArray,
                    new long[0]),
            new BasicType<>(
                    double[].class,
                    EntryType.DOUBLE,
                    NodeSettingsRO::getDoubleArray,
                    NodeSettingsWO::addDoubleArray,
                    new double[0]),
            new BasicType<>(
                    boolean[].class,
                    EntryType.BOOLEAN,
                    NodeSettingsRO::getBooleanArray,
                    NodeSettingsWO::addBooleanArray,
                    new boolean[0]),
            new BasicType<>(
                    String[].class,
                    EntryType.STRING,
                    NodeSettingsRO::getStringArray,
                    NodeSettingsWO::addStringArray,
                    new String[0])));

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class, Integer.class,
            long.class, Long.class,
            double.class, Double.class,
            float.class, Float.class,
            boolean.class, Boolean.class,
            byte.class, Byte.class,
            char.class, Character.class);

    private static Map<Class<?>, BasicType<?>> byType(final List<BasicType<?>> types) {
        return types.stream().collect(Collectors.toUnmodifiableMap(BasicType::type, Function.identity()));
    }

    /** The basic type for a class of field, if it is one. */
    static Optional<BasicType<?>> of(final Class<?> fieldType) {
        if (fieldType.isEnum()) {
            return Optional.of(ofEnum(fieldType.asSubclass(Enum.class)));
        }
        return Optional.ofNullable(KNOWN.get(BOXES.getOrDefault(fieldType, fieldType)));
    }

    private static BasicType<?> ofEnum(@SuppressWarnings("rawtypes") final Class<? extends Enum> type) {
        final List<String> names = names(type);
        final Map<String, Object> constants = Stream.of((Object[]) type.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(BasicType::name, Function.identity()));
        final Loader<Object> loader = (settings, key) -> {
            final String name = settings.getString(key);
            if (name == null || !constants.containsKey(name)) {
                throw new InvalidSettingsException(
                        "Invalid value '" + name + "'. Possible values: " + String.join(", ", names));
            }
            return constants.get(name);
        };
        return new BasicType<>(
                Object.class,
                EntryType.STRING,
                loader,
                (settings, key, constant) -> settings.addString(key, constant == null ? null : name(constant)),
                null);
    }

    private static String name(final Object constant) {
        return ((Enum<?>) constant).name();
    }

    /** The names of an enum's constants, in order; none for any other class. */
    static List<String> names(final Class<?> type) {
        return type.isEnum()
                ? Stream.of(type.getEnumConstants()).map(BasicType::name).toList()
                : List.of();
    }

    T load(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        return loader.load(settings, key);
    }

    @SuppressWarnings("unchecked")
    void save(final NodeSettingsWO settings, final String key, final Object value) {
        saver.save(settings, key, (T) value);
    }

    void saveEmpty(final NodeSettingsWO settings, final String key) {
        saver.save(settings, key, empty);
    }

    /** Reads a value. */
    @FunctionalInterface
    interface Loader<T> {

        T load(NodeSettingsRO settings, String key) throws InvalidSettingsException;
    }

    /** Writes a value. */
    @FunctionalInterface
    interface Saver<T> {

        void save(NodeSettingsWO settings, String key, T value);
    }
}
