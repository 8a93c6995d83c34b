package org.knime.node.parameters.widget.choices;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataType;

/**
 * A text with a type to choose, such as a column.
 *
 * @param id   what is stored
 * @param text what the person sees
 * @param type the type
 */
public record TypedStringChoice(String id, String text, PossibleTypeValue type) {

    public static TypedStringChoice fromColSpec(final DataColumnSpec colSpec) {
        final DataType type = colSpec.getType();
        return new TypedStringChoice(
                colSpec.getName(), colSpec.getName(), new PossibleTypeValue(type.toString(), type.toString()));
    }

    /**
     * The type of a choice.
     *
     * @param id   its key
     * @param text what the person sees
     */
    public record PossibleTypeValue(String id, String text) {}
}
