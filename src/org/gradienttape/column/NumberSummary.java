package org.gradienttape.column;

/** Mean, deviation, smallest and largest of numbers that come one after the other. */
public final class NumberSummary {
    private long count;
    private double first;
    /** Of the differences from the first number, which keep digits that a large mean would cost. */
    private double meanDifference;
    /** The sum of the squared differences from the mean. */
    private double squares;

    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    /** Takes a finite number. By Welford (1962), Technometrics 4(3). */
    public void add(final double number) {
        first = count == 0 ? number : first;
        count++;
        final double difference = number - first;
        final double before = difference - meanDifference;
        meanDifference += before / count;
        squares += before * (difference - meanDifference);
        smallest = Math.min(smallest, number);
        largest = Math.max(largest, number);
    }

    public long count() {
        return count;
    }

    public double mean() {
        return first + meanDifference;
    }

    /** Of the population: the root of the mean squared difference from the mean. */
    public double deviation() {
        return Math.sqrt(squares / count);
    }

    public double smallest() {
        return smallest;
    }

    public double largest() {
        return largest;
    }

    /** Whether all numbers are the same. */
    public boolean isConstant() {
        return smallest == largest;
    }

    /** What is subtracted from a number. */
    public double shift(final NumberScaling scaling) {
        return switch (scaling) {
            case AS_IT_IS -> 0;
            case STANDARDIZED -> mean();
            case ZERO_TO_ONE -> smallest;
        };
    }

    /** What the difference is divided by: 1 if all numbers are the same. */
    public double divisor(final NumberScaling scaling) {
        final double divisor =
                switch (scaling) {
                    case AS_IT_IS -> 1;
                    case STANDARDIZED -> deviation();
                    case ZERO_TO_ONE -> largest - smallest;
                };
        return isConstant() || divisor == 0 ? 1 : divisor;
    }
}
