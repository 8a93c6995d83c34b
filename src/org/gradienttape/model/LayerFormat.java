package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Edges;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Size;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Window;

/**
 * How a layer stands in model.json: its type and its arguments, both with the names of Keras. They are the name of its
 * record and the names of its components, so that a new layer has its form already; here stands only how each type of
 * component is written.
 */
public final class LayerFormat {
    private static final int MOST_DIMENSIONS = 32;
    private static final String JAVA_CODE = "JavaCode";

    /** All layers but those in Java, by their names. */
    private static final Map<String, Class<?>> TYPES = kinds(Layer.class)
            .filter(type -> type != CodeLayer.class)
            .collect(Collectors.toMap(Class::getSimpleName, type -> type, (one, other) -> one, LinkedHashMap::new));

    private static final List<Entry<?>> ENTRIES = List.of(
            new Entry<>(int.class, (name, value, json) -> json.addProperty(name, value), LayerFormat::wholeNumber),
            new Entry<>(
                    double.class,
                    (name, value, json) -> json.addProperty(name, value),
                    (name, json) -> json.number(name)),
            new Entry<>(
                    boolean.class,
                    (name, value, json) -> json.addProperty(name, value),
                    (name, json) -> json.bool(name)),
            new Entry<>(
                    Shape.class,
                    (name, value, json) -> json.add(name, toJson(value)),
                    (name, json) -> shape(json, name)),
            new Entry<>(
                    Size.class,
                    (name, value, json) -> json.add(name, numbers(value.height(), value.width())),
                    (name, json) -> size(numbers(name, json, 1, 2))),
            new Entry<>(
                    Edges.class,
                    (name, value, json) ->
                            json.add(name, numbers(value.top(), value.bottom(), value.left(), value.right())),
                    (name, json) -> edges(numbers(name, json, 0, 4))),
            new Entry<>(Window.class, LayerFormat::writeWindow, LayerFormat::readWindow),
            new Entry<>(Penalty.class, LayerFormat::writePenalty, LayerFormat::readPenalty),
            new Entry<>(
                    Layer.class,
                    (name, value, json) -> json.add(name, toJson(value)),
                    (name, json) -> fromJson(json.object(name))));

    /** What arguments are that a file lacks, as those of the first version do; they are written only if they differ. */
    private static final Map<String, List<Object>> DEFAULTS = Map.of(
            "settings", List.of(WeightSettings.DEFAULT),
            "dilationRate", List.of(new Size(1, 1), 1),
            "groups", List.of(1));

    private LayerFormat() {}

    /** How one type of component is written and read. */
    private record Entry<T>(Class<T> type, Writer<T> writer, Reader<T> reader) {
        @SuppressWarnings("unchecked") // of a primitive type the class is not that of its values
        private void write(final String name, final Object value, final JsonObject json) {
            writer.write(name, (T) value, json);
        }
    }

    private interface Writer<T> {
        void write(String name, T value, JsonObject json);
    }

    private interface Reader<T> {
        T read(String name, JsonFields json);
    }

    private static Stream<Class<?>> kinds(final Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LayerFormat::kinds)
                : Stream.of(type);
    }

    /** The layer's type and arguments. */
    public static JsonObject toJson(final Layer layer) {
        final JsonObject json = new JsonObject();
        if (layer instanceof CodeLayer code) {
            json.addProperty("type", JAVA_CODE);
            CodeLayerFormat.write(code, json);
        } else {
            json.addProperty("type", layer.getClass().getSimpleName());
            writeComponents(layer, json);
        }
        return json;
    }

    /**
     * The layer of a type and its arguments.
     *
     * @throws org.gradienttape.error.InvalidInputException if there is no such layer, or an argument is missing, wrong or
     *     unknown
     */
    public static Layer fromJson(final JsonFields json) {
        final String name = json.string("type");
        final Layer layer;
        if (name.equals(JAVA_CODE)) {
            layer = CodeLayerFormat.read(json);
        } else if (TYPES.containsKey(name)) {
            layer = (Layer) readComponents(TYPES.get(name), json);
        } else {
            throw json.error("type", "one of " + String.join(", ", TYPES.keySet()) + ", " + JAVA_CODE, name);
        }
        json.finish();
        return layer;
    }

    /** Whether layers have this type, other than those in Java. */
    public static boolean isType(final String name) {
        return TYPES.containsKey(name);
    }

    /** Whether an initializer has this name. */
    public static boolean isInitializer(final String name) {
        return Arrays.stream(Initializer.values())
                .anyMatch(initializer -> name(initializer).equals(name));
    }

    private static void writeComponents(final Object values, final JsonObject json) {
        for (final RecordComponent component : values.getClass().getRecordComponents()) {
            final Object value = valueOf(component, values);
            if (!DEFAULTS.getOrDefault(component.getName(), List.of()).contains(value)) {
                write(component, value, json);
            }
        }
    }

    private static Object valueOf(final RecordComponent component, final Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("model.json cannot hold " + component, e);
        }
    }

    private static void write(final RecordComponent component, final Object value, final JsonObject json) {
        final String name = snakeCase(component.getName());
        if (value instanceof Enum<?> constant) {
            json.addProperty(name, name(constant));
        } else if (value instanceof List<?> list) {
            final JsonArray array = new JsonArray();
            list.forEach(element -> array.add((Number) element));
            json.add(name, array);
        } else {
            ENTRIES.stream()
                    .filter(entry -> entry.type() == component.getType())
                    .findFirst()
                    .ifPresentOrElse(entry -> entry.write(name, value, json), () -> writeComponents(value, json));
        }
    }

    private static Object readComponents(final Class<?> type, final JsonFields json) {
        final RecordComponent[] components = type.getRecordComponents();
        final Object[] values = Arrays.stream(components)
                .map(component -> readOrDefault(component, json))
                .toArray();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (final InvocationTargetException refused) {
            if (refused.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("model.json cannot hold " + type, refused);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("model.json cannot hold " + type, e);
        }
    }

    private static Object readOrDefault(final RecordComponent component, final JsonFields json) {
        final boolean isThere = component.getType() == WeightSettings.class
                ? json.has(snakeCase(WeightSettings.class.getRecordComponents()[0].getName()))
                : json.has(snakeCase(component.getName()));
        return DEFAULTS.getOrDefault(component.getName(), List.of()).stream()
                .filter(value -> !isThere && isOf(component.getType(), value))
                .findFirst()
                .orElseGet(() -> read(component, json));
    }

    private static boolean isOf(final Class<?> type, final Object value) {
        return type.isInstance(value) || type == int.class && value instanceof Integer;
    }

    private static Object read(final RecordComponent component, final JsonFields json) {
        final String name = snakeCase(component.getName());
        final Class<?> type = component.getType();
        if (type.isEnum()) {
            return constant(name, (Enum<?>[]) type.getEnumConstants(), json);
        }
        if (type == List.class) {
            return component.getGenericType().getTypeName().contains("Integer")
                    ? json.integers(name, Integer.MIN_VALUE, Integer.MAX_VALUE).stream()
                            .map(Long::intValue)
                            .toList()
                    : json.numbers(name);
        }
        return ENTRIES.stream()
                .filter(entry -> entry.type() == type)
                .findFirst()
                .<Function<JsonFields, Object>>map(
                        entry -> fields -> entry.reader().read(name, fields))
                .orElse(fields -> readComponents(type, fields))
                .apply(json);
    }

    private static String snakeCase(final String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static JsonArray toJson(final Shape shape) {
        final JsonArray json = new JsonArray();
        shape.dimensions().forEach(json::add);
        return json;
    }

    static Shape shape(final JsonFields json, final String field) {
        final List<Long> sizes = json.integers(field, 1, Integer.MAX_VALUE);
        if (sizes.size() > MOST_DIMENSIONS) {
            throw json.error(field, "at most " + MOST_DIMENSIONS + " sizes", sizes.size() + " sizes");
        }
        return new Shape(sizes.stream().map(Long::intValue).toList());
    }

    private static int wholeNumber(final String name, final JsonFields json) {
        return (int) json.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** The window "kernel" is written as kernel_size, strides and padding. */
    private static void writeWindow(final String name, final Window window, final JsonObject json) {
        json.add(name + "_size", numbers(window.height(), window.width()));
        json.add("strides", numbers(window.strideHeight(), window.strideWidth()));
        json.addProperty("padding", name(window.padding()));
    }

    private static Window readWindow(final String name, final JsonFields json) {
        final int[] sizes = numbers(name + "_size", json, 1, 2);
        final int[] strides = numbers("strides", json, 1, 2);
        return new Window(
                sizes[0], sizes[1], strides[0], strides[1], (Padding) constant("padding", Padding.values(), json));
    }

    private static void writePenalty(final String name, final Penalty penalty, final JsonObject json) {
        final JsonObject factors = new JsonObject();
        factors.addProperty("l1", penalty.l1());
        factors.addProperty("l2", penalty.l2());
        json.add(name, factors);
    }

    private static Penalty readPenalty(final String name, final JsonFields json) {
        final JsonFields factors = json.object(name);
        final Penalty penalty = new Penalty(factors.number("l1"), factors.number("l2"));
        factors.finish();
        return penalty;
    }

    private static Size size(final int... pair) {
        return new Size(pair[0], pair[1]);
    }

    private static Edges edges(final int... lines) {
        return new Edges(lines[0], lines[1], lines[2], lines[3]);
    }

    private static JsonArray numbers(final int... values) {
        final JsonArray json = new JsonArray();
        Arrays.stream(values).forEach(json::add);
        return json;
    }

    private static int[] numbers(final String field, final JsonFields json, final int smallest, final int count) {
        final List<Long> values = json.integers(field, smallest, Integer.MAX_VALUE);
        if (values.size() != count) {
            throw json.error(field, count + " whole numbers", values.size() + " numbers");
        }
        return values.stream().mapToInt(Long::intValue).toArray();
    }

    /** Keras writes all constants in small letters; it calls no activation "linear". */
    static String name(final Enum<?> constant) {
        return constant == Activation.NONE ? "linear" : constant.name().toLowerCase(Locale.ROOT);
    }

    static Activation activation(final JsonFields json) {
        return (Activation) constant("activation", Activation.values(), json);
    }

    private static Enum<?> constant(final String field, final Enum<?>[] constants, final JsonFields json) {
        final String found = json.string(field);
        return Arrays.stream(constants)
                .filter(constant -> name(constant).equals(found))
                .findFirst()
                .orElseThrow(() -> json.error(
                        field,
                        "one of "
                                + Arrays.stream(constants)
                                        .map(LayerFormat::name)
                                        .collect(Collectors.joining(", ")),
                        found));
    }
}
