package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;

/** A network as JSON: the fields input_shape and layers, as they stand in model.json. */
public final class NetworkJson {
    private static final JsonFields.Source STORED =
            new JsonFields.Source("The stored network", "run the node that made it again");

    private NetworkJson() {}

    /** The network as one JSON object. */
    public static String write(final Network network) {
        final JsonObject json = new JsonObject();
        addTo(json, network);
        return json.toString();
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
        network.layers().forEach(layer -> layers.add(LayerFormat.toJson(layer)));
        json.add("layers", layers);
    }

    static Network from(final JsonFields json, final JsonFields.Source source) {
        final List<JsonFields> described = json.objects("layers");
        try {
            final List<Layer> layers = new ArrayList<>();
            for (final JsonFields layer : described) {
                layers.add(LayerFormat.fromJson(layer));
            }
            return Network.of(LayerFormat.shape(json, "input_shape"), layers);
        } catch (final InvalidInputException wrong) {
            throw source.error(wrong);
        }
    }
}
