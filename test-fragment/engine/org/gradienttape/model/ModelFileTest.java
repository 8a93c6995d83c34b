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
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    @TempDir
    Path folder;

    private final Model model = ModelFixture.model();
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("model.zip");
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);

        assertThat(ModelFile.read(file)).isEqualTo(model);
        assertThat(folder.toFile().list()).containsExactly("model.zip");
    }

    /** More than are read at a time. */
    @Test
    void givesBackManyWeights() throws IOException {
        final Network network = Network.of(Shape.of(70_001), List.of(new Layer.Dense(1, Activation.NONE)));
        final Model large = new Model(network, Weights.initial(network, 1), Provenance.of("a test"));

        ModelFile.write(large, file, IfExists.FAIL);

        assertThat(ModelFile.read(file)).isEqualTo(large);
    }

    /** Of 17 million bytes. */
    @Test
    void givesBackALongDescription() throws IOException {
        final Model wordy = new Model(
                model.network(),
                model.weights(),
                new Provenance("a test", Optional.empty(), Map.of("code", "x".repeat(17_000_000))));

        ModelFile.write(wordy, file, IfExists.FAIL);

        assertThat(ModelFile.read(file)).isEqualTo(wordy);
        assertThat(ModelFile.read(new ByteArrayInputStream(Files.readAllBytes(file))))
                .isEqualTo(wordy);
    }

    @Test
    void givesBackTheNetworkAlone() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);

        assertThat(ModelFile.readOutline(file)).isEqualTo(model.outline());
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
        final AtomicInteger closed = new AtomicInteger();
        final ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        ModelFile.write(model, out);
        final ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray()) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        assertThat(ModelFile.read(in)).isEqualTo(model);
        assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
        assertThat(closed).hasValue(0);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        final byte[] first = ModelFixture.bytes(model);
        final Model same = new Model(
                model.network(),
                Weights.initial(model.network(), 7),
                model.preprocessing(),
                new Provenance(
                        "GradientTape Trainer",
                        Optional.of("MNIST"),
                        new LinkedHashMap<>(Map.of("epochs", "2", "learning rate", "0.001"))));

        assertThat(ModelFixture.bytes(same)).isEqualTo(first);
        final Model other = new Model(
                model.network(), Weights.initial(model.network(), 8), model.preprocessing(), model.provenance());
        assertThat(ModelFixture.bytes(other)).isNotEqualTo(first);
    }

    /** Deflating 47 million weights took ten seconds, in which nobody could cancel. */
    @Test
    void entriesAreNotCompressed() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getMethod)).hasSize(2).containsOnly(ZipEntry.STORED);
        }
    }

    @Test
    void entriesCarryAFixedTime() throws IOException {
        ModelFile.write(model, file, IfExists.FAIL);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getTimeLocal))
                    .hasSize(2)
                    .containsOnly(LocalDateTime.of(1980, 2, 1, 0, 0));
        }
    }

    @Test
    void theDescriptionUsesTheNamesOfKeras() throws IOException {
        final Network network = Network.of(Shape.of(4), List.of(new Layer.Dense(2, Activation.RELU)));
        final Model small = new Model(network, Weights.initial(network, 0), Provenance.of("Model Builder"));

        assertThat(new String(
                        ModelFixture.entries(ModelFixture.bytes(small)).get(ModelFixture.JSON), StandardCharsets.UTF_8))
                .isEqualTo("""
                    {
                      "format": "gradienttape-model",
                      "version": 2,
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
                      "preprocessing": {},
                      "provenance": {
                        "created_by": "Model Builder",
                        "settings": {}
                      }
                    }
                    """);
    }

    @Test
    void theDescriptionSaysWhatWasDoneToTheSamples() throws IOException {
        assertThat(new String(
                        ModelFixture.entries(ModelFixture.bytes(model)).get(ModelFixture.JSON), StandardCharsets.UTF_8))
                .contains(
                        "\"preprocessing\": {",
                        "\"no \\\"quotes\\\"\"",
                        "\"pixel_scaling\": \"divide_by_255\"",
                        "\"stored_range\": \"zero_to_255\"");
    }

    /** The first version had the names of the classes in the provenance, and no word about pixels. */
    @Test
    void modelsOfTheFirstVersionLoad() throws IOException {
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(ModelFixture.small()));
        entries.put(ModelFixture.JSON, """
                {"format": "gradienttape-model", "version": 1, "input_shape": [2],
                 "layers": [{"type": "Dense", "units": 1, "activation": "linear", "use_bias": true}],
                 "provenance": {"created_by": "GradientTape Trainer", "dataset": "dots",
                  "class_names": ["no", "yes"], "settings": {"loss": "BinaryCrossentropy[]"}}}
                """.getBytes(StandardCharsets.UTF_8));
        Files.write(file, ModelFixture.zip(entries));

        final Model read = ModelFile.read(file);

        assertThat(read.preprocessing()).isEqualTo(Preprocessing.ofClasses(List.of("no", "yes"), Optional.empty()));
        assertThat(read.weights()).isEqualTo(ModelFixture.small().weights());
        assertThat(read.provenance().settings()).containsEntry("loss", "BinaryCrossentropy[]");
    }

    /** So wrote those of the second version before targets could be numbers. */
    @Test
    void namesOfClassesAloneAreATarget() {
        assertThat(PreprocessingJson.read("{\"class_names\": [\"no\", \"yes\"]}"))
                .isEqualTo(Preprocessing.ofClasses(List.of("no", "yes"), Optional.empty()));
        assertThat(PreprocessingJson.read("{\"class_names\": []}")).isEqualTo(Preprocessing.UNKNOWN);
    }

    @Test
    void everyTargetIsKept() {
        for (final Target target : List.of(
                Target.NONE,
                new Target.Features(),
                new Target.Classes("kind", List.of("a", "b")),
                new Target.Numbers(List.of(new TargetScaling("price", 120.25, 40.5), TargetScaling.none("rooms"))))) {
            final Preprocessing known = new Preprocessing(target, Optional.empty(), Optional.empty());

            assertThat(PreprocessingJson.read(PreprocessingJson.write(known))).isEqualTo(known);
        }
    }

    /** A class may be called by a text that was cut within an emoji; UTF-8 cannot hold what is left of that. */
    @Test
    void halvesOfCharactersAreKept() throws IOException {
        final Model small = ModelFixture.small();
        final Preprocessing cut =
                Preprocessing.ofClasses(List.of("cut \ud83d", "cut \ud83c", "\ud83d\ude00"), Optional.empty());
        final Model model = new Model(small.network(), small.weights(), cut, small.provenance());

        assertThat(ModelFile.read(new ByteArrayInputStream(ModelFixture.bytes(model)))
                        .preprocessing())
                .isEqualTo(cut);
        assertThat(PreprocessingJson.read(PreprocessingJson.write(cut))).isEqualTo(cut);
    }

    /** The layout of huggingface.co/docs/safetensors: length, header, numbers, all little-endian. */
    @Test
    void theWeightsAreSafetensors() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(ModelFixture.entries(ModelFixture.bytes(ModelFixture.small()))
                        .get(ModelFixture.WEIGHTS))
                .order(ByteOrder.LITTLE_ENDIAN);

        final String header = "{\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
        final int length = (int) bytes.getLong();
        final byte[] text = new byte[length];
        bytes.get(text);
        assertThat(length % 8).isZero();
        assertThat(new String(text, StandardCharsets.UTF_8).stripTrailing()).isEqualTo(header);
        assertThat(new float[] {bytes.getFloat(), bytes.getFloat(), bytes.getFloat()})
                .containsExactly(1, -2, 0.5f);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void takesTensorsInAnotherOrderAndDeflatedEntries() throws IOException {
        final Model small = ModelFixture.small();
        final Map<String, byte[]> entries = ModelFixture.entries(ModelFixture.bytes(small));
        entries.put(
                ModelFixture.WEIGHTS,
                ModelFixture.safetensors(
                        "{\"dense/bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"dense/kernel\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[4,12]}}",
                        0.5f,
                        1,
                        -2));
        Files.write(file, ModelFixture.zip(entries));

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
                .hasMessage("A model file was expected at " + file + ", but it does not exist; choose a file.");
    }
}
