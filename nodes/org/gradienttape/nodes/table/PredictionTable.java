package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.metric.Predictions;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * What a model says about each sample: Label, Predicted class, then the probability of each class in columns that are named
 * as KNIME's own predictors name them, for example "P (Label=cat)".
 */
public final class PredictionTable {
    static final String LABEL = "Label";
    static final String PREDICTED = "Predicted class";

    private final List<String> classes;
    private final Rows rows;

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
        rows.text(label).text(classes.get(probabilities.largest(row)));
        for (int column = 0; column < probabilities.columns(); column++) {
            rows.number(probabilities.values()[row * probabilities.columns() + column]);
        }
        rows.endRow();
    }

    public BufferedDataTable close() {
        return rows.close();
    }
}
