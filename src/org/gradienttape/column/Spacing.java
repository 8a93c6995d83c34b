package org.gradienttape.column;

/** How rows are spaced that follow one another: the smallest step is the usual one, larger ones are gaps. */
public final class Spacing {
    private final OrderReader order;
    private OrderStep smallest;
    /** Whether all steps so far were whole months; 28 days may be one by chance. */
    private boolean isMonthly = true;

    private boolean isEven = true;

    public Spacing(final OrderReader order) {
        this.order = order;
    }

    /**
     * Looks at two rows that follow one another.
     *
     * @return whether they and all before are evenly spaced
     */
    public boolean look(final long from, final long to) {
        final OrderStep step = order.step(from, to);
        isMonthly &= step.months() > 0;
        isEven &= smallest == null || step.isLike(usual());
        if (smallest == null || step.amount() < smallest.amount()) {
            smallest = step;
        }
        return isEven;
    }

    /** Whether it is more than the smallest step from one row to the next. */
    public boolean isGap(final long from, final long to) {
        return !order.step(from, to).isLike(usual());
    }

    /** Whether there were two rows, so that it is known what comes next. */
    public boolean isKnown() {
        return smallest != null;
    }

    /** What comes a step after a row. */
    public long next(final long key) {
        return order.after(key, usual());
    }

    private OrderStep usual() {
        return isMonthly ? smallest : new OrderStep(smallest.amount(), 0, false);
    }
}
