package org.gradienttape.metric;

/**
 * What is true of the samples of a batch: a class each, or one or several numbers; and how much each sample counts. Not to be
 * changed by those who look at it.
 */
public final class Targets {
    /** Of a batch that no metric takes in. */
    public static final Targets NONE = ofClasses();

    private static final float[] ALL_ALIKE = {};

    private final int[] labels;
    private final double[] numbers;
    private final int columns;
    private final float[] weights;
    private final float[] mask;

    private Targets(
            final int[] labels, final double[] numbers, final int columns, final float[] weights, final float[] mask) {
        this.labels = labels;
        this.numbers = numbers;
        this.columns = columns;
        this.weights = weights;
        this.mask = mask;
    }

    /**
     * Classes that all count alike.
     *
     * @param labels one for each sample, from 0
     */
    public static Targets ofClasses(final int... labels) {
        return new Targets(labels, new double[0], 0, ALL_ALIKE, ALL_ALIKE);
    }

    /**
     * Numbers that all count alike.
     *
     * @param numbers [rows, columns], row-major, in their own units
     * @param columns numbers for each sample, at least 1
     */
    public static Targets ofNumbers(final double[] numbers, final int columns) {
        if (columns < 1 || numbers.length % columns != 0) {
            throw new IllegalArgumentException(numbers.length + " numbers are no rows of " + columns);
        }
        return new Targets(new int[0], numbers, columns, ALL_ALIKE, ALL_ALIKE);
    }

    /**
     * The same with samples that count differently.
     *
     * @param own one for each sample, at least 0; none if all count alike
     */
    public Targets weighted(final float[] own) {
        if (own.length > 0 && own.length != rows()) {
            throw new IllegalArgumentException(rows() + " samples came with " + own.length + " weights");
        }
        return new Targets(labels, numbers, columns, own, mask);
    }

    /**
     * The same with sequences of which some steps do not count.
     *
     * @param steps [rows, steps], row-major, 1 for a step that counts and 0 for one that does not; the columns of a row are
     *     as many numbers for each step
     */
    public Targets masked(final float[] steps) {
        if (areClasses() || steps.length % rows() != 0 || columns % (steps.length / rows()) != 0) {
            throw new IllegalArgumentException(
                    steps.length + " steps do not divide " + rows() + " rows of " + columns + " numbers");
        }
        return new Targets(labels, numbers, columns, weights, steps);
    }

    /** How many samples there are. */
    public int rows() {
        return areClasses() ? labels.length : numbers.length / columns;
    }

    /** Whether there is a class for each sample, and not numbers. */
    public boolean areClasses() {
        return columns == 0;
    }

    /**
     * The class of a sample, from 0.
     *
     * @throws IllegalStateException if there are numbers
     */
    public int label(final int row) {
        if (!areClasses()) {
            throw new IllegalStateException(
                    "these targets are numbers, so a sample has no class; use value(row, column)");
        }
        return labels[row];
    }

    /** A number of a sample, in its own units; of classes, the label. */
    public double value(final int row, final int column) {
        return areClasses() ? labels[row] : numbers[row * columns + column];
    }

    /** How much a sample counts; 1 where all count alike. */
    public double weight(final int row) {
        return weights.length == 0 ? 1 : weights[row];
    }

    /** How much a number of a sample counts: 0 where its step of the sequence is masked. */
    public double weight(final int row, final int column) {
        if (mask.length == 0) {
            return weight(row);
        }
        final int steps = mask.length / rows();
        return weight(row) * mask[row * steps + column * steps / columns];
    }

    /**
     * What an output should be: the number; of classes, 1 at the label and 0 elsewhere, or the label itself if the output is the
     * only one.
     *
     * @param outputs of a sample
     */
    double wanted(final int row, final int column, final int outputs) {
        if (!areClasses()) {
            return numbers[row * columns + column];
        }
        if (outputs == 1) {
            return labels[row];
        }
        return column == labels[row] ? 1 : 0;
    }

    void mustBelongTo(final Predictions predictions) {
        if (areClasses() && labels.length != predictions.rows()) {
            throw new IllegalArgumentException(
                    predictions.rows() + " predictions came with " + labels.length + " labels");
        }
        if (!areClasses() && (rows() != predictions.rows() || columns != predictions.columns())) {
            throw new IllegalArgumentException(predictions.rows() + " x " + predictions.columns()
                    + " predictions came with " + rows() + " x " + columns + " numbers");
        }
    }
}
