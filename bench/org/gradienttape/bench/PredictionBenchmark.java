package org.gradienttape.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Outputs;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.prediction.PredictedClasses;
import org.gradienttape.nodes.prediction.PredictedColumns;
import org.gradienttape.nodes.prediction.PredictionTable;
import org.gradienttape.nodes.table.ShownRows;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;

/**
 * Rows per second of the Model Predictor with a table of 1,000,000 rows: 19 columns of numbers and one of 5 texts, an MLP of
 * 64 and 64 units and 3 classes, one thread. Rows are made as they are asked for and dropped when they are written, as the
 * table of a KNIME user lies on disk. Beside it: making and dropping the rows alone.
 */
public final class PredictionBenchmark {
    private static final int ROWS = 1_000_000;
    private static final int NUMBERS = 19;
    private static final int ROUNDS = 5;
    private static final int BATCH_SIZE = 256;
    private static final List<String> TEXTS = List.of("a", "b", "c", "d", "e");

    private final DataTableSpec spec = spec();
    private final Model model = model();
    private long heap;

    private PredictionBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final String table = new PredictionBenchmark().run();
        System.out.print(table);
        Results.write("prediction.txt", table);
    }

    /** What one round took: seconds on the clock, and those of the processors. */
    private record Cost(double seconds, double processorSeconds) {
        Cost least(final Cost other) {
            return new Cost(Math.min(seconds, other.seconds), Math.min(processorSeconds, other.processorSeconds));
        }
    }

    private String run() throws IOException {
        Cost rows = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);
        Cost predictions = rows;
        for (int round = 0; round < ROUNDS; round++) {
            rows = rows.least(cost(() -> new MadeRows().forEachRemaining(row -> {})));
            predictions = predictions.least(cost(this::predict));
        }
        return "Predicting 1,000,000 rows of 20 columns and appending the result, minimum of " + ROUNDS + " rounds\n"
                + Machine.now() + '\n'
                + line("making the rows alone", rows)
                + line("making, predicting, appending", predictions)
                + String.format(Locale.ROOT, "largest heap between batches %26.0f MB%n", heap / 1e6);
    }

    private static String line(final String what, final Cost cost) {
        return String.format(
                Locale.ROOT,
                "%-34s %7.3f s %7.3f s of processors %,12.0f rows/s %,12.0f per second of processors%n",
                what,
                cost.seconds(),
                cost.processorSeconds(),
                ROWS / cost.seconds(),
                ROWS / cost.processorSeconds());
    }

    private static Cost cost(final Runnable work) {
        final long start = System.nanoTime();
        final long startOfProcessors = processorNanos();
        work.run();
        return new Cost((System.nanoTime() - start) / 1e9, (processorNanos() - startOfProcessors) / 1e9);
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private void predict() {
        final PredictedColumns columns = new PredictedClasses(
                "species",
                List.of("x", "y", "z"),
                Outputs.CLASS_LOGITS,
                new PredictedClasses.Form("Prediction (species)", false, true, ""));
        final ShownRows rows = new ShownRows(
                spec, new MadeRows(), ROWS, model.preprocessing().encoding().orElseThrow());
        final long[] written = new long[1];
        final PredictionTable table = new PredictionTable(columns, row -> written[0]++);
        Prediction.run(new PredictionJob(model, rows.batches(), BATCH_SIZE, Compute.singleThreaded()), batch -> {
            table.look(batch);
            final List<DataRow> taken = rows.take();
            for (int i = 0; i < taken.size(); i++) {
                table.add(taken.get(i), i);
            }
            heap = Math.max(
                    heap,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
            return true;
        });
        if (written[0] != ROWS) {
            throw new IllegalStateException("Expected " + ROWS + " rows, found " + written[0]);
        }
    }

    private static DataTableSpec spec() {
        final List<DataColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            columns.add(new DataColumnSpecCreator("x" + i, DoubleCell.TYPE).createSpec());
        }
        columns.add(new DataColumnSpecCreator("text", StringCell.TYPE).createSpec());
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    private static Model model() {
        final List<ColumnEncoding> columns = new ArrayList<>();
        for (int i = 0; i < NUMBERS; i++) {
            columns.add(new NumberEncoding("x" + i, NumberScaling.STANDARDIZED, 0.5, 0.3, OptionalDouble.empty()));
        }
        columns.add(new OneHotEncoding("text", TEXTS, false, Optional.empty()));
        final Encoding encoding = new Encoding(columns);
        final Network network = Network.of(
                Shape.of(encoding.width()),
                List.of(
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dense(64, Activation.RELU),
                        new Layer.Dense(3, Activation.NONE)));
        return new Model(
                network,
                Weights.initial(network, 1),
                new Preprocessing(
                        new Target.Classes("species", List.of("x", "y", "z")), Optional.empty(), Optional.of(encoding)),
                Provenance.of("bench"));
    }

    /** Rows of numbers from 0 to 1, made one by one. */
    private static final class MadeRows implements Iterator<DataRow> {
        private final SplittableRandom random = new SplittableRandom(1);
        private int made;

        @Override
        public boolean hasNext() {
            return made < ROWS;
        }

        @Override
        public DataRow next() {
            if (made == ROWS) {
                throw new NoSuchElementException();
            }
            final DataCell[] cells = new DataCell[NUMBERS + 1];
            for (int i = 0; i < NUMBERS; i++) {
                cells[i] = new DoubleCell(random.nextDouble());
            }
            cells[NUMBERS] = new StringCell(TEXTS.get(random.nextInt(TEXTS.size())));
            return new DefaultRow(RowKey.createRowKey((long) made++), cells);
        }
    }
}
