package org.gradienttape.nodes.prediction;

import java.util.List;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;

/** The columns that hold what a model says of a sample. */
public interface PredictedColumns {
    /** Their names and types, as they are called where no other column has such a name. */
    List<DataColumnSpec> columns();

    /** Looks at a batch; its samples are asked for one after the other. */
    void look(PredictedBatch batch);

    /**
     * Adds the cells of one sample of the batch, one for each column.
     *
     * @param sample its place in the batch
     * @return false, and nothing is added, if the outputs are no numbers
     */
    boolean add(int sample, List<DataCell> row);

    /** What KNIME's predictors call the column with the prediction. */
    static String prediction(final String target) {
        return "Prediction (" + target + ")";
    }
}
