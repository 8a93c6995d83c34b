package org.gradienttape.code;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gradienttape.error.Sentence;

/**
 * The Java text that a user wrote.
 *
 * @param owner what it is the code of, for example "step"
 * @param text the whole file
 */
record SourceText(String owner, String text) {
    private static final int LONGEST_QUOTE = 120;

    /** The subject of a sentence about it: "The step's Java code". */
    String subject() {
        return owner.startsWith("layer ") ? "The Java code of the " + owner : "The " + owner + "'s Java code";
    }

    /** Where it can be corrected. */
    String place() {
        return owner.startsWith("layer ") || owner.equals("model") ? "the Model Builder" : "the node's settings";
    }

    /** A line of it in a sentence: "line 12 of the step". */
    String line(final int number) {
        return "line " + number + " of the " + owner;
    }

    /** A line without the spaces around it, in quotation marks. */
    String quotedLine(final int number) {
        final List<String> lines = text.lines().toList();
        return number >= 1 && number <= lines.size()
                ? '"' + Sentence.beginning(lines.get(number - 1).strip(), LONGEST_QUOTE) + '"'
                : "the last line";
    }

    /**
     * The column of a place, from 1.
     *
     * @param offset in the text, from 0
     */
    int column(final int offset) {
        final int place = Math.max(0, Math.min(offset, text.length()));
        final int lineStart = Math.max(text.lastIndexOf('\n', place - 1), text.lastIndexOf('\r', place - 1)) + 1;
        return place - lineStart + 1;
    }

    /** The first line in which a name stands as a word, from 1. */
    OptionalInt lineWith(final String name) {
        final Pattern word = Pattern.compile("\\b" + Pattern.quote(name) + "\\b");
        final List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> word.matcher(lines.get(i)).find())
                .map(i -> i + 1)
                .findFirst();
    }
}
