package org.gradienttape.column;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * A column of text as one feature for each category, of which one is 1 and the others are 0, or all for other texts.
 *
 * @param name of the column
 * @param categories at least one, all different, in the order of their features
 * @param other whether texts that are no category are encoded, too: all features are 0 for them
 * @param missing the category that takes the place of a missing text; empty if such a row cannot be encoded
 */
public record OneHotEncoding(String name, List<String> categories, boolean other, Optional<String> missing)
        implements ColumnEncoding {
    public OneHotEncoding {
        categories = List.copyOf(categories);
        if (categories.isEmpty() || categories.size() > Texts.MOST) {
            throw new InvalidInputException("A column of text needs 1 to " + Texts.MOST + " categories, but \"" + name
                    + "\" has " + categories.size() + ".");
        }
        if (new HashSet<>(categories).size() != categories.size()) {
            throw new InvalidInputException(
                    "The categories of a column should differ, but \"" + name + "\" has one twice.");
        }
        if (missing.isPresent() && !categories.contains(missing.get())) {
            throw new InvalidInputException("A category should take the place of a missing text, but \"" + missing.get()
                    + "\" is none of the column \"" + name + "\".");
        }
    }

    @Override
    public Column.Kind kind() {
        return Column.Kind.TEXT;
    }

    @Override
    public int width() {
        return categories.size();
    }

    @Override
    public List<String> featureNames() {
        return categories.stream().map(category -> name + "=" + category).toList();
    }
}
