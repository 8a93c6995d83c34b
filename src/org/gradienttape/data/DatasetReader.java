package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;

/** Reads samples from files and writes them as {@link Dataset}s. */
public final class DatasetReader {
    private DatasetReader() {}

    /**
     * Reads and writes both parts.
     *
     * @param trainingFolder where the training data goes; must not exist or be empty
     * @param heldOutFolder where the held-out data goes, as well; untouched when none is asked for
     * @throws InvalidInputException for files or settings that do not fit
     * @throws IOException if a file cannot be read or written, or the disk has too little space
     * @throws java.util.concurrent.CancellationException if the monitor says so; nothing is left behind
     */
    public static DatasetPair read(
            final ReadRequest request, final Path trainingFolder, final Path heldOutFolder, final ReadMonitor monitor)
            throws IOException {
        try (IdxSamples samples = open(request)) {
            final SplitPlan plan = plan(request, samples);
            final DatasetInfoPair described = describe(request, samples, plan);
            checkSpace(described, trainingFolder);
            final int[] labels = samples.readLabels();
            final DatasetInfo training = withClasses(described.training(), labels);
            try (DatasetWriter writer = DatasetWriter.create(trainingFolder, training)) {
                writer.writeLabels(select(labels, plan.training()));
                if (described.heldOut().isEmpty()) {
                    samples.copy(new SampleCopy(plan, writer, Optional.empty(), monitor));
                    return new DatasetPair(writer.finish(), Optional.empty());
                }
                final DatasetInfo heldOut = withClasses(described.heldOut().get(), labels);
                try (DatasetWriter heldOutWriter = DatasetWriter.create(heldOutFolder, heldOut)) {
                    heldOutWriter.writeLabels(select(labels, plan.heldOut()));
                    samples.copy(new SampleCopy(plan, writer, Optional.of(heldOutWriter), monitor));
                    return finish(writer, heldOutWriter);
                }
            }
        }
    }

    /**
     * What would be read, from the headers of the files alone.
     *
     * @return class names are empty where they are not known before the labels are read
     * @throws InvalidInputException for files or settings that do not fit
     * @throws IOException if a file cannot be read
     */
    public static DatasetInfoPair describe(final ReadRequest request) throws IOException {
        try (IdxSamples samples = open(request)) {
            return describe(request, samples, plan(request, samples));
        }
    }

    private static IdxSamples open(final ReadRequest request) throws IOException {
        final boolean withTestFiles =
                request.split().mergeTestFiles() || request.split().heldOut() instanceof HeldOut.SourceTestFiles;
        if (request.source() instanceof DatasetSource.Named named) {
            final Path folder = named.dataset().folder(named.folder());
            return IdxSamples.open(named.dataset().files(folder, withTestFiles), withTestFiles);
        }
        return IdxSamples.open((DatasetSource.Idx) request.source(), withTestFiles);
    }

    private static SplitPlan plan(final ReadRequest request, final IdxSamples samples) {
        return SplitPlan.of(request.split(), samples.trainingSamples(), samples.testSamples());
    }

    private static DatasetInfoPair describe(final ReadRequest request, final IdxSamples samples, final SplitPlan plan) {
        final Shape shape = shape(request.form().shape(), samples.trainingImages());
        final DatasetInfo training = new DatasetInfo(
                samples.name(),
                plan.training().cardinality(),
                shape,
                ElementType.UINT8,
                request.form().scaling(),
                samples.classNames());
        final int heldOut = plan.heldOut().cardinality();
        return new DatasetInfoPair(
                training, heldOut == 0 ? Optional.empty() : Optional.of(training.withSamples(heldOut)));
    }

    private static Shape shape(final SampleShape form, final IdxFile images) {
        final List<Integer> sizes = images.sampleDimensions();
        final long numbers = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (numbers > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "One sample may have at most " + Integer.MAX_VALUE + " numbers, but those in " + images.path()
                            + " have " + numbers + "; choose a file with smaller samples.");
        }
        if (form == SampleShape.FLAT) {
            return Shape.of((int) numbers);
        }
        if (sizes.size() == 2) {
            return Shape.of(sizes.get(0), sizes.get(1), 1);
        }
        if (sizes.size() == 3) {
            return new Shape(sizes);
        }
        throw new InvalidInputException("Images of height x width, or height x width x channels, were expected in "
                + images.path() + ", but its samples have the sizes " + sizes + "; choose the flat sample shape.");
    }

    private static DatasetInfo withClasses(final DatasetInfo info, final int[] labels) {
        if (!info.classNames().isEmpty()) {
            return info;
        }
        final int largest = Arrays.stream(labels).max().orElse(-1);
        return info.withClassNames(
                IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList());
    }

    private static int[] select(final int[] labels, final BitSet samples) {
        return samples.stream().map(sample -> labels[sample]).toArray();
    }

    private static DatasetPair finish(final DatasetWriter training, final DatasetWriter heldOut) throws IOException {
        final Dataset finished = heldOut.finish();
        try {
            return new DatasetPair(training.finish(), Optional.of(finished));
        } catch (final IOException | RuntimeException incomplete) {
            DatasetWriter.delete(new DatasetFolder(finished.folder()));
            throw incomplete;
        }
    }

    private static void checkSpace(final DatasetInfoPair described, final Path folder) throws IOException {
        final long needed = bytes(described.training())
                + described.heldOut().map(DatasetReader::bytes).orElse(0L);
        Path place = folder.toAbsolutePath();
        while (!Files.exists(place)) {
            place = place.getParent();
        }
        final long usable = Files.getFileStore(place).getUsableSpace();
        if (needed > usable) {
            throw new IOException("The dataset " + described.training().name() + " needs " + needed + " bytes in "
                    + folder + ", but only " + usable + " are free; free some space or set a limit.");
        }
    }

    private static long bytes(final DatasetInfo info) {
        return info.featureBytes() + (long) Integer.BYTES * info.samples();
    }
}
