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
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoublePredicate;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/**
 * Samples with their labels in a folder. The samples are memory-mapped and never on the Java heap as a whole; the
 * labels are. Immutable; for any number of threads.
 */
public final class Dataset {
    /** One mapping can hold at most 2 GiB; half of that keeps room for a whole last sample. */
    private static final int SEGMENT_BYTES = 1 << 30;

    private final Path folder;
    private final DatasetInfo info;
    private final int[] labels;
    private final MappedByteBuffer[] segments;
    private final int samplesPerSegment;

    private Dataset(final DatasetFolder files, final int segmentBytes) throws IOException {
        folder = files.path();
        info = files.readDescription();
        labels = readLabels(files.labels());
        samplesPerSegment = Math.max(1, segmentBytes / info.bytesPerSample());
        segments = map(files.features());
    }

    private Dataset(final Dataset same, final DatasetInfo info, final int[] labels) {
        this.folder = same.folder;
        this.info = info;
        this.labels = labels;
        this.segments = same.segments;
        this.samplesPerSegment = same.samplesPerSegment;
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
        return new Dataset(this, info.withScaling(scaling), labels);
    }

    /**
     * The same samples with other classes.
     *
     * @param newLabels for each label until now
     */
    Dataset withClasses(final List<String> names, final int[] newLabels) {
        return new Dataset(
                this,
                info.withClassNames(names),
                Arrays.stream(labels).map(label -> newLabels[label]).toArray());
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

    /** The class of one sample, from 0 to classes - 1. */
    public int label(final int sample) {
        return labels[sample];
    }

    /** How many samples each class has, by label. */
    public int[] samplesPerClass() {
        final int[] counts = new int[info.classes()];
        for (final int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /**
     * Appends the stored bytes of one sample to a buffer, unscaled.
     *
     * @param sample from 0 to samples - 1
     * @param target has room for {@link #bytesPerSample} bytes; its position moves behind them
     */
    public void copyFeatures(final int sample, final ByteBuffer target) {
        Objects.checkIndex(sample, info.samples());
        final int bytes = info.bytesPerSample();
        target.put(target.position(), segments[sample / samplesPerSegment], sample % samplesPerSegment * bytes, bytes);
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
            numbers[i] = info.scaling().scaled(next(stored));
        }
        return numbers;
    }

    /** What becomes of the numbers, and their range; goes through all of them if they are not bytes and none is large. */
    public Pixels pixels() {
        return info.pixels().orElseGet(() -> new Pixels(info.scaling(), rangeOfNumbers()));
    }

    /** Whether one of the stored numbers, before they are scaled, is such; looks no further than to the first. */
    boolean anyStored(final DoublePredicate such) {
        for (final MappedByteBuffer segment : segments) {
            final ByteBuffer stored = segment.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (stored.hasRemaining()) {
                if (such.test(next(stored))) {
                    return true;
                }
            }
        }
        return false;
    }

    private float next(final ByteBuffer stored) {
        return info.elementType() == ElementType.UINT8 ? Byte.toUnsignedInt(stored.get()) : stored.getFloat();
    }

    private PixelRange rangeOfNumbers() {
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

    private int[] readLabels(final Path file) throws IOException {
        final int[] values = new int[info.samples()];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        for (int sample = 0; sample < values.length; sample++) {
            if (values[sample] < 0 || values[sample] >= info.classes()) {
                throw new InvalidInputException("The dataset in " + folder + " has " + info.classes()
                        + " classes, so labels go from 0 to " + (info.classes() - 1) + ", but sample " + sample
                        + " has the label " + values[sample] + "; read the data again with the Dataset Reader.");
            }
        }
        return values;
    }

    private MappedByteBuffer[] map(final Path file) throws IOException {
        final int count = (int) (((long) info.samples() + samplesPerSegment - 1) / samplesPerSegment);
        final MappedByteBuffer[] mapped = new MappedByteBuffer[count];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = 0; i < count; i++) {
                final long first = (long) i * samplesPerSegment;
                final long samples = Math.min(samplesPerSegment, info.samples() - first);
                mapped[i] = channel.map(
                        FileChannel.MapMode.READ_ONLY, first * info.bytesPerSample(), samples * info.bytesPerSample());
            }
        }
        return mapped;
    }
}
