package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerNames;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/**
 * A network as config.json describes it (keras.io/guides/serialization_and_saving): a Sequential model, or a Functional one
 * whose layers stand in a row; such models may lie in one another.
 *
 * @param network the layers that compute something
 * @param places where the weights of each of them lie in model.weights.h5, in the same order
 */
record KerasNetwork(Network network, List<String> places) {
    private static final Set<String> CHAINS = Set.of("Sequential", "Functional");
    private static final int MOST_LEVELS = 16;

    /**
     * Reads config.json.
     *
     * @throws InvalidInputException if it is damaged, or describes what we cannot compute
     */
    static KerasNetwork read(final byte[] text, final JsonFields.Source source) {
        final Reader reader = new Reader(source);
        reader.readModel(JsonFields.parse(text, source), "", 0);
        if (reader.layers.isEmpty()) {
            throw source.error("a network of at least one layer was expected, but it has none");
        }
        try {
            return new KerasNetwork(Network.of(reader.input, reader.layers), reader.places);
        } catch (final InvalidInputException misfit) {
            throw source.error(misfit);
        }
    }

    /** The network of ours, in the places where Keras puts the weights of these layers. */
    static KerasNetwork of(final Network network) {
        final List<String> places = new ArrayList<>();
        final List<String> taken = new ArrayList<>();
        for (final Network.Node node : network.nodes()) {
            places.add(place("", KerasLayers.write(node.name(), node.layer()).type(), taken));
        }
        return new KerasNetwork(network, places);
    }

    /** config.json. */
    byte[] write() {
        final JsonArray layers = new JsonArray();
        final JsonObject first = new JsonObject();
        final JsonArray shape = new JsonArray();
        shape.add(JsonNull.INSTANCE);
        network.input().dimensions().forEach(shape::add);
        first.add("batch_shape", shape);
        first.addProperty("dtype", "float32");
        first.addProperty("sparse", false);
        first.addProperty("name", "input_layer");
        layers.add(KerasLayers.described("keras.layers", "InputLayer", first));
        for (final Network.Node node : network.nodes()) {
            final KerasLayers.Written written = KerasLayers.write(node.name(), node.layer());
            written.config().addProperty("name", node.name());
            layers.add(KerasLayers.described("keras.layers", written.type(), written.config()));
        }
        final JsonObject config = new JsonObject();
        config.addProperty("name", "sequential");
        config.add("layers", layers);
        return KerasLayers.described("keras", "Sequential", config).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Keras numbers the layers of one model by their classes, whatever their names are. */
    private static String place(final String model, final String type, final List<String> taken) {
        final String name = LayerNames.free(type, taken);
        taken.add(name);
        return (model.isEmpty() ? "" : model + "/") + "layers/" + name;
    }

    /** Collects the layers of a model and of those that lie in it. */
    private static final class Reader {
        private final JsonFields.Source source;
        private final List<Layer> layers = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private Shape input;
        private Shape shape;

        private Reader(final JsonFields.Source source) {
            this.source = source;
        }

        /**
         * Adds the layers of a model.
         *
         * @param place where its weights lie; empty for the outermost
         */
        private void readModel(final JsonFields model, final String place, final int level) {
            final String type = checkedType(model, source);
            if (!CHAINS.contains(type) || level == MOST_LEVELS) {
                throw source.error("a Sequential or Functional model was expected, but it is a " + type);
            }
            final JsonFields config = model.object("config");
            final List<String> taken = new ArrayList<>();
            Optional<String> before = Optional.empty();
            for (final JsonFields layer : config.objects("layers")) {
                final String name = layer.has("name") ? layer.string("name") : nameIn(layer);
                if (type.equals("Functional")) {
                    checkTakes(layer, name, before);
                }
                before = Optional.of(name);
                readLayer(layer, name, place, taken, level);
            }
            if (type.equals("Functional")) {
                checkOutput(config, before.orElse(""));
            }
        }

        private static String nameIn(final JsonFields layer) {
            final JsonFields config = layer.object("config");
            return config.has("name") ? config.string("name") : "";
        }

        private void readLayer(
                final JsonFields layer,
                final String name,
                final String model,
                final List<String> taken,
                final int level) {
            final JsonFields.Source ofLayer = source.part("layer " + name + " (" + layer.string("class_name") + ")");
            final String type = checkedType(layer, ofLayer);
            final JsonFields config = layer.object("config");
            if (type.equals("InputLayer")) {
                readInput(config, ofLayer);
                return;
            }
            final String place = place(model, type, taken);
            if (CHAINS.contains(type)) {
                readModel(layer, place, level + 1);
                return;
            }
            if (shape == null) {
                readInput(config, ofLayer);
            }
            final Layer read;
            try {
                read = KerasLayers.read(type, config.copy(), shape, ofLayer);
                shape = read.outputShape(shape);
            } catch (final InvalidInputException misfit) {
                throw ofLayer.error(misfit);
            }
            layers.add(read);
            places.add(place);
        }

        /** The first one says the shape of a sample; those of inner models say what is known. */
        private void readInput(final JsonFields config, final JsonFields.Source ofLayer) {
            if (shape != null) {
                return;
            }
            final String field = config.has("batch_input_shape") ? "batch_input_shape" : "batch_shape";
            final JsonElement sizes = config.copy().get(field);
            if (!(sizes instanceof JsonArray list) || list.isEmpty()) {
                throw ofLayer.error(
                        "the shape of its samples was expected in the argument batch_shape, but it is missing;"
                                + " save a model that begins with keras.Input");
            }
            final JsonArray sample = list.deepCopy();
            sample.remove(0); // the batch
            if (sample.asList().contains(JsonNull.INSTANCE)) {
                throw ofLayer.error("samples of one shape were expected, but the argument " + field + " is " + list);
            }
            final JsonObject json = new JsonObject();
            json.add(field, sample);
            final JsonFields fields = JsonFields.of(json, ofLayer);
            try {
                shape = new Shape(fields.integers(field, 1, Integer.MAX_VALUE).stream()
                        .map(Long::intValue)
                        .toList());
            } catch (final InvalidInputException tooLarge) {
                throw ofLayer.error(tooLarge);
            }
            input = shape;
        }

        /** A layer of Functional takes what the one before it gives, once. */
        private void checkTakes(final JsonFields layer, final String name, final Optional<String> before) {
            final List<String> from = new ArrayList<>();
            final JsonElement nodes = layer.copy().get("inbound_nodes");
            addHistories(nodes == null ? JsonNull.INSTANCE : nodes, from, 0);
            if (!from.equals(before.stream().toList())) {
                throw source.error("layers in a row were expected, each behind the one before it, but " + name
                        + " takes " + (from.isEmpty() ? "nothing" : String.join(", ", from)));
            }
        }

        private void checkOutput(final JsonFields config, final String last) {
            final JsonElement outputs = config.copy().get("output_layers");
            if (outputs == null
                    || !outputs.toString()
                            .replaceAll("^\\[(\\[.*\\])\\]$", "$1")
                            .equals("[\"" + last + "\",0,0]")) {
                throw source.error("one output was expected, that of the last layer, " + last
                        + ", but the field output_layers is " + outputs);
            }
        }

        /** The layers whose outputs are named as arguments, in their order. */
        private void addHistories(final JsonElement element, final List<String> from, final int level) {
            if (level == MOST_LEVELS) {
                throw source.error("the arguments of a layer were expected, but they lie in each other too deeply");
            }
            if (element instanceof JsonArray list) {
                list.forEach(inner -> addHistories(inner, from, level + 1));
            } else if (element instanceof JsonObject object) {
                if (object.get("keras_history") instanceof JsonArray history && !history.isEmpty()) {
                    from.add(history.get(0).isJsonPrimitive() ? history.get(0).getAsString() : history.toString());
                } else {
                    object.asMap().values().forEach(inner -> addHistories(inner, from, level + 1));
                }
            }
        }
    }

    /** The class of a layer or model, if it is one of Keras' own: classes of others are code. */
    private static String checkedType(final JsonFields described, final JsonFields.Source source) {
        final JsonObject json = described.copy();
        final String module = json.has("module") ? described.string("module") : "";
        final boolean registered =
                json.has("registered_name") && !json.get("registered_name").isJsonNull();
        final String type = described.string("class_name");
        if (!module.equals("keras") && !module.startsWith("keras.") || registered && !CHAINS.contains(type)) {
            throw source.error("a class of Keras was expected, but it is " + type + " of "
                    + (module.isEmpty() ? "no module" : module) + ", which is code of somebody and is never run");
        }
        return type;
    }
}
