package org.gradienttape.column;

import java.time.DateTimeException;
import java.util.Optional;

/**
 * Reads the cells of a column that puts rows in order. The first one says whether it holds numbers, dates or times; all
 * others must be the same. For one thread.
 */
public final class OrderReader {
    private final Column column;
    private OrderForm form;
    private String first;
    private String last;
    private long key;
    private int offset;
    private String trouble;

    public OrderReader(final Column column) {
        this.column = column;
    }

    /**
     * Reads the cell of a row.
     *
     * @param place the number of the column in its table
     * @return false if it says no time, and then {@link #trouble} says why
     */
    public boolean read(final Cells row, final int place) {
        trouble = column.kind() == Column.Kind.NUMBER ? readNumber(row, place) : readText(row.text(place));
        return trouble == null;
    }

    private String readNumber(final Cells row, final int place) {
        final boolean isWhole = row.isWhole(place);
        final double number = row.number(place);
        if (form == null) {
            form = isWhole ? OrderForm.WHOLE : OrderForm.NUMBER;
        }
        if (Double.isNaN(number)) {
            return "a value in the column \"" + column.name() + "\", which puts rows in order, but it is missing";
        }
        if (Double.isInfinite(number)) {
            return "a finite number in the column \"" + column.name()
                    + "\", which puts rows in order, but it is infinite";
        }
        if (form == OrderForm.WHOLE && !isWhole && number != (long) number) {
            return "a whole number in the column \"" + column.name() + "\", as the rows before do, but it is " + number;
        }
        key = form == OrderForm.NUMBER ? OrderForm.key(number) : isWhole ? row.whole(place) : (long) number;
        return null;
    }

    private String readText(final String text) {
        if (text == null) {
            return "a time in the column \"" + column.name() + "\", which puts rows in order, but it is missing";
        }
        if (form == null) {
            final Optional<OrderForm> found = OrderForm.of(text);
            if (found.isEmpty()) {
                return "a date or time such as 2020-01-31 in the column \"" + column.name()
                        + "\", which puts rows in order, but it holds \"" + shown(text) + "\"";
            }
            form = found.get();
            first = text;
        }
        try {
            key = form.key(text);
            offset = form.offset(text);
            last = text;
            return null;
        } catch (final DateTimeException other) {
            return "a " + form + " in the column \"" + column.name() + "\","
                    + (first.equals(text) ? "" : " as \"" + shown(first) + "\" is,") + " but it holds \"" + shown(text)
                    + "\"";
        }
    }

    /** Of the last cell: that of a later one is larger. */
    public long key() {
        return key;
    }

    /** The same with the clock of the last cell. */
    public OrderTime time() {
        return new OrderTime(key, offset);
    }

    /** What the last row should have and what was found, for the middle of a sentence. */
    public String trouble() {
        return trouble;
    }

    /** The text of a key, for people; its zone is that of the last cell. */
    public String text(final long other) {
        return text(other, last);
    }

    /** The same, written as another cell. */
    String text(final long other, final String like) {
        if (form == OrderForm.NUMBER) {
            final double number = OrderForm.number(other);
            return number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
                    ? String.valueOf((long) number)
                    : String.valueOf(number);
        }
        return form.text(other, like);
    }

    /** The name of the column. */
    String name() {
        return column.name();
    }

    /** The text of the last cell; null if the column holds numbers. */
    String last() {
        return last;
    }

    /** The number of a key, where the column holds numbers. */
    public double number(final long other) {
        return OrderForm.number(other);
    }

    OrderStep step(final OrderTime from, final OrderTime to) {
        return form.step(from, to, last);
    }

    long after(final long from, final OrderStep step, final boolean isOnTheWall, final String like) {
        return form.after(from, step, isOnTheWall, like);
    }

    private static String shown(final String text) {
        final String line = text.replace('\n', ' ');
        return Texts.shown(line);
    }
}
