package org.gradienttape.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gradienttape.column.Cells;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnPlaces;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.OrderReader;
import org.gradienttape.column.RowEncoder;
import org.gradienttape.column.Windows;
import org.gradienttape.error.InvalidInputException;

/**
 * The rows of a table that somebody else holds, each with the window that predicts it: so many rows of its group, up to the
 * one that is the horizon before it. They come in the order of time, so that only the last rows of each group are kept.
 */
public final class WindowBatches implements SampleBatches {
    private final DatasetInfo info;
    private final Encoding encoding;
    private final Windows windows;
    private final List<Column> columns;
    private final String name;
    private final RowEncoder encoder;
    private final OrderReader order;
    private final int orderPlace;
    private final GroupReader groups;
    private final BooleanSupplier next;
    private final Cells cells;
    private final Map<String, SeriesEnd> series = new LinkedHashMap<>();
    /** Why there is no window, by sample of the last batch; null where there is one. */
    private final List<String> troubles = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param encoding with windows
     * @param columns of the table
     * @param name of the table in a sentence, for example "table"
     * @param rows how many there are
     * @param next goes to the next row; false behind the last one
     * @param cells those of the row that next went to
     * @throws InvalidInputException if a column that the model needs is not there or of another kind
     */
    public WindowBatches(
            final Encoding encoding,
            final List<Column> columns,
            final String name,
            final long rows,
            final BooleanSupplier next,
            final Cells cells) {
        this.info = info(encoding, name, rows);
        this.encoding = encoding;
        this.windows = encoding.windows().orElseThrow();
        this.columns = List.copyOf(columns);
        this.name = "the " + name;
        this.encoder = new RowEncoder(encoding, columns, this.name);
        this.order = new OrderReader(windows.order());
        final ColumnPlaces places = new ColumnPlaces(columns, this.name);
        this.orderPlace = places.of(windows.order());
        this.groups =
                new GroupReader(windows.group(), windows.group().map(places::of).orElse(-1));
        this.next = next;
        this.cells = cells;
    }

    static DatasetInfo info(final Encoding encoding, final String name, final long samples) {
        return DatasetInfo.ofRows(
                name,
                (int) Math.min(samples, Integer.MAX_VALUE),
                new TableColumns(List.of(), encoding, Optional.of(0), false),
                Target.NONE,
                false);
    }

    @Override
    public DatasetInfo info() {
        return info;
    }

    @Override
    public int next(final ByteBuffer target, final int most) {
        troubles.clear();
        while (troubles.size() < most && next.getAsBoolean()) {
            final SeriesEnd own = takeRow();
            troubles.add(own.writeWindow(target).orElse(null));
        }
        return troubles.size();
    }

    private SeriesEnd takeRow() {
        if (!order.read(cells, orderPlace)) {
            throw new InvalidInputException("Each row of " + name + " should have " + order.trouble()
                    + "; correct the column, or leave such rows out.");
        }
        final SeriesEnd own =
                series.computeIfAbsent(group(), group -> new SeriesEnd(windows, encoding.width(), order, group));
        own.checkTime(order.time(), name);
        final boolean isEncoded = encoder.encode(cells, own.row(), 0);
        own.add(order.time(), isEncoded ? Optional.empty() : encoder.trouble(cells));
        return own;
    }

    private String group() {
        return groups.read(cells)
                .orElseThrow(() -> new InvalidInputException(
                        "Each row of " + name + " should have " + groups.wanted() + " in one; leave such rows out."));
    }

    @Override
    public Optional<String> doubt() {
        return encoder.doubt();
    }

    @Override
    public Optional<String> trouble(final int sample) {
        return Optional.ofNullable(troubles.get(sample));
    }

    /**
     * What comes behind the last row of each group, step by step; to be asked for when all rows are done.
     *
     * @param targets the columns that the model predicts, in the order of its outputs
     * @param steps how many rows each group gets
     * @throws InvalidInputException if the model looks at a column that it does not predict, or does not look ahead
     */
    public WindowForecast forecast(final List<String> targets, final int steps) {
        checkForecast(encoding, targets);
        return new WindowForecast(encoding, columns, targets, List.copyOf(series.values()), steps);
    }

    /**
     * Whether predictions can be fed back.
     *
     * @param targets the columns that the model predicts
     * @throws InvalidInputException if they cannot
     */
    public static void checkForecast(final Encoding encoding, final List<String> targets) {
        if (encoding.windows().isEmpty() || encoding.windows().get().horizon() == 0 || targets.isEmpty()) {
            throw new InvalidInputException(
                    "To go on behind the last row, a model should predict numbers of later rows from"
                            + " windows over time, but this one does not; switch the steps ahead off.");
        }
        for (final Column column : encoding.features()) {
            if (!targets.contains(column.name())) {
                throw new InvalidInputException(
                        "To go on behind the last row, a model should predict each column that it"
                                + " looks at, but \"" + column.name()
                                + "\" is not among its targets; switch the steps ahead off, or train it with that column as a"
                                + " target, too, or not as a feature.");
            }
        }
    }
}
