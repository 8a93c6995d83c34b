package org.gradienttape.nodes;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;

/** Texts that settings say are null, which no dialog of ours writes and a file can: nobody behind this has to expect them. */
public final class UnsetText {
    private UnsetText() {}

    /**
     * Looks through all settings, also those that are not in use.
     *
     * @throws InvalidSettingsException if one is null; names it
     */
    public static void refuse(final NodeParameters parameters) throws InvalidSettingsException {
        refuse(parameters, "");
    }

    private static void refuse(final NodeParameters parameters, final String path) throws InvalidSettingsException {
        for (Class<?> type = parameters.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isPrivate(field.getModifiers())) {
                    check(value(field, parameters), field.getType(), path + field.getName());
                }
            }
        }
    }

    private static void check(final Object value, final Class<?> type, final String name)
            throws InvalidSettingsException {
        if (value == null && type == String.class) {
            throw new InvalidSettingsException("A text was expected in the setting \"" + name
                    + "\", but it is null; set it in the node's dialog.");
        }
        if (value instanceof NodeParameters group) {
            refuse(group, name + "/");
        } else if (value != null && type.isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                check(Array.get(value, i), type.getComponentType(), name + "/" + i);
            }
        }
    }

    private static Object value(final Field field, final NodeParameters parameters) {
        try {
            field.setAccessible(true);
            return field.get(parameters);
        } catch (final IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
