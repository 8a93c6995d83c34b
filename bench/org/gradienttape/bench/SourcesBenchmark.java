package org.gradienttape.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.csv.ColumnChoice;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.gradienttape.data.image.ImageFolderSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.reader.PixelRows;
import org.gradienttape.data.reader.TableSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageForm.Colors;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.image.DatasetImages;

/**
 * Seconds to read the 60,000 MNIST training images into a dataset, from each kind of file, with the files in the page cache;
 * beside them the seconds of all processors together, which a busy machine changes less. For PNG files beside it: the JDK decoding them on all cores and doing nothing else.
 */
public final class SourcesBenchmark {
    private static final int ROUNDS = 5;
    private static final double MEGABYTES = 60_000 * 784 / 1e6;

    private final Path folder;
    private final StringBuilder table = new StringBuilder();

    private SourcesBenchmark(final Path folder) {
        this.folder = folder;
    }

    public static void main(final String[] args) throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            final String table = new SourcesBenchmark(temporary.path()).run();
            System.out.print(table);
            Results.write("sources.txt", table);
        }
    }

    private String run() throws IOException {
        table.append("Reading the 60,000 MNIST training images into a dataset, minimum of ")
                .append(ROUNDS)
                .append(" rounds\n");
        table.append(Machine.now()).append('\n');
        final DatasetSource idx = new NamedSource(NamedDataset.MNIST, Optional.empty());
        final Dataset digits = read(idx, SampleShape.IMAGE, folder.resolve("digits"));
        row("IDX, plain", minimum(idx));
        final Path images = writeImages(digits);
        final Cost decoding = minimum(() -> decodeOnly(images));
        final Cost reading = minimum(
                new ImageFolderSource(images, Optional.empty(), new ImageForm(Colors.GRAYSCALE, Optional.empty())));
        row("60,000 PNG files", reading);
        row("  ImageIO alone, all cores", decoding);
        table.append(String.format(Locale.ROOT, "  ratio %35.2f%n", reading.seconds() / decoding.seconds()));
        row("CSV, " + Files.size(writeCsv(digits)) / 1_000_000 + " MB", minimum(() -> copied(csv(), SampleShape.FLAT)));
        return table.toString();
    }

    /** What one round took: seconds on the clock, and those of all processors together. */
    private record Cost(double seconds, double processorSeconds) {}

    /** Something to measure. */
    @FunctionalInterface
    private interface Round {
        void run() throws IOException;
    }

    private void row(final String name, final Cost cost) {
        table.append(String.format(
                Locale.ROOT,
                "%-30s %8.3f s %8.3f s of processors %6.0f MB/s, %6.0f MB/s per processor%n",
                name,
                cost.seconds(),
                cost.processorSeconds(),
                MEGABYTES / cost.seconds(),
                MEGABYTES / cost.processorSeconds()));
    }

    private Cost minimum(final DatasetSource source) throws IOException {
        return minimum(() -> copied(source, SampleShape.IMAGE));
    }

    private void copied(final DatasetSource source, final SampleShape shape) throws IOException {
        final Path target = folder.resolve("round");
        read(source, shape, target);
        new TemporaryFolder(target).close();
    }

    private DatasetSource csv() throws IOException {
        final CsvFile file = CsvFile.open(folder.resolve("digits.csv"), new CsvSyntax(',', FirstLine.A_SAMPLE));
        final List<String> pixels =
                new ColumnChoice.AllBut(List.of()).of(file.columnNames(), List.of("1"), "digits.csv");
        return new TableSource(
                PixelRows.of(file, pixels, "1", done -> true),
                Optional.empty(),
                new ImageForm(Colors.GRAYSCALE, Optional.empty()));
    }

    private static Cost minimum(final Round round) throws IOException {
        double seconds = Double.MAX_VALUE;
        double processors = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            final long start = System.nanoTime();
            final long processorStart = processorNanos();
            round.run();
            processors = Math.min(processors, (processorNanos() - processorStart) / 1e9);
            seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
        }
        return new Cost(seconds, processors);
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private Dataset read(final DatasetSource source, final SampleShape shape, final Path target) throws IOException {
        return DatasetReader.read(
                        new ReadRequest(
                                source,
                                new ReadRequest.Form(Scaling.AS_STORED, shape),
                                new ReadRequest.Split(new HeldOut.None(), false, 0)),
                        target,
                        folder.resolve("none"),
                        fraction -> true)
                .training();
    }

    /** One sub-folder per digit. */
    private Path writeImages(final Dataset digits) throws IOException {
        final Path images = folder.resolve("images");
        final DatasetImages pngs = new DatasetImages(digits);
        for (int sample = 0; sample < digits.samples(); sample++) {
            final Path digit = Files.createDirectories(images.resolve(String.valueOf(digits.label(sample))));
            Files.write(digit.resolve(String.format("%05d.png", sample)), pngs.png(sample));
        }
        return images;
    }

    private Path writeCsv(final Dataset digits) throws IOException {
        final Path csv = folder.resolve("digits.csv");
        final ByteBuffer pixels = ByteBuffer.allocate(digits.bytesPerSample());
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            for (int sample = 0; sample < digits.samples(); sample++) {
                digits.copyFeatures(sample, pixels.clear());
                out.write(String.valueOf(digits.label(sample)));
                for (final byte pixel : pixels.array()) {
                    out.write(',');
                    out.write(String.valueOf(Byte.toUnsignedInt(pixel)));
                }
                out.newLine();
            }
        }
        return csv;
    }

    private static void decodeOnly(final Path images) throws IOException {
        try (Stream<Path> files = Files.walk(images)) {
            final List<Path> pngs = files.filter(Files::isRegularFile).toList();
            pngs.parallelStream().forEach(SourcesBenchmark::decode);
        }
    }

    private static void decode(final Path png) {
        try {
            ImageIO.read(png.toFile()).getRaster();
        } catch (final IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }
}
