package org.gradienttape.nodes.pages;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;

/** The dialog of a node, read from the class of its parameters as KNIME reads it. */
final class Dialog {
    private static final Class<?> NO_SECTION = void.class;

    private final Map<Class<?>, List<DialogSetting>> sections = new LinkedHashMap<>();

    private Dialog() {}

    /** The sections in the order of the dialog, with the values that the parameters have. */
    static List<DialogSection> of(final NodeParameters parameters) {
        final Dialog dialog = new Dialog();
        final DialogEffects effects = DialogEffects.of(parameters);
        dialog.addFields(new Place(parameters, NO_SECTION, "", false, true), effects);
        return dialog.sections.entrySet().stream()
                .sorted(Comparator.comparingInt(section -> depth(section.getKey())))
                .map(section -> section(section.getKey(), section.getValue(), effects))
                .toList();
    }

    /** The settings of one more element of a list of groups. */
    static List<DialogSetting> element(final DialogSetting list) {
        final Object element = create(list.field().getType().componentType());
        return settings(element, list.key() + "/N/", DialogEffects.of(element));
    }

    private static List<DialogSetting> settings(
            final Object element, final String prefix, final DialogEffects effects) {
        final Dialog dialog = new Dialog();
        dialog.addFields(new Place(element, NO_SECTION, prefix, false, true), effects);
        return dialog.sections.getOrDefault(NO_SECTION, List.of());
    }

    /** A group of settings, and what its surroundings say about it. */
    private record Place(Object group, Class<?> section, String prefix, boolean advanced, boolean shown) {}

    private void addFields(final Place place, final DialogEffects effects) {
        fields(place.group().getClass()).forEach(field -> addField(field, place, effects));
    }

    private void addField(final Field field, final Place place, final DialogEffects effects) {
        final Object value = value(field, place.group());
        final Class<?> section = field.isAnnotationPresent(Layout.class)
                ? field.getAnnotation(Layout.class).value()
                : place.section();
        final String key = place.prefix() + field.getName();
        final boolean advanced = place.advanced() || field.isAnnotationPresent(Advanced.class);
        final boolean shown = place.shown() && effects.show(field);
        if (field.isAnnotationPresent(Widget.class)) {
            sections.computeIfAbsent(section, any -> new ArrayList<>())
                    .add(setting(new DialogSetting(field, value, key, advanced, shown, List.of()), effects));
        }
        new DialogMessage(effects::value).in(field).ifPresent(message -> sections.computeIfAbsent(
                        section, any -> new ArrayList<>())
                .add(new DialogSetting(field, message, key, advanced, shown, List.of())));
        if (value instanceof NodeParameters) {
            addFields(new Place(value, section, key + "/", advanced, shown), effects);
        }
    }

    /** The setting with its elements if it is a list of groups. */
    private static DialogSetting setting(final DialogSetting setting, final DialogEffects effects) {
        if (!setting.isListOfGroups()) {
            return setting;
        }
        final List<Object> groups = List.of((Object[]) setting.value());
        return setting.with(IntStream.range(0, groups.size())
                .mapToObj(i -> settings(groups.get(i), setting.key() + "/" + i + "/", effects.with(groups.get(i))))
                .toList());
    }

    private static DialogSection section(
            final Class<?> section, final List<DialogSetting> settings, final DialogEffects effects) {
        if (section == NO_SECTION) {
            return new DialogSection("", false, true, settings);
        }
        return new DialogSection(
                section.getAnnotation(Section.class).title(),
                section.isAnnotationPresent(Advanced.class),
                effects.show(section),
                settings);
    }

    /** How many sections a section comes after. */
    private static int depth(final Class<?> section) {
        final After after = section.getAnnotation(After.class);
        return after == null ? 0 : 1 + depth(after.value());
    }

    /** What KNIME stores and shows of a class, those of the class that it extends first. */
    static Stream<Field> fields(final Class<?> type) {
        if (type == Object.class) {
            return Stream.empty();
        }
        return Stream.concat(fields(type.getSuperclass()), Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isPrivate(field.getModifiers()) && !Modifier.isStatic(field.getModifiers()))
                .filter(Field::trySetAccessible);
    }

    static Object value(final Field field, final Object owner) {
        try {
            return field.get(owner);
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object create(final Class<?> type) {
        try {
            final var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("No " + type + " can be made.", e);
        }
    }
}
