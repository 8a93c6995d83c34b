package org.knime.node.parameters.widget.choices.filter;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.knime.node.parameters.persistence.Persistable;

/** Columns that are chosen by a pattern of their names. */
final class NamePattern implements Persistable {
    String m_pattern = "";
    boolean m_isCaseSensitive;
    /** Whether the columns that do not match are chosen. */
    boolean m_isInverted;

    /** An empty regular expression matches nothing. */
    Predicate<String> matchingRegex() {
        final Predicate<String> matches =
                Pattern.compile("^" + cased(m_pattern) + "$").asPredicate();
        return chosen(m_pattern.isEmpty() ? name -> false : matches);
    }

    /** In a wildcard, * stands for any characters and ? for one. */
    Predicate<String> matchingWildcard() {
        final StringBuilder regex = new StringBuilder();
        for (final char c : cased(m_pattern).toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return chosen(Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate());
    }

    private Predicate<String> chosen(final Predicate<String> matches) {
        return name -> matches.test(cased(name)) != m_isInverted;
    }

    private String cased(final String text) {
        return m_isCaseSensitive ? text : text.toLowerCase(Locale.getDefault());
    }
}
