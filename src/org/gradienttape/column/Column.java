package org.gradienttape.column;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * A column of a table.
 *
 * @param name by which it is found, exactly as it is written
 * @param kind of its cells
 */
public record Column(String name, Kind kind) {
    /** What the cells of a column hold, unless they are missing. */
    public enum Kind {
        NUMBER("numbers"),
        TEXT("text");

        private final String cells;

        Kind(final String cells) {
            this.cells = cells;
        }

        /** What the cells hold, for a sentence. */
        @Override
        public String toString() {
            return cells;
        }
    }

    public Column {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
    }

    /**
     * Whether all names differ.
     *
     * @param place that has the columns, for the end of a sentence
     * @throws InvalidInputException if two are the same
     */
    public static void checkNames(final Collection<String> names, final String place) {
        final Set<String> seen = new HashSet<>();
        for (final String name : names) {
            if (!seen.add(name)) {
                throw new InvalidInputException("Columns need names that differ, but two are called \"" + name
                        + "\" in " + place + "; rename one of them.");
            }
        }
    }
}
