package org.gradienttape.nodes.pages;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;

/**
 * One setting of a dialog.
 *
 * @param field    where it is declared
 * @param value    what it is set to
 * @param key      its key for the batch option -option
 * @param advanced whether it is folded away at first
 * @param shown    whether the other settings leave it visible
 * @param elements the settings of each element if it is a list of groups
 */
record DialogSetting(
        Field field, Object value, String key, boolean advanced, boolean shown, List<List<DialogSetting>> elements) {

    DialogSetting with(final List<List<DialogSetting>> groups) {
        return new DialogSetting(field, value, key, advanced, shown, groups);
    }

    Widget widget() {
        return field.getAnnotation(Widget.class);
    }

    boolean isListOfGroups() {
        final Class<?> type = field.getType();
        return type.isArray() && NodeParameters.class.isAssignableFrom(type.componentType());
    }

    /** The constants to choose from; none if it is no choice. */
    List<Enum<?>> choices() {
        return field.getType().isEnum() ? List.of((Enum<?>[]) field.getType().getEnumConstants()) : List.of();
    }

    /** What the dialog calls a constant, and what it says about it. */
    static Optional<Label> label(final Enum<?> constant) {
        try {
            return Optional.ofNullable(
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(Label.class));
        } catch (final NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    static String title(final Enum<?> constant) {
        return label(constant).map(Label::value).orElse(constant.name());
    }
}
