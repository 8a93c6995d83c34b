package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerNames;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NetworkDrawing;
import org.gradienttape.layer.Shape;

/**
 * A network as config.json describes it (keras.io/guides/serialization_and_saving): a Sequential or a Functional model with
 * one input and one output; such models may lie in one another.
 *
 * @param network the layers that compute something
 * @param places where the weights of each of them lie in model.weights.h5, in the same order
 */
record KerasNetwork(Network network, List<String> places) {
    private static final String SEQUENTIAL = "Sequential";
    private static final String FUNCTIONAL = "Functional";
    private static final Set<String> MODELS = Set.of(SEQUENTIAL, FUNCTIONAL);
    private static final String INPUT_LAYER = "InputLayer";
    private static final String OPERATIONS = "keras.src.ops.";
    private static final Set<String> JOINS = Set.of("Add", "Subtract", "Multiply", "Maximum", "Minimum");
    private static final int MOST_LEVELS = 16;

    /**
     * Reads config.json.
     *
     * @param arrays of the weights, for layers that were adapted to data
     * @throws InvalidInputException if it is damaged, or describes what we cannot compute
     * @throws IOException if the arrays are needed and cannot be read
     */
    static KerasNetwork read(final byte[] text, final KerasAdapted.Arrays arrays, final JsonFields.Source source)
            throws IOException {
        final Reader reader = new Reader(source, arrays);
        final String output = reader.readModel(JsonFields.parse(text, source), "", Network.INPUT, 0);
        if (reader.drawing == null || !output.equals(reader.drawing.last())) {
            throw source.error("a network was expected whose last layer gives its output, but that is " + output);
        }
        try {
            return new KerasNetwork(reader.drawing.network(), reader.places);
        } catch (final InvalidInputException misfit) {
            throw source.error(misfit);
        }
    }

    /**
     * The network of ours, in the places where Keras puts the weights of these layers.
     *
     * @throws InvalidInputException if Keras has no such layer, or masks other steps for it
     */
    static KerasNetwork of(final Network network) {
        final List<String> places = new ArrayList<>();
        final List<String> taken = new ArrayList<>();
        final KerasMasks masks = new KerasMasks();
        for (final Network.Node node : network.nodes()) {
            places.add(place("", KerasLayers.write(node.name(), node.layer()).type(), taken));
            masks.handOn(
                    node.name(),
                    node.layer(),
                    node.from(),
                    false,
                    new JsonFields.Source(
                            "The layer " + node.name() + " in a Keras file", "choose another format, or other layers"));
        }
        return new KerasNetwork(network, places);
    }

    /** config.json: a Sequential model for layers in a row, else a Functional one. */
    byte[] write() {
        final boolean functional = isFunctional();
        final JsonArray layers = new JsonArray();
        final JsonObject samples = new JsonObject();
        samples.add("batch_shape", batchShape(network.input()));
        samples.addProperty("dtype", "float32");
        samples.addProperty("sparse", false);
        layers.add(written(INPUT_LAYER, Network.INPUT, samples, functional, new JsonArray()));
        for (final Network.Node node : network.nodes()) {
            final KerasLayers.Written layer = KerasLayers.write(node.name(), node.layer());
            KerasParts.setTrainable(layer.type(), layer.config(), node.trainable());
            layers.add(written(layer.type(), node.name(), layer.config(), functional, inbound(node)));
        }
        final JsonObject config = new JsonObject();
        config.addProperty("name", name());
        config.add("layers", layers);
        final JsonObject model = KerasLayers.described(
                functional ? "keras.src.models.functional" : "keras", functional ? FUNCTIONAL : SEQUENTIAL, config);
        if (functional) {
            config.add("input_layers", list(history(Network.INPUT)));
            config.add("output_layers", list(history(network.last().name())));
        }
        return model.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Keras calls attention with two tensors, which layers in a row do not give. */
    boolean isFunctional() {
        return !network.isChain() || network.layers().stream().anyMatch(AttentionLayer.class::isInstance);
    }

    private static JsonObject written(
            final String type,
            final String name,
            final JsonObject config,
            final boolean functional,
            final JsonArray inbound) {
        config.addProperty("name", name);
        final JsonObject layer = KerasLayers.described("keras.layers", type, config);
        if (functional) {
            layer.addProperty("name", name);
            layer.add("inbound_nodes", inbound);
        }
        return layer;
    }

    /** What a layer takes, as the arguments of its one call: a tensor, or a list of tensors where it joins them. */
    private static JsonArray inbound(final Network.Node node) {
        final JsonArray tensors = new JsonArray();
        for (int i = 0; i < node.from().size(); i++) {
            final JsonObject config = new JsonObject();
            config.add("shape", batchShape(node.inputs().get(i)));
            config.addProperty("dtype", "float32");
            config.add("keras_history", history(node.from().get(i)));
            final JsonObject tensor = new JsonObject();
            tensor.addProperty("class_name", "__keras_tensor__");
            tensor.add("config", config);
            tensors.add(tensor);
        }
        if (node.layer() instanceof AttentionLayer.MultiHeadAttention attention) {
            return list(KerasParts.call(tensors, attention));
        }
        final JsonObject call = new JsonObject();
        call.add("args", node.layer() instanceof JoinLayer ? list(tensors) : tensors);
        call.add("kwargs", new JsonObject());
        return list(call);
    }

    /** The output of a layer's only call. */
    private static JsonArray history(final String layer) {
        final JsonArray history = list(new JsonPrimitive(layer));
        history.add(0);
        history.add(0);
        return history;
    }

    private static JsonArray batchShape(final Shape sample) {
        final JsonArray shape = list(JsonNull.INSTANCE);
        sample.dimensions().forEach(shape::add);
        return shape;
    }

    private static JsonArray list(final JsonElement element) {
        final JsonArray list = new JsonArray();
        list.add(element);
        return list;
    }

    /** Its name in Keras. */
    String name() {
        return isFunctional() ? "functional" : "sequential";
    }

    /** Keras numbers the layers of one model by their classes, whatever their names are. */
    private static String place(final String model, final String type, final List<String> taken) {
        final String name = LayerNames.free(type, taken);
        taken.add(name);
        return (model.isEmpty() ? "" : model + "/") + "layers/" + name;
    }

    /** Draws the layers of a model and of those that lie in it. */
    private static final class Reader {
        private final JsonFields.Source source;
        private final KerasAdapted.Arrays arrays;
        private final List<String> places = new ArrayList<>();
        private final KerasMasks masks = new KerasMasks();
        private NetworkDrawing drawing;

        private Reader(final JsonFields.Source source, final KerasAdapted.Arrays arrays) {
            this.source = source;
            this.arrays = arrays;
        }

        /**
         * Draws a model.
         *
         * @param place where its weights lie; empty for the outermost
         * @param input which of our layers it takes
         * @return which of our layers gives its output
         */
        private String readModel(final JsonFields model, final String place, final String input, final int level)
                throws IOException {
            final String type = checkedType(model, source);
            if (!MODELS.contains(type) || level == MOST_LEVELS) {
                throw source.error("a Sequential or Functional model was expected, but it is a " + type);
            }
            final JsonFields config = model.object("config");
            final Map<String, String> ours = new HashMap<>();
            final KerasMasks.Operations operations = masks.new Operations(ours);
            final List<String> taken = new ArrayList<>();
            String last = input;
            for (final JsonFields layer : config.objects("layers")) {
                final JsonFields arguments = layer.object("config");
                final String name = layer.has("name")
                        ? layer.string("name")
                        : arguments.has("name") ? arguments.string("name") : "";
                final JsonFields.Source ofLayer =
                        source.part("layer " + name + " (" + layer.string("class_name") + ")");
                if (type.equals(FUNCTIONAL) && operations.take(name, layer, ofLayer)) {
                    continue; // ours have their masks without it
                }
                if (!joins(layer) && checkedType(layer, ofLayer).equals(INPUT_LAYER)) {
                    if (ours.containsValue(input)) {
                        throw ofLayer.error("one input was expected, but this is a second one");
                    }
                    begin(arguments, ofLayer);
                    last = input;
                } else {
                    final KerasCall call = type.equals(FUNCTIONAL)
                            ? operations.withoutMasks(KerasCall.of(layer, ofLayer))
                            : new KerasCall(new JsonArray(), new JsonObject(), ofLayer);
                    final List<String> from = type.equals(FUNCTIONAL) ? from(call, ours) : List.of(last);
                    last = readLayer(layer, call, name, from, place(place, layer.string("class_name"), taken), level);
                }
                ours.put(name, last);
            }
            return type.equals(FUNCTIONAL) ? output(config, ours) : last;
        }

        /**
         * Draws a layer or an inner model.
         *
         * @return which of our layers gives its output
         */
        private String readLayer(
                final JsonFields layer,
                final KerasCall call,
                final String name,
                final List<String> from,
                final String place,
                final int level)
                throws IOException {
            final JsonFields.Source ofLayer = call.source();
            final String type = layer.string("class_name");
            final JsonFields config = layer.object("config");
            if (MODELS.contains(type)) {
                if (from.size() != 1) {
                    throw ofLayer.error("a model of one input was expected, but it takes " + String.join(", ", from));
                }
                return readModel(layer, place, from.get(0), level + 1);
            }
            begin(config, ofLayer);
            try {
                final JsonObject arguments = config.copy();
                if (type.equals(KerasParts.ATTENTION)) {
                    KerasParts.readCall(call, from, arguments);
                }
                if (isOperation(layer)) {
                    checkOperation(call, from);
                }
                KerasAdapted.complete(type, arguments, place, arrays, ofLayer);
                final Layer read = KerasLayers.read(type, arguments, drawing.output(from.get(0)), ofLayer);
                final boolean isFree = LayerNames.isName(name) && drawing.output(name) == null;
                places.add(place);
                final String added = drawing.addNamed(
                        isFree ? name : drawing.free(read),
                        read,
                        read instanceof JoinLayer
                                ? from
                                : from.stream().distinct().toList());
                if (KerasParts.isFrozen(arguments)) {
                    drawing.freezeLast();
                }
                masks.handOn(added, read, from, isOperation(layer), ofLayer);
                return added;
            } catch (final InvalidInputException misfit) {
                throw ofLayer.error(misfit);
            }
        }

        /** The first layer says the shape of a sample, an InputLayer or another one. */
        private void begin(final JsonFields config, final JsonFields.Source ofLayer) {
            if (drawing != null) {
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
            final List<Long> dimensions = JsonFields.of(json, ofLayer).integers(field, 1, Integer.MAX_VALUE);
            try {
                drawing = new NetworkDrawing(
                        new Shape(dimensions.stream().map(Long::intValue).toList()));
            } catch (final InvalidInputException tooLarge) {
                throw ofLayer.error(tooLarge);
            }
        }

        /** Two numbers of a sample in the same place become one; Keras would lay samples of another rank in another way. */
        private void checkOperation(final KerasCall call, final List<String> from) {
            if (call.arguments().size() != 2
                    || from.size() != 2
                    || drawing.output(from.get(0)).rank()
                            != drawing.output(from.get(1)).rank()) {
                throw call.source()
                        .error("two outputs of layers with as many axes were expected, but the operation takes "
                                + String.join(", ", from));
            }
        }

        /** Which of our layers a layer of a Functional model takes. */
        private static List<String> from(final KerasCall call, final Map<String, String> ours) {
            final List<String> from = call.tensors();
            if (from.isEmpty() || !ours.keySet().containsAll(from)) {
                throw call.source()
                        .error("layers before it were expected as what it takes, but it takes "
                                + (from.isEmpty() ? "nothing" : String.join(", ", from)));
            }
            return from.stream().map(ours::get).toList();
        }

        /** Which of our layers gives the output of a Functional model: [name, 0, 0], or a list of it alone. */
        private String output(final JsonFields config, final Map<String, String> ours) {
            JsonElement outputs = config.copy().get("output_layers");
            if (outputs instanceof JsonArray list && list.size() == 1) {
                outputs = list.get(0);
            }
            if (outputs instanceof JsonArray history
                    && history.size() == 3
                    && history.get(0).isJsonPrimitive()
                    && ours.containsKey(history.get(0).getAsString())) {
                return ours.get(history.get(0).getAsString());
            }
            throw source.error("one output of a layer was expected in the field output_layers, but it is " + outputs);
        }
    }

    /** Whether an operation between layers is described, such as the sum that {@code x + y} is in Keras. */
    static boolean isOperation(final JsonFields described) {
        return described.has("module") && described.string("module").startsWith(OPERATIONS);
    }

    /** Whether it is one that a layer of ours computes. */
    private static boolean joins(final JsonFields described) {
        return isOperation(described) && JOINS.contains(described.string("class_name"));
    }

    /** The class of a layer or model, if it is one of Keras' own: classes of others are code. */
    static String checkedType(final JsonFields described, final JsonFields.Source source) {
        final String module = described.has("module") ? described.string("module") : "";
        final String type = described.string("class_name");
        final boolean isKeras = MODELS.contains(type)
                ? module.equals("keras") || module.startsWith("keras.")
                : module.equals("keras.layers")
                        && (!described.has("registered_name")
                                || described.copy().get("registered_name").isJsonNull());
        if (isOperation(described)) {
            throw source.error("a layer was expected, but it is the operation " + type
                    + ", which these nodes do not have between layers");
        }
        if (!isKeras) {
            throw source.error("a layer or model of Keras was expected, but it is " + type + " of "
                    + (module.isEmpty() ? "no module" : "the module " + module) + ", which is code that is never run");
        }
        return type;
    }
}
