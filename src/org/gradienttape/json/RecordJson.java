package org.gradienttape.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * Records of settings as JSON, by the names of their components: numbers, texts, truth values, constants, paths, records, and
 * Optional, List, Set and Map of them. Where a component is a sealed interface, the field "type" says which of its records it
 * is. A field that is missing has its default, where there is one; an unknown one is an error.
 */
public final class RecordJson {
    private static final String TYPE = "type";

    private final JsonFields.Source source;

    private RecordJson(final JsonFields.Source source) {
        this.source = source;
    }

    public static byte[] write(final Record value) {
        return JsonText.of(element(value, value.getClass()).toString()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a record.
     *
     * @param defaults of fields that are missing
     * @throws InvalidInputException if a field is unknown, or its value none of its kind; names it
     */
    public static <T extends Record> T read(final byte[] text, final T defaults, final JsonFields.Source source) {
        return read(text, type(defaults), Optional.of(defaults), source);
    }

    /**
     * Reads a record of which no field may be missing.
     *
     * @throws InvalidInputException if one is, or is unknown, or its value none of its kind; names it
     */
    public static <T extends Record> T read(final byte[] text, final Class<T> type, final JsonFields.Source source) {
        return read(text, type, Optional.empty(), source);
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> type(final T value) {
        return (Class<T>) value.getClass();
    }

    private static <T> T read(
            final byte[] text, final Class<T> type, final Optional<?> defaults, final JsonFields.Source source) {
        return type.cast(
                new RecordJson(source).value(StrictJson.parse(text, source), type, defaults.orElse(null), "the file"));
    }

    private static JsonElement element(final Object value, final Type declared) {
        if (value instanceof Number number) {
            final boolean isPlain = !(value instanceof Double) || Double.isFinite(number.doubleValue());
            return isPlain ? new JsonPrimitive(number) : new JsonPrimitive(number.toString());
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        if (value instanceof Enum<?> constant) {
            return new JsonPrimitive(constant.name());
        }
        if (value instanceof String || value instanceof Path) {
            return new JsonPrimitive(value.toString());
        }
        if (value instanceof Optional<?> some) {
            return array(some.stream().toList(), argument(declared, 0));
        }
        if (value instanceof Collection<?> all) {
            return array(all, argument(declared, 0));
        }
        return value instanceof Map<?, ?> map ? object(map, declared) : object((Record) value, declared);
    }

    private static JsonArray array(final Collection<?> all, final Type declared) {
        final JsonArray array = new JsonArray();
        all.forEach(one -> array.add(element(one, declared)));
        return array;
    }

    private static JsonObject object(final Map<?, ?> map, final Type declared) {
        final JsonObject object = new JsonObject();
        map.forEach((name, value) -> object.add((String) name, element(value, argument(declared, 1))));
        return object;
    }

    private static JsonObject object(final Record value, final Type declared) {
        final JsonObject object = new JsonObject();
        if (value.getClass() != declared) {
            object.addProperty(TYPE, value.getClass().getSimpleName());
        }
        for (final RecordComponent component : value.getClass().getRecordComponents()) {
            object.add(component.getName(), element(get(component, value), component.getGenericType()));
        }
        return object;
    }

    private static Object get(final RecordComponent component, final Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (final ReflectiveOperationException closed) {
            throw new IllegalArgumentException(component.toString(), closed);
        }
    }

    private static Type argument(final Type declared, final int number) {
        return ((ParameterizedType) declared).getActualTypeArguments()[number];
    }

    /**
     * @param now what it is without the file; null if that is not known
     */
    private Object value(final JsonElement json, final Type declared, final Object now, final String place) {
        try {
            if (declared instanceof ParameterizedType generic) {
                return container(json, generic, place);
            }
            final Class<?> type = (Class<?>) declared;
            if (type.isRecord()) {
                return record(json.getAsJsonObject(), type, type.isInstance(now) ? now : null, place);
            }
            if (type.isSealed()) {
                return subtype(json.getAsJsonObject(), type, now, place);
            }
            return type.isEnum() ? constant(json.getAsString(), type, place) : single(json.getAsJsonPrimitive(), type);
        } catch (final IllegalStateException
                | NumberFormatException
                | ArithmeticException
                | ClassCastException
                | InvalidPathException other) {
            throw source.error(place + " cannot be " + shortened(json));
        }
    }

    private static Object single(final JsonPrimitive json, final Class<?> type) {
        if (type == int.class) {
            return json.getAsBigDecimal().intValueExact();
        }
        if (type == long.class) {
            return json.getAsBigDecimal().longValueExact();
        }
        if (type == double.class || type == Double.class) {
            return json.getAsDouble();
        }
        if (type == boolean.class) {
            if (!json.isBoolean()) {
                throw new IllegalStateException();
            }
            return json.getAsBoolean();
        }
        if (!json.isString()) {
            throw new IllegalStateException();
        }
        return type == Path.class ? Path.of(json.getAsString()) : json.getAsString();
    }

    private Object constant(final String name, final Class<?> type, final String place) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> ((Enum<?>) one).name().equals(name))
                .findFirst()
                .orElseThrow(() -> source.error(place + " must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(one -> ((Enum<?>) one).name())
                                .collect(Collectors.joining(", "))
                        + ", but it is " + name));
    }

    private Object container(final JsonElement json, final ParameterizedType declared, final String place) {
        if (declared.getRawType() == Map.class) {
            final Map<String, Object> map = new LinkedHashMap<>();
            json.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> map.put(
                            entry.getKey(),
                            value(entry.getValue(), argument(declared, 1), null, place + "." + entry.getKey())));
            return map;
        }
        final List<Object> all = new ArrayList<>();
        json.getAsJsonArray().forEach(one -> all.add(value(one, argument(declared, 0), null, place)));
        if (declared.getRawType() == Optional.class) {
            if (all.size() > 1) {
                throw source.error(place + " may have one value, but has " + all.size());
            }
            return all.stream().findFirst();
        }
        return declared.getRawType() == List.class ? all : new LinkedHashSet<>(all);
    }

    private Object subtype(final JsonObject json, final Class<?> sealed, final Object now, final String place) {
        if (!json.has(TYPE)) {
            throw source.error(place + " needs the field \"" + TYPE + "\"");
        }
        final String name = json.remove(TYPE).getAsString();
        for (final Class<?> one : sealed.getPermittedSubclasses()) {
            if (one.isRecord() && one.getSimpleName().equals(name)) {
                return record(json, one, one.isInstance(now) ? now : null, place);
            }
        }
        throw source.error(place + " must be one of "
                + Arrays.stream(sealed.getPermittedSubclasses())
                        .filter(Class::isRecord)
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ", but it is " + name);
    }

    private Object record(final JsonObject json, final Class<?> type, final Object now, final String place) {
        final RecordComponent[] components = type.getRecordComponents();
        final Object[] values = new Object[components.length];
        final Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            final String name = components[i].getName();
            types[i] = components[i].getType();
            final Object before = now == null ? null : get(components[i], now);
            if (!json.has(name) && before == null) {
                throw source.error(place + " needs the field \"" + name + "\"");
            }
            values[i] = json.has(name)
                    ? value(json.remove(name), components[i].getGenericType(), before, "\"" + name + "\"")
                    : before;
        }
        if (json.size() > 0) {
            throw source.error(
                    place + " has no field \"" + json.keySet().iterator().next() + "\"");
        }
        return make(type, types, values);
    }

    private Object make(final Class<?> type, final Class<?>[] types, final Object[] values) {
        try {
            final Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (final InvocationTargetException refused) {
            if (refused.getCause() instanceof InvalidInputException unfit) {
                throw source.error(unfit);
            }
            throw new IllegalArgumentException(type.toString(), refused);
        } catch (final ReflectiveOperationException closed) {
            throw new IllegalArgumentException(type.toString(), closed);
        }
    }

    private static String shortened(final JsonElement json) {
        final String text = json.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
