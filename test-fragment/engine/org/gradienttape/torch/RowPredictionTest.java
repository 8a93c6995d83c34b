package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.RowBatches;
import org.gradienttape.data.SampleBatches;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a table, encoded as they come: what a model says of them is what it says of a dataset of the same rows. */
class RowPredictionTest {
    private static final int ROWS = 1000;
    private static final Column SIZE = new Column("size", Column.Kind.NUMBER);
    private static final Column COLOR = new Column("color", Column.Kind.TEXT);
    private static final List<String> COLORS = List.of("blue", "green", "red");
    private static final Encoding ENCODING = new Encoding(List.of(
            new NumberEncoding("size", NumberScaling.STANDARDIZED, 5, 3, OptionalDouble.empty()),
            new OneHotEncoding("color", COLORS, false, Optional.empty())));

    private final Network network =
            Network.of(Shape.of(4), List.of(new Layer.Dense(16, Activation.RELU), new Layer.Dense(4, Activation.NONE)));
    private final Model model = TestData.fresh(network, 3)
            .with(new Preprocessing(new Target.Features(), Optional.empty(), Optional.of(ENCODING)));
    private final double[] sizes = new SplittableRandom(1).doubles(ROWS, 0, 10).toArray();

    @TempDir
    private Path folder;

    /** Few batches are computed operation by operation, many by a program. */
    @ParameterizedTest
    @ValueSource(ints = {32, 300})
    void rowsAreSeenAsTheSamplesOfADataset(final int batchSize) throws IOException {
        final PredictionJob ofData = new PredictionJob(model, dataset(), batchSize, TestDevice.compute());
        final PredictionJob ofRows = job(new Table(List.of(COLOR, SIZE), ROWS), batchSize);

        assertThat(outputs(ofRows)).hasSize(4 * ROWS).isEqualTo(outputs(ofData));
    }

    @Test
    void aRowThatCannotBeEncodedKeepsItsPlaceAndChangesNoOther() {
        final Table broken = new Table(List.of(SIZE, COLOR), ROWS);
        broken.without(0, 31, 32, 999);
        final Map<Long, String> troubles = new TreeMap<>();
        final float[] expected = outputs(job(new Table(List.of(SIZE, COLOR), ROWS), 32));

        final float[] found = outputs(job(broken, 32), troubles);

        assertThat(troubles).containsOnlyKeys(0L, 31L, 32L, 999L).containsEntry(31L, "the column \"size\" is missing");
        for (int row = 0; row < ROWS; row++) {
            for (int i = 4 * row; !troubles.containsKey((long) row) && i < 4 * row + 4; i++) {
                assertThat(found[i]).isEqualTo(expected[i]);
            }
        }
    }

    /** Also where the last batch has one row, and whether a program computes it or single operations. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 33, 100, 257, 999})
    void aPartIsPredictedAsTheWholeToTheBit(final int rows) {
        final float[] whole = outputs(job(new Table(List.of(SIZE, COLOR), ROWS), 32));

        assertThat(outputs(job(new Table(List.of(SIZE, COLOR), rows), 32))).isEqualTo(Arrays.copyOf(whole, 4 * rows));
    }

    /** The network gives 1, 2, 3, 4; a row of size 8 and blue is 1, 1, 0, 0: (0 + 1 + 9 + 16) / 4. */
    @Test
    void theReconstructionErrorIsTheMeanSquaredOneAtTheNetwork() {
        final Network constant = Network.of(Shape.of(4), List.of(new Layer.Dense(4, Activation.NONE)));
        final Model autoencoder = new Model(
                constant,
                Weights.of(constant, Map.of("dense/kernel", new float[16], "dense/bias", new float[] {1, 2, 3, 4})),
                model.preprocessing(),
                Provenance.of("test"));
        final List<Double> errors = new ArrayList<>();
        sizes[0] = 8;

        Prediction.run(
                new PredictionJob(autoencoder, new Table(List.of(SIZE, COLOR), 1).batches(), 10, TestDevice.compute()),
                batch -> errors.add(batch.reconstructionError(0)));

        assertThat(errors).containsExactly(6.5);
    }

    @Test
    void noRowsAreNoError() {
        assertThat(Prediction.run(job(new Table(List.of(SIZE, COLOR), 0), 32), batch -> false))
                .isTrue();
    }

    @Test
    void aColumnThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new Table(List.of(SIZE), 1).batches())
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The column \"color\" of the training data was expected in the table, but it is not there;"
                        + " add it.");
    }

    private PredictionJob job(final Table table, final int batchSize) {
        return new PredictionJob(model, table.batches(), batchSize, TestDevice.compute());
    }

    private static float[] outputs(final PredictionJob job) {
        return outputs(job, new TreeMap<>());
    }

    private static float[] outputs(final PredictionJob job, final Map<Long, String> troubles) {
        final float[] all = new float[4 * job.samples().info().samples()];
        Prediction.run(job, batch -> {
            final float[] values = batch.outputs().values();
            System.arraycopy(values, 0, all, 4 * (int) batch.first(), values.length);
            for (int row = 0; row < batch.size(); row++) {
                final long number = batch.first() + row;
                batch.trouble(row).ifPresent(trouble -> troubles.put(number, trouble));
            }
            return true;
        });
        return all;
    }

    private Dataset dataset() throws IOException {
        final TableColumns columns =
                new TableColumns(List.of(new StoredColumn(SIZE, List.of()), new StoredColumn(COLOR, COLORS)), ENCODING);
        final ByteBuffer row = ByteBuffer.allocate(2 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (DatasetWriter writer = DatasetWriter.create(
                folder.resolve("data"), DatasetInfo.ofRows("rows", ROWS, columns, Target.NONE, false))) {
            for (int i = 0; i < ROWS; i++) {
                writer.writeFeatures(
                        row.clear().putDouble(sizes[i]).putDouble(i % 3).flip());
            }
            return writer.finish();
        }
    }

    /** Sizes and colors by columns in any order. */
    private final class Table implements Cells {
        private final List<Column> columns;
        private final int rows;
        private final List<Integer> missing = new ArrayList<>();
        private int row = -1;

        Table(final List<Column> columns, final int rows) {
            this.columns = columns;
            this.rows = rows;
        }

        void without(final Integer... sizesOf) {
            missing.addAll(List.of(sizesOf));
        }

        SampleBatches batches() {
            return new RowBatches(ENCODING, columns, "table", rows, () -> ++row < rows, this);
        }

        @Override
        public double number(final int column) {
            assertThat(columns.get(column)).isEqualTo(SIZE);
            return missing.contains(row) ? Double.NaN : sizes[row];
        }

        @Override
        public String text(final int column) {
            assertThat(columns.get(column)).isEqualTo(COLOR);
            return COLORS.get(row % 3);
        }
    }
}
