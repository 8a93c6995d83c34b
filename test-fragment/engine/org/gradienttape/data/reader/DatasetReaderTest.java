package org.gradienttape.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetInfoPair;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.IdxFixture;
import org.gradienttape.data.ReadFixture;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.IdxSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.PixelOrder;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    private static final ReadRequest.Form FLAT = new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT);
    private static final List<String> ABC = List.of("a", "b", "c");

    @TempDir
    Path folder;

    private Path training;
    private Path heldOut;
    private IdxSource source;

    @BeforeEach
    void writeSource() throws IOException {
        training = folder.resolve("out/training");
        heldOut = folder.resolve("out/heldout");
        source = new IdxSource(
                "Test data",
                IdxFixture.pair(folder, "train", 10),
                Optional.of(IdxFixture.pair(folder, "test", 4)),
                ABC);
    }

    @Test
    void holdsOutTheLastSamples() throws IOException {
        final DatasetPair pair = read(new HeldOut.LastSamples(3), false, 0);

        assertThat(firstPixels(pair.training())).containsExactly(0, 10, 20, 30, 40, 50, 60);
        assertThat(labels(pair.training())).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(firstPixels(pair.heldOut().orElseThrow())).containsExactly(70, 80, 90);
        assertThat(labels(pair.heldOut().orElseThrow())).containsExactly(1, 2, 0);
        assertThat(pair.training().info())
                .isEqualTo(new DatasetInfo("Test data", 7, Shape.of(6), ElementType.UINT8, Scaling.AS_STORED, ABC));
        assertThat(pair.training().folder()).isEqualTo(training);
    }

    @Test
    void holdsOutTheTestFiles() throws IOException {
        final DatasetPair pair = read(new HeldOut.SourceTestFiles(), false, 0);

        assertThat(pair.training().samples()).isEqualTo(10);
        assertThat(firstPixels(pair.heldOut().orElseThrow())).containsExactly(0, 10, 20, 30);
    }

    @Test
    void mergesTheTestFilesAndHoldsOutNothing() throws IOException {
        final DatasetPair pair = read(new HeldOut.None(), true, 0);

        assertThat(firstPixels(pair.training())).containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 10, 20, 30);
        assertThat(pair.heldOut()).isEmpty();
        assertThat(heldOut).doesNotExist();
    }

    @Test
    void drawsARandomFractionInFileOrder() throws IOException {
        final DatasetPair pair = read(new HeldOut.RandomFraction(0.3, 1), false, 0);

        final List<Integer> kept = firstPixels(pair.training());
        final List<Integer> drawn = firstPixels(pair.heldOut().orElseThrow());
        assertThat(kept).hasSize(7).isSorted();
        assertThat(drawn).hasSize(3).isSorted();
        assertThat(Stream.concat(kept.stream(), drawn.stream()).sorted())
                .containsExactly(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertThat(labels(pair.heldOut().orElseThrow()))
                .isEqualTo(drawn.stream().map(pixel -> pixel / 10 % 3).toList());
    }

    @Test
    void limitsBothParts() throws IOException {
        final DatasetPair pair = read(new HeldOut.LastSamples(5), false, 2);

        assertThat(firstPixels(pair.training())).containsExactly(0, 10);
        assertThat(firstPixels(pair.heldOut().orElseThrow())).containsExactly(50, 60);
    }

    @Test
    void readsCompressedFilesAlike() throws IOException {
        Files.write(source.training().images(), IdxFixture.gzip(IdxFixture.images(10)));
        Files.write(source.training().labels(), IdxFixture.gzip(IdxFixture.labels(10)));

        final DatasetPair pair = read(new HeldOut.LastSamples(3), false, 1);

        assertThat(firstPixels(pair.training())).containsExactly(0);
        assertThat(firstPixels(pair.heldOut().orElseThrow())).containsExactly(70);
    }

    @Test
    void describesFromTheHeadersWhatItWouldRead() throws IOException {
        final ReadRequest request = request(source, FLAT, new HeldOut.LastSamples(3), false, 0);

        final DatasetInfoPair described = DatasetReader.describe(request).orElseThrow();
        final DatasetPair pair = DatasetReader.read(request, training, heldOut, fraction -> true);

        assertThat(described.training()).isEqualTo(pair.training().info());
        assertThat(described.heldOut()).contains(pair.heldOut().orElseThrow().info());
    }

    @Test
    void namesTheClassesByNumberWhenNobodyDoes() throws IOException {
        source = new IdxSource("Nameless", source.training(), source.test(), List.of());

        assertThat(DatasetReader.describe(request(source, FLAT, new HeldOut.None(), false, 0))
                        .orElseThrow()
                        .training()
                        .classNames())
                .isEmpty();
        assertThat(read(new HeldOut.None(), false, 0).training().classNames()).containsExactly("0", "1", "2");
    }

    @Test
    void imagesHaveAChannelDimension() throws IOException {
        final ReadRequest.Form images = new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.IMAGE);

        final DatasetPair pair = DatasetReader.read(
                request(source, images, new HeldOut.None(), false, 0), training, heldOut, fraction -> true);

        assertThat(pair.training().sampleShape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(pair.training().scaling()).isEqualTo(Scaling.DIVIDE_BY_255);
        assertThat(firstPixels(pair.training())).startsWith(0, 10, 20); // stored as they are
    }

    /** Two rows of three pixels, stored as three columns of two: an IDX file says 3 x 2. */
    @Test
    void imagesThatAreStoredColumnByColumnAreTurned() throws IOException {
        Files.write(source.training().images(), IdxFixture.idx(new int[] {2, 3, 2}, new byte[] {
            0, 3, 1, 4, 2, 5,
            10, 13, 11, 14, 12, 15
        }));
        Files.write(source.training().labels(), IdxFixture.labels(2));
        for (final SampleShape shape : SampleShape.values()) {
            final ReadRequest request = request(
                    source,
                    new ReadRequest.Form(Scaling.AS_STORED, shape, PixelOrder.COLUMN_BY_COLUMN),
                    new HeldOut.LastSamples(1),
                    false,
                    0);
            final Path place = folder.resolve(shape.name());

            final DatasetPair pair =
                    DatasetReader.read(request, place.resolve("1"), place.resolve("2"), fraction -> true);

            assertThat(DatasetReader.describe(request).orElseThrow().training().sampleShape())
                    .isEqualTo(pair.training().sampleShape())
                    .isEqualTo(shape == SampleShape.IMAGE ? Shape.of(2, 3, 1) : Shape.of(6));
            assertThat(ReadFixture.numbers(pair.training(), 0)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
            assertThat(ReadFixture.numbers(pair.heldOut().orElseThrow(), 0))
                    .containsExactly(10f, 11f, 12f, 13f, 14f, 15f);
        }
    }

    @Test
    void samplesOfOneDimensionHaveNoColumnsToTurn() throws IOException {
        Files.write(source.training().images(), IdxFixture.idx(new int[] {10, 6}, new byte[60]));
        final ReadRequest.Form columns =
                new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT, PixelOrder.COLUMN_BY_COLUMN);

        assertThatThrownBy(() -> DatasetReader.describe(request(source, columns, new HeldOut.None(), false, 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its samples have the sizes 6; choose pixels row by row or say which image size");
    }

    @Test
    void refusesImagesThatAreNone() throws IOException {
        final ReadRequest.Form images = new ReadRequest.Form(Scaling.AS_STORED, SampleShape.IMAGE);
        Files.write(source.training().images(), IdxFixture.idx(new int[] {10, 6}, new byte[60]));

        assertThatThrownBy(() -> DatasetReader.describe(request(source, images, new HeldOut.None(), false, 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("have the sizes 6;")
                .hasMessageContaining("flat");
    }

    @Test
    void refusesCountsThatDiffer() throws IOException {
        Files.write(source.training().labels(), IdxFixture.labels(9));

        assertRefused(
                new HeldOut.None(),
                "10 images",
                "9 labels",
                source.training().labels().toString());
    }

    @Test
    void refusesFilesThatAreSwapped() {
        final IdxSource.Pair pair = source.training();
        source = new IdxSource("Swapped", new IdxSource.Pair(pair.labels(), pair.images()), Optional.empty(), ABC);

        assertRefused(
                new HeldOut.None(), "one dimension as labels do", pair.labels().toString());
    }

    @Test
    void refusesImagesInPlaceOfLabels() {
        final IdxSource.Pair pair = source.training();
        source = new IdxSource("Twice", new IdxSource.Pair(pair.images(), pair.images()), Optional.empty(), ABC);

        assertRefused(
                new HeldOut.None(),
                "several numbers per sample as images do",
                pair.images().toString());
    }

    @Test
    void refusesTestImagesOfAnotherSize() throws IOException {
        Files.write(source.test().orElseThrow().images(), IdxFixture.idx(new int[] {4, 3, 2}, new byte[24]));

        assertRefused(new HeldOut.SourceTestFiles(), "[2, 3]", "[3, 2]");
    }

    @Test
    void refusesTestFilesThatTheSourceDoesNotHave() {
        source = new IdxSource("No tests", source.training(), Optional.empty(), ABC);

        assertRefused(new HeldOut.SourceTestFiles(), "No tests has none");
    }

    @Test
    void refusesALabelOutsideTheClasses() {
        source = new IdxSource("Two classes", source.training(), Optional.empty(), List.of("a", "b"));

        assertRefused(
                new HeldOut.None(),
                "Two classes has 2 classes, so labels go from 0 to 1",
                "sample 2 in " + source.training().labels() + " has the label 2");
    }

    @Test
    void leavesNothingBehindWhenAFileIsDamaged() throws IOException {
        final byte[] damaged = IdxFixture.gzip(IdxFixture.images(10));
        damaged[damaged.length - 8] ^= 1;
        Files.write(source.training().images(), damaged);

        assertRefused(new HeldOut.LastSamples(3), "cut off or damaged");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenItIsCancelled() {
        assertThatThrownBy(() -> DatasetReader.read(
                        request(source, FLAT, new HeldOut.LastSamples(3), false, 0), training, heldOut, done -> false))
                .isInstanceOf(CancellationException.class);

        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenTheSecondPartHasNoPlace() throws IOException {
        Files.createDirectories(heldOut);
        Files.createFile(heldOut.resolve("in-use"));

        assertRefused(new HeldOut.LastSamples(3), heldOut.toString(), "is in use");
        assertThat(training).doesNotExist();
        assertThat(heldOut.resolve("in-use")).exists();
    }

    @Test
    void leavesNothingBehindWhenBothPartsHaveTheSamePlace() {
        assertThatThrownBy(() -> DatasetReader.read(
                        request(source, FLAT, new HeldOut.LastSamples(3), false, 0), training, training, done -> true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(training + " is in use");

        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        final List<Double> fractions = new ArrayList<>();
        Files.write(source.training().images(), IdxFixture.idx(new int[] {10, 1 << 10, 1 << 10}, new byte[10 << 20]));

        DatasetReader.read(request(source, FLAT, new HeldOut.None(), false, 0), training, heldOut, fractions::add);

        assertThat(fractions).hasSize(10).isSorted().allMatch(fraction -> fraction >= 0 && fraction < 1);
    }

    /** A sparse file: it has the size that its header declares, 8 TiB, but takes no space. */
    @Test
    void refusesMoreThanTheDiskHoldsBeforeItWrites() throws IOException {
        final int samples = 1 << 13;
        Files.write(source.training().images(), IdxFixture.idx(new int[] {samples, 1 << 15, 1 << 15}, new byte[0]));
        Files.write(source.training().labels(), IdxFixture.labels(samples));
        try (RandomAccessFile file =
                new RandomAccessFile(source.training().images().toFile(), "rw")) {
            file.setLength(16 + ((long) samples << 30));
        }

        assertThatThrownBy(() -> read(new HeldOut.None(), false, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("needs 8796093054976 bytes") // 8192 * (2^30 + 4)
                .hasMessageContaining("are free");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private DatasetPair read(final HeldOut rule, final boolean merge, final int limit) throws IOException {
        return DatasetReader.read(request(source, FLAT, rule, merge, limit), training, heldOut, fraction -> true);
    }

    private void assertRefused(final HeldOut rule, final String... parts) {
        assertThatThrownBy(() -> read(rule, false, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts);
        assertThat(training).doesNotExist();
    }

    private static ReadRequest request(
            final DatasetSource source,
            final ReadRequest.Form form,
            final HeldOut rule,
            final boolean merge,
            final int limit) {
        return new ReadRequest(source, form, new ReadRequest.Split(rule, merge, limit));
    }

    private static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    /** The first pixel of each sample, after a check of the other five. */
    private static List<Integer> firstPixels(final Dataset dataset) {
        final List<Integer> first = new ArrayList<>();
        for (int sample = 0; sample < dataset.samples(); sample++) {
            final ByteBuffer pixels = ByteBuffer.allocate(dataset.bytesPerSample());
            dataset.copyFeatures(sample, pixels);
            assertThat(pixels.get(5) - pixels.get(0)).isEqualTo(5);
            first.add((int) pixels.get(0));
        }
        return first;
    }
}
