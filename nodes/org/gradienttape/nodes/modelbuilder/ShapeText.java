package org.gradienttape.nodes.modelbuilder;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/** Shapes and other lists of numbers as people type them: "784" or "28, 28, 1". */
final class ShapeText {
    private ShapeText() {}

    /**
     * The shape that a text means.
     *
     * @param what the setting's name in a sentence
     * @throws InvalidInputException if the text is no list of whole numbers of at least 1
     */
    static Shape parse(final String text, final String what) {
        final List<Integer> sizes = new ArrayList<>();
        for (final String size : text.split(",", -1)) {
            try {
                sizes.add(Integer.valueOf(size.strip()));
            } catch (final NumberFormatException e) {
                throw new InvalidInputException(
                        "The " + what + " must be whole numbers with commas between them, such as \"28, 28, 1\", but it"
                                + " is \"" + text + "\"; correct it.",
                        e);
            }
        }
        return new Shape(sizes);
    }

    /**
     * The numbers that a text means.
     *
     * @param what the setting's name in a sentence
     * @throws InvalidInputException if the text is no list of numbers
     */
    static List<Double> numbers(final String text, final String what) {
        final List<Double> numbers = new ArrayList<>();
        for (final String number : text.split(",", -1)) {
            try {
                numbers.add(Double.valueOf(number.strip()));
            } catch (final NumberFormatException e) {
                throw new InvalidInputException(
                        "The " + what + " must be numbers with commas between them, such as \"0.5, 1.25\", but it is"
                                + " \"" + text + "\"; correct it.",
                        e);
            }
        }
        return numbers;
    }

    /** The axes that a text means; none for an empty one. */
    static List<Integer> axes(final String text, final String what) {
        return text.isBlank() ? List.of() : parse(text, what).dimensions();
    }
}
