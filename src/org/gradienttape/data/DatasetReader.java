package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.ImageForm.Colors;
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
            checkSpace(describe(request, samples, sizes(request, samples)), trainingFolder);
            checkMemory(samples);
            final int[] labels = samples.readLabels();
            final List<String> classNames = classNames(samples, labels);
            final SplitPlan plan = SplitPlan.of(request.split(), samples.trainingSamples(), labels, classNames);
            final DatasetInfoPair described = describe(request, samples, plan.sizes());
            final DatasetInfo training = described.training().withClassNames(classNames);
            final ReadMonitor copying = copy(request, monitor);
            try (DatasetWriter writer = DatasetWriter.create(trainingFolder, training)) {
                writer.writeLabels(select(labels, plan.training()));
                if (described.heldOut().isEmpty()) {
                    samples.copy(new SampleCopy(plan, writer, Optional.empty(), copying));
                    return new DatasetPair(writer.finish(), Optional.empty(), warnings(request, samples, plan, labels));
                }
                final DatasetInfo heldOut = described.heldOut().get().withClassNames(classNames);
                try (DatasetWriter heldOutWriter = DatasetWriter.create(heldOutFolder, heldOut)) {
                    heldOutWriter.writeLabels(select(labels, plan.heldOut()));
                    samples.copy(new SampleCopy(plan, writer, Optional.of(heldOutWriter), copying));
                    return finish(writer, heldOutWriter, warnings(request, samples, plan, labels));
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
        final DatasetSource source = request.source();
        if (source instanceof DatasetSource.ImageFolder folder) {
            ClassFolders.of(folder.training());
            return Optional.empty();
        }
        if (source instanceof DatasetSource.Csv csv) {
            CsvRows.open(csv.training(), csv.format());
            return Optional.empty();
        }
        if (source instanceof DatasetSource.Table) {
            return Optional.empty();
        }
        try (Samples samples = open(request, done -> true)) {
            return Optional.of(describe(request, samples, sizes(request, samples)));
        }
    }

    private static Samples open(final ReadRequest request, final ReadMonitor monitor) throws IOException {
        final DatasetSource source = request.source();
        final boolean withTestFiles =
                request.split().mergeTestFiles() || request.split().heldOut() instanceof HeldOut.SourceTestFiles;
        if (source instanceof DatasetSource.Named named) {
            final Path folder = named.dataset().folder(named.folder());
            return ArraySamples.open(named.dataset().files(folder, withTestFiles), withTestFiles);
        }
        if (source instanceof DatasetSource.Npz npz) {
            return ArraySamples.open(npz, withTestFiles);
        }
        if (source instanceof DatasetSource.ImageFolder folder) {
            return ImageFolderSamples.open(folder, withTestFiles);
        }
        if (source instanceof DatasetSource.Csv csv) {
            return RowSamples.open(tables(csv, withTestFiles), new ImageForm(Colors.GRAYSCALE, csv.image()), monitor);
        }
        if (source instanceof DatasetSource.Table table) {
            if (withTestFiles) {
                throw new InvalidInputException(
                        "A table has no test files of its own; choose another held-out part and do not merge.");
            }
            return RowSamples.open(List.of(table.rows()), table.form(), monitor);
        }
        return ArraySamples.open((DatasetSource.Idx) source, withTestFiles);
    }

    private static List<SampleRows> tables(final DatasetSource.Csv csv, final boolean withTestFiles)
            throws IOException {
        final CsvRows training = CsvRows.open(csv.training(), csv.format());
        if (!withTestFiles) {
            return List.of(training);
        }
        final CsvRows test = CsvRows.open(
                csv.test()
                        .orElseThrow(() -> new InvalidInputException("A CSV file for tests was to be read, but none is"
                                + " chosen; choose one or another held-out part.")),
                csv.format());
        training.checkSameColumns(test);
        return List.of(training, test);
    }

    /** Rows are gone through twice, so the labels are the first half of the work. */
    private static ReadMonitor copy(final ReadRequest request, final ReadMonitor monitor) {
        final boolean scanned =
                request.source() instanceof DatasetSource.Csv || request.source() instanceof DatasetSource.Table;
        return scanned ? done -> monitor.goOn(0.5 + done / 2) : monitor;
    }

    private static SplitPlan.Sizes sizes(final ReadRequest request, final Samples samples) {
        return SplitPlan.sizes(request.split(), samples.trainingSamples(), samples.testSamples());
    }

    private static DatasetInfoPair describe(
            final ReadRequest request, final Samples samples, final SplitPlan.Sizes sizes) {
        final Shape shape = shape(request.form().shape(), samples);
        final DatasetInfo training = new DatasetInfo(
                samples.name(),
                sizes.training(),
                shape,
                samples.elementType(),
                request.form().scaling(),
                samples.classNames());
        return new DatasetInfoPair(
                training, sizes.heldOut() == 0 ? Optional.empty() : Optional.of(training.withSamples(sizes.heldOut())));
    }

    private static Shape shape(final SampleShape form, final Samples samples) {
        final List<Integer> sizes = samples.sampleDimensions();
        final long numbers = sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (numbers > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "One sample may have at most " + Integer.MAX_VALUE + " numbers, but those in " + samples.place()
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
                + samples.place() + ", but its samples have the sizes " + sizes
                + "; choose the flat sample shape or say which image size they have.");
    }

    private static List<String> classNames(final Samples samples, final int[] labels) {
        return samples.classNames().isEmpty()
                ? ClassLabels.upTo(Arrays.stream(labels).max().orElse(-1))
                : samples.classNames();
    }

    /** Folders of images and named datasets have the classes that somebody gave them; labels are a choice elsewhere. */
    private static List<String> warnings(
            final ReadRequest request, final Samples samples, final SplitPlan plan, final int[] labels) {
        final LabelCheck check = new LabelCheck(samples.name(), labels, classNames(samples, labels));
        final List<String> warnings = new ArrayList<>(samples.warnings());
        if (!(request.source() instanceof DatasetSource.ImageFolder
                || request.source() instanceof DatasetSource.Named)) {
            warnings.addAll(check.labels(plan));
        }
        warnings.addAll(check.parts(plan, request.split().limit()));
        return warnings;
    }

    private static int[] select(final int[] labels, final BitSet samples) {
        return samples.stream().map(sample -> labels[sample]).toArray();
    }

    private static DatasetPair finish(
            final DatasetWriter training, final DatasetWriter heldOut, final List<String> warnings) throws IOException {
        final Dataset finished = heldOut.finish();
        try {
            return new DatasetPair(training.finish(), Optional.of(finished), warnings);
        } catch (final IOException | RuntimeException incomplete) {
            DatasetWriter.delete(new DatasetFolder(finished.folder()));
            throw incomplete;
        }
    }

    /** The labels of a dataset are in memory, unlike its features. */
    private static void checkMemory(final Samples samples) {
        final long needed = (long) Integer.BYTES * (samples.trainingSamples() + (long) samples.testSamples());
        final long memory = Runtime.getRuntime().maxMemory();
        if (needed > memory / 4) {
            throw new InvalidInputException("The labels of " + samples.name() + " would take " + needed
                    + " bytes of the " + memory + " that this program has; give it more memory or read fewer samples.");
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
