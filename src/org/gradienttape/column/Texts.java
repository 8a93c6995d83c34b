package org.gradienttape.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;

/** The different texts of one column, each with its code: 0 for the first that came, then 1, and so on. */
public final class Texts {
    /** More are no categories; each takes an input of the network. */
    public static final int MOST = 10_000;

    /** Longer ones are no categories; all different ones are in memory. */
    public static final int LONGEST = 1_000;

    /** So much of a text stands in a sentence. */
    private static final int LONGEST_SHOWN = 40;

    private final String column;
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> list = new ArrayList<>();

    /** @param column its name, for a sentence */
    public Texts(final String column) {
        this.column = column;
    }

    /**
     * The code of a text, a new one if it comes for the first time.
     *
     * @throws InvalidInputException if it is one too many, or too long
     */
    public int code(final String text) {
        final Integer known = codes.get(text);
        if (known != null) {
            return known;
        }
        if (text.length() > LONGEST) {
            throw new InvalidInputException("A category may have at most " + LONGEST
                    + " characters, but the column \"" + column + "\" holds a text of " + text.length()
                    + " that begins \"" + text.substring(0, LONGEST_SHOWN) + "\"; leave the column out.");
        }
        if (list.size() == MOST) {
            throw tooMany(column);
        }
        codes.put(text, list.size());
        list.add(text);
        return list.size() - 1;
    }

    /** All texts so far, by code. */
    public List<String> list() {
        return List.copyOf(list);
    }

    /** A text, or how it begins, for a sentence. */
    static String shown(final String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + " ..." : text;
    }

    static InvalidInputException tooMany(final String column) {
        return new InvalidInputException("A column may have at most " + MOST + " different texts, but \"" + column
                + "\" has more; leave it out, or join rare texts to one.");
    }
}
