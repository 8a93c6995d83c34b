package org.gradienttape.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.RowEncoder;

/**
 * Rows behind the last one of each series, which are predicted step by step: what is predicted of a row is what the windows of
 * later rows see of it. A batch holds rows of one step alone.
 */
public final class WindowForecast implements SampleBatches {
    private final DatasetInfo info;
    private final RowEncoder encoder;
    private final List<SeriesEnd> series;
    private final Optional<String> doubt;
    private final PredictedCells predicted;
    private final int steps;
    private final List<SeriesEnd> batch = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private int step;
    private int nextSeries;

    WindowForecast(
            final Encoding encoding,
            final List<Column> columns,
            final List<String> targets,
            final List<SeriesEnd> series,
            final int steps) {
        this.series = series.stream().filter(SeriesEnd::canGoOn).toList();
        this.doubt = doubt(encoding, series);
        this.info = WindowBatches.info(encoding, "forecast", (long) this.series.size() * steps);
        this.encoder = new RowEncoder(encoding, columns, "the table");
        this.predicted = new PredictedCells(columns, targets);
        this.steps = steps;
    }

    private static Optional<String> doubt(final Encoding encoding, final List<SeriesEnd> all) {
        final List<SeriesEnd> single =
                all.stream().filter(series -> !series.canGoOn()).toList();
        if (single.isEmpty()) {
            return Optional.empty();
        }
        final boolean isGrouped = encoding.windows().orElseThrow().group().isPresent();
        return Optional.of((isGrouped
                        ? single.size() + " of " + all.size() + (all.size() == 1 ? " group has" : " groups have")
                        : "The table has")
                + " a single row, so that it is not known when the next one would be; no rows are appended"
                + (isGrouped
                        ? " to them. The first of them is \"" + single.get(0).group() + "\"."
                        : "."));
    }

    /** What is known of a row that is predicted: its targets. */
    private static final class PredictedCells implements Cells {
        private final int[] targets;
        private double[] numbers;

        PredictedCells(final List<Column> columns, final List<String> targets) {
            this.targets = columns.stream()
                    .mapToInt(column -> targets.indexOf(column.name()))
                    .toArray();
        }

        @Override
        public double number(final int column) {
            return targets[column] < 0 ? Double.NaN : numbers[targets[column]];
        }

        @Override
        public String text(final int column) {
            return null;
        }
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int next(final ByteBuffer target, final int most) {
        batch.clear();
        times.clear();
        troubles.clear();
        if (nextSeries == series.size()) {
            nextSeries = 0;
            step++;
        }
        while (step < steps && nextSeries < series.size() && batch.size() < most) {
            final SeriesEnd own = series.get(nextSeries++);
            own.goOn();
            batch.add(own);
            times.add(own.lastTime());
            troubles.add(own.writeWindow(target).orElse(null));
        }
        return batch.size();
    }

    /** When a row of the last batch is, as the column that puts rows in order would say it. */
    public String time(final int sample) {
        return times.get(sample);
    }

    /** The group of a row of the last batch, as its column says it; empty if there are no groups. */
    public String group(final int sample) {
        return batch.get(sample).group();
    }

    /**
     * Takes what is predicted of a row of the last batch.
     *
     * @param numbers in their own units; NaN if nothing is predicted
     */
    public void take(final int sample, final double[] numbers) {
        final SeriesEnd own = batch.get(sample);
        predicted.numbers = numbers;
        final boolean isEncoded = trouble(sample).isEmpty()
                && Arrays.stream(numbers).allMatch(Double::isFinite)
                && encoder.encode(predicted, own.row(), 0);
        own.replaceLast(isEncoded ? Optional.empty() : Optional.of("nothing could be predicted"));
    }

    @Override
    public Optional<String> doubt() {
        return doubt;
    }

    @Override
    public Optional<String> trouble(final int sample) {
        return Optional.ofNullable(troubles.get(sample));
    }
}
