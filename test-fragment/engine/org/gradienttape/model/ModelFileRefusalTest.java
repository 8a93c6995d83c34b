package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipOutputStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no models, or damaged ones. */
class ModelFileRefusalTest {
    @TempDir
    Path folder;

    private final Model model = ModelFixture.model();
    private Path file;

    @BeforeEach
    void place() throws IOException {
        file = Files.createDirectory(folder.resolve("models")).resolve("model.zip");
    }

    @Test
    void refusesAFileThatIsCutAnywhere() throws IOException {
        final byte[] whole = ModelFixture.bytes(model);

        for (int length = 0; length < whole.length; length += 13) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("a complete zip file was expected, but it is cut off or damaged");
        }
        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(whole, 0, whole.length / 2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The stored model cannot be used");
    }

    /** As a file of 2 MB that unfolds into weights of 2 GB: it is refused before anything is allocated. */
    @Test
    void refusesWeightsThatDoNotFitIntoMemory() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(ModelFixture.small()));
        final String json = new String(entries.get(ModelFixture.JSON), StandardCharsets.UTF_8);
        entries.put(
                ModelFixture.JSON,
                json.replaceAll("\"units\": \\d+", "\"units\": 1000000000").getBytes(StandardCharsets.UTF_8));
        Files.write(file, ModelFixture.zip(entries));

        assertRefused("weights of the model would take", "choose smaller layers");
    }

    /** Whose description has another layer in it. */
    @Test
    void refusesLiesOfLayersThatAreCalledForEachStep() throws IOException {
        final Model steps = ModelFixture.ofSteps();
        final byte[] whole = ModelFixture.bytes(steps);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("a complete zip file was expected, but it is cut off or damaged");
        }

        assertJsonRefused(
                steps,
                "\"units\": 4",
                "\"units\": 5",
                "time_distributed/kernel.shape should be 2 x 5, but it is 2 x 4");
        assertJsonRefused(
                steps,
                "\"input_shape\": [\n    3,\n    2\n  ]",
                "\"input_shape\": [\n    6\n  ]",
                "TimeDistributed expects steps of one number or more each, such as steps x features, but its input has the"
                        + " shape 6");
        assertJsonRefused(steps, "\"Flatten\"", "\"Add\"", "but Add joins several inputs");
        assertJsonRefused(steps, "\"Flatten\"", "\"Fold\"", "layers.layer.type", "but it is Fold");
        assertJsonRefused(
                steps,
                "\"type\": \"Flatten\"",
                "\"type\": \"TimeDistributed\", \"layer\": {\"type\": \"Flatten\"}",
                "but TimeDistributed is one itself");
        assertJsonRefused(steps, "{\n        \"type\": \"Flatten\"\n      }", "7", "layers.layer");
    }

    @Test
    void refusesFlippedBits() throws IOException {
        final byte[] whole = ModelFixture.bytes(model);
        final int lastWeight = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2") - 1;
        whole[lastWeight] ^= 1;
        Files.write(file, whole);

        assertRefused("weights.safetensors should match its checksum");
    }

    @Test
    void refusesOtherEntries() throws IOException {
        final Map<String, byte[]> outside = ModelFixture.entries(ModelFixture.bytes(model));
        outside.put("../x", new byte[1]);
        Files.write(file, ModelFixture.zip(outside));
        assertRefused(
                "exactly the entries model.json and weights.safetensors", "[../x, model.json, weights.safetensors]");
        assertThat(folder.resolve("x")).doesNotExist();

        final Map<String, byte[]> renamed = ModelFixture.entries(ModelFixture.bytes(model));
        renamed.put("../weights.safetensors", renamed.remove(ModelFixture.WEIGHTS));
        Files.write(file, ModelFixture.zip(renamed));
        assertRefused("[../weights.safetensors, model.json]");

        Files.write(file, ModelFixture.zip(Map.of()));
        assertRefused("but it has []");
    }

    @Test
    void refusesADescriptionThatIsWrong() throws IOException {
        assertJsonRefused("\"version\": 2", "\"version\": 0", "version", "but it is 0");
        assertJsonRefused("gradienttape-model", "other", "format");
        assertJsonRefused("\"Flatten\"", "\"Fold\"", "layers.type", "Dense, ReLU, Flatten", "but it is Fold");
        assertJsonRefused("\"relu\"", "\"swish\"", "layers.activation", "one of linear, relu");
        assertJsonRefused("\"units\": 3", "\"units\": 0", "Dense needs at least 1 unit, but units is 0");
        assertJsonRefused("\"units\": 3", "\"units\": 2.5", "layers.units", "a whole number from");
        assertJsonRefused("\"units\": 3", "\"units\": 3, \"seed\": 1", "unknown field layers.seed");
        assertJsonRefused("\"rate\": 0.5", "\"rate\": 1.5", "Dropout needs a rate");
        assertJsonRefused("\"layers\"", "\"author\": \"me\", \"layers\"", "unknown field author");
        assertJsonRefused("divide_by_255", "divide_by_0", "pixel_scaling", "one of as_stored, divide_by_255");
        assertJsonRefused("zero_to_255", "wide", "stored_range", "but it is wide");
        assertJsonRefused("\"stored_range\"", "\"range\"", "preprocessing.stored_range");
        assertJsonRefused("\"created_by\"", "\"made_by\"", "provenance.created_by");
    }

    /** Whatever else may have changed: other entries, other fields. */
    @Test
    void saysThatAModelIsOfALaterVersion() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(model));
        replace(entries, "\"version\": 2", "\"version\": 7, \"new\": []");
        Files.write(file, ModelFixture.zip(entries));
        final String expected =
                "The model file " + file + " is of the format's version 7, but these nodes read it up to"
                        + " version 2; update the extension GradientTape Nodes.";
        assertThatThrownBy(() -> ModelFile.read(file)).hasMessage(expected);
        assertThatThrownBy(() -> ModelFile.readOutline(file)).hasMessage(expected);

        entries.put("optimizer.safetensors", new byte[3]);
        Files.write(file, ModelFixture.zip(entries));
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(expected);
    }

    @Test
    void saysSoOfAStoredModelToo() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(model));
        replace(entries, "\"version\": 2", "\"version\": 7, \"new\": []");
        final ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(stored)) {
            zip.setMethod(ZipOutputStream.STORED);
            ModelEntries.write(zip, ModelFixture.JSON, entry -> entry.write(entries.get(ModelFixture.JSON)));
        }

        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(stored.toByteArray())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The stored model is of the format's version 7, but these nodes read it up to version 2;"
                        + " update the extension GradientTape Nodes.");
    }

    /** The first bytes are those that the formats' own pages name. */
    @Test
    void namesModelsOfOtherLibraries() throws IOException {
        assertForeign(hex("894844460d0a1a0a0000000000080800"), "an HDF5 file, such as a Keras model (.h5)");
        assertForeign(
                ModelFixture.zip(Map.of(
                        "config.json", new byte[2], "metadata.json", new byte[2], "model.weights.h5", new byte[2])),
                "a Keras model (.keras)");
        assertForeign(
                ModelFixture.zip(Map.of("net/data.pkl", new byte[2], "net/version", new byte[2])), "a PyTorch model");
        assertForeign(hex("80028a0a6cfc9c46f9206aa850192e80"), "a Python pickle, such as a PyTorch model");
        assertForeign(hex("0808120770797472617263683a"), "an ONNX or TensorFlow model");
        assertForeign(ModelFixture.safetensors("{\"a\":{}}  ", 1, 2), "a safetensors file");
        assertForeign("\u0020\0\0\0TFL3".getBytes(StandardCharsets.US_ASCII), "a TensorFlow Lite model");
        assertForeign(
                "<?xml version=\"1.0\"?><PMML/>".getBytes(StandardCharsets.US_ASCII),
                "an XML file, such as a PMML model");
        assertForeign(ModelFixture.zip(Map.of("dense.npy", new byte[2])), "a NumPy archive (.npz)");
        assertForeign("f0,f1,label\n1,2,a\n".getBytes(StandardCharsets.US_ASCII), "no zip file at all");
        assertForeign(ModelFixture.zip(Map.of("digits/workflow.knime", new byte[2])), "a KNIME workflow (.knwf)");
    }

    private void assertForeign(final byte[] content, final String what) throws IOException {
        Files.write(file, content);
        assertRefused("a GradientTape model from the Model Writer was expected, but it is " + what);
    }

    private static byte[] hex(final String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void refusesAWeightThatIsNotFinite() throws IOException {
        final String kernel = "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}";
        final String bias = "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";

        for (final float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertWeightsRefused(
                    ModelFixture.safetensors("{" + kernel + "," + bias + "}", 1, 2, broken),
                    "the weights should be finite numbers, but dense/bias holds NaN or an infinite one");
        }
    }

    @Test
    void doesNotWriteAWeightThatIsNotFinite() throws IOException {
        final Model broken = new Model(
                ModelFixture.small().network(),
                Weights.of(
                        ModelFixture.small().network(),
                        Map.of("dense/kernel", new float[] {1, Float.NaN}, "dense/bias", new float[1])),
                Provenance.of("a test"));

        assertThatThrownBy(() -> ModelFile.write(broken, file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The weights of a model must be finite numbers, but dense/kernel holds NaN or an infinite one,"
                                + " so " + file + " was not written; train the model again.");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesADescriptionOfMoreThan64Megabytes() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(model));
        final byte[] padded = Arrays.copyOf(entries.get(ModelFixture.JSON), (1 << 26) + 1);
        Arrays.fill(padded, entries.get(ModelFixture.JSON).length, padded.length, (byte) ' ');
        entries.put(ModelFixture.JSON, padded);
        Files.write(file, ModelFixture.zip(entries));

        assertRefused("the entry model.json should end, but it holds more");
    }

    @Test
    void refusesLayersThatDoNotFitEachOther() throws IOException {
        assertJsonRefused(
                "\"target_shape\": [\n        3", "\"target_shape\": [\n        4", "Reshape to 4", "shape 3");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(model));
        replace(entries, "\"units\": 2", "\"units\": 5");
        Files.write(file, ModelFixture.zip(entries));

        assertRefused("dense_1/kernel.shape should be 3 x 5, but it is 3 x 2");
    }

    @Test
    void refusesAnUnexpectedSafetensorsHeader() throws IOException {
        final String kernel = "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}";
        final String bias = "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";

        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "}", 1, 2), "should hold the weights", "[dense/kernel]");
        assertWeightsRefused(ModelFixture.safetensors("{" + kernel + "," + kernel + "}", 1, 2), "twice");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "," + bias.replace("F32", "F64") + "}", 1, 2, 3),
                "dtype should be F32");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel.replace("[2,1]", "[1,2]") + "," + bias + "}", 1, 2, 3),
                "shape should be 2 x 1, but it is 1 x 2");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "," + bias.replace("[8,12]", "[4,8]") + "}", 1, 2, 3),
                "dense/bias should start at byte 8");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "," + bias.replace("[8,12]", "[12,16]") + "}", 1, 2, 3, 4),
                "dense/bias should start at byte 8");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "," + bias.replace("[8,12]", "[8,9]") + "}", 1, 2, 3),
                "4 apart");
        assertWeightsRefused(
                ModelFixture.safetensors("{" + kernel + "," + bias + "}", 1, 2, 3, 4),
                "12 bytes of numbers, but it has 16");
        assertWeightsRefused(ModelFixture.safetensors("{" + kernel + "," + bias + "}", 1, 2), "from 0 to 8");
        assertWeightsRefused(
                ModelFixture.safetensors(
                        "{" + kernel + "," + bias.replace("\"dtype\"", "\"x\":1,\"dtype\"") + "}", 1, 2, 3),
                "unknown field dense/bias.x");
    }

    @Test
    void refusesASafetensorsHeaderOfWrongLength() throws IOException {
        final ByteBuffer huge = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);

        assertWeightsRefused(huge.putLong(0, Long.MAX_VALUE).array(), "it declares 9223372036854775807");
        assertWeightsRefused(huge.putLong(0, -1).array(), "it declares 18446744073709551615");
        assertWeightsRefused(huge.putLong(0, 13).array(), "fits into its 20 bytes, but it declares 13");
        assertWeightsRefused(huge.putLong(0, 0).array(), "it declares 0");
        assertWeightsRefused(new byte[5], "ends before");
    }

    /** 2 GB of weights in a few bytes: refused by the declared size, before anything is allocated. */
    @Test
    void refusesSizesThatTheFileCannotHold() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(model));
        final byte[] whole = ModelFixture.zip(entries);
        final String text = new String(whole, StandardCharsets.ISO_8859_1);
        final int central = text.lastIndexOf("PK\1\2"); // the central directory's entry of the weights
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(central + 24, 2_000_000_000);
        Files.write(file, whole);

        assertRefused("declares 2000000000 bytes");
    }

    private void assertJsonRefused(final String from, final String to, final String... parts) throws IOException {
        assertJsonRefused(model, from, to, parts);
    }

    private void assertJsonRefused(final Model of, final String from, final String to, final String... parts)
            throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(of));
        replace(entries, from, to);
        Files.write(file, ModelFixture.zip(entries));
        assertRefused(parts);
    }

    private static void replace(final Map<String, byte[]> entries, final String from, final String to) {
        final String json = new String(entries.get(ModelFixture.JSON), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        entries.put(ModelFixture.JSON, json.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private void assertWeightsRefused(final byte[] weights, final String... parts) throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(ModelFixture.small()));
        entries.put(ModelFixture.WEIGHTS, weights);
        Files.write(file, ModelFixture.zip(entries));
        assertRefused(parts);
    }

    private void assertRefused(final String... parts) {
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)The model file " + Pattern.quote(file.toString()) + "(?!.*The model file).*")
                .hasMessageContainingAll(parts);
    }
}
