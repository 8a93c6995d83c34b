package org.gradienttape.nodes.table;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Target;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.image.DatasetImages;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/**
 * The samples of a dataset, one row each, and what there is to learn about them. A sample is an image, or rows of a table as
 * they were, or one column per number as they reach a network: Feature 1, Feature 2 and so on, or what the encoding of a
 * table calls them; so is a window over rows.
 */
public final class DatasetTable {
    /** KNIME's own views and nodes become slow with more. */
    public static final int MOST_COLUMNS = 10_000;

    /** What a sample becomes. */
    public enum Samples {
        /** An image if it has the shape of one, the row of a table if it was one, numbers otherwise. */
        AUTOMATIC,
        NUMBERS
    }

    private DatasetTable() {}

    /**
     * The columns. Where a name is taken, as by a feature of which a later row is the target, the next free one with a number.
     *
     * @throws InvalidInputException if there would be too many
     */
    public static DataTableSpec spec(final DatasetInfo info, final Samples samples) {
        final Columns columns = new Columns();
        if (areImages(info, samples)) {
            columns.image("Image");
        } else if (areRows(info, samples)) {
            info.columns().orElseThrow().stored().forEach(column -> add(column, columns));
        } else {
            numbers(info).forEach(columns::number);
        }
        if (info.target() instanceof Target.Classes classes) {
            columns.text(classes.name());
        } else {
            info.target().columns().forEach(columns::number);
        }
        return columns.specOfAny();
    }

    private static void add(final StoredColumn column, final Columns columns) {
        if (column.kind() == Kind.NUMBER) {
            columns.number(column.name());
        } else {
            columns.text(column.name());
        }
    }

    private static List<String> numbers(final DatasetInfo info) {
        final int numbers = info.sampleShape().size();
        if (numbers > MOST_COLUMNS) {
            throw new InvalidInputException(
                    "A table may have at most " + MOST_COLUMNS + " columns of numbers, but the" + " samples of "
                            + info.name() + " have " + numbers + "; read the data with the sample shape image.");
        }
        return info.columns().map(columns -> columns.encoding().featureNames()).orElseGet(() -> features(numbers));
    }

    /** What the numbers of a sample are called that have no names. */
    public static List<String> features(final int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "Feature " + i).toList();
    }

    /**
     * Writes the first samples.
     *
     * @param limit the most rows
     */
    public static BufferedDataTable write(
            final Dataset dataset, final Samples samples, final int limit, final ExecutionContext exec)
            throws CanceledExecutionException {
        final Rows rows = new Rows(spec(dataset.info(), samples), exec);
        final Optional<DatasetImages> images =
                areImages(dataset.info(), samples) ? Optional.of(new DatasetImages(dataset)) : Optional.empty();
        final int count = Math.min(limit, dataset.samples());
        for (int sample = 0; sample < count; sample++) {
            exec.checkCanceled();
            final int done = sample;
            exec.setProgress((double) done / count, () -> "Sample " + done + " of " + count);
            if (images.isPresent()) {
                rows.image(images.get().png(sample));
            } else if (areRows(dataset.info(), samples)) {
                addCells(dataset, sample, rows);
            } else {
                for (final float number : dataset.numbers(sample)) {
                    rows.number(number);
                }
            }
            addTarget(dataset, sample, rows);
            rows.endRow();
        }
        return rows.close();
    }

    private static void addCells(final Dataset dataset, final int sample, final Rows rows) {
        final List<StoredColumn> columns =
                dataset.info().columns().orElseThrow().stored();
        for (int column = 0; column < columns.size(); column++) {
            final Object cell = dataset.cell(sample, column);
            if (cell instanceof String text) {
                rows.text(text);
            } else {
                rows.numberOrMissing(cell == null ? Double.NaN : (double) cell);
            }
        }
    }

    private static void addTarget(final Dataset dataset, final int sample, final Rows rows) {
        if (dataset.hasClasses()) {
            rows.text(dataset.classNames().get(dataset.label(sample)));
        } else {
            for (int column = 0; column < dataset.target().columns().size(); column++) {
                rows.number(dataset.number(sample, column));
            }
        }
    }

    private static boolean areRows(final DatasetInfo info, final Samples samples) {
        return samples == Samples.AUTOMATIC
                && info.columns().isPresent()
                && info.columns().get().encoding().windows().isEmpty();
    }

    private static boolean areImages(final DatasetInfo info, final Samples samples) {
        return samples == Samples.AUTOMATIC && DatasetImages.canShow(info);
    }
}
