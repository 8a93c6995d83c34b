package org.gradienttape.column;

/**
 * How far it is from one place in an order to a later one.
 *
 * @param amount in the order's own unit: days, nanoseconds, or what numbers count
 * @param months whole months, where both stand at the same day of a month; 0 otherwise
 * @param isAtMonthsEnd whether both are the last day of their month because that is what is meant
 */
record OrderStep(double amount, int months, boolean isAtMonthsEnd) {
    /** Numbers such as 0.1, 0.2, 0.3 are evenly spaced, too. */
    private static final double ROUNDING = 1e-9;

    /** Whether rows that follow one another in these two steps are evenly spaced. Months may have 28 to 31 days. */
    boolean isLike(final OrderStep other) {
        return Math.abs(amount - other.amount) <= ROUNDING * Math.max(amount, other.amount)
                || months > 0 && months == other.months;
    }
}
