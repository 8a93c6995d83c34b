package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;

/**
 * A network as JSON: the fields input_shape and layers, as they stand in model.json. A layer says from which others it takes
 * only where that is not the layer before it, how it is called only where that is not Keras' name, and that it is trainable
 * only where it is not.
 */
public final class NetworkJson {
    private static final JsonFields.Source STORED =
            new JsonFields.Source("The stored network", "run the node that made it again");

    private static final String FROM = "from";
    private static final String NAME = "name";
    private static final String TRAINABLE = "trainable";

    private NetworkJson() {}

    /** The network as one JSON object. */
    public static String write(final Network network) {
        final JsonObject json = new JsonObject();
        addTo(json, network);
        return JsonText.of(json.toString());
    }

    /**
     * Reads what {@link #write} gave.
     *
     * @throws InvalidInputException if it is damaged or no network
     */
    public static Network read(final String text) {
        final JsonFields json = JsonFields.parse(text.getBytes(StandardCharsets.UTF_8), STORED);
        final Network network = from(json, STORED);
        json.finish();
        return network;
    }

    static void addTo(final JsonObject json, final Network network) {
        json.add("input_shape", LayerFormat.toJson(network.input()));
        final JsonArray layers = new JsonArray();
        final NetworkDrawing asRead = new NetworkDrawing(network.input());
        for (final Network.Node node : network.nodes()) {
            final JsonObject layer = LayerFormat.toJson(node.layer());
            if (!node.from().equals(List.of(asRead.last()))) {
                final JsonArray from = new JsonArray();
                node.from().forEach(from::add);
                layer.add(FROM, from);
            }
            if (!node.name().equals(asRead.free(node.layer()))) {
                layer.addProperty(NAME, node.name());
            }
            asRead.addNamed(node.name(), node.layer(), node.from());
            if (!node.trainable()) {
                layer.addProperty(TRAINABLE, false);
            }
            layers.add(layer);
        }
        json.add("layers", layers);
    }

    static Network from(final JsonFields json, final JsonFields.Source source) {
        final List<JsonFields> described = json.objects("layers");
        try {
            final NetworkDrawing drawing = new NetworkDrawing(LayerFormat.shape(json, "input_shape"));
            for (final JsonFields fields : described) {
                final List<String> from = fields.has(FROM) ? fields.strings(FROM) : List.of(drawing.last());
                final Optional<String> name = fields.has(NAME) ? Optional.of(fields.string(NAME)) : Optional.empty();
                final boolean trainable = !fields.has(TRAINABLE) || fields.bool(TRAINABLE);
                final Layer layer = LayerFormat.fromJson(fields);
                drawing.addNamed(name.orElseGet(() -> drawing.free(layer)), layer, from);
                if (!trainable) {
                    drawing.freezeLast();
                }
            }
            return drawing.network();
        } catch (final InvalidInputException wrong) {
            throw source.error(wrong);
        }
    }
}
