package org.gradienttape.nodes.pages;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.widget.choices.Label;

/** The settings of a node as Markdown: one heading per section, one item per setting with its key and its default. */
final class SettingsList {
    private static final String NO_SECTION = "";

    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    private SettingsList() {}

    static String of(final NodeParameters defaults) {
        final SettingsList list = new SettingsList();
        list.addFields(defaults, NO_SECTION, "");
        return list.sections.entrySet().stream()
                .map(section -> (section.getKey().isEmpty() ? "" : "### " + section.getKey() + "\n\n")
                        + String.join("\n", section.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private void addFields(final Object owner, final String outerSection, final String prefix) {
        for (final Field field : owner.getClass().getDeclaredFields()) {
            if (!Modifier.isPrivate(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
                final String section = section(field).orElse(outerSection);
                addField(field, value(field, owner), section, prefix + field.getName());
            }
        }
    }

    private void addField(final Field field, final Object value, final String section, final String key) {
        final Widget widget = field.getAnnotation(Widget.class);
        if (widget != null) {
            sections.computeIfAbsent(section, name -> new ArrayList<>())
                    .add("- **" + widget.title() + "** "
                            + (field.isAnnotationPresent(Advanced.class) ? "(advanced) " : "")
                            + stored(field, value, key) + "  \n  "
                            + MarkdownText.of(widget.description()).replace("\n", "\n  ") + choices(field.getType()));
        }
        if (value instanceof NodeParameters group) {
            addFields(group, section, key + "/");
        } else if (field.getType().isArray()
                && NodeParameters.class.isAssignableFrom(field.getType().componentType())) {
            addFields(element(value), section, key + "/N/");
        }
    }

    /** The key and type for the batch option -option, and the default. */
    private static String stored(final Field field, final Object value, final String key) {
        final Class<?> type = field.getType();
        if (value instanceof Optional<?> optional) {
            return "`" + key
                    + "` (off)".replace("off", optional.map(Object::toString).orElse("off"));
        }
        if (type.isArray() || value instanceof NodeParameters) {
            return "`" + key + "`";
        }
        final String shown = String.valueOf(value);
        if (shown.contains("\n")) {
            return "`" + key + "` String, several lines";
        }
        return "`" + key + "` " + (type.isPrimitive() ? type.getName() : "String")
                + (shown.isEmpty() ? ", empty" : ", `" + shown + "`");
    }

    private static String choices(final Class<?> type) {
        if (!type.isEnum()) {
            return "";
        }
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> choice((Enum<?>) constant))
                .collect(Collectors.joining());
    }

    private static String choice(final Enum<?> constant) {
        try {
            final Label label =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(Label.class);
            final String title = label == null ? constant.name() : label.value();
            final String description = label == null ? "" : MarkdownText.of(label.description());
            return "\n  - *" + title + "* `" + constant.name() + "`"
                    + (description.isEmpty() ? "" : ": " + description);
        } catch (final NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> section(final Field field) {
        return Optional.ofNullable(field.getAnnotation(Layout.class))
                .map(Layout::value)
                .map(section -> {
                    final String title = section.getAnnotation(Section.class).title();
                    return section.isAnnotationPresent(Advanced.class) ? title + " (advanced)" : title;
                });
    }

    private static Object value(final Field field, final Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An element with the defaults of its class. */
    private static Object element(final Object array) {
        try {
            final var constructor = array.getClass().componentType().getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("No element of " + array.getClass() + " can be made.", e);
        }
    }
}
