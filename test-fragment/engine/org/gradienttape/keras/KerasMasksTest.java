package org.gradienttape.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.layer.DefaultLayers.lstm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masks, and operations between layers, as Keras 3.15.1 writes them into config.json. */
class KerasMasksTest {
    @TempDir
    private Path folder;

    /** A sequence of words goes through an LSTM, the sum of both through another one. */
    private static Network words() {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(6));
        final String words =
                drawing.add(new MaskingLayer.Embedding(5, 4, Initializer.RANDOM_UNIFORM, Penalty.NONE, true));
        drawing.add(new JoinLayer.Add(), words, drawing.add(lstm(4, true)));
        drawing.add(lstm(4, false));
        return drawing.network();
    }

    private Path file(final Network network, final Consumer<JsonObject> change) throws IOException {
        final Path file = folder.resolve("a.keras");
        final Model model = new Model(network, Weights.initial(network, 1), Provenance.of("Test"));
        KerasFile.write(model, file, IfExists.OVERWRITE);
        return KerasExample.withConfig(file, text -> {
            final JsonObject config = JsonParser.parseString(text).getAsJsonObject();
            change.accept(config.getAsJsonObject("config"));
            return config.toString();
        });
    }

    private static JsonObject layer(final JsonObject config, final String name) {
        return config.getAsJsonArray("layers").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(layer -> (layer.has("name") ? layer : layer.getAsJsonObject("config"))
                        .get("name")
                        .getAsString()
                        .equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject call(final JsonObject config, final String name) {
        return layer(config, name).getAsJsonArray("inbound_nodes").get(0).getAsJsonObject();
    }

    private static String tensor(final String of) {
        return "{\"class_name\": \"__keras_tensor__\", \"config\": {\"shape\": [null, 6], \"dtype\": \"bool\","
                + " \"keras_history\": [\"" + of + "\", 0, 0]}}";
    }

    /** Puts an operation behind a layer. */
    private static void operation(
            final JsonObject config, final String after, final String type, final String name, final String arguments) {
        final JsonArray layers = config.getAsJsonArray("layers");
        final List<JsonElement> list = layers.asList();
        list.add(list.indexOf(layer(config, after)) + 1, JsonParser.parseString("""
                        {"module": "keras.src.ops.numpy", "class_name": "%s", "config": {"name": "%s"},
                         "registered_name": "%s", "name": "%s", "inbound_nodes": [{"args": [%s], "kwargs": {}}]}
                        """.formatted(
                        type, name, type, name, arguments)));
    }

    private static void mask(final JsonObject config, final String layer, final String mask) {
        call(config, layer).getAsJsonObject("kwargs").add("mask", JsonParser.parseString(tensor(mask)));
    }

    /** What keras.Model(i, LSTM(4)(Add()([e, LSTM(4, return_sequences=True)(e)]))) holds, with e = Embedding(5, 4, mask_zero=True)(i). */
    private static void masks(final JsonObject config) {
        operation(config, "embedding", "NotEqual", "not_equal", tensor("input") + ", 0");
        mask(config, "lstm", "not_equal");
        operation(config, "add", "LogicalOr", "logical_or", tensor("not_equal") + ", " + tensor("not_equal"));
        mask(config, "lstm_1", "logical_or");
    }

    @Test
    void theMasksOfAFunctionalModelAreThoseThatOurLayersHandOn() throws IOException {
        final Path file = file(words(), KerasMasksTest::masks);

        assertThat(KerasFile.read(file).network()).isEqualTo(words());
        assertThat(KerasFile.read(file).weights()).isEqualTo(Weights.initial(words(), 1));
    }

    @Test
    void aMaskOfItsOwnIsRefused() throws IOException {
        final Path another = file(words(), config -> {
            masks(config);
            call(config, "not_equal").getAsJsonArray("args").set(1, JsonParser.parseString("2"));
        });
        assertRefused(
                another,
                "layer lstm (LSTM) cannot be used: a call with the mask of what it takes was expected,"
                        + " but it has another mask");

        final Path without = file(words(), config -> {
            masks(config);
            layer(config, "embedding").getAsJsonObject("config").addProperty("mask_zero", false);
        });
        assertRefused(without, "layer lstm (LSTM) cannot be used: a call with the mask of what it takes was expected");
    }

    @Test
    void whatKerasComputesBetweenLayersIsRefusedByName() throws IOException {
        assertRefused(
                file(words(), config -> operation(config, "add", "Square", "square", tensor("add"))),
                "layer square (Square) cannot be used: a layer was expected, but it is the operation Square, which these"
                        + " nodes do not have between layers");
    }

    /** x + y, without a mask: Keras hands none on through an operation. */
    @Test
    void aSumOfTwoOutputsIsALayer() throws IOException {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(4));
        final String one = drawing.add(new Layer.Dense(4, Activation.RELU));
        drawing.add(new JoinLayer.Subtract(), Network.INPUT, one);
        final Network network = drawing.network();

        final Path file = file(network, config -> asOperation(config, "subtract"));

        assertThat(KerasFile.read(file).network()).isEqualTo(network);
        assertThat(KerasFile.read(file).weights()).isEqualTo(Weights.initial(network, 1));
        assertRefused(
                file(words(), config -> {
                    operation(config, "embedding", "NotEqual", "not_equal", tensor("input") + ", 0");
                    mask(config, "lstm", "not_equal");
                    asOperation(config, "add");
                }),
                "layer lstm_1 (LSTM) cannot be used: steps that are masked as in Keras were expected, but a layer before it");
    }

    private static void asOperation(final JsonObject config, final String name) {
        layer(config, name).addProperty("module", "keras.src.ops.numpy");
        final JsonObject call = call(config, name);
        call.add("args", call.getAsJsonArray("args").get(0));
    }

    /** Where numbers of each step stand against one row, Keras lays the row along the batch. */
    @Test
    void aSumOfOutputsWithOtherAxesIsRefused() throws IOException {
        final NetworkDrawing drawing = new NetworkDrawing(Shape.of(3, 4));
        drawing.add(new JoinLayer.Add(), Network.INPUT, drawing.add(lstm(4, false)));

        assertRefused(
                file(drawing.network(), config -> asOperation(config, "add")),
                "two outputs of layers with as many axes were expected, but the operation takes input, lstm");
    }

    @Test
    void whereAMaskGetsLostOnlyHereAndIsLookedAtIsRefused() throws IOException {
        final Layer masking = new MaskingLayer.Masking(0);
        final Layer batch = new NormalizationLayer.BatchNormalization();

        for (final Layer lost : List.of(batch, new WrapperLayer.TimeDistributed(batch))) {
            final Network looks = Network.of(Shape.of(6, 4), List.of(masking, lost, lstm(4, false)));
            assertThatThrownBy(() -> file(looks, config -> {}))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "The layer lstm in a Keras file cannot be used: steps that are masked as in Keras were"
                                    + " expected, but a layer before it hands masks on in another way here, such as"
                                    + " BatchNormalization, Concatenate or a sum x + y; choose another format, or other layers.");
            final Network dense = Network.of(Shape.of(6, 4), List.of(new Layer.ReLU(), lost, lstm(4, false)));
            assertRefused(
                    file(dense, KerasMasksTest::maskAtFirst),
                    "layer lstm (LSTM) cannot be used: steps that are masked as in Keras were expected, but a layer before"
                            + " it hands masks on in another way here");
            final Network lostAnyway = Network.of(Shape.of(6, 4), List.of(masking, lost, new Layer.Flatten()));
            assertThat(KerasFile.read(file(lostAnyway, config -> {})).network()).isEqualTo(lostAnyway);
        }
        final Network handedOn = Network.of(
                Shape.of(6, 4),
                List.of(masking, new ScalingLayer.Normalization(List.of(1.0), List.of(2.0), false), lstm(4, false)));
        assertThat(KerasFile.read(file(handedOn, config -> {})).network()).isEqualTo(handedOn);
    }

    private static void maskAtFirst(final JsonObject config) {
        final JsonObject first = layer(config, "re_lu");
        first.addProperty("class_name", "Masking");
        first.add("config", JsonParser.parseString("{\"name\": \"re_lu\", \"mask_value\": 0.0}"));
    }

    private static void assertRefused(final Path file, final String said) {
        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(said);
    }
}
