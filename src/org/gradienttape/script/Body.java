package org.gradienttape.script;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The statements of one method while they are written, each with a comment that names the layer it belongs to. */
final class Body {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private String comment = "";

    /**
     * @param parameters names that the method's parameters take
     */
    Body(final String... parameters) {
        names.addAll(Set.of(parameters));
    }

    /** What the statements from here on belong to; an error in them is reported with it. */
    void comment(final String about) {
        comment = about.isEmpty() ? "" : "  # " + about;
    }

    void line(final String statement) {
        text.append(INDENT).append(statement).append(comment).append('\n');
    }

    /**
     * Writes an assignment.
     *
     * @param name wished for; a number is added if it is taken
     * @return the name of the variable
     */
    String let(final String name, final String expression) {
        final String variable = free(name);
        line(variable + " = " + expression);
        return variable;
    }

    /** A name like this one that no variable has; it is taken from now on. */
    String free(final String name) {
        String free = name;
        for (int number = 2; !names.add(free); number++) {
            free = name + "_v" + number;
        }
        return free;
    }

    /** A number as the code writes it. */
    static String number(final double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
