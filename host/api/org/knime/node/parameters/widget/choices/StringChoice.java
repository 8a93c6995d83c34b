package org.knime.node.parameters.widget.choices;

/**
 * A text to choose.
 *
 * @param id   what is stored
 * @param text what the person sees
 */
public record StringChoice(String id, String text) {

    public static StringChoice fromId(final String id) {
        return new StringChoice(id, id);
    }
}
