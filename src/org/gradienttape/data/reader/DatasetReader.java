package org.gradienttape.data.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetFolder;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetInfoPair;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.RangeCheck;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Target;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.source.FeatureCheck;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.LabelCheck;
import org.gradienttape.data.source.PixelOrder;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.SampleCopy;
import org.gradienttape.data.source.Samples;
import org.gradienttape.data.source.SplitPlan;
import org.gradienttape.data.source.Turning;
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
        try (Samples samples = open(request, done -> monitor.goOn(done / 2))) {
            final DatasetInfoPair expected = describe(request, samples, parts(request, samples));
            checkSpace(
                    samples.name(),
                    expected.training().bytes()
                            + expected.heldOut().map(DatasetInfo::bytes).orElse(0L),
                    trainingFolder);
            checkMemory(samples.name(), Integer.BYTES * (samples.trainingSamples() + (long) samples.testSamples()));
            final int[] labels = samples.readLabels();
            final List<String> classNames = classNames(samples, labels);
            final SplitPlan plan = SplitPlan.of(request.split(), samples.trainingSamples(), labels, classNames);
            final DatasetInfoPair described = describe(request, samples, plan.sizes());
            final DatasetInfo training = described.training().withClassNames(classNames);
            final ReadMonitor copying = copy(request, monitor);
            try (DatasetWriter writer = DatasetWriter.create(trainingFolder, training)) {
                writer.writeLabels(select(labels, plan.training()));
                if (described.heldOut().isEmpty()) {
                    samples.copy(new SampleCopy(plan, writer, Optional.empty(), turning(request, samples), copying));
                    return told(request, samples, plan, labels, writer.finish(), Optional.empty());
                }
                final DatasetInfo heldOut = described.heldOut().get().withClassNames(classNames);
                try (DatasetWriter heldOutWriter = DatasetWriter.create(heldOutFolder, heldOut)) {
                    heldOutWriter.writeLabels(select(labels, plan.heldOut()));
                    samples.copy(new SampleCopy(
                            plan, writer, Optional.of(heldOutWriter), turning(request, samples), copying));
                    final Dataset finished = heldOutWriter.finish();
                    return told(request, samples, plan, labels, finish(writer, finished), Optional.of(finished));
                }
            }
        }
    }

    /**
     * What would be read, from the headers of the files alone.
     *
     * @return class names are empty where they are not known before the labels are read; nothing for sources that have no
     *     headers, which are only checked to be there
     * @throws InvalidInputException for files or settings that do not fit
     * @throws IOException if a file cannot be read
     */
    public static Optional<DatasetInfoPair> describe(final ReadRequest request) throws IOException {
        if (!request.source().isKnownAhead()) {
            return Optional.empty();
        }
        try (Samples samples = open(request, done -> true)) {
            return Optional.of(describe(request, samples, parts(request, samples)));
        }
    }

    private static Samples open(final ReadRequest request, final ReadMonitor monitor) throws IOException {
        final boolean withTestFiles =
                request.split().mergeTestFiles() || request.split().heldOut() instanceof HeldOut.SourceTestFiles;
        return request.source().open(withTestFiles, monitor);
    }

    /** Rows are gone through twice, so the labels are the first half of the work. */
    private static ReadMonitor copy(final ReadRequest request, final ReadMonitor monitor) {
        return request.source().isScanned() ? done -> monitor.goOn(0.5 + done / 2) : monitor;
    }

    private static SplitPlan.Sizes parts(final ReadRequest request, final Samples samples) {
        return SplitPlan.sizes(request.split(), samples.trainingSamples(), samples.testSamples());
    }

    private static DatasetInfoPair describe(
            final ReadRequest request, final Samples samples, final SplitPlan.Sizes sizes) {
        final Shape shape = shape(request, samples);
        final DatasetInfo training = new DatasetInfo(
                samples.name(),
                sizes.training(),
                shape,
                samples.elementType(),
                request.form().scaling(),
                new Target.Classes(samples.targetName(), samples.classNames()),
                false,
                Optional.empty());
        return new DatasetInfoPair(
                training, sizes.heldOut() == 0 ? Optional.empty() : Optional.of(training.withSamples(sizes.heldOut())));
    }

    private static Optional<Turning> turning(final ReadRequest request, final Samples samples) {
        return isTurned(request)
                ? Optional.of(Turning.of(
                        sizes(request, samples), samples.elementType().bytes()))
                : Optional.empty();
    }

    private static boolean isTurned(final ReadRequest request) {
        return request.form().pixelOrder() == PixelOrder.COLUMN_BY_COLUMN
                && !request.source().isDecoded();
    }

    /** The sizes of a sample. An array says how it is stored: columns first. For rows, the request says what image they are. */
    private static List<Integer> sizes(final ReadRequest request, final Samples samples) {
        final List<Integer> sizes = samples.sampleDimensions();
        if (!isTurned(request)) {
            return sizes;
        }
        if (sizes.size() < 2 || sizes.size() > 3) {
            throw noImages(samples, "choose pixels row by row");
        }
        final List<Integer> turned = new ArrayList<>(sizes);
        if (!request.source().isScanned()) {
            Collections.swap(turned, 0, 1);
        }
        return turned;
    }

    private static Shape shape(final ReadRequest request, final Samples samples) {
        final List<Integer> sizes = sizes(request, samples);
        final long numbers = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (numbers > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "One sample may have at most " + Integer.MAX_VALUE + " numbers, but those in " + samples.place()
                            + " have " + numbers + "; choose a file with smaller samples.");
        }
        if (request.form().shape() == SampleShape.FLAT) {
            return Shape.of((int) numbers);
        }
        if (sizes.size() == 2) {
            return Shape.of(sizes.get(0), sizes.get(1), 1);
        }
        if (sizes.size() == 3) {
            return new Shape(sizes);
        }
        throw noImages(samples, "choose the flat sample shape");
    }

    private static InvalidInputException noImages(final Samples samples, final String choice) {
        final String sizes =
                samples.sampleDimensions().stream().map(String::valueOf).collect(Collectors.joining(" x "));
        return new InvalidInputException("Images of height x width, or height x width x channels, were expected in "
                + samples.place() + ", but its samples have the sizes " + sizes + "; " + choice
                + " or say which image size they have.");
    }

    private static List<String> classNames(final Samples samples, final int[] labels) {
        return samples.classNames().isEmpty()
                ? ClassLabels.upTo(Arrays.stream(labels).max().orElse(-1))
                : samples.classNames();
    }

    /** With what looks wrong. */
    private static DatasetPair told(
            final ReadRequest request,
            final Samples samples,
            final SplitPlan plan,
            final int[] labels,
            final Dataset training,
            final Optional<Dataset> heldOut) {
        final LabelCheck check = new LabelCheck(samples.name(), labels, training.classNames());
        final List<String> warnings = new ArrayList<>(samples.warnings());
        if (!request.source().hasGivenClasses()) {
            warnings.addAll(check.labels(plan));
        }
        if (samples.sampleDimensions().size() == 1) {
            warnings.addAll(FeatureCheck.warnings(training, samples::feature));
        }
        warnings.addAll(check.parts(plan, request.split().limit()));
        warnings.addAll(RangeCheck.warnings(training));
        return new DatasetPair(training, heldOut, warnings);
    }

    private static int[] select(final int[] labels, final BitSet samples) {
        return samples.stream().map(sample -> labels[sample]).toArray();
    }

    private static Dataset finish(final DatasetWriter training, final Dataset heldOut) throws IOException {
        try {
            return training.finish();
        } catch (final IOException | RuntimeException incomplete) {
            DatasetWriter.delete(new DatasetFolder(heldOut.folder()));
            throw incomplete;
        }
    }

    /**
     * What there is to learn is in memory, unlike the features.
     *
     * @param needed bytes
     * @throws InvalidInputException if there is too little
     */
    public static void checkMemory(final String name, final long needed) {
        final long memory = Runtime.getRuntime().maxMemory();
        if (needed > memory / 4) {
            throw new InvalidInputException("The labels of " + name + " would take " + needed + " bytes of the "
                    + memory + " that this program has; give it more memory or read fewer samples.");
        }
    }

    /**
     * Whether the disk has room.
     *
     * @param needed bytes
     * @throws IOException if it has not
     */
    public static void checkSpace(final String name, final long needed, final Path folder) throws IOException {
        Path place = folder.toAbsolutePath();
        while (!Files.exists(place)) {
            place = place.getParent();
        }
        // Not Files.getFileStore, which fails in a sandbox whose root is no mount point.
        final long usable = place.toFile().getUsableSpace();
        if (needed > usable) {
            throw new IOException("The dataset " + name + " needs " + needed + " bytes in " + folder + ", but only "
                    + usable + " are free; free some space or set a limit.");
        }
    }
}
