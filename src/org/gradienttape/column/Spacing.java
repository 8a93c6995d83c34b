package org.gradienttape.column;

import java.time.DateTimeException;
import org.gradienttape.error.InvalidInputException;

/** How rows are spaced that follow one another: the smallest step is the usual one, larger ones are gaps. */
public final class Spacing {
    private final OrderReader order;
    private OrderStep smallest;
    /** Whether all steps so far were whole months; 28 days may be one by chance. */
    private boolean isMonthly = true;

    /** Whether all were whole days by the clock on the wall. */
    private boolean isDaily = true;
    /** Whether steps of less than a day kept to the clock on the wall when it was last put forward or back. */
    private boolean isOnTheWall;
    /** The last cell that was looked at; its zone is that of the rows. */
    private String like;

    private boolean isEven = true;

    public Spacing(final OrderReader order) {
        this.order = order;
    }

    /**
     * Looks at two rows that follow one another. What comes next is in the zone of the cell that was read last.
     *
     * @return whether they and all before are evenly spaced
     */
    public boolean look(final OrderTime from, final OrderTime to) {
        like = order.last();
        final OrderStep step = order.step(from, to);
        isMonthly &= step.months() > 0;
        isDaily &= step.days() > 0;
        isEven &= smallest == null || step.isLike(usual());
        if (smallest != null && step.isSteady() != smallest.isSteady() && step.isLike(smallest.withoutMonths())) {
            isOnTheWall = step.isByTheClock(smallest);
            smallest = step.isSteady() ? step : smallest;
        } else if (smallest == null || step.amount() < smallest.amount()) {
            smallest = step;
        }
        return isEven;
    }

    /** Whether it is more than the smallest step from one row to the next. */
    public boolean isGap(final OrderTime from, final OrderTime to) {
        return !order.step(from, to).isLike(usual());
    }

    /** Whether there were two rows, so that it is known what comes next. */
    public boolean isKnown() {
        return smallest != null;
    }

    /**
     * What comes some steps after a row; a time that one of the days does not have is only later on that day.
     *
     * @throws InvalidInputException if the column could not say it
     */
    public long next(final long key, final int steps) {
        try {
            return order.after(key, usual().times(steps), isOnTheWall, like);
        } catch (final DateTimeException | ArithmeticException tooFar) {
            throw new InvalidInputException(
                    "The time " + steps + (steps == 1 ? " step" : " steps") + " after " + text(key)
                            + " was expected to be one that the column \"" + order.name()
                            + "\" can say, but it is too late for that; go fewer steps ahead.",
                    tooFar);
        }
    }

    /** The text of a key, as the rows that were looked at have it. */
    public String text(final long key) {
        return order.text(key, like);
    }

    private OrderStep usual() {
        if (isMonthly) {
            return smallest;
        }
        return isDaily ? smallest.withoutMonths() : smallest.withoutDays();
    }
}
