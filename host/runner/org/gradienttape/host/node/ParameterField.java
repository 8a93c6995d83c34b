package org.gradienttape.host.node;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistable;

/**
 * A field that is stored.
 *
 * @param field the field, made accessible
 * @param key   the key under which it is stored
 * @param type  how it is stored
 */
record ParameterField(Field field, String key, ParameterType type) {

    private static final String HIDDEN_SUFFIX = "_Internals";

    static ParameterField of(final Field field) {
        field.setAccessible(true);
        return new ParameterField(field, key(field), type(field));
    }

    /** The field's name without a leading "m_", or the key that {@link Persist} gives it. */
    private static String key(final Field field) {
        final String name = field.getName().startsWith("m_") ? field.getName().substring(2) : field.getName();
        final Persist persist = field.getAnnotation(Persist.class);
        if (persist == null) {
            return name;
        }
        final String key = persist.configKey().isEmpty() ? name : persist.configKey();
        return persist.hidden() ? key + HIDDEN_SUFFIX : key;
    }

    private static ParameterType type(final Field field) {
        final Class<?> raw = field.getType();
        if (raw == Void.class) {
            return new MessageParameter();
        }
        if (Persistable.class.isAssignableFrom(raw)) {
            return new GroupParameter(ParameterGroup.of(raw));
        }
        final Optional<Class<?>> element = element(field.getGenericType());
        if (element.filter(Persistable.class::isAssignableFrom).isPresent() && raw != Optional.class) {
            return new GroupsParameter(ParameterGroup.of(element.get()), raw.isArray());
        }
        if (raw == Optional.class) {
            return new OptionalParameter(basic(field, element.orElse(Object.class)));
        }
        return basic(field, raw);
    }

    /** The class inside an array, a list or an optional. */
    private static Optional<Class<?>> element(final Type type) {
        if (type instanceof Class<?> raw) {
            return Optional.ofNullable(raw.getComponentType());
        }
        if (type instanceof GenericArrayType) {
            return Optional.empty();
        }
        if (type instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> argument
                && (generic.getRawType() == Optional.class || isList((Class<?>) generic.getRawType()))) {
            return Optional.of(argument);
        }
        return Optional.empty();
    }

    private static boolean isList(final Class<?> type) {
        return type == List.class || type == Collection.class;
    }

    private static BasicParameter basic(final Field field, final Class<?> type) {
        final BasicType<?> basic = BasicType.of(type)
                .orElseThrow(() -> new IllegalStateException("The field " + place(field) + " has the type "
                        + field.getGenericType().getTypeName()
                        + ", which is not stored; a group of fields must implement NodeParameters."));
        return new BasicParameter(basic, BasicType.names(type));
    }

    private static String place(final Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    /** Whether the field keeps its default where the settings lack it. */
    boolean loadsDefaultIfAbsent() {
        final Migrate migrate = field.getAnnotation(Migrate.class);
        return migrate != null && migrate.loadDefaultIfAbsent();
    }

    /**
     * The field's value.
     *
     * @throws IllegalStateException if it is null and could therefore not be stored
     */
    Object get(final Object owner) {
        final Object value;
        try {
            value = field.get(owner);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException("The field " + place(field) + " cannot be read.", e);
        }
        if (value == null && !(type instanceof MessageParameter) && !nullable()) {
            throw new IllegalStateException("The field " + place(field) + " is null, which cannot be stored; use "
                    + (field.getType() == Optional.class
                            ? "Optional.empty()."
                            : "an Optional for a value that may be absent."));
        }
        return value;
    }

    /** Text, enums, arrays and lists may be null; KNIME writes them so, if not always in a way that it reads again. */
    private boolean nullable() {
        return field.getType() == String.class
                || field.getType().isEnum()
                || field.getType().isArray()
                || isList(field.getType());
    }

    void set(final Object owner, final Object value) {
        try {
            field.set(owner, value);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException("The field " + place(field) + " cannot be set.", e);
        }
    }
}
