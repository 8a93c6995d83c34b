package org.gradienttape.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AugmentationLayer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NoiseLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Keras looks for in the files that are written for it, as it stands in files that Keras 3.8 wrote. */
class KerasConfigTest {
    private static final Network ROW = Network.of(Shape.of(2), List.of(new Layer.Flatten()));

    @TempDir
    private Path folder;

    private static JsonObject config(final Network network) {
        return JsonParser.parseString(new String(KerasNetwork.of(network).write(), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    @Test
    void layersInARowAreASequentialModel() {
        assertThat(config(ROW)).isEqualTo(JsonParser.parseString("""
                {"module": "keras", "class_name": "Sequential", "registered_name": null,
                 "config": {"name": "sequential", "layers": [
                  {"module": "keras.layers", "class_name": "InputLayer", "registered_name": null,
                   "config": {"batch_shape": [null, 2], "dtype": "float32", "sparse": false, "name": "input"}},
                  {"module": "keras.layers", "class_name": "Flatten", "registered_name": null,
                   "config": {"data_format": "channels_last", "trainable": true, "name": "flatten"}}]}}
                """));
    }

    /** Each layer has a name of its own beside its arguments, and says what its one call takes. */
    @Test
    void branchesAreAFunctionalModel() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(2));
        final String flat = drawing.add(new Layer.Flatten(), Network.INPUT);
        drawing.add(new JoinLayer.Add(), Network.INPUT, flat);

        assertThat(config(drawing.network())).isEqualTo(JsonParser.parseString("""
                {"module": "keras.src.models.functional", "class_name": "Functional", "registered_name": null,
                 "config": {"name": "functional", "layers": [
                  {"module": "keras.layers", "class_name": "InputLayer", "registered_name": null,
                   "config": {"batch_shape": [null, 2], "dtype": "float32", "sparse": false, "name": "input"},
                   "name": "input", "inbound_nodes": []},
                  {"module": "keras.layers", "class_name": "Flatten", "registered_name": null,
                   "config": {"data_format": "channels_last", "trainable": true, "name": "flatten"},
                   "name": "flatten", "inbound_nodes": [{"args": [
                    {"class_name": "__keras_tensor__", "config":
                     {"shape": [null, 2], "dtype": "float32", "keras_history": ["input", 0, 0]}}], "kwargs": {}}]},
                  {"module": "keras.layers", "class_name": "Add", "registered_name": null,
                   "config": {"trainable": true, "name": "add"},
                   "name": "add", "inbound_nodes": [{"args": [[
                    {"class_name": "__keras_tensor__", "config":
                     {"shape": [null, 2], "dtype": "float32", "keras_history": ["input", 0, 0]}},
                    {"class_name": "__keras_tensor__", "config":
                     {"shape": [null, 2], "dtype": "float32", "keras_history": ["flatten", 0, 0]}}]], "kwargs": {}}]}],
                 "input_layers": [["input", 0, 0]], "output_layers": [["add", 0, 0]]}}
                """));
    }

    /** Keras' class takes rate, data_format, seed, name and dtype, and nothing else. */
    @Test
    void spatialDropoutHasNoArgumentTrainable() {
        final NoiseLayer dropout = new NoiseLayer.SpatialDropout2D(0.5);

        assertThat(arguments(Network.of(Shape.of(2, 2, 1), List.of(dropout)), 1))
                .containsExactlyInAnyOrder("rate", "data_format", "name");
        assertThat(config(Network.of(Shape.of(3, 2, 2, 1), List.of(new WrapperLayer.TimeDistributed(dropout))))
                        .toString())
                .containsOnlyOnce("trainable");
    }

    private static Set<String> arguments(final Network network, final int layer) {
        return config(network)
                .getAsJsonObject("config")
                .getAsJsonArray("layers")
                .get(layer)
                .getAsJsonObject()
                .getAsJsonObject("config")
                .keySet();
    }

    /** Keras 3.5 and newer take 0.2 for [0, 0.2], and choose a contrast from 1 to 1.2. */
    @Test
    void contrastGoesBothWays() throws IOException {
        final Network network =
                Network.of(Shape.of(2, 2, 1), List.of(new AugmentationLayer.RandomContrast(0.2, 0, 255)));
        final Path file = folder.resolve("a.keras");
        KerasFile.write(new Model(network, Weights.initial(network, 1), Provenance.of("Test")), file, IfExists.FAIL);

        assertThat(config(network).toString()).contains("\"factor\":[0.2,0.2]");
        for (final String factor : List.of("[0.2,0.2]", "[0,0.2]", "0.2")) {
            KerasExample.withConfig(
                    file, text -> text.replaceFirst("\"factor\":[^a-z]*,\"", "\"factor\":" + factor + ",\""));

            assertThat(KerasFile.read(file).network()).isEqualTo(network);
        }
        KerasExample.withConfig(file, text -> text.replace("\"factor\":0.2", "\"factor\":[0.1,0.2]"));
        assertThatThrownBy(() -> KerasFile.read(file)).hasMessageContaining("the field factor should be a number");
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        final Network network = Network.of(Shape.of(1), List.of(new Layer.Dense(1, Activation.NONE)));
        final Path file = folder.resolve("a.weights.h5");
        final Weights broken =
                Weights.of(network, Map.of("dense/kernel", new float[] {Float.NaN}, "dense/bias", new float[] {0}));
        KerasWeights.write(KerasNetwork.of(network), broken, file);

        assertThatThrownBy(() -> KerasFile.readWeights(file, network))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dense/kernel holds NaN or an infinite one");
        assertThatThrownBy(() -> KerasFile.readWeights(folder, network))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A file of weights was expected at " + folder + ", but it is a folder; choose a file.");
    }
}
