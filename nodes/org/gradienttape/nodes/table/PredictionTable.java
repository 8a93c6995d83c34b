package org.gradienttape.nodes.table;

import java.util.List;
import java.util.Optional;
import org.gradienttape.metric.Predictions;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * What a model says about each sample: Label, Predicted class, then the probability of each class in columns that are named
 * as KNIME's own predictors name them, for example "P (Label=cat)". Where the model puts out NaN, all but the label is missing.
 */
public final class PredictionTable {
    static final String LABEL = "Label";
    static final String PREDICTED = "Predicted class";

    private final List<String> classes;
    private final Rows rows;
    private int samples;
    private int unpredicted;

    /**
     * Starts to write.
     *
     * @param classes the names of the model's classes, in order
     */
    public PredictionTable(final List<String> classes, final ExecutionContext exec) {
        this.classes = classes;
        this.rows = new Rows(spec(classes), exec);
    }

    public static DataTableSpec spec(final List<String> classes) {
        final Columns columns = new Columns().text(LABEL).text(PREDICTED);
        classes.forEach(name -> columns.number(probability(name)));
        return columns.spec();
    }

    /** The name of the column with the probability of a class. */
    static String probability(final String className) {
        return PredictionColumns.probability(LABEL, className);
    }

    /**
     * Adds one sample.
     *
     * @param label the name of its true class
     * @param probabilities of the batch it is in, one column per class
     * @param row its place in the batch
     */
    public void add(final String label, final Predictions probabilities, final int row) {
        final boolean isPredicted = probabilities.isNumber(row);
        rows.text(label)
                .text(isPredicted ? Optional.of(classes.get(probabilities.largest(row))) : Optional.<String>empty());
        for (int column = 0; column < probabilities.columns(); column++) {
            if (isPredicted) {
                rows.number(probabilities.values()[row * probabilities.columns() + column]);
            } else {
                rows.missing();
            }
        }
        rows.endRow();
        samples++;
        unpredicted += isPredicted ? 0 : 1;
    }

    /** A sentence about the samples without a prediction. */
    public Optional<String> doubt() {
        return unpredicted == 0
                ? Optional.empty()
                : Optional.of("The model's outputs are no numbers (NaN) for " + unpredicted + " of " + samples
                        + " samples, so their predictions are missing; check the range of the samples and whether the"
                        + " training went well.");
    }

    public BufferedDataTable close() {
        return rows.close();
    }
}
