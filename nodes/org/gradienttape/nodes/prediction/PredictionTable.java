package org.gradienttape.nodes.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.container.RowAppender;
import org.knime.core.data.def.DefaultRow;

/**
 * Rows with what a model says of them at their end. Where it says nothing, or NaN, the cells are missing, and the rows are
 * counted.
 */
public final class PredictionTable {
    /** The class that is predicted, in tables that begin with the true one. */
    public static final String PREDICTED = "Predicted class";

    private final PredictedColumns predicted;
    private final RowAppender container;
    private final int width;
    private PredictedBatch batch;
    private long rows;
    private long unseen;
    private long noNumbers;
    private Optional<String> firstUnseen = Optional.empty();

    /** @param container takes the rows, as {@link #spec} says */
    public PredictionTable(final PredictedColumns predicted, final RowAppender container) {
        this.predicted = predicted;
        this.container = container;
        this.width = predicted.columns().size();
    }

    /** The columns that are there before, then the predicted ones; where a name is taken, the next free one with a number. */
    public static DataTableSpec spec(final DataTableSpec before, final PredictedColumns predicted) {
        return Columns.appended(before, predicted.columns());
    }

    /** Goes to the next batch. */
    public void look(final PredictedBatch next) {
        batch = next;
        predicted.look(next);
    }

    /**
     * Writes one sample.
     *
     * @param before what the row begins with
     * @param sample its place in the batch
     */
    public void add(final DataRow before, final int sample) {
        final List<DataCell> row = new ArrayList<>(before.getNumCells() + width);
        before.forEach(row::add);
        final Optional<String> trouble = batch.trouble(sample);
        final boolean isPredicted = trouble.isEmpty() && predicted.add(sample, row);
        for (int column = 0; !isPredicted && column < width; column++) {
            row.add(DataType.getMissingCell());
        }
        container.addRowToTable(new DefaultRow(before.getKey(), row));
        rows++;
        if (trouble.isPresent()) {
            unseen++;
            firstUnseen = firstUnseen.or(
                    () -> Optional.of("row \"" + before.getKey().getString() + "\", where " + trouble.get()));
        } else if (!isPredicted) {
            noNumbers++;
        }
    }

    /** Sentences about the rows without a prediction. */
    public List<Optional<String>> doubts() {
        return List.of(
                firstUnseen.map(first ->
                        unseen + " of " + rows + " rows have no prediction; the first of them is " + first + "."),
                noNumbers == 0
                        ? Optional.empty()
                        : Optional.of("The model's outputs are no numbers (NaN) for " + noNumbers + " of " + rows
                                + " samples, so their predictions are missing; check the range of the samples and"
                                + " whether the training went well."));
    }
}
