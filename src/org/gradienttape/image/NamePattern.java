package org.gradienttape.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.gradienttape.error.InvalidInputException;

/** A file name with placeholders, such as "generated_img${step}.png". */
public final class NamePattern {
    private static final String START = "${";

    private final List<Part> parts;

    /** Text as it is, or the name of a column. */
    private record Part(String text, boolean placeholder) {}

    private NamePattern(final List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws InvalidInputException if the text is blank, or a placeholder has no name or no end */
    public static NamePattern parse(final String text) {
        if (text.isBlank()) {
            throw new InvalidInputException(
                    "The file name pattern is empty; write one, such as \"generated_img${step}.png\".");
        }
        final List<Part> parts = new ArrayList<>();
        int at = 0;
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, at)) {
            final int end = text.indexOf('}', start);
            if (end < 0 || text.substring(start + START.length(), end).isBlank()) {
                throw new InvalidInputException("A placeholder of the file name pattern is written ${column}, but it is"
                        + " \"" + text.substring(start) + "\" in \"" + text + "\"; correct it.");
            }
            parts.add(new Part(text.substring(at, start), false));
            parts.add(new Part(text.substring(start + START.length(), end).strip(), true));
            at = end + 1;
        }
        parts.add(new Part(text.substring(at), false));
        return new NamePattern(parts);
    }

    /** The value of one column. */
    public static NamePattern ofColumn(final String column) {
        return new NamePattern(List.of(new Part(column, true)));
    }

    /** The columns that are asked for, as they are written. */
    public List<String> columns() {
        return parts.stream().filter(Part::placeholder).map(Part::text).toList();
    }

    /**
     * The name with the values in it.
     *
     * @param value of a column, as it is written here
     */
    public String name(final UnaryOperator<String> value) {
        final StringBuilder name = new StringBuilder();
        for (final Part part : parts) {
            name.append(part.placeholder() ? value.apply(part.text()) : part.text());
        }
        return name.toString();
    }
}
