package org.gradienttape.nodes.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.DatasetTable;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.def.DoubleCell;

/**
 * How far samples are from what an autoencoder makes of them: the mean squared error at the network and, where it is wanted, all
 * that it makes; numbers of a table in their own units.
 */
public final class ReconstructedSamples implements PredictedColumns {
    private static final String ERROR = "Reconstruction error";

    private final List<String> features;
    private final Optional<Encoding> encoding;
    private final String error;
    private final boolean isWhole;
    private PredictedBatch batch;

    /**
     * @param encoding of rows of a table; empty for other samples
     * @param size of a sample
     * @param ownName of the column with the error
     * @param isWhole whether there is a column for each number of a sample
     * @throws InvalidInputException if there would be too many columns
     */
    public ReconstructedSamples(
            final Optional<Encoding> encoding, final int size, final Optional<String> ownName, final boolean isWhole) {
        if (isWhole && size > DatasetTable.MOST_COLUMNS) {
            throw new InvalidInputException("A table may have at most " + DatasetTable.MOST_COLUMNS
                    + " columns of numbers, but the samples have " + size + "; leave the reconstruction out.");
        }
        this.features = encoding.map(Encoding::featureNames).orElseGet(() -> DatasetTable.features(size));
        this.encoding = encoding;
        this.error = ownName.orElse(ERROR);
        this.isWhole = isWhole;
    }

    @Override
    public List<DataColumnSpec> columns() {
        final List<DataColumnSpec> columns = new ArrayList<>(List.of(Columns.column(error, DoubleCell.TYPE)));
        if (isWhole) {
            features.forEach(name -> columns.add(Columns.column("Reconstruction (" + name + ")", DoubleCell.TYPE)));
        }
        return columns;
    }

    @Override
    public void look(final PredictedBatch seen) {
        batch = seen;
    }

    @Override
    public boolean add(final int sample, final List<DataCell> row) {
        if (!batch.outputs().isNumber(sample)) {
            return false;
        }
        row.add(new DoubleCell(batch.reconstructionError(sample)));
        if (isWhole) {
            final float[] made = batch.outputs().row(sample);
            for (final double number :
                    encoding.map(known -> known.decoded(made)).orElseGet(() -> widened(made))) {
                row.add(new DoubleCell(number));
            }
        }
        return true;
    }

    private static double[] widened(final float[] numbers) {
        final double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }
}
