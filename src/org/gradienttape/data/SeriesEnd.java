package org.gradienttape.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.gradienttape.column.OrderReader;
import org.gradienttape.column.OrderTime;
import org.gradienttape.column.Spacing;
import org.gradienttape.column.Windows;
import org.gradienttape.error.InvalidInputException;

/** The last rows of a series, encoded: as many as it takes to predict the next one. */
final class SeriesEnd {
    private final Windows windows;
    private final OrderReader order;
    private final Spacing spacing;
    private final String group;
    private final int width;
    /** A ring of rows, and why each cannot be looked at; null if it can. */
    private final float[][] rows;

    private final String[] troubles;
    private final float[] row;
    private long count;
    private OrderTime last;
    /** The last row of the table, and how many rows were added behind it. */
    private OrderTime lastOfTable;

    private int stepsBehind;

    SeriesEnd(final Windows windows, final int width, final OrderReader order, final String group) {
        this.windows = windows;
        this.order = order;
        this.spacing = new Spacing(order);
        this.group = group;
        this.width = width;
        this.rows = new float[windows.span()][width];
        this.troubles = new String[windows.span()];
        this.row = new float[width];
    }

    /** As it stands in its column; empty if there is no such column. */
    String group() {
        return group;
    }

    /** Where the features of the next row go before it is added. */
    float[] row() {
        return row;
    }

    /** @throws InvalidInputException if the row comes too early, or too late where gaps are refused */
    void checkTime(final OrderTime time, final String table) {
        if (count == 0) {
            return;
        }
        final long key = time.key();
        final long lastKey = last.key();
        final String where = windows.group().isEmpty() ? "" : " in the group \"" + group + "\"";
        if (key == lastKey) {
            throw new InvalidInputException("Each row of " + table + " should have a time of its own in the column \""
                    + windows.order().name() + "\", but " + order.text(key) + " comes twice" + where
                    + "; leave one of the rows out.");
        }
        if (key < lastKey) {
            throw new InvalidInputException("The rows of " + table + " should come in the order of the column \""
                    + windows.order().name() + "\", but " + order.text(key) + " comes after " + order.text(lastKey)
                    + where + "; sort the table by that column, ascending.");
        }
        if (!spacing.look(last, time) && windows.areGapsRefused()) {
            throw new InvalidInputException("The rows of " + table + " should be evenly spaced in the column \""
                    + windows.order().name() + "\" as those of the training data, but " + order.text(key)
                    + " comes next after " + order.text(lastKey) + where + "; add the rows between.");
        }
    }

    /** @param trouble why the features of the row cannot be looked at */
    void add(final OrderTime time, final Optional<String> trouble) {
        final int place = (int) (count % rows.length);
        System.arraycopy(row, 0, rows[place], 0, width);
        troubles[place] = trouble.orElse(null);
        last = time;
        count++;
    }

    /** Changes the features of the last row, which were not known when it was added. */
    void replaceLast(final Optional<String> trouble) {
        count--;
        add(last, trouble);
    }

    /**
     * Writes the window that predicts the last row; zeros if there is none.
     *
     * @return why there is none, for the middle of a sentence
     */
    Optional<String> writeWindow(final ByteBuffer target) {
        final Optional<String> trouble = trouble();
        for (int i = 0; i < windows.length(); i++) {
            final float[] features = rows[place(i)];
            for (final float feature : features) {
                target.putFloat(trouble.isEmpty() ? feature : 0);
            }
        }
        return trouble;
    }

    private Optional<String> trouble() {
        final int needed = windows.span() - 1;
        if (count <= needed) {
            return Optional.of("a window needs " + needed + (needed == 1 ? " row" : " rows") + " before it, but there "
                    + (count == 2 ? "is 1" : "are " + (count - 1)));
        }
        for (int i = 0; i < windows.length(); i++) {
            if (troubles[place(i)] != null) {
                return Optional.of("in a row of its window " + troubles[place(i)]);
            }
        }
        return Optional.empty();
    }

    /** Where a row of the window of the last row is in the ring. */
    private int place(final int rowOfWindow) {
        return (int) Math.floorMod(count - windows.span() + rowOfWindow, (long) rows.length);
    }

    /** Whether it is known when the next row would be. */
    boolean canGoOn() {
        return spacing.isKnown();
    }

    /** Adds a row a step behind the last one; its features are not known. */
    void goOn() {
        if (stepsBehind == 0) {
            lastOfTable = last;
        }
        stepsBehind++;
        add(
                new OrderTime(spacing.next(lastOfTable.key(), stepsBehind), last.offset()),
                Optional.of("nothing is known"));
    }

    /** When the last row is, as its column would say it. */
    String lastTime() {
        return spacing.text(last.key());
    }
}
