package org.gradienttape.nodes.table;

import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.image.DatasetImages;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;

/**
 * The samples of a dataset, one row each: Image and Label, or one column per number (Feature 1, Feature 2 and so on, as they
 * reach a network) and Label.
 */
public final class DatasetTable {
    /** KNIME's own views and nodes become slow with more. */
    private static final int MOST_COLUMNS = 10_000;

    /** What a sample becomes. */
    public enum Samples {
        /** An image if it has the shape of one, numbers otherwise. */
        AUTOMATIC,
        NUMBERS
    }

    private DatasetTable() {}

    /** @throws InvalidInputException if there would be too many columns */
    public static DataTableSpec spec(final DatasetInfo info, final Samples samples) {
        final Columns columns = new Columns();
        if (areImages(info, samples)) {
            return columns.image("Image").text(PredictionTable.LABEL).spec();
        }
        final int numbers = info.sampleShape().size();
        if (numbers > MOST_COLUMNS) {
            throw new InvalidInputException(
                    "A table may have at most " + MOST_COLUMNS + " columns of numbers, but the" + " samples of "
                            + info.name() + " have " + numbers + "; read the data with the sample shape image.");
        }
        for (int i = 1; i <= numbers; i++) {
            columns.number("Feature " + i);
        }
        return columns.text(PredictionTable.LABEL).spec();
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
            } else {
                for (final float number : dataset.numbers(sample)) {
                    rows.number(number);
                }
            }
            rows.text(dataset.classNames().get(dataset.label(sample))).endRow();
        }
        return rows.close();
    }

    private static boolean areImages(final DatasetInfo info, final Samples samples) {
        return samples == Samples.AUTOMATIC && DatasetImages.canShow(info);
    }
}
