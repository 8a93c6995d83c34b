package org.gradienttape.host.node;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;

/** Finds what KNIME's settings or dialog cannot take in a class of parameters. */
final class ParametersCheck {

    private final List<String> problems = new ArrayList<>();
    private final Map<Class<?>, Field> references = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private boolean shown;

    private ParametersCheck() {}

    static List<String> problems(final Class<? extends NodeParameters> type) {
        final ParametersCheck check = new ParametersCheck();
        try {
            final ParameterGroup group = ParameterGroup.of(type);
            group.keys("", group.create(), key -> {});
            check.checkGroup(group, Fragment.DESCRIPTION);
        } catch (final IllegalStateException e) {
            check.problems.add(e.getMessage());
        }
        if (!check.shown) {
            check.problems.add("No field of " + type.getSimpleName()
                    + " has a @Widget; a node without visible parameters is declared withoutParameters().");
        }
        check.fields.forEach(check::checkEffect);
        return check.problems;
    }

    private void checkGroup(final ParameterGroup group, final String content) {
        Stream.of(group.type().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Widget.class))
                .filter(field -> ParameterGroup.declared(group.type()).noneMatch(field::equals))
                .forEach(field -> problems.add("The field " + name(field)
                        + " has a @Widget, but is private, static or transient: KNIME neither shows nor stores it."));
        for (final ParameterField field : group.fields()) {
            checkField(field, content);
            if (isColumnFilter(field)) {
                continue;
            }
            if (field.type() instanceof GroupParameter nested) {
                checkGroup(nested.group(), content);
            } else if (field.type() instanceof GroupsParameter array) {
                array.element().create();
                checkGroup(array.element(), Fragment.ITEM);
            }
        }
    }

    /** A group in the settings, but one control in the dialog. */
    private static boolean isColumnFilter(final ParameterField parameter) {
        return parameter.field().getType() == ColumnFilter.class;
    }

    private void checkField(final ParameterField parameter, final String content) {
        final Field field = parameter.field();
        fields.add(field);
        final Widget widget = field.getAnnotation(Widget.class);
        if (widget != null) {
            shown = true;
            checkWidget(field, widget, content);
        } else if (isColumnFilter(parameter)
                || !(parameter.type() instanceof GroupParameter) && !(parameter.type() instanceof MessageParameter)) {
            problems.add("The field " + name(field) + " has no @Widget, so nobody can set it in the dialog.");
        }
        if (parameter.type() instanceof OptionalParameter optional
                && !optional.content().constants().isEmpty()
                && !field.isAnnotationPresent(OptionalWidget.class)) {
            problems.add(
                    "The field " + name(field) + " is an optional enum and needs an @OptionalWidget with a default.");
        }
        if (isColumnFilter(parameter) && !field.isAnnotationPresent(ColumnFilterWidget.class)) {
            problems.add("The field " + name(field) + " is a column filter and needs a @ColumnFilterWidget.");
        }
        final ValueReference reference = field.getAnnotation(ValueReference.class);
        if (reference != null && references.put(reference.value(), field) != null) {
            problems.add("Two fields have the reference " + reference.value().getSimpleName() + "; one is "
                    + name(field) + ".");
        }
    }

    private void checkWidget(final Field field, final Widget widget, final String content) {
        if (widget.title().isBlank() || widget.description().isBlank()) {
            problems.add("The field " + name(field) + " needs a title and a description.");
        }
        check(new Fragment("The description of " + name(field), content), widget.description());
        if (field.getType().isEnum()) {
            for (final Object constant : field.getType().getEnumConstants()) {
                label(field.getType(), (Enum<?>) constant)
                        .ifPresent(label -> check(
                                new Fragment("The description of " + constant, Fragment.ITEM), label.description()));
            }
        }
    }

    private static Optional<Label> label(final Class<?> type, final Enum<?> constant) {
        try {
            return Optional.ofNullable(type.getField(constant.name()).getAnnotation(Label.class));
        } catch (final NoSuchFieldException e) {
            throw new IllegalStateException("The enum " + type + " lacks its own constant " + constant + ".", e);
        }
    }

    private void checkEffect(final Field field) {
        final Effect effect = field.getAnnotation(Effect.class);
        if (effect == null) {
            return;
        }
        try {
            new ReferenceCheck(references).getPredicate(effect.predicate());
        } catch (final IllegalStateException e) {
            problems.add("The effect on " + name(field) + " cannot work: " + e.getMessage());
        }
    }

    private void check(final Fragment fragment, final String text) {
        fragment.problem(text).ifPresent(problems::add);
    }

    static String name(final Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }
}
