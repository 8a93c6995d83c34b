package org.gradienttape.column;

/**
 * How far it is from one place in an order to a later one.
 *
 * @param amount in the order's own unit: days, nanoseconds, or what numbers count
 * @param rounding by how much the amount may be wrong, since the numbers before and behind it are rounded
 * @param days whole days by the clock on the wall, some of which have 23 or 25 hours; 0 where the clock shows another time
 * @param jump by how much the clock went forward in between, in the same unit as the amount; 0 where it did not, or there is none
 * @param months whole months, where both stand at the same day of a month; 0 otherwise
 * @param isAtMonthsEnd whether both are the last day of their month because that is what is meant
 */
record OrderStep(double amount, double rounding, double jump, long days, int months, boolean isAtMonthsEnd) {
    /** Numbers such as 0.1, 0.2, 0.3 are evenly spaced, too. */
    private static final double ROUNDING = 1e-9;

    /** Of an order that is no calendar. */
    static OrderStep of(final double amount) {
        return new OrderStep(amount, 0, 0, 0, 0, false);
    }

    static OrderStep ofNumbers(final double from, final double to) {
        return new OrderStep(to - from, Math.ulp(Math.max(Math.abs(from), Math.abs(to))), 0, 0, 0, false);
    }

    /** So many of these behind one another. */
    OrderStep times(final int count) {
        return new OrderStep(count * amount, rounding, count * jump, count * days, count * months, isAtMonthsEnd);
    }

    /** The same, in which no days and no months are seen. */
    OrderStep withoutDays() {
        return new OrderStep(amount, rounding, jump, 0, 0, false);
    }

    /** The same, in which no months are seen. */
    OrderStep withoutMonths() {
        return new OrderStep(amount, rounding, jump, days, 0, false);
    }

    /** Whether rows that follow one another in these two steps are evenly spaced. Months may have 28 to 31 days. */
    boolean isLike(final OrderStep other) {
        return isAsLong(other)
                || isByTheClock(other)
                || days > 0 && days == other.days
                || months > 0 && months == other.months;
    }

    private boolean isAsLong(final OrderStep other) {
        return Math.abs(amount - other.amount) <= ROUNDING * Math.max(amount, other.amount) + rounding + other.rounding;
    }

    /**
     * Whether the steps differ, and are alike by the clock on the wall, as shifts from 06:00 to 14:00 and 22:00 are. What is
     * shorter than the clock jumps cannot follow it.
     */
    boolean isByTheClock(final OrderStep other) {
        return !isAsLong(other)
                && onTheWall() == other.onTheWall()
                && onTheWall() > Math.max(Math.abs(jump), Math.abs(other.jump));
    }

    /** How far it is by the clock on the wall, in the unit of the amount. */
    double onTheWall() {
        return amount + jump;
    }

    /** Whether no clock was put forward or back in between. */
    boolean isSteady() {
        return jump == 0;
    }
}
