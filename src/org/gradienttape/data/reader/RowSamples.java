package org.gradienttape.data.reader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.RoundedNumbers;
import org.gradienttape.data.image.FirstImage;
import org.gradienttape.data.image.ImagePipeline;
import org.gradienttape.data.source.BadRows;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.SampleCopy;
import org.gradienttape.data.source.SampleRows;
import org.gradienttape.data.source.Samples;
import org.gradienttape.error.InvalidInputException;

/** Samples that are rows: of CSV files, or of a table. Numbers become single precision; images stay bytes. */
final class RowSamples implements Samples {
    private static final int ROWS_PER_QUESTION = 1 << 10;
    private static final int LONGEST_SHOWN = 40;

    private final List<SampleRows> tables;
    private final ImageForm form;
    private final ClassLabels labels = new ClassLabels();
    private final RoundedNumbers rounded = new RoundedNumbers();
    private int trainingSamples;
    private List<Integer> dimensions;
    /** Null while no image has been seen. */
    private FirstImage firstImage;

    private List<String> aboutImages = List.of();

    private RowSamples(final List<SampleRows> tables, final ImageForm form) {
        this.tables = tables;
        this.form = form;
    }

    /**
     * Goes through all rows once, for their labels.
     *
     * @param tables those to train on, and optionally those for tests
     * @param form for rows of numbers only the size counts: what image they are
     */
    static RowSamples open(final List<SampleRows> tables, final ImageForm form, final ReadMonitor monitor)
            throws IOException {
        final RowSamples samples = new RowSamples(tables, form);
        for (int i = 0; i < tables.size(); i++) {
            final int before = i;
            samples.scan(tables.get(i), done -> monitor.goOn((before + done) / tables.size()));
            samples.trainingSamples = i == 0 ? samples.labels.count() : samples.trainingSamples;
        }
        return samples;
    }

    @Override
    public String name() {
        return tables.get(0).name();
    }

    @Override
    public String place() {
        return tables.get(0).name();
    }

    @Override
    public String targetName() {
        return tables.get(0).labelName();
    }

    @Override
    public List<String> classNames() {
        return labels.names();
    }

    @Override
    public List<Integer> sampleDimensions() {
        return dimensions;
    }

    @Override
    public ElementType elementType() {
        return firstImage == null ? ElementType.FLOAT32 : firstImage.stored();
    }

    @Override
    public int trainingSamples() {
        return trainingSamples;
    }

    @Override
    public int testSamples() {
        return labels.count() - trainingSamples;
    }

    @Override
    public int[] readLabels() {
        return labels.labels();
    }

    @Override
    public void copy(final SampleCopy copy) throws IOException {
        if (!holdsImages()) {
            copyNumbers(copy);
            return;
        }
        try (ImagePipeline pipeline = new ImagePipeline(copy, form, firstImage)) {
            forWanted(copy, (sample, row) -> {
                final byte[] image = row.image();
                pipeline.take(sample, row.place(), image.length, () -> image);
            });
            aboutImages = pipeline.finish();
        }
    }

    @Override
    public String feature(final int number) {
        return holdsImages()
                ? Samples.super.feature(number)
                : "The column \"" + tables.get(0).columns().get(number) + "\"";
    }

    @Override
    public List<String> warnings() {
        final List<String> warnings = new ArrayList<>();
        tables.forEach(table -> warnings.addAll(table.warnings()));
        warnings.addAll(rounded.warnings(name()));
        warnings.addAll(aboutImages);
        return warnings;
    }

    @Override
    public void close() {
        // Nothing stays open between the passes.
    }

    /** What happens to a row that is planned. */
    @FunctionalInterface
    private interface RowTaker {
        void take(int sample, SampleRows.Cursor row) throws IOException;
    }

    private void copyNumbers(final SampleCopy copy) throws IOException {
        final List<String> columns = tables.get(0).columns();
        final ByteBuffer numbers =
                ByteBuffer.allocate(Float.BYTES * columns.size()).order(ByteOrder.LITTLE_ENDIAN);
        final BadRows bad = new BadRows("row");
        forWanted(copy, (sample, row) -> {
            numbers.clear();
            int notFinite = -1;
            for (int column = 0; column < columns.size(); column++) {
                final float number = rounded.take(row.number(column));
                notFinite = notFinite < 0 && !Float.isFinite(number) ? column : notFinite;
                numbers.putFloat(number);
            }
            if (notFinite >= 0) {
                final String cell = row.text(notFinite);
                bad.add(row.place() + " should have a number in the column \"" + columns.get(notFinite) + "\", but it "
                        + (cell.isBlank() ? "is missing" : "holds \"" + shown(cell) + "\""));
            }
            copy.put(sample, numbers.flip());
        });
        bad.check();
    }

    private void forWanted(final SampleCopy copy, final RowTaker taker) throws IOException {
        int sample = 0;
        for (final SampleRows table : tables) {
            try (SampleRows.Cursor row = table.open()) {
                while (sample < copy.end() && row.next()) {
                    if (copy.wants(sample)) {
                        taker.take(sample, row);
                    }
                    sample++;
                }
            }
        }
    }

    private void scan(final SampleRows table, final ReadMonitor monitor) throws IOException {
        final int before = labels.count();
        final BadRows bad = new BadRows("row");
        try (SampleRows.Cursor row = table.open()) {
            while (row.next()) {
                if (dimensions == null) {
                    dimensions = dimensions(row, table.columns().size());
                }
                if (labels.count() % ROWS_PER_QUESTION == 0 && !monitor.goOn(row.fraction())) {
                    throw new CancellationException("The reading of the dataset was cancelled.");
                }
                final String label = row.label();
                if (label.isBlank() || label.contains("\n")) {
                    bad.add(row.place() + " should have a label of one line, but it "
                            + (label.isBlank() ? "is missing" : "has several, as if a quote were not closed"));
                } else {
                    labels.add(label, row::place);
                }
            }
        }
        bad.check();
        if (labels.count() == before) {
            throw new InvalidInputException(
                    "At least one row was expected in " + table.name() + ", but there is none; choose other data.");
        }
    }

    private static String shown(final String cell) {
        return cell.length() > LONGEST_SHOWN ? cell.substring(0, LONGEST_SHOWN) + " ..." : cell;
    }

    private boolean holdsImages() {
        return tables.get(0).columns().isEmpty();
    }

    private List<Integer> dimensions(final SampleRows.Cursor row, final int columns) {
        final Optional<ImageSize> size = form.size();
        if (columns == 0) {
            firstImage = FirstImage.of(row.image(), row.place(), form);
            return List.of(
                    firstImage.size().height(),
                    firstImage.size().width(),
                    form.colors().channels());
        }
        return size.map(image -> asImage(image, columns)).orElse(List.of(columns));
    }

    private List<Integer> asImage(final ImageSize size, final int columns) {
        final long pixels = (long) size.height() * size.width();
        if (columns % pixels != 0) {
            throw new InvalidInputException("Rows of images of " + size + " should have a multiple of " + pixels
                    + " numbers, but those of " + name() + " have " + columns
                    + "; correct the image size or choose the flat sample shape.");
        }
        return List.of(size.height(), size.width(), (int) (columns / pixels));
    }
}
