package org.gradienttape.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.hdf5.Hdf5File;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What files of Keras hold, and what is refused. KerasOutputTest computes what the models give. */
class KerasFileTest {
    private static final Network PAIR = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));

    @TempDir
    private Path folder;

    @Test
    void theLayersAreOursWithTheirArguments() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("images", folder));

        assertThat(model.network().input()).isEqualTo(Shape.of(9, 9, 2));
        assertThat(model.network().layers())
                .startsWith(
                        new ImageLayer.Conv2D(4, Window.square(3, 2, Padding.SAME), Activation.RELU),
                        new NormalizationLayer.BatchNormalization(0.9, 0.002, true, true))
                .endsWith(new Layer.Dropout(0.5), new Layer.Flatten(), new Layer.Dense(3, Activation.SOFTMAX));
        assertThat(model.provenance().createdBy()).isEqualTo("Keras 3.8.0");
        assertThat(KerasFile.readOutline(folder.resolve("images.keras"))).isEqualTo(model.outline());
    }

    @Test
    void aModelInAModelIsPartOfTheRow() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("rows", folder));

        assertThat(model.network().layers())
                .containsExactly(
                        new Layer.Dense(4, Activation.GELU),
                        new NormalizationLayer.BatchNormalization(0.9, 0.002, true, true),
                        new ActivationLayer.ELU(1),
                        new Layer.Dense(2, Activation.NONE));
    }

    @Test
    void weightsAloneGoIntoTheirNetwork() throws IOException {
        final Path whole = KerasExample.copy("images", folder);
        final Path alone = Files.write(folder.resolve("a.weights.h5"), KerasExample.entry(whole, "model.weights.h5"));
        final Model model = KerasFile.read(whole);

        assertThat(KerasFile.readWeights(alone, model.network())).isEqualTo(model.weights());
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("images", folder));

        KerasFile.write(model, folder.resolve("1.keras"), IfExists.FAIL);
        KerasFile.write(model, folder.resolve("2.keras"), IfExists.FAIL);

        assertThat(folder.resolve("1.keras")).hasSameBinaryContentAs(folder.resolve("2.keras"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                change("Lambda", "\"class_name\": \"Flatten\"", "\"class_name\": \"Lambda\""),
                change(
                        "layer flat (Flatten) cannot be used: a layer or model of Keras was expected, but it is Flatten of the module mine",
                        "\"module\": \"keras.layers\", \"class_name\": \"Flatten\"",
                        "\"module\": \"mine\", \"class_name\": \"Flatten\""),
                change("but they have no Masked", "\"class_name\": \"Flatten\"", "\"class_name\": \"Masked\""),
                change("field activation should be one of", "\"activation\": \"tanh\"", "\"activation\": \"mish\""),
                change(
                        "data_format should be \"channels_last\", but it is \"channels_first\"",
                        "\"data_format\": \"channels_last\"",
                        "\"data_format\": \"channels_first\""),
                change("axis should be", "\"axis\": -1", "\"axis\": 1"),
                change("axis should be -1 or 3, but it is 1E+999999999", "\"axis\": -1", "\"axis\": 1e999999999"),
                change("an exponent of at most 10 digits", "\"axis\": -1", "\"axis\": 1e99999999999"),
                change("unknown field magic", "\"rate\": 0.5", "\"rate\": 0.5, \"magic\": 1"),
                change("a rate of at least 0", "\"rate\": 0.5", "\"rate\": 1.5"),
                change(
                        "the argument dtype is",
                        "\"config\": {\"name\": \"float32\"}",
                        "\"config\": {\"name\": \"mixed_float16\"}"),
                change(
                        "kernel_constraint should be null",
                        "\"kernel_constraint\": null",
                        "\"kernel_constraint\": {\"a\": 1}"),
                change(
                        "class_name of kernel_regularizer should be L1",
                        "\"kernel_regularizer\": null",
                        "\"kernel_regularizer\": {\"class_name\": \"Orthogonal\"}"),
                change("samples of one shape were expected", "[null, 9, 9, 2]", "[null, null, 9, 2]"),
                change(
                        "the kernel of edges: Conv2D, 9 x 9 x 2 to 5 x 5 x 5, should be 3 x 3 x 2 x 5, but it is 3 x 3 x 2 x 4",
                        "\"filters\": 4",
                        "\"filters\": 5"),
                change("layers/dense/vars/0", "\"units\": 3", "\"units\": 4"),
                change(
                        "layers/conv2d/vars/1, 4, too, which none of its layers has",
                        "\"use_bias\": true",
                        "\"use_bias\": false"),
                change(
                        "but it is Dense of the module keras",
                        "\"class_name\": \"Sequential\"",
                        "\"class_name\": \"Dense\""),
                change(
                        "but it is Image of the module keras",
                        "\"class_name\": \"Sequential\"",
                        "\"class_name\": \"Image\""));
    }

    static Stream<Arguments> refusalsOfParts() {
        return Stream.of(
                change(
                        "layer each (TimeDistributed) cannot be used: a layer or model of Keras was expected, but it is"
                                + " Dense of the module mine",
                        "\"layer\": {\"module\": \"keras.layers\", \"class_name\": \"Dense\"",
                        "\"layer\": {\"module\": \"mine\", \"class_name\": \"Dense\""),
                change(
                        "layer each (TimeDistributed) cannot be used: a kind of layer that these nodes have was"
                                + " expected, but they have no Mixture",
                        "\"layer\": {\"module\": \"keras.layers\", \"class_name\": \"Dense\"",
                        "\"layer\": {\"module\": \"keras.layers\", \"class_name\": \"Mixture\""),
                change(
                        "another layer was expected in TimeDistributed, but it is TimeDistributed",
                        "\"layer\": {\"module\": \"keras.layers\", \"class_name\": \"Dense\"",
                        "\"layer\": {\"module\": \"keras.layers\", \"class_name\": \"TimeDistributed\""),
                change(
                        "another layer was expected in Bidirectional, but it is Dense",
                        "\"class_name\": \"LSTM\"",
                        "\"class_name\": \"Dense\""),
                change("field merge_mode should be one of", "\"merge_mode\": \"concat\"", "\"merge_mode\": \"max\""),
                change(
                        "a backward_layer was expected that is the layer the other way round, but both differ",
                        "\"go_backwards\": true",
                        "\"go_backwards\": false"),
                change(
                        "output_shape should be 4 or null, but it is 7",
                        "\"output_shape\": null",
                        "\"output_shape\": 7"),
                change(
                        "a call without masks of its own was expected, but it has attention_mask",
                        "\"use_causal_mask\": true",
                        "\"attention_mask\": 1"),
                change(
                        "attention of a sequence to itself was expected, called with it twice, but it takes both, each",
                        "\"keras_history\": [\"both\", 0, 0]}}], \"kwargs\": {\"use_causal_mask\"",
                        "\"keras_history\": [\"each\", 0, 0]}}], \"kwargs\": {\"use_causal_mask\""),
                change(
                        "layers/time_distributed/layer/vars/0, the kernel of each: TimeDistributed(Dense), 5 x 2 to 5 x 4,"
                                + " should be 2 x 4, but it is 2 x 3",
                        "\"units\": 3",
                        "\"units\": 4"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusalsOfParts")
    void layersWithinAreLookedAtAsStrictly(final String said, final UnaryOperator<String> change) throws IOException {
        final Path file = KerasExample.withConfig(KerasExample.copy("parts", folder), change);

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Keras file " + file)
                .hasMessageContaining(said);
    }

    @Test
    void layersWithinAreOurs() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("parts", folder));

        assertThat(model.network().nodes().stream().map(Network.Node::description))
                .containsExactly(
                        "each: TimeDistributed(Dense), 5 x 2 to 5 x 3",
                        "both: Bidirectional(LSTM), 5 x 3 to 5 x 4",
                        "look: MultiHeadAttention, 5 x 4 to 5 x 4",
                        "sum: Add, 5 x 4 and 5 x 4 to 5 x 4",
                        "mean: GlobalAveragePooling1D, 5 x 4 to 4",
                        "scores: Dense, 4 to 2");
        assertThat(model.network().layers().get(2))
                .isEqualTo(new AttentionLayer.MultiHeadAttention(2, 3, 1, 0, true, true, WeightSettings.DEFAULT));
    }

    @Test
    void aFrozenLayerWithinIsFrozen() throws IOException {
        final Path file = KerasExample.withConfig(
                KerasExample.copy("parts", folder),
                text -> text.replace("\"step\", \"trainable\": true", "\"step\", \"trainable\": false"));
        final Model read = KerasFile.read(file);

        assertThat(read.network().nodes()).allSatisfy(node -> assertThat(node.trainable())
                .isEqualTo(!node.name().equals("each")));
        final Path again = folder.resolve("again.keras");
        KerasFile.write(read, again, IfExists.FAIL);
        assertThat(KerasFile.read(again).network()).isEqualTo(read.network());
        assertThat(KerasFile.read(again).weights()).isEqualTo(read.weights());
    }

    /** Groups of weights are numbered by the layers' classes, and names are what a person calls them. */
    @Test
    void namesOfLayersAreThoseOfTheFileAndWithinAnotherLayerTheyMayComeAgain() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("parts", folder));
        for (final String within : List.of("each", "scores", "input_layer", "")) {
            final Model same = KerasFile.read(KerasExample.withConfig(
                    KerasExample.copy("parts", folder),
                    text -> text.replace("\"name\": \"step\"", "\"name\": \"" + within + "\"")));

            assertThat(same.network()).isEqualTo(model.network());
            assertThat(same.weights()).isEqualTo(model.weights());
        }
        final Model renamed = KerasFile.read(KerasExample.withConfig(
                KerasExample.copy("parts", folder), text -> text.replace("\"each\"", "\"for all/steps\"")));

        assertThat(renamed.network().nodes().get(0).name()).isEqualTo("time_distributed");
        assertThat(renamed.weights().get("time_distributed/kernel"))
                .isEqualTo(model.weights().get("each/kernel"));
    }

    /** What h5py makes of numpy.float16: a kernel of 0.5 and -2, a bias of 1. */
    @Test
    void weightsOfHalfPrecisionAreRead() throws IOException {
        final Path file = folder.resolve("halves.weights.h5");
        try (InputStream halves = KerasFileTest.class.getResourceAsStream("halves.weights.h5")) {
            Files.copy(halves, file);
        }

        final Weights weights = KerasFile.readWeights(file, PAIR);

        assertThat(weights.get("dense/kernel")).containsExactly(0.5f, -2);
        assertThat(weights.get("dense/bias")).containsExactly(1);
    }

    @Test
    void weightsOfDoublePrecisionAndInChunksAreRefused() throws IOException {
        final Path doubles = folder.resolve("doubles.weights.h5");
        try (WritableHdfFile file = HdfFile.write(doubles)) {
            final WritableGroup weights =
                    file.putGroup("layers").putGroup("dense").putGroup("vars");
            weights.putDataset("0", new double[][] {{0.5}, {-2}});
            weights.putDataset("1", new double[] {1});
        }
        final Path chunks = folder.resolve("chunks.weights.h5");
        try (WritableHdfFile file = HdfFile.write(chunks)) {
            file.putGroup("layers")
                    .putGroup("dense")
                    .putGroup("vars")
                    .putDataset(
                            "0",
                            new float[2][1],
                            DatasetCreationOptions.builder()
                                    .chunkDimensions(2, 1)
                                    .deflate(9)
                                    .build());
        }

        assertThatThrownBy(() -> KerasFile.readWeights(doubles, PAIR))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The weight file " + doubles + " cannot be used: layers/dense/vars/0, the kernel of dense:"
                        + " Dense, 2 to 1, should be 2 x 1 numbers of the type float32 or float16, but they are of another type;"
                        + " choose the file of this network, or the network of this file.");
        assertThatThrownBy(() -> KerasFile.readWeights(chunks, PAIR))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The weight file " + chunks + " cannot be used: arrays in one piece were expected,"
                                + " but the array layers/dense/vars/0 is in chunks, which may be compressed; save the weights with"
                                + " Keras' own save or save_weights");
    }

    /** As Keras 2 and model.save("a.h5") of Keras 3 write them. */
    @Test
    void weightsOfKeras2AreRefusedAsSuch() throws IOException {
        final Path old = folder.resolve("old.h5");
        try (WritableHdfFile file = HdfFile.write(old)) {
            final WritableGroup weights =
                    file.putGroup("model_weights").putGroup("dense").putGroup("dense");
            weights.putDataset("kernel:0", new float[][] {{0.5f}, {-2}});
            weights.putDataset("bias:0", new float[] {1});
        }

        assertThatThrownBy(() -> KerasFile.readWeights(old, PAIR))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "weights as Keras 3 writes them (.weights.h5) were expected, but the file has none"
                                + " under layers, as those of Keras 2 (.h5); load the model in Keras 3 and save it as .keras;");
    }

    @Test
    void weightsOfAModelWithinAModelAreNamedAsSuch() throws IOException {
        final Path nested = Files.write(
                folder.resolve("nested.weights.h5"),
                KerasExample.entry(KerasExample.copy("rows", folder), "model.weights.h5"));
        final Model flat = KerasFile.read(folder.resolve("rows.keras"));

        assertThatThrownBy(() -> KerasFile.readWeights(nested, flat.network()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the weights of layers in one model were expected, but those in layers/sequential"
                        + " are of a model that is a layer of another; read the .keras file, which describes both;");
    }

    /** Keras writes a group for each layer, also for those without weights; up to 3.9 it reads no file without the first. */
    @Test
    void thePlacesOfWeightsAreThoseOfKeras() throws IOException {
        final Model model = KerasFile.read(KerasExample.copy("parts", folder));
        final Path ours = folder.resolve("ours.weights.h5");
        KerasFile.writeWeights(model, ours, IfExists.FAIL);

        assertThat(Hdf5File.arrays(Files.readAllBytes(ours)).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Hdf5File.arrays(KerasExample.entry(folder.resolve("parts.keras"), "model.weights.h5"))
                                .keySet());
        try (HdfFile file = new HdfFile(ours)) {
            assertThat(file.getByPath("vars").getAttribute("name").getData()).isEqualTo("functional");
            assertThat(file.getByPath("layers/input_layer/vars")
                            .getAttribute("name")
                            .getData())
                    .isEqualTo("input");
            assertThat(file.getByPath("layers/add/vars").getAttribute("name").getData())
                    .isEqualTo("sum");
            assertThat(file.getByPath("layers/bidirectional/forward_layer/cell/vars")
                            .getAttribute("name")
                            .getData())
                    .isEqualTo("lstm_cell");
        }
    }

    private static Arguments change(final String said, final String from, final String to) {
        final UnaryOperator<String> change = text -> {
            assertThat(text).contains(from);
            return text.replace(from, to);
        };
        return Arguments.of(said, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatCannotBeComputedIsRefusedByName(final String said, final UnaryOperator<String> change) throws IOException {
        final Path file = KerasExample.withConfig(KerasExample.copy("images", folder), change);

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Keras file " + file)
                .hasMessageContaining(said);
    }

    @Test
    void branchesAreJoined() throws IOException {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(3, 3, 2));
        final Layer convolution = new ImageLayer.Conv2D(2, Window.square(3, 1, Padding.SAME), Activation.RELU);
        final String one = drawing.add(convolution, Network.INPUT);
        final String other = drawing.addNamed("shortcut", convolution, List.of(Network.INPUT));
        final String sum = drawing.add(new JoinLayer.Add(), one, other, one);
        drawing.add(new JoinLayer.Concatenate(2), Network.INPUT, sum);
        final Network network = drawing.network();
        final Model model = new Model(network, Weights.initial(network, 3), Provenance.of("Test"));
        final Path file = folder.resolve("m.keras");

        KerasFile.write(model, file, IfExists.FAIL);

        assertThat(KerasFile.read(file).network()).isEqualTo(network);
        assertThat(KerasFile.read(file).weights()).isEqualTo(model.weights());
    }

    @Test
    void frozenLayersStayFrozen() throws IOException {
        final Path given = KerasExample.withConfig(
                KerasExample.copy("images", folder),
                text -> text.replace("\"edges\", \"trainable\": true", "\"edges\", \"trainable\": false"));

        final Model read = KerasFile.read(given);

        assertThat(read.network().nodes()).allSatisfy(node -> assertThat(node.trainable())
                .isEqualTo(!node.name().equals("edges")));
        final Path written = folder.resolve("again.keras");
        KerasFile.write(read, written, IfExists.FAIL);
        assertThat(KerasFile.read(written).network()).isEqualTo(read.network());
        assertThat(KerasFile.read(written).weights()).isEqualTo(read.weights());
    }

    @Test
    void aLayerThatIsNotThereIsNotTaken() throws IOException {
        final Path file = KerasExample.withConfig(
                KerasExample.copy("rows", folder), text -> text.replace("[\"act\", 0, 0]", "[\"later\", 0, 0]"));

        assertThatThrownBy(() -> KerasFile.read(file))
                .hasMessageContaining(
                        "layer head (Dense) cannot be used: layers before it were expected as what it takes,"
                                + " but it takes later");
    }

    @Test
    void aLayerWithoutAPlaceInTheOutputIsRefused() throws IOException {
        final Path file = KerasExample.withConfig(
                KerasExample.copy("rows", folder), text -> text.replace("[\"act\", 0, 0]", "[\"base\", 0, 0]"));

        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContaining("but that of act is not");
    }

    @Test
    void aPickleIsRefused() throws IOException {
        final Path file = KerasExample.with(KerasExample.copy("rows", folder), "assets/data.pkl", new byte[] {1});

        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContaining("data.pkl");
    }

    @Test
    void aCutFileIsRefused() throws IOException {
        final Path file = KerasExample.copy("rows", folder);
        final byte[] whole = Files.readAllBytes(file);
        final byte[] weights = KerasExample.entry(file, "model.weights.h5");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cut off or damaged");

        KerasExample.with(
                KerasExample.copy("rows", folder), "model.weights.h5", Arrays.copyOf(weights, weights.length / 2));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cut off or damaged");
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedWithTheFirstDifference() throws IOException {
        final Path alone = Files.write(
                folder.resolve("a.weights.h5"),
                KerasExample.entry(KerasExample.copy("images", folder), "model.weights.h5"));
        final Network other = Network.of(
                Shape.of(9, 9, 2),
                List.of(new ImageLayer.Conv2D(4, Window.square(5, 2, Padding.SAME), Activation.RELU)));

        assertThatThrownBy(() -> KerasFile.readWeights(alone, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The weight file " + alone + " cannot be used: layers/conv2d/vars/0, the kernel of conv2d:"
                        + " Conv2D, 9 x 9 x 2 to 5 x 5 x 4, should be 5 x 5 x 2 x 4, but it is 3 x 3 x 2 x 4; choose the"
                        + " file of this network, or the network of this file.");
    }

    @Test
    void whatKerasDoesNotHaveIsNotWritten() {
        final Network code = Network.of(
                Shape.of(2),
                List.of(new CodeLayer(
                        "no code",
                        new LayerPlan(
                                "Own",
                                Shape.of(2),
                                Shape.of(2),
                                Activation.NONE,
                                false,
                                List.of(),
                                List.of(),
                                List.of()))));
        final Network tanh = Network.of(Shape.of(2), List.of(new ActivationLayer.GELU(true)));

        final Network within =
                Network.of(Shape.of(3, 2), List.of(new WrapperLayer.TimeDistributed(new ActivationLayer.GELU(true))));

        assertThatThrownBy(() -> KerasFile.check(within)).hasMessageContaining("time_distributed is approximated");
        assertThatThrownBy(() -> KerasFile.check(code)).hasMessageContaining("but own is Java code");
        assertThatThrownBy(() -> KerasFile.check(tanh)).hasMessageContaining("gelu is approximated");
    }
}
