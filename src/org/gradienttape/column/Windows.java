package org.gradienttape.column;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;

/**
 * Several rows of a table that follow one another in time are one sample. A window never reaches from one group into another.
 *
 * @param order the column that says when a row was: numbers, or dates and times as text
 * @param group the column that says which rows belong to one series; empty if all do
 * @param length how many rows a window has
 * @param horizon how many rows after the last row of a window the row stands that is to be predicted; 0 for the last row itself
 * @param areGapsRefused whether rows must be evenly spaced in time
 */
public record Windows(Column order, Optional<Column> group, int length, int horizon, boolean areGapsRefused) {
    private static final int LONGEST = 1 << 20;

    public Windows {
        if (length < 1 || length > LONGEST) {
            throw new InvalidInputException(
                    "A window may have 1 to " + LONGEST + " rows, but " + length + " are set; change its length.");
        }
        if (horizon < 0 || horizon > LONGEST) {
            throw new InvalidInputException("A window may predict what is 0 to " + LONGEST
                    + " rows ahead, but the horizon is " + horizon + "; change it.");
        }
        if (group.isPresent() && group.get().name().equals(order.name())) {
            throw new InvalidInputException(
                    "The column \"" + order.name()
                            + "\" cannot say both when a row was and what it belongs to; choose another column for one of them.");
        }
    }

    /** How many rows of a group a sample takes, from the first of its window to the one that is predicted. */
    public int span() {
        return length + horizon;
    }

    /** The columns that say which row follows which. */
    public List<Column> columns() {
        final List<Column> columns = new ArrayList<>(List.of(order));
        group.ifPresent(columns::add);
        return columns;
    }
}
