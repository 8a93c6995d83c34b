package org.gradienttape.nodes.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.Target;
import org.gradienttape.image.SampleImage;
import org.gradienttape.layer.Shape;

/** The first samples of a dataset: of each class as pictures if they are images, otherwise as rows. */
final class FirstSamples {
    private static final int MOST_CLASSES = 30;
    private static final int PER_CLASS = 10;
    private static final int ROWS = 10;
    private static final int FEATURES = 8;
    /** More of it would not fit beside other columns. */
    private static final int LONGEST_TEXT = 100;
    /** Longest side of a picture in pixels. */
    private static final int PICTURE = 72;
    /** A row of bytes is taken for a square image from this side on. */
    private static final int SMALLEST_SQUARE = 8;

    /** The pictures of one class. */
    public record OfClass(String name, List<Picture> pictures) {}

    /**
     * One sample as a picture.
     *
     * @param sample its number in the dataset
     * @param png the file; in base 64 when it reaches the page
     */
    public record Picture(int sample, byte[] png) {}

    /**
     * Samples as a table.
     *
     * @param columns the heads of the cells: targets, then the first few features
     * @param more how many features are not shown
     */
    public record Rows(List<String> columns, int more, List<Row> rows) {}

    /**
     * One sample as cells.
     *
     * @param cells numbers, texts, and null where a cell is missing
     */
    public record Row(int sample, List<Object> cells) {}

    private final Dataset dataset;
    /** Of samples that are rows of a table. */
    private final List<StoredColumn> columns;

    /** Of samples that are made of rows of a table; empty for other ones. */
    private final List<String> names;

    private final Optional<Shape> imageShape;

    FirstSamples(final Dataset dataset) {
        this.dataset = dataset;
        this.columns = dataset.info()
                .columns()
                .filter(known -> known.rows().isEmpty())
                .map(TableColumns::stored)
                .orElse(List.of());
        this.names = dataset.info()
                .columns()
                .map(known -> known.encoding().featureNames())
                .orElse(List.of());
        this.imageShape = names.isEmpty() ? imageShape(dataset.sampleShape(), dataset.elementType()) : Optional.empty();
    }

    /** Up to ten pictures of each of the first classes; empty if the samples are no images. */
    List<OfClass> pictures() {
        if (imageShape.isEmpty() || !dataset.hasClasses()) {
            return List.of();
        }
        final int classes = Math.min(MOST_CLASSES, dataset.classes());
        final List<OfClass> found = IntStream.range(0, classes)
                .mapToObj(label -> new OfClass(dataset.classNames().get(label), new ArrayList<>()))
                .toList();
        int missing = classes * PER_CLASS;
        for (int sample = 0; sample < dataset.samples() && missing > 0; sample++) {
            final int label = dataset.label(sample);
            if (label < classes && found.get(label).pictures().size() < PER_CLASS) {
                found.get(label).pictures().add(picture(sample));
                missing--;
            }
        }
        return found;
    }

    /** The first samples as rows, without any if they are images. Rows of a table are shown as the table had them. */
    Rows rows() {
        final int features = features();
        final int shown = Math.min(FEATURES, features);
        final List<String> columns = new ArrayList<>(targetNames());
        IntStream.range(0, shown).mapToObj(this::featureName).forEach(columns::add);
        final int samples = imageShape.isPresent() ? 0 : Math.min(ROWS, dataset.samples());
        return new Rows(
                columns,
                features - shown,
                IntStream.range(0, samples)
                        .mapToObj(sample -> new Row(sample, cells(sample, shown)))
                        .toList());
    }

    private List<String> targetNames() {
        return dataset.target() instanceof Target.Classes classes
                ? List.of(TargetBars.name(classes))
                : dataset.target().columns();
    }

    private int features() {
        return columns.isEmpty() ? dataset.sampleShape().size() : columns.size();
    }

    private String featureName(final int feature) {
        if (!columns.isEmpty()) {
            return columns.get(feature).name();
        }
        return names.isEmpty() ? "Feature " + feature : names.get(feature);
    }

    private List<Object> cells(final int sample, final int shown) {
        final List<Object> cells = new ArrayList<>();
        if (dataset.hasClasses()) {
            cells.add(dataset.classNames().get(dataset.label(sample)));
        } else {
            IntStream.range(0, dataset.target().columns().size())
                    .mapToObj(column -> dataset.number(sample, column))
                    .forEach(cells::add);
        }
        final ByteBuffer stored = columns.isEmpty() ? bytes(sample) : null;
        for (int feature = 0; feature < shown; feature++) {
            cells.add(columns.isEmpty() ? (Object) number(stored, feature) : shown(dataset.cell(sample, feature)));
        }
        return cells;
    }

    private static Object shown(final Object cell) {
        return cell instanceof String text && text.length() > LONGEST_TEXT
                ? text.substring(0, LONGEST_TEXT) + " ..."
                : cell;
    }

    /** How a sample can be seen as an image: height x width x channels. */
    private static Optional<Shape> imageShape(final Shape shape, final ElementType type) {
        if (shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3)) {
            return Optional.of(shape);
        } else if (shape.rank() == 2) {
            return Optional.of(Shape.of(shape.dimension(0), shape.dimension(1), 1));
        }
        final int side = (int) Math.round(Math.sqrt(shape.size()));
        final boolean square = shape.rank() == 1 && side >= SMALLEST_SQUARE && side * side == shape.size();
        return square && type == ElementType.UINT8 ? Optional.of(Shape.of(side, side, 1)) : Optional.empty();
    }

    private Picture picture(final int sample) {
        final ByteBuffer bytes = bytes(sample);
        final byte[] pixels =
                switch (dataset.elementType()) {
                    case UINT8 -> bytes.array();
                    case FLOAT32 -> pixels(bytes);
                };
        return new Picture(sample, SampleImage.thumbnail(imageShape.orElseThrow(), pixels, PICTURE));
    }

    /** The smallest number becomes black, the largest white. */
    private byte[] pixels(final ByteBuffer bytes) {
        final double[] numbers = IntStream.range(0, dataset.sampleShape().size())
                .mapToDouble(i -> number(bytes, i))
                .toArray();
        final double low = Arrays.stream(numbers).min().orElse(0);
        final double high = Arrays.stream(numbers).max().orElse(0);
        final byte[] pixels = new byte[numbers.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(high > low ? 255 * (numbers[i] - low) / (high - low) : 0);
        }
        return pixels;
    }

    private ByteBuffer bytes(final int sample) {
        final ByteBuffer bytes = ByteBuffer.allocate(dataset.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        dataset.copyFeatures(sample, bytes);
        return bytes.flip();
    }

    private double number(final ByteBuffer bytes, final int index) {
        return switch (dataset.elementType()) {
            case UINT8 -> Byte.toUnsignedInt(bytes.get(index));
            case FLOAT32 -> bytes.getFloat(index * Float.BYTES);
        };
    }
}
