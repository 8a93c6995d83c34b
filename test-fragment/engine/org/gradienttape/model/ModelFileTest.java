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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final String JSON = "model.json";
    private static final String WEIGHTS = "weights.safetensors";

    @TempDir
    Path folder;

    private Path file;
    private Model model;

    @BeforeEach
    void makeModel() {
        file = folder.resolve("model.zip");
        final Network network = Network.of(
                Shape.of(2, 2, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(3, Activation.RELU),
                        new Layer.ActivityRegularization(0, 1e-2),
                        new Layer.Dropout(0.5),
                        new Layer.Reshape(Shape.of(3)),
                        new Layer.ReLU(),
                        new Layer.Dense(2, Activation.NONE, false)));
        final Provenance provenance = new Provenance(
                "GradientTape Trainer",
                Optional.of("MNIST"),
                List.of("no \"quotes\"", "ä"),
                Map.of("learning rate", "0.001", "epochs", "2"));
        model = new Model(network, Weights.initial(network, 7), provenance);
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);

        assertThat(ModelFile.read(file)).isEqualTo(model);
        assertThat(folder).isDirectoryContaining("glob:**/model.zip");
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    @Test
    void givesBackFreshModelsWithoutADataset() throws IOException {
        final Model fresh = new Model(model.network(), model.weights(), Provenance.of("Model Builder"));

        ModelFile.write(fresh, file, IfExists.FAIL);

        assertThat(ModelFile.read(file)).isEqualTo(fresh);
    }

    @Test
    void streamsCarryTheSameBytesAsTheFileAndStayOpen() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ModelFile.write(model, stream);

        assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
        assertThat(ModelFile.read(new ByteArrayInputStream(stream.toByteArray()))).isEqualTo(model);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        final byte[] first = bytes(model);
        final Model same = new Model(
                model.network(),
                Weights.initial(model.network(), 7),
                new Provenance(
                        "GradientTape Trainer",
                        Optional.of("MNIST"),
                        List.of("no \"quotes\"", "ä"),
                        new LinkedHashMap<>(Map.of("epochs", "2", "learning rate", "0.001"))));

        assertThat(bytes(same)).isEqualTo(first);
        final Model other = new Model(model.network(), Weights.initial(model.network(), 8), model.provenance());
        assertThat(bytes(other)).isNotEqualTo(first);
    }

    @Test
    void theDescriptionUsesTheNamesOfKeras() throws IOException {
        final Network network = Network.of(Shape.of(4), List.of(new Layer.Dense(2, Activation.RELU)));
        final Model small = new Model(network, Weights.initial(network, 0), Provenance.of("Model Builder"));

        assertThat(new String(entries(bytes(small)).get(JSON), StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {
                          "format": "gradienttape-model",
                          "version": 1,
                          "input_shape": [
                            4
                          ],
                          "layers": [
                            {
                              "type": "Dense",
                              "units": 2,
                              "activation": "relu",
                              "use_bias": true
                            }
                          ],
                          "provenance": {
                            "created_by": "Model Builder",
                            "class_names": [],
                            "settings": {}
                          }
                        }
                        """);
    }

    /** The layout of huggingface.co/docs/safetensors: length, header, numbers, all little-endian. */
    @Test
    void theWeightsAreSafetensors() throws IOException {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final Weights weights =
                Weights.of(network, Map.of("dense/kernel", new float[] {1, -2}, "dense/bias", new float[] {0.5f}));

        final ByteBuffer bytes = ByteBuffer.wrap(
                        entries(bytes(new Model(network, weights, Provenance.of("a test")))).get(WEIGHTS))
                .order(ByteOrder.LITTLE_ENDIAN);

        final String header = "{\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        final int length = (int) bytes.getLong();
        final byte[] text = new byte[length];
        bytes.get(text);
        assertThat(length % 8).isZero();
        assertThat(new String(text, StandardCharsets.UTF_8).stripTrailing()).isEqualTo(header);
        assertThat(new float[] {bytes.getFloat(), bytes.getFloat(), bytes.getFloat()}).containsExactly(1, -2, 0.5f);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void takesTensorsInAnotherOrderAndDeflatedEntries() throws IOException {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final Weights weights =
                Weights.of(network, Map.of("dense/kernel", new float[] {1, -2}, "dense/bias", new float[] {0.5f}));
        final Model small = new Model(network, weights, Provenance.of("a test"));
        final Map<String, byte[]> entries = entries(bytes(small));
        entries.put(
                WEIGHTS,
                safetensors(
                        "{\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]}}",
                        0.5f,
                        1,
                        -2));
        Files.write(file, zip(entries));

        assertThat(ModelFile.read(file)).isEqualTo(small);
    }

    @Test
    void failsWhenTheFileIsThereAndLeavesItAlone() throws IOException {
        Files.writeString(file, "precious");

        assertThatThrownBy(() -> ModelFile.write(model, file, IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The model should become the new file " + file
                        + ", but there is one already; choose another name or allow to overwrite it.");
        assertThat(file).hasContent("precious");
    }

    @Test
    void overwritesWhenItMay() throws IOException {
        Files.writeString(file, "old");

        ModelFile.write(model, file, IfExists.OVERWRITE);

        assertThat(ModelFile.read(file)).isEqualTo(model);
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    @Test
    void refusesFoldersAndPlacesThatAreNotThere() throws IOException {
        assertThatThrownBy(() -> ModelFile.write(model, folder, IfExists.OVERWRITE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("that is a folder");
        assertThatThrownBy(() -> ModelFile.write(model, folder.resolve("a/b.zip"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() -> ModelFile.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A model file was expected at " + file + ", but there is none; choose a model file.");
    }

    @Test
    void refusesAFileThatIsCutAnywhere() throws IOException {
        final byte[] whole = bytes(model);

        for (int length = 0; length < whole.length; length += 13) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("a complete zip file was expected, but it is cut off or damaged");
        }
        assertThatThrownBy(() -> ModelFile.read(new ByteArrayInputStream(whole, 0, whole.length / 2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The stored model cannot be used");
    }

    @Test
    void refusesFlippedBits() throws IOException {
        final byte[] whole = bytes(model);
        final int lastWeight = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2") - 1;
        whole[lastWeight] ^= 1;
        Files.write(file, whole);

        assertRefused("weights.safetensors should match its checksum");
    }

    @Test
    void refusesOtherEntries() throws IOException {
        final Map<String, byte[]> outside = entries(bytes(model));
        outside.put("../x", new byte[1]);
        Files.write(file, zip(outside));
        assertRefused("exactly the entries model.json and weights.safetensors", "[../x, model.json, weights.safetensors]");
        assertThat(folder.resolveSibling("x")).doesNotExist();

        final Map<String, byte[]> renamed = entries(bytes(model));
        renamed.put("../weights.safetensors", renamed.remove(WEIGHTS));
        Files.write(file, zip(renamed));
        assertRefused("[../weights.safetensors, model.json]");

        Files.write(file, zip(Map.of()));
        assertRefused("but it has []");
    }

    @Test
    void refusesADescriptionThatIsWrong() throws IOException {
        assertJsonRefused("\"version\": 1", "\"version\": 9", "version", "but it is 9");
        assertJsonRefused("gradienttape-model", "other", "format");
        assertJsonRefused("\"Flatten\"", "\"Fold\"", "layers.type", "Dense, ReLU, Flatten", "but it is Fold");
        assertJsonRefused("\"relu\"", "\"swish\"", "layers.activation", "one of linear, relu");
        assertJsonRefused("\"units\": 3", "\"units\": 0", "layers.units", "from 1 to");
        assertJsonRefused("\"units\": 3", "\"units\": 3, \"seed\": 1", "unknown field layers.seed");
        assertJsonRefused("\"rate\": 0.5", "\"rate\": 1.5", "Dropout needs a rate");
        assertJsonRefused("\"layers\"", "\"author\": \"me\", \"layers\"", "unknown field author");
        assertJsonRefused("\"created_by\"", "\"made_by\"", "provenance.created_by");
    }

    @Test
    void refusesLayersThatDoNotFitEachOther() throws IOException {
        assertJsonRefused("\"target_shape\": [\n        3", "\"target_shape\": [\n        4", "Reshape to 4", "shape 3");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        final Map<String, byte[]> entries = entries(bytes(model));
        replace(entries, "\"units\": 2", "\"units\": 5");
        Files.write(file, zip(entries));

        assertRefused("dense_1/kernel.shape should be 3 x 5, but it is 3 x 2");
    }

    @Test
    void refusesAnUnexpectedSafetensorsHeader() throws IOException {
        final String kernel = "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}";
        final String bias = "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";

        assertWeightsRefused(safetensors("{" + kernel + "}", 1, 2), "should hold the weights", "[dense/kernel]");
        assertWeightsRefused(safetensors("{" + kernel + "," + kernel + "}", 1, 2), "twice");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias.replace("F32", "F64") + "}", 1, 2, 3), "dtype should be F32");
        assertWeightsRefused(
                safetensors("{" + kernel.replace("[2,1]", "[1,2]") + "," + bias + "}", 1, 2, 3),
                "shape should be 2 x 1, but it is 1 x 2");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias.replace("[8,12]", "[4,8]") + "}", 1, 2, 3),
                "dense/bias should start at byte 8");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias.replace("[8,12]", "[12,16]") + "}", 1, 2, 3, 4),
                "dense/bias should start at byte 8");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias.replace("[8,12]", "[8,9]") + "}", 1, 2, 3), "4 apart");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias + "}", 1, 2, 3, 4), "12 bytes of numbers, but it has 16");
        assertWeightsRefused(safetensors("{" + kernel + "," + bias + "}", 1, 2), "from 0 to 8");
        assertWeightsRefused(
                safetensors("{" + kernel + "," + bias.replace("\"dtype\"", "\"x\":1,\"dtype\"") + "}", 1, 2, 3),
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

    /** 3.6 GB of weights in a few bytes: refused by its declared sizes, before anything is allocated. */
    @Test
    void refusesSizesThatTheFileCannotHold() throws IOException {
        final Map<String, byte[]> entries = entries(bytes(model));
        final byte[] whole = zip(entries);
        final String text = new String(whole, StandardCharsets.ISO_8859_1);
        final int central = text.lastIndexOf("PK\1\2"); // the central directory's entry of the weights
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(central + 24, 2_000_000_000);
        Files.write(file, whole);

        assertRefused("declares 2000000000 bytes");
    }

    private void assertJsonRefused(final String from, final String to, final String... parts) throws IOException {
        final Map<String, byte[]> entries = entries(bytes(model));
        replace(entries, from, to);
        Files.write(file, zip(entries));
        assertRefused(parts);
    }

    private static void replace(final Map<String, byte[]> entries, final String from, final String to) {
        final String json = new String(entries.get(JSON), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        entries.put(JSON, json.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private void assertWeightsRefused(final byte[] weights, final String... parts) throws IOException {
        final Network network = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final Map<String, byte[]> entries =
                entries(bytes(new Model(network, Weights.initial(network, 0), Provenance.of("a test"))));
        entries.put(WEIGHTS, weights);
        Files.write(file, zip(entries));
        assertRefused(parts);
    }

    private void assertRefused(final String... parts) {
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The model file " + file)
                .hasMessageContainingAll(parts);
    }

    private static byte[] bytes(final Model model) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    private Map<String, byte[]> entries(final byte[] zip) throws IOException {
        final Path copy = Files.write(folder.resolve("entries.zip"), zip);
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(copy.toFile())) {
            for (final ZipEntry entry : file.stream().toList()) {
                entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        Files.delete(copy);
        return entries;
    }

    private static byte[] zip(final Map<String, byte[]> entries) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] safetensors(final String header, final float... numbers) {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 4 * numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
        for (final float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.array();
    }
}
