package org.gradienttape.nodes.pages;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.message.TextMessage;

/**
 * One setting of a dialog, or a message between them.
 *
 * @param field    where it is declared
 * @param value    what it is set to, or the message
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

    Optional<TextMessage.Message> message() {
        return value instanceof TextMessage.Message message ? Optional.of(message) : Optional.empty();
    }

    /** What the dialog says about a choice, beside the choices or, once it is chosen, in a message. */
    String about(final Enum<?> choice) {
        return label(choice)
                .map(Label::description)
                .filter(text -> !text.isEmpty())
                .or(() -> Dialog.fields(field.getDeclaringClass())
                        .filter(each -> field.isAnnotationPresent(ValueReference.class))
                        .flatMap(each -> new DialogMessage(reference -> choice).in(each).stream())
                        .map(TextMessage.Message::description)
                        .findFirst())
                .orElse("");
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
