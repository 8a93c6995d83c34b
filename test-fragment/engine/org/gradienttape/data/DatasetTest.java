package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    private static final DatasetInfo INFO =
            new DatasetInfo("Five", 5, Shape.of(2, 1), ElementType.UINT8, Scaling.AS_STORED, List.of("no", "yes"));

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        final Dataset dataset = Dataset.open(write().folder());

        assertThat(dataset.info()).isEqualTo(INFO);
        assertThat(dataset.name()).isEqualTo("Five");
        assertThat(dataset.classes()).isEqualTo(2);
        assertThat(dataset.label(4)).isEqualTo(1);
        assertThat(features(dataset, 0)).containsExactly(10, 11);
        assertThat(features(dataset, 4)).containsExactly(50, 51);
    }

    /** Of 17 million bytes. */
    @Test
    void givesBackALongDescription() throws IOException {
        final List<String> names = IntStream.range(0, 170_000)
                .mapToObj(label -> "a".repeat(90) + label)
                .toList();
        final DatasetInfo info =
                new DatasetInfo("Many", 0, Shape.of(2, 1), ElementType.UINT8, Scaling.AS_STORED, names);

        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("many"), info)) {
            assertThat(writer.finish().info()).isEqualTo(info);
        }
        assertThat(Files.size(folder.resolve("many/dataset.json"))).isGreaterThan(17_000_000);
    }

    @Test
    void appendsSamplesToABuffer() throws IOException {
        final Dataset dataset = write();
        final ByteBuffer target = ByteBuffer.allocate(5).put((byte) 1);

        dataset.copyFeatures(3, target);
        dataset.copyFeatures(0, target);

        assertThat(target.array()).containsExactly(1, 40, 41, 10, 11);
        assertThat(target.hasRemaining()).isFalse();
    }

    /** Segments of two samples stand for the 1 GiB segments of large files. */
    @Test
    void readsAcrossSegments() throws IOException {
        final Dataset dataset = Dataset.open(write().folder(), 5);

        for (int sample = 0; sample < 5; sample++) {
            assertThat(features(dataset, sample)).containsExactly(10 * sample + 10, 10 * sample + 11);
        }
    }

    @Test
    void readsALargeSampleThatIsLongerThanASegment() throws IOException {
        assertThat(features(Dataset.open(write().folder(), 1), 4)).containsExactly(50, 51);
    }

    @Test
    void refusesSamplesThatAreNotThere() throws IOException {
        final Dataset dataset = write();

        assertThatThrownBy(() -> features(dataset, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> features(dataset, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void mayBeEmpty() throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("empty"), INFO.withSamples(0))) {
            assertThat(writer.finish().samples()).isZero();
        }
    }

    @Test
    void refusesFilesOfAnotherSize() throws IOException {
        final Path place = write().folder();
        Files.write(place.resolve("features.bin"), new byte[1], StandardOpenOption.APPEND);

        assertRefused(place, "features.bin should have 10 bytes, but it has 11", "run the node that made it again");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        final Path place = write().folder();
        Files.delete(place.resolve("targets.bin"));

        assertRefused(place, "the file targets.bin was expected, but it is not there");
    }

    @Test
    void refusesALabelOutsideTheClasses() throws IOException {
        final Path place = write().folder();
        final byte[] labels = Files.readAllBytes(place.resolve("targets.bin"));
        labels[8] = 2; // the third label, little-endian
        Files.write(place.resolve("targets.bin"), labels);

        assertRefused(place, "labels go from 0 to 1", "sample 2 has the label 2");
    }

    @Test
    void refusesADescriptionThatIsWrong() throws IOException {
        final Path place = write().folder();
        final Path json = place.resolve("dataset.json");
        final String right = Files.readString(json);

        Files.writeString(json, right.replace("\"version\": 2", "\"version\": 3"));
        assertRefused(place, "version", "from 2 to 2", "but it is 3");
        Files.writeString(json, right.replace("gradienttape-dataset", "other"));
        assertRefused(place, "format", "gradienttape-dataset", "other");
        Files.writeString(json, right.replace("uint8", "int64"));
        assertRefused(place, "elementType", "uint8, float32", "int64");
        Files.writeString(json, right.replace("\"samples\": 5", "\"samples\": 2000000000"));
        assertRefused(place, "features.bin should have 4000000000 bytes, but it has 10");
        Files.writeString(json, right.replace("\"name\"", "\"nick\": 1, \"name\""));
        assertRefused(place, "unknown field nick");
        Files.writeString(json, right.substring(0, right.length() / 2));
        assertRefused(place, "the text is damaged");
    }

    @Test
    void theDescriptionIsReadable() throws IOException {
        assertThat(Files.readString(write().folder().resolve("dataset.json"))).isEqualTo("""
            {
              "format": "gradienttape-dataset",
              "version": 2,
              "name": "Five",
              "samples": 5,
              "sampleShape": [
                2,
                1
              ],
              "elementType": "uint8",
              "scaling": "as_stored",
              "target": {
                "kind": "classes",
                "column": "Label",
                "names": [
                  "no",
                  "yes"
                ]
              },
              "weighted": false
            }
            """);
    }

    @Test
    void refusesToWriteOverWhatIsThere() throws IOException {
        final Path inUse = Files.createDirectories(folder.resolve("used/inner")).getParent();
        final Path file = Files.createFile(folder.resolve("file"));

        for (final Path place : List.of(inUse, file)) {
            assertThatThrownBy(() -> DatasetWriter.create(place, INFO))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(place + " is in use");
        }
    }

    @Test
    void takesAnEmptyFolder() throws IOException {
        Files.createDirectory(folder.resolve("five"));

        assertThat(write().samples()).isEqualTo(5);
    }

    @Test
    void leavesNothingBehindWhenItIsNotFinished() throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("five"), INFO)) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[2]));

            assertThatThrownBy(writer::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs 10 bytes")
                    .hasMessageContaining("got 2, 0 and 0");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysSoWhenTheDiskIsFull() throws IOException {
        final DatasetWriter.Opener fullDisk = file -> {
            Files.createFile(file);
            return Channels.newChannel(new FullDisk(7));
        };

        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("five"), INFO, fullDisk)) {
            assertThatThrownBy(() -> writer.writeFeatures(ByteBuffer.wrap(new byte[1 << 17])))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The dataset could not be written to " + folder.resolve("five")
                            + " (No space left on device); free some space or choose a place that can be written to.");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theNextWriterTakesAwayWhatAKilledOneLeft() throws Exception {
        final Process killed =
                JavaProcess.of(Writer.class, folder.resolve("five")).start();
        assertThat(killed.inputReader().readLine()).isEqualTo("written");
        DatasetWriter.create(folder.resolve("five"), INFO).close();
        assertThat(folder).as("what a living one writes").isNotEmptyDirectory();
        killed.destroyForcibly().waitFor();

        DatasetWriter.create(folder.resolve("five"), INFO).close();

        assertThat(folder).isEmptyDirectory();
    }

    /** Writes half a dataset and waits to be killed. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] arguments) throws IOException {
            final DatasetWriter writer = DatasetWriter.create(Path.of(arguments[0]), INFO);
            writer.writeFeatures(ByteBuffer.wrap(new byte[2]));
            System.out.println("written");
            System.in.read();
        }
    }

    @Test
    void saysSoWhenThePlaceCannotBeWrittenTo() throws IOException {
        final Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DatasetWriter.create(file.resolve("five"), INFO))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The dataset could not be written to " + file.resolve("five"))
                .hasMessageContaining(file + " is a file, not a folder");
    }

    @Test
    void refusesToWriteALabelOutsideTheClasses() throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("five"), INFO)) {
            assertThatThrownBy(() -> writer.writeLabels(0, 1, -1))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Five has 2 classes")
                    .hasMessageContaining("sample 2 has the label -1");
        }
    }

    private Dataset write() throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("five"), INFO)) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[] {10, 11, 20, 21, 30}));
            writer.writeFeatures(ByteBuffer.wrap(new byte[] {31, 40, 41, 50, 51}));
            writer.writeLabels(0, 1, 0);
            writer.writeLabels(0, 1);
            return writer.finish();
        }
    }

    private static byte[] features(final Dataset dataset, final int sample) {
        final ByteBuffer target = ByteBuffer.allocate(dataset.bytesPerSample());
        dataset.copyFeatures(sample, target);
        return target.array();
    }

    private static void assertRefused(final Path place, final String... parts) {
        assertThatThrownBy(() -> Dataset.open(place))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place.toString())
                .hasMessageContainingAll(parts);
    }
}
