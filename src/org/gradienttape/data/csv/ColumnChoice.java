package org.gradienttape.data.csv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradienttape.data.ClassNames;
import org.gradienttape.error.InvalidInputException;

/** Which columns of a table are features. */
public sealed interface ColumnChoice {
    /** The names that are chosen or left out. */
    List<String> names();

    /** Those that are named. */
    record Only(List<String> names) implements ColumnChoice {
        public Only {
            names = List.copyOf(names);
        }
    }

    /** Those that are not named. */
    record AllBut(List<String> names) implements ColumnChoice {
        public AllBut {
            names = List.copyOf(names);
        }
    }

    /**
     * The names of the features, in the order of the table.
     *
     * @param columns the names of those of the table
     * @param taken columns that are no features, whatever is chosen, as those of the target
     * @param place the table, for a sentence
     * @throws InvalidInputException if a name is that of no column, or no column is left
     */
    default List<String> of(final List<String> columns, final Collection<String> taken, final String place) {
        final Set<String> named = new HashSet<>(names());
        final List<String> features = new ArrayList<>();
        for (final String column : columns) {
            if (named.remove(column) == this instanceof Only && !taken.contains(column)) {
                features.add(column);
            }
        }
        if (!named.isEmpty()) {
            throw new InvalidInputException("The column \"" + named.iterator().next() + "\" was expected in " + place
                    + ", but its columns are "
                    + ClassNames.some(columns)
                    + "; choose the columns to learn from again.");
        }
        if (features.isEmpty()) {
            throw new InvalidInputException("At least one column of " + place
                    + " was expected to learn from, but none is chosen beside those to be learned; choose one.");
        }
        return features;
    }
}
