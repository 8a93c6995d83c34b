package org.gradienttape.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.zip.CRC32C;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.Encoder;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.column.Windows;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/**
 * Samples and what there is to learn about them, in a folder. The samples are memory-mapped and never on the Java heap as a
 * whole; their targets are. Immutable; for any number of threads.
 */
public final class Dataset {
    /** One mapping can hold at most 2 GiB; half of that keeps room for a whole last sample. */
    private static final int SEGMENT_BYTES = 1 << 30;

    private final Path folder;
    private final DatasetInfo info;
    private final StoredTargets targets;
    private final MappedByteBuffer[] segments;
    private final int piecesPerSegment;
    /** The first row of each sample that is a window over rows; none where each row is a sample. */
    private final int[] windows;
    /** Of rows of a table: where the cells of each column begin in a row, and behind them how many cells a row has. */
    private final int[] firstCells;

    private final Optional<Encoder> encoder;

    private Dataset(final DatasetFolder files, final int segmentBytes) throws IOException {
        folder = files.path();
        info = files.readDescription();
        targets = StoredTargets.read(files, info);
        piecesPerSegment = Math.max(1, segmentBytes / info.bytesPerPiece());
        segments = map(files.features());
        windows = windows(files, info);
        firstCells = info.columns()
                .map(columns -> StoredColumn.firstCells(columns.stored()))
                .orElse(new int[0]);
        encoder = encoder(info);
    }

    private Dataset(final Dataset same, final DatasetInfo info, final StoredTargets targets) {
        this.folder = same.folder;
        this.info = info;
        this.targets = targets;
        this.segments = same.segments;
        this.piecesPerSegment = same.piecesPerSegment;
        this.windows = same.windows;
        this.firstCells = same.firstCells;
        this.encoder = info.columns().equals(same.info.columns()) ? same.encoder : encoder(info);
    }

    /**
     * Opens the dataset in a folder.
     *
     * @throws InvalidInputException if a file is missing, its size is not the declared one, or a label is outside the
     *     classes
     * @throws IOException if a file cannot be read
     */
    public static Dataset open(final Path folder) throws IOException {
        return open(folder, SEGMENT_BYTES);
    }

    static Dataset open(final Path folder, final int segmentBytes) throws IOException {
        return new Dataset(new DatasetFolder(folder), segmentBytes);
    }

    /** The same stored samples, scaled in another way. */
    Dataset withScaling(final Scaling scaling) {
        return new Dataset(this, info.withScaling(scaling), targets);
    }

    /**
     * The same rows of a table, with the features of another encoding.
     *
     * @param name of this dataset in a sentence, for example "the validation data iris"
     * @throws InvalidInputException if it has no columns, or not those of the encoding, or a row cannot be encoded
     */
    Dataset withEncoding(final Encoding encoding, final String name) {
        final TableColumns columns = info.columns()
                .orElseThrow(() -> new InvalidInputException("The model learned from the columns "
                        + ClassNames.some(encoding.columns().stream()
                                .map(ColumnEncoding::name)
                                .toList())
                        + " of a table, but " + name + " has no columns with names; choose rows of a table."));
        if (columns.encoding().equals(encoding)) {
            return this;
        }
        checkWindows(columns, encoding, name);
        final Encoder other = Encoder.of(encoding, columns.stored(), name);
        final float[] features = new float[encoding.width()];
        for (int sample = 0; sample < info.samples(); sample++) {
            for (int row = firstRow(sample); row < firstRow(sample) + encoding.rows(); row++) {
                if (!other.encode(row(row), features, 0)) {
                    throw new InvalidInputException("Row " + (row + 1) + " of " + name
                            + (encoding.windows().isPresent() ? ", counted group by group in the order of time," : "")
                            + " cannot be used, since "
                            + other.trouble(row(row)).orElseThrow()
                            + "; leave such rows out, or let the training fill in what is missing.");
                }
            }
        }
        return new Dataset(this, info.withEncoding(encoding), targets);
    }

    private static void checkWindows(final TableColumns columns, final Encoding wanted, final String name) {
        final Encoding found = columns.encoding();
        final boolean isLike = found.windows().isPresent() == wanted.windows().isPresent()
                && found.rows() == wanted.rows()
                && found.windows().map(Windows::horizon).equals(wanted.windows().map(Windows::horizon));
        if (!isLike) {
            throw new InvalidInputException("The model learned from " + samples(wanted) + ", but " + name + " has "
                    + samples(found) + "; make its samples in the same way.");
        }
        if (columns.haveGaps() && wanted.windows().orElseThrow().areGapsRefused()) {
            throw new InvalidInputException("The model learned from rows that are evenly spaced in the column \""
                    + wanted.windows().get().order().name() + "\", and refuses gaps, but " + name
                    + " has some; add the rows between, or train a model that keeps gaps.");
        }
    }

    private static String samples(final Encoding encoding) {
        return encoding.windows()
                .map(windows -> "windows of " + windows.length() + " rows with a horizon of " + windows.horizon())
                .orElse("single rows");
    }

    private static int[] windows(final DatasetFolder files, final DatasetInfo info) throws IOException {
        if (info.windowBytes() == 0) {
            return new int[0];
        }
        final int[] first = new int[info.samples()];
        ByteBuffer.wrap(Files.readAllBytes(files.windows()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(first);
        final int last =
                info.storedPieces() - info.columns().orElseThrow().encoding().rows();
        for (final int row : first) {
            if (row < 0 || row > last) {
                throw new InvalidInputException(
                        "The dataset in " + files.path() + " should have windows that begin at row 0 to " + last
                                + ", but one begins at row " + row + "; run the node that made it again.");
            }
        }
        return first;
    }

    private int firstRow(final int sample) {
        return windows.length == 0 ? sample : windows[sample];
    }

    private static Optional<Encoder> encoder(final DatasetInfo info) {
        return info.columns()
                .map(columns -> Encoder.of(columns.encoding(), columns.stored(), "the dataset " + info.name()));
    }

    /**
     * What a column of a row of a table holds: a number, or a text; of a text that was split, the tokens that were kept. Null if
     * it is missing. Of a window it is the first row.
     *
     * @param sample from 0 to samples - 1
     * @param column which of the stored columns, from 0
     */
    public Object cell(final int sample, final int column) {
        Objects.checkIndex(sample, info.samples());
        final List<StoredColumn> stored = info.columns().orElseThrow().stored();
        final double[] row = row(firstRow(sample));
        final int first = firstCells[column];
        if (stored.get(column).kind() == Column.Kind.TEXT) {
            return stored.get(column).text(row, first);
        }
        return Double.isNaN(row[first]) ? null : row[first];
    }

    private double[] row(final int number) {
        final int cells = firstCells[firstCells.length - 1];
        final double[] row = new double[cells];
        final int bytes = cells * Double.BYTES;
        segments[number / piecesPerSegment]
                .slice(number % piecesPerSegment * bytes, bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(row);
        return row;
    }

    /**
     * The same samples with other classes.
     *
     * @param newLabels for each label until now
     */
    Dataset withClasses(final List<String> names, final int[] newLabels) {
        return new Dataset(this, info.withClassNames(names), targets.relabelled(newLabels));
    }

    /**
     * The same samples with other numbers to learn, or the same in another order or scaling.
     *
     * @param wanted each by the name of one that this dataset has
     */
    Dataset withNumbers(final Target.Numbers wanted) {
        final List<String> columns = info.target().columns();
        final int[] places =
                wanted.columns().stream().mapToInt(columns::indexOf).toArray();
        return new Dataset(this, info.withTarget(wanted), targets.rearranged(places, columns.size()));
    }

    /** The same samples with this target, which needs no numbers of its own. */
    Dataset withTarget(final Target wanted) {
        return new Dataset(
                this, info.withTarget(wanted), new StoredTargets(new int[0], new double[0], targets.weights()));
    }

    public Path folder() {
        return folder;
    }

    /** All but the numbers. */
    public DatasetInfo info() {
        return info;
    }

    public String name() {
        return info.name();
    }

    public int samples() {
        return info.samples();
    }

    /** The shape of one sample, without the batch dimension. */
    public Shape sampleShape() {
        return info.sampleShape();
    }

    public ElementType elementType() {
        return info.elementType();
    }

    public Scaling scaling() {
        return info.scaling();
    }

    /** The names of the classes, by label. */
    public List<String> classNames() {
        return info.classNames();
    }

    public int classes() {
        return info.classes();
    }

    public int bytesPerSample() {
        return info.bytesPerSample();
    }

    /** What there is to learn about the samples. */
    public Target target() {
        return info.target();
    }

    /** Whether the target is classes, so that each sample has a label. */
    public boolean hasClasses() {
        return info.target() instanceof Target.Classes;
    }

    /** The class of one sample, from 0 to classes - 1, where the target is classes. */
    public int label(final int sample) {
        return targets.labels()[sample];
    }

    /**
     * A number to learn about one sample, where the target is numbers; in its own units.
     *
     * @param column which of the target's numbers, from 0
     */
    public double number(final int sample, final int column) {
        return targets.numbers()[sample * info.target().columns().size() + column];
    }

    /** How much a sample counts; 1 if all count alike. */
    public float weight(final int sample) {
        return info.weighted() ? targets.weights()[sample] : 1;
    }

    /** A sum over all stored samples and their targets, which other data do not have; reads all of them. */
    public String sum() {
        final CRC32C sum = new CRC32C();
        for (final MappedByteBuffer segment : segments) {
            sum.update(segment.duplicate());
        }
        for (final int row : windows) {
            sum.update(row);
            sum.update(row >>> 8);
            sum.update(row >>> 16);
            sum.update(row >>> 24);
        }
        return Long.toHexString(sum.getValue()) + "-" + Long.toHexString(targets.sum());
    }

    /** How many samples each class has, by label; none where the target is not classes. */
    public int[] samplesPerClass() {
        final int[] counts = new int[info.classes()];
        for (final int label : targets.labels()) {
            counts[label]++;
        }
        return counts;
    }

    /**
     * Appends the bytes of one sample to a buffer, unscaled; rows of a table are encoded.
     *
     * @param sample from 0 to samples - 1
     * @param target has room for {@link #bytesPerSample} bytes; its position moves behind them
     */
    public void copyFeatures(final int sample, final ByteBuffer target) {
        Objects.checkIndex(sample, info.samples());
        if (encoder.isPresent()) {
            final float[] features = new float[info.sampleShape().size()];
            final int width = encoder.get().encoding().width();
            final int first = firstRow(sample);
            for (int row = 0; row * width < features.length; row++) {
                if (!encoder.get().encode(row(first + row), features, row * width)) {
                    throw new InvalidInputException("The dataset in " + folder
                            + " should have rows that can be encoded, but row " + (first + row + 1)
                            + " cannot; run the node that made it again.");
                }
            }
            final int end = target.position() + info.bytesPerSample();
            target.asFloatBuffer().put(features);
            target.position(end);
            return;
        }
        final int bytes = info.bytesPerSample();
        target.put(target.position(), segments[sample / piecesPerSegment], sample % piecesPerSegment * bytes, bytes);
        target.position(target.position() + bytes);
    }

    /**
     * The numbers of one sample as they reach a network, scaled.
     *
     * @param sample from 0 to samples - 1
     * @return as many as the sample shape holds, row-major
     */
    public float[] numbers(final int sample) {
        final ByteBuffer stored = ByteBuffer.allocate(info.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        copyFeatures(sample, stored);
        stored.flip();
        final float[] numbers = new float[info.sampleShape().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = info.scaling().scaled(info.elementType().next(stored));
        }
        return numbers;
    }

    /** What becomes of the numbers, and their range; goes through all of them if they are not bytes and none is large. */
    public Pixels pixels() {
        return info.pixels().orElseGet(() -> new Pixels(info.scaling(), rangeOfNumbers()));
    }

    /** Whether one of the stored numbers, before they are scaled, is such; looks no further than to the first. */
    boolean anyStored(final DoublePredicate such) {
        if (encoder.isPresent()) {
            return anyFeature(such);
        }
        for (final MappedByteBuffer segment : segments) {
            final ByteBuffer stored = segment.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (stored.hasRemaining()) {
                if (such.test(info.elementType().next(stored))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyFeature(final DoublePredicate such) {
        for (int sample = 0; sample < info.samples(); sample++) {
            for (final float number : numbers(sample)) {
                if (such.test(number)) {
                    return true;
                }
            }
        }
        return false;
    }

    private PixelRange rangeOfNumbers() {
        if (encoder.isPresent()) {
            return anyFeature(number -> number < -1 || number > 1)
                    ? PixelRange.ZERO_TO_255
                    : anyFeature(number -> number < 0) ? PixelRange.MINUS_ONE_TO_ONE : PixelRange.ZERO_TO_ONE;
        }
        PixelRange range = PixelRange.ZERO_TO_ONE;
        for (final MappedByteBuffer segment : segments) {
            final FloatBuffer numbers =
                    segment.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            while (numbers.hasRemaining() && range != PixelRange.ZERO_TO_255) {
                final float number = numbers.get();
                range = number < 0 || number > 1 ? range.with(number) : range;
            }
        }
        return range;
    }

    private MappedByteBuffer[] map(final Path file) throws IOException {
        final int pieces = info.storedPieces();
        final int count = (int) (((long) pieces + piecesPerSegment - 1) / piecesPerSegment);
        final MappedByteBuffer[] mapped = new MappedByteBuffer[count];
        final int bytes = info.bytesPerPiece();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                final long first = (long) i * piecesPerSegment;
                final long mappedPieces = Math.min(piecesPerSegment, pieces - first);
                mapped[i] = channel.map(FileChannel.MapMode.READ_ONLY, first * bytes, mappedPieces * bytes);
            }
        }
        return mapped;
    }
}
