package org.gradienttape.column;

/**
 * How far it is from one place in an order to a later one.
 *
 * @param amount in the order's own unit: days, nanoseconds, or what numbers count
 * @param rounding by how much the amount may be wrong, since the numbers before and behind it are rounded
 * @param days whole days by the clock on the wall, some of which have 23 or 25 hours; 0 where the clock shows another time
 * @param months whole months, where both stand at the same day of a month; 0 otherwise
 * @param isAtMonthsEnd whether both are the last day of their month because that is what is meant
 */
record OrderStep(double amount, double rounding, long days, int months, boolean isAtMonthsEnd) {
    /** Numbers such as 0.1, 0.2, 0.3 are evenly spaced, too. */
    private static final double ROUNDING = 1e-9;

    /** Of an order that is no calendar. */
    static OrderStep of(final double amount) {
        return new OrderStep(amount, 0, 0, 0, false);
    }

    static OrderStep ofNumbers(final double from, final double to) {
        return new OrderStep(to - from, Math.ulp(Math.max(Math.abs(from), Math.abs(to))), 0, 0, false);
    }

    /** So many of these behind one another. */
    OrderStep times(final int count) {
        return new OrderStep(count * amount, rounding, count * days, count * months, isAtMonthsEnd);
    }

    /** The same, in which no days and no months are seen. */
    OrderStep withoutDays() {
        return new OrderStep(amount, rounding, 0, 0, false);
    }

    /** The same, in which no months are seen. */
    OrderStep withoutMonths() {
        return new OrderStep(amount, rounding, days, 0, false);
    }

    /** Whether rows that follow one another in these two steps are evenly spaced. Months may have 28 to 31 days. */
    boolean isLike(final OrderStep other) {
        return Math.abs(amount - other.amount) <= ROUNDING * Math.max(amount, other.amount) + rounding + other.rounding
                || days > 0 && days == other.days
                || months > 0 && months == other.months;
    }
}
