package org.gradienttape.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;

/**
 * The files of a dataset on disk.
 *
 * <p>dataset.json describes it; features.bin holds the samples one after the other, each row-major, as bytes from 0 to 255
 * or as float32, whichever {@link ElementType} the description names. targets.bin holds what there is to learn, one int32 per
 * sample for a class, or one float64 for each number; weights.bin one float32 per sample, if they count differently;
 * windows.bin one int32 per sample where samples are windows over the rows of features.bin: the first row. All numbers are
 * little-endian.
 *
 * @param path the folder
 */
public record DatasetFolder(Path path) {
    Path description() {
        return path.resolve("dataset.json");
    }

    Path features() {
        return path.resolve("features.bin");
    }

    Path targets() {
        return path.resolve("targets.bin");
    }

    Path weights() {
        return path.resolve("weights.bin");
    }

    Path windows() {
        return path.resolve("windows.bin");
    }

    /** @throws InvalidInputException if it is longer than what is read again */
    void writeDescription(final DatasetInfo info) throws IOException {
        Files.write(
                description(),
                JsonText.bytes(
                        "The description of the dataset",
                        DatasetJson.write(info),
                        "choose fewer columns, classes or words"));
    }

    /** Reads dataset.json and checks the sizes of the other files against it. */
    DatasetInfo readDescription() throws IOException {
        final JsonFields.Source source =
                new JsonFields.Source("The dataset in " + path, "run the node that made it again");
        try {
            for (final Path file : List.of(description(), features(), targets(), weights(), windows())) {
                if (Files.exists(file) && !Files.isRegularFile(file)) {
                    throw source.error(file.getFileName() + " should be a file, but it is none");
                }
            }
            if (Files.size(description()) > JsonText.MOST_BYTES) {
                throw source.error("dataset.json should have at most " + JsonText.MOST_BYTES + " bytes, but it has "
                        + Files.size(description()));
            }
            final DatasetInfo info = DatasetJson.read(Files.readAllBytes(description()), source);
            checkSize(features(), info.featureBytes(), source);
            checkSize(targets(), info.targetBytes(), source);
            checkSize(weights(), info.weightBytes(), source);
            if (info.windowBytes() > 0) {
                checkSize(windows(), info.windowBytes(), source);
            }
            return info;
        } catch (final NoSuchFileException absent) {
            throw new InvalidInputException(
                    source.error("the file " + Path.of(absent.getFile()).getFileName()
                                    + " was expected, but it is not there")
                            .getMessage(),
                    absent);
        }
    }

    private static void checkSize(final Path file, final long expected, final JsonFields.Source source)
            throws IOException {
        final long found = Files.size(file);
        if (found != expected) {
            throw source.error(file.getFileName() + " should have " + expected + " bytes, but it has " + found);
        }
    }
}
