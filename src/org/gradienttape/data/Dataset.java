package org.gradienttape.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/**
 * Samples with their labels in a folder. The samples are memory-mapped and never on the Java heap as a whole; the
 * labels are. Immutable; for any number of threads.
 */
public final class Dataset {
    /** One mapping can hold at most 2 GiB; half of that keeps room for a whole last sample. */
    private static final int SEGMENT_BYTES = 1 << 30;

    private static final float LARGEST_BYTE = 255;

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
        final float divisor = info.scaling() == Scaling.DIVIDE_BY_255 ? LARGEST_BYTE : 1;
        final float[] numbers = new float[info.sampleShape().size()];
        for (int i = 0; i < numbers.length; i++) {
            final float number =
                    info.elementType() == ElementType.UINT8 ? Byte.toUnsignedInt(stored.get()) : stored.getFloat();
            numbers[i] = number / divisor;
        }
        return numbers;
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
