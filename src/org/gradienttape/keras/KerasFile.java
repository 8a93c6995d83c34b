package org.gradienttape.keras;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.UnfinishedFiles;
import org.gradienttape.hdf5.Hdf5Array;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelEntries;
import org.gradienttape.model.Outline;
import org.gradienttape.model.Provenance;

/**
 * Files of Keras 3: .keras, a zip of metadata.json, config.json and model.weights.h5, and .weights.h5, which is the last of
 * them alone. What they hold is data to us; a file that needs code of somebody, such as a Lambda layer, is refused.
 */
public final class KerasFile {
    private static final String METADATA = "metadata.json";
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final int MOST_WEIGHT_BYTES = Integer.MAX_VALUE - 8;
    private static final String MODEL_FILE = "The Keras model";
    private static final String WEIGHT_FILE = "The weights";
    private static final String DAMAGED = "a complete zip file was expected, but it is cut off or damaged";

    private KerasFile() {}

    /** Reads from the open file. */
    @FunctionalInterface
    private interface ZipReader<T> {
        T read(ZipFile zip, JsonFields.Source source) throws IOException;
    }

    /**
     * Reads a .keras file. How its samples were made is in no such file, so that the preprocessing is unknown.
     *
     * @throws InvalidInputException if it is not there, damaged, or holds what we cannot compute
     * @throws IOException if it cannot be read
     */
    public static Model read(final Path file) throws IOException {
        return open(file, (zip, source) -> {
            final KerasAdapted.Arrays arrays = arrays(zip, source);
            final KerasNetwork keras =
                    KerasNetwork.read(entry(zip, CONFIG, JsonText.MOST_BYTES, source), arrays, source);
            final JsonFields metadata = JsonFields.parse(entry(zip, METADATA, JsonText.MOST_BYTES, source), source);
            final Weights weights = KerasWeights.read(keras, arrays.get(), source);
            return new Model(
                    keras.network(),
                    weights,
                    Provenance.of(
                            metadata.has("keras_version") ? "Keras " + metadata.string("keras_version") : "Keras"));
        });
    }

    /**
     * Reads all but the weights; looks at them only if there are numbers among them that a layer was adapted to.
     *
     * @throws InvalidInputException if it is not there, damaged, or holds what we cannot compute
     * @throws IOException if it cannot be read
     */
    public static Outline readOutline(final Path file) throws IOException {
        return open(
                file,
                (zip, source) -> new Outline(
                        KerasNetwork.read(entry(zip, CONFIG, JsonText.MOST_BYTES, source), arrays(zip, source), source)
                                .network(),
                        Preprocessing.UNKNOWN));
    }

    /**
     * Reads a .weights.h5 file into a network.
     *
     * @param network whose weights the file should hold
     * @throws InvalidInputException if the file is not there, damaged, or of another network
     * @throws IOException if it cannot be read
     */
    public static Weights readWeights(final Path file, final Network network) throws IOException {
        FileTrouble.expectFile("A file of weights", file);
        final JsonFields.Source source = new JsonFields.Source(
                "The weight file " + file, "choose the file of this network, or the network of this file");
        final byte[] bytes;
        try {
            final long size = Files.size(file);
            check(size, source);
            bytes = Files.readAllBytes(file);
        } catch (final IOException trouble) {
            throw FileTrouble.reading(WEIGHT_FILE, file, trouble);
        }
        return KerasWeights.read(KerasNetwork.of(network), KerasWeights.arrays(bytes, source), source);
    }

    /**
     * Writes a .keras file; a failure leaves nothing behind and an existing file untouched.
     *
     * @throws InvalidInputException if Keras has no such network, the file is there and is to stay, or a weight is no finite
     *     number
     * @throws IOException if it cannot be written
     */
    public static void write(final Model model, final Path file, final IfExists ifExists) throws IOException {
        write(MODEL_FILE, model, file, ifExists, (keras, weights, out) -> {
            final ZipOutputStream zip = new ZipOutputStream(out);
            zip.setMethod(ZipOutputStream.STORED);
            final byte[] metadata = ("{\"keras_version\": \"3.0.0\", \"date_saved\": \"unknown\","
                            + " \"written_by\": \"GradientTape Nodes\"}")
                    .getBytes(StandardCharsets.UTF_8);
            final byte[] config = keras.write();
            ModelEntries.write(zip, METADATA, entry -> entry.write(metadata));
            ModelEntries.write(zip, CONFIG, entry -> entry.write(config));
            ModelEntries.write(zip, WEIGHTS, entry -> Files.copy(weights, entry));
            zip.finish();
        });
    }

    /**
     * Writes a .weights.h5 file; as {@link #write}.
     *
     * @throws InvalidInputException if Keras has no such network, the file is there and is to stay, or a weight is no finite
     *     number
     * @throws IOException if it cannot be written
     */
    public static void writeWeights(final Model model, final Path file, final IfExists ifExists) throws IOException {
        write(WEIGHT_FILE, model, file, ifExists, (keras, weights, out) -> Files.copy(weights, out));
    }

    /**
     * Says early whether a network can be written.
     *
     * @throws InvalidInputException if Keras has no such network; names the layer
     */
    public static void check(final Network network) {
        KerasNetwork.of(network);
    }

    /** Makes the file of the network and the file of its weights. */
    @FunctionalInterface
    private interface Content {
        void write(KerasNetwork keras, Path weights, OutputStream out) throws IOException;
    }

    private static void write(
            final String what, final Model model, final Path file, final IfExists ifExists, final Content content)
            throws IOException {
        model.checkFinite(file);
        final KerasNetwork keras = KerasNetwork.of(model.network());
        Weights.checkMemory(model.network());
        AtomicFile.write(what, file, ifExists, out -> {
            try (UnfinishedFiles unfinished =
                    UnfinishedFiles.in(file.toAbsolutePath().getParent())) {
                final Path weights = unfinished.next();
                KerasWeights.write(keras, model.weights(), weights);
                content.write(keras, weights, out);
            }
        });
    }

    private static <T> T open(final Path file, final ZipReader<T> reader) throws IOException {
        FileTrouble.expectFile("A Keras file", file);
        final JsonFields.Source source =
                new JsonFields.Source("The Keras file " + file, "choose another file, or change the model in Keras");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            final List<String> names =
                    zip.stream().map(ZipEntry::getName).sorted().toList();
            if (!names.equals(List.of(CONFIG, METADATA, WEIGHTS))) {
                throw source.error("exactly the entries " + CONFIG + ", " + METADATA + " and " + WEIGHTS
                        + " were expected, but it has " + names);
            }
            ModelEntries.checkSizes(zip, names, Files.size(file), source);
            return reader.read(zip, source);
        } catch (final ZipException | EOFException damaged) {
            throw new InvalidInputException(source.error(DAMAGED).getMessage(), damaged);
        } catch (final IOException trouble) {
            throw FileTrouble.reading(MODEL_FILE, file, trouble);
        }
    }

    /** Those of the weights, read once. */
    private static KerasAdapted.Arrays arrays(final ZipFile zip, final JsonFields.Source source) {
        final Map<String, Hdf5Array> read = new LinkedHashMap<>();
        return () -> {
            if (read.isEmpty()) {
                read.putAll(KerasWeights.arrays(entry(zip, WEIGHTS, MOST_WEIGHT_BYTES, source), source));
            }
            return read;
        };
    }

    private static byte[] entry(
            final ZipFile zip, final String name, final int mostBytes, final JsonFields.Source source)
            throws IOException {
        final ZipEntry entry = zip.getEntry(name);
        if (mostBytes == MOST_WEIGHT_BYTES) {
            check(entry.getSize(), source);
        }
        final byte[] bytes =
                ModelEntries.read(zip, name, source, in -> in.readNBytes((int) Math.min(mostBytes, entry.getSize())));
        if (bytes.length < entry.getSize()) {
            throw source.error("the entry " + name + " should match its checksum, but it does not");
        }
        return bytes;
    }

    /** The bytes are there once, and the weights that are made of them. */
    private static void check(final long size, final JsonFields.Source source) {
        if (size > MOST_WEIGHT_BYTES) {
            throw source.error("weights of at most 2 GB were expected, but they have " + size + " bytes");
        }
        source.check(() -> MemoryNeed.check("Its weights", 2 * size, "choose a smaller model"));
    }
}
