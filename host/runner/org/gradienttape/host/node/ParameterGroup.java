package org.gradienttape.host.node;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/**
 * A class of parameters and its stored fields: those that are neither private nor static nor transient, the ones of a
 * superclass first.
 *
 * @param type   the class
 * @param fields its stored fields
 */
record ParameterGroup(Class<?> type, List<ParameterField> fields) {

    static ParameterGroup of(final Class<?> type) {
        return new ParameterGroup(type, declared(type).map(ParameterField::of).toList());
    }

    /** The fields that KNIME stores and shows in the dialog, if they are annotated. */
    static Stream<Field> declared(final Class<?> type) {
        final List<Field> fields = new ArrayList<>();
        for (Class<?> owner = type; owner != null && owner != Object.class; owner = owner.getSuperclass()) {
            fields.addAll(
                    0,
                    Stream.of(owner.getDeclaredFields())
                            .filter(ParameterGroup::isStored)
                            .toList());
        }
        return fields.stream();
    }

    private static boolean isStored(final Field field) {
        final int modifiers = field.getModifiers();
        return !Modifier.isPrivate(modifiers)
                && !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic();
    }

    Object load(final NodeSettingsRO settings) throws InvalidSettingsException {
        final Object loaded = create();
        final boolean defaultsIfAbsent = type.isAnnotationPresent(LoadDefaultsForAbsentFields.class);
        for (final ParameterField field : fields) {
            final boolean keepsDefault =
                    (defaultsIfAbsent || field.loadsDefaultIfAbsent()) && !settings.containsKey(field.key());
            if (!keepsDefault) {
                field.set(loaded, field.type().load(settings, field.key()));
            }
        }
        return loaded;
    }

    void save(final Object values, final NodeSettingsWO settings) {
        for (final ParameterField field : fields) {
            field.type().save(settings, field.key(), field.get(values));
        }
    }

    void keys(final String prefix, final Object values, final Consumer<SettableKey> to) {
        for (final ParameterField field : fields) {
            field.type().keys(prefix + field.key(), field.get(values), to);
        }
    }

    /** A new instance with the defaults. */
    Object create() {
        try {
            return create(type.getDeclaredConstructor());
        } catch (final NoSuchMethodException e) {
            throw new IllegalStateException(
                    "The class " + type.getName() + " needs a constructor without arguments.", e);
        }
    }

    static <T> T create(final Constructor<T> constructor, final Object... arguments) {
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(arguments);
        } catch (final InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "The class " + constructor.getDeclaringClass().getName() + " cannot be created: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }
}
