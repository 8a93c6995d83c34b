package org.gradienttape.data;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Shape;

/**
 * The files of a dataset on disk.
 *
 * <p>dataset.json describes it; features.bin holds the samples one after the other, each row-major, as bytes from 0 to 255
 * or as float32, little-endian, whichever {@link ElementType} the description names; labels.bin holds one little-endian int32
 * per sample.
 *
 * @param path the folder
 */
record DatasetFolder(Path path) {
    private static final String FORMAT = "gradienttape-dataset";
    private static final int VERSION = 1;
    private static final int MOST_JSON_BYTES = 1 << 24;
    private static final int MOST_DIMENSIONS = 32;

    Path description() {
        return path.resolve("dataset.json");
    }

    Path features() {
        return path.resolve("features.bin");
    }

    Path labels() {
        return path.resolve("labels.bin");
    }

    void writeDescription(final DatasetInfo info) throws IOException {
        final JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        json.addProperty("name", info.name());
        json.addProperty("samples", info.samples());
        final JsonArray shape = new JsonArray();
        info.sampleShape().dimensions().forEach(shape::add);
        json.add("sampleShape", shape);
        json.addProperty("elementType", JsonFields.text(info.elementType()));
        json.addProperty("scaling", JsonFields.text(info.scaling()));
        final JsonArray classNames = new JsonArray();
        info.classNames().forEach(classNames::add);
        json.add("classNames", classNames);
        final String text = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json);
        Files.writeString(description(), text + "\n");
    }

    /** Reads dataset.json and checks the sizes of the other files against it. */
    DatasetInfo readDescription() throws IOException {
        final JsonFields.Source source =
                new JsonFields.Source("The dataset in " + path, "read the data again with the Dataset Reader");
        try {
            if (Files.size(description()) > MOST_JSON_BYTES) {
                throw source.error("dataset.json should have at most " + MOST_JSON_BYTES + " bytes, but it has "
                        + Files.size(description()));
            }
            final DatasetInfo info = info(JsonFields.parse(Files.readAllBytes(description()), source));
            checkSize(features(), info.featureBytes(), source);
            checkSize(labels(), 4L * info.samples(), source);
            return info;
        } catch (final NoSuchFileException absent) {
            throw new InvalidInputException(
                    source.error("the file " + Path.of(absent.getFile()).getFileName()
                                    + " was expected, but it is not there")
                            .getMessage(),
                    absent);
        }
    }

    private static DatasetInfo info(final JsonFields json) {
        if (!json.string("format").equals(FORMAT)) {
            throw json.error("format", FORMAT, json.string("format"));
        }
        json.integer("version", VERSION, VERSION);
        final DatasetInfo info = new DatasetInfo(
                json.string("name"),
                (int) json.integer("samples", 0, Integer.MAX_VALUE),
                shape(json),
                json.constant("elementType", ElementType.values()),
                json.constant("scaling", Scaling.values()),
                json.strings("classNames"));
        json.finish();
        return info;
    }

    private static Shape shape(final JsonFields json) {
        final var sizes = json.integers("sampleShape", 1, Integer.MAX_VALUE);
        if (sizes.size() > MOST_DIMENSIONS) {
            throw json.error("sampleShape", "at most " + MOST_DIMENSIONS + " sizes", sizes.size() + " sizes");
        }
        return new Shape(sizes.stream().map(Long::intValue).toList());
    }

    private static void checkSize(final Path file, final long expected, final JsonFields.Source source)
            throws IOException {
        final long found = Files.size(file);
        if (found != expected) {
            throw source.error(file.getFileName() + " should have " + expected + " bytes, but it has " + found);
        }
    }
}
