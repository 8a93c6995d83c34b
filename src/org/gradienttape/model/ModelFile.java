package org.gradienttape.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.AtomicFile;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.IfExists;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;
import org.gradienttape.layer.Weights;
import org.gradienttape.state.RunState;

/**
 * A model as a file: a zip of exactly two entries, model.json (network and provenance) and weights.safetensors. The
 * same model gives the same bytes. A checkpoint is a model file with two more entries, the state of its run.
 */
public final class ModelFile {
    private static final String MODEL = "model.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String RUN = "run.json";
    private static final String RUN_ARRAYS = "run.safetensors";
    private static final String DAMAGED = "a complete zip file was expected, but it is cut off or damaged";

    private ModelFile() {}

    /** Reads from the open file. */
    @FunctionalInterface
    private interface ZipReader<T> {
        T read(ZipFile zip, JsonFields.Source source) throws IOException;
    }

    /**
     * Writes a model; a failure leaves nothing behind and an existing file untouched.
     *
     * @throws InvalidInputException if the file is there and is to stay, or a weight is no finite number, since such a file
     *     could not be read again
     * @throws IOException if it cannot be written
     */
    public static void write(final Model model, final Path file, final IfExists ifExists) throws IOException {
        model.checkFinite(file);
        AtomicFile.write("The model", file, ifExists, out -> write(model, out));
    }

    /** Writes the bytes of the file to a stream, which stays open. */
    public static void write(final Model model, final OutputStream out) throws IOException {
        write(model, Optional.empty(), out);
    }

    /**
     * Writes the model that a run has made so far, with all that the run needs to go on.
     *
     * @throws InvalidInputException if a weight is no finite number, since such a file could not be read again
     * @throws IOException if it cannot be written; a file that was there is untouched
     */
    public static void writeCheckpoint(final Model model, final RunState run, final Path file) throws IOException {
        model.checkFinite(file);
        AtomicFile.write("The checkpoint", file, IfExists.OVERWRITE, out -> write(model, Optional.of(run), out));
    }

    private static void write(final Model model, final Optional<RunState> run, final OutputStream out)
            throws IOException {
        final ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        final byte[] json = new ModelJson(model.network(), model.preprocessing(), model.provenance()).toBytes();
        ModelEntries.write(zip, MODEL, entry -> entry.write(json));
        ModelEntries.write(zip, WEIGHTS, Safetensors.content(model.network(), model.weights()));
        if (run.isPresent()) {
            final byte[] values = RunJson.toBytes(run.get().values());
            ModelEntries.write(zip, RUN, entry -> entry.write(values));
            ModelEntries.write(zip, RUN_ARRAYS, RunArrays.content(run.get().arrays()));
        }
        zip.finish();
        zip.flush();
    }

    /**
     * Reads a model.
     *
     * @throws InvalidInputException if it is not there, cut off, damaged or no model file
     * @throws IOException if it cannot be read
     */
    public static Model read(final Path file) throws IOException {
        return open(file, source(file), ModelFile::model);
    }

    /**
     * Reads all but the weights, which takes no more time for large ones.
     *
     * @throws InvalidInputException if the file is not there, cut off, damaged or no model file
     * @throws IOException if it cannot be read
     */
    public static Outline readOutline(final Path file) throws IOException {
        return open(file, source(file), (zip, source) -> {
            final ModelJson json = json(zip, source);
            return new Outline(json.network(), json.preprocessing());
        });
    }

    /**
     * Reads where a model comes from; as {@link #readOutline}.
     *
     * @throws InvalidInputException if the file is not there, cut off, damaged or no model file
     * @throws IOException if it cannot be read
     */
    public static Provenance readProvenance(final Path file) throws IOException {
        return open(file, source(file), (zip, source) -> json(zip, source).provenance());
    }

    /**
     * Reads the state of the run from a checkpoint.
     *
     * @throws InvalidInputException if the file is not there, cut off, damaged or no checkpoint
     * @throws IOException if it cannot be read
     */
    public static RunState readRun(final Path file) throws IOException {
        final JsonFields.Source source =
                new JsonFields.Source("The checkpoint " + file, "use an older one, or begin the run anew");
        return open(file, source, (zip, name) -> {
            if (zip.getEntry(RUN) == null) {
                throw source.error("a checkpoint was expected, but it is a model without its run");
            }
            final var values = RunJson.parse(
                    ModelEntries.read(zip, RUN, source, in -> in.readNBytes(JsonText.MOST_BYTES)), source);
            final long size = zip.getEntry(RUN_ARRAYS).getSize();
            return new RunState(
                    values, ModelEntries.read(zip, RUN_ARRAYS, source, in -> RunArrays.read(in, size, source)));
        });
    }

    /** Reads a model from a stream to its end; the stream stays open. */
    public static Model read(final InputStream in) throws IOException {
        final JsonFields.Source source = new JsonFields.Source("The stored model", "run the node that made it again");
        final ZipInputStream zip = new ZipInputStream(in);
        try {
            next(zip, MODEL, source);
            final byte[] text = zip.readNBytes(JsonText.MOST_BYTES);
            ModelJson.checkVersion(text, source);
            final ModelJson json = ModelJson.parse(text, source);
            final long size = next(zip, WEIGHTS, source).getSize();
            final Weights weights = Safetensors.read(json.network(), zip, size, source);
            if (zip.read() >= 0 || zip.getNextEntry() != null) {
                throw source.error("the weights should be its end, but it holds more");
            }
            in.transferTo(OutputStream.nullOutputStream()); // the zip's directory, which repeats what was read
            return new Model(json.network(), weights, json.preprocessing(), json.provenance());
        } catch (final ZipException | EOFException | IllegalArgumentException damaged) {
            // The last one is what the JDK throws for the name of an entry that is no text.
            throw new InvalidInputException(source.error(DAMAGED).getMessage(), damaged);
        }
    }

    /** The next entry, which says its size before its content, as {@link #write} does. */
    private static ZipEntry next(final ZipInputStream zip, final String name, final JsonFields.Source source)
            throws IOException {
        final ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name) || entry.getSize() < 0) {
            throw source.error("the entry " + name + " was expected, but "
                    + (entry == null ? "there is none" : "the entry is " + entry.getName()));
        }
        return entry;
    }

    private static JsonFields.Source source(final Path file) {
        return new JsonFields.Source("The model file " + file, "choose another file or write the model again");
    }

    private static <T> T open(final Path file, final JsonFields.Source source, final ZipReader<T> reader)
            throws IOException {
        FileTrouble.expectFile("A model file", file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            checkOrigin(zip, source);
            checkEntries(zip, Files.size(file), source);
            return reader.read(zip, source);
        } catch (final ZipException | EOFException damaged) {
            throw new InvalidInputException(
                    source.error(ForeignFile.what(file).map(ModelFile::foreign).orElse(DAMAGED))
                            .getMessage(),
                    damaged);
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The model", file, trouble);
        }
    }

    private static Model model(final ZipFile zip, final JsonFields.Source source) throws IOException {
        final ModelJson json = json(zip, source);
        final long size = zip.getEntry(WEIGHTS).getSize();
        final Weights weights =
                ModelEntries.read(zip, WEIGHTS, source, in -> Safetensors.read(json.network(), in, size, source));
        return new Model(json.network(), weights, json.preprocessing(), json.provenance());
    }

    private static ModelJson json(final ZipFile zip, final JsonFields.Source source) throws IOException {
        return ModelJson.parse(ModelEntries.read(zip, MODEL, source, in -> in.readNBytes(JsonText.MOST_BYTES)), source);
    }

    /** Says so if the file is of another library, or of a later version of this one. */
    private static void checkOrigin(final ZipFile zip, final JsonFields.Source source) throws IOException {
        final List<String> names = zip.stream().map(ZipEntry::getName).toList();
        final Optional<String> foreign = ForeignFile.what(names);
        if (foreign.isPresent()) {
            throw source.error(foreign(foreign.get()));
        }
        if (names.contains(MODEL)) {
            try (InputStream in = zip.getInputStream(zip.getEntry(MODEL))) {
                ModelJson.checkVersion(in.readNBytes(JsonText.MOST_BYTES), source);
            }
        }
    }

    private static String foreign(final String what) {
        return "a GradientTape model from the Model Writer was expected, but it is " + what;
    }

    /** Exactly the two entries, or those of a checkpoint, none larger than the file could hold. */
    private static void checkEntries(final ZipFile zip, final long fileSize, final JsonFields.Source source) {
        final List<String> names = zip.stream().map(ZipEntry::getName).sorted().toList();
        if (!names.equals(List.of(MODEL, WEIGHTS)) && !names.equals(List.of(MODEL, RUN, RUN_ARRAYS, WEIGHTS))) {
            throw source.error(
                    "exactly the entries " + MODEL + " and " + WEIGHTS + " were expected, but it has " + names);
        }
        ModelEntries.checkSizes(zip, names, fileSize, source);
    }
}
