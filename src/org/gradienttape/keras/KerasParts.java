package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerNames;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.LayerFormat;

/**
 * Layers that Keras makes of others: how it describes those within, and where their weights stand (keras/src/layers/rnn
 * and keras/src/layers/attention, whose attributes name the groups of the file).
 */
final class KerasParts {
    static final String ATTENTION = "MultiHeadAttention";
    static final String BIDIRECTIONAL = "Bidirectional";
    static final String TIME_DISTRIBUTED = "TimeDistributed";

    private static final String LAYER = "layer";
    private static final String BACKWARD_LAYER = "backward_layer";
    private static final String CONFIG = "config";
    private static final String TRAINABLE = "trainable";
    private static final String CAUSAL = "use_causal_mask";
    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "SimpleRNN");
    /** Keras' classes of layers that take no argument trainable. */
    private static final Set<String> WITHOUT_TRAINABLE = Set.of("SpatialDropout2D");
    /** Arguments of a call of attention that are a sequence. */
    private static final Set<String> SEQUENCES = Set.of("query", "value", "key");

    private KerasParts() {}

    /**
     * A layer of Keras with a group of its own for weights.
     *
     * @param path below the place of the layer that we know; empty for this itself
     * @param name of the layer within; empty for that of the layer that we know
     * @param weights what the names of its weights begin with here; none if it has no weights of its own
     */
    record Part(String path, String name, Optional<String> weights) {
        private Part under(final String owner, final String ownName, final String prefix) {
            return new Part(owner + path, name.isEmpty() ? ownName : name, weights.map(rest -> prefix + rest));
        }
    }

    /** The layer itself and those within. */
    static List<Part> of(final Layer layer) {
        final Part without = new Part("", "", Optional.empty());
        if (layer instanceof RecurrentLayer) {
            return List.of(without, new Part("/cell", snakeCase(layer.type()) + "_cell", Optional.of("")));
        }
        if (layer instanceof WrapperLayer.Bidirectional both) {
            final String name = snakeCase(both.layer().type());
            return Stream.of(
                            Stream.of(without),
                            of(both.layer()).stream()
                                    .map(part -> part.under("/forward_layer", "forward_" + name, "forward/")),
                            of(both.layer()).stream()
                                    .map(part -> part.under("/backward_layer", "backward_" + name, "backward/")))
                    .flatMap(parts -> parts)
                    .toList();
        }
        if (layer instanceof WrapperLayer.TimeDistributed each) {
            final String name = snakeCase(each.layer().type());
            return Stream.concat(
                            Stream.of(without), of(each.layer()).stream().map(part -> part.under("/layer", name, "")))
                    .toList();
        }
        if (layer instanceof AttentionLayer) {
            return List.of(
                    without,
                    new Part("/query_dense", "query", Optional.of("query/")),
                    new Part("/key_dense", "key", Optional.of("key/")),
                    new Part("/value_dense", "value", Optional.of("value/")),
                    new Part("/output_dense", "attention_output", Optional.of("attention_output/")));
        }
        return List.of(new Part("", "", Optional.of("")));
    }

    private static String snakeCase(final String type) {
        return LayerNames.free(type, List.of());
    }

    /**
     * Turns the layers that a wrapper describes into ours.
     *
     * @param ours the wrapper's arguments, with the layers as Keras describes them
     * @param input the shape of one sample that the wrapper takes
     */
    static void readWrapper(
            final String type, final JsonObject ours, final Shape input, final JsonFields.Source source) {
        final JsonElement layer = ours.get(LAYER);
        if (type.equals(TIME_DISTRIBUTED)) {
            if (input.rank() < 2) {
                throw source.error("steps of one number or more each were expected, but its samples are " + input);
            }
            final Shape step = WrapperLayer.TimeDistributed.step(input);
            ours.add(LAYER, LayerFormat.toJson(within(type, layer, step, source)));
            return;
        }
        final RecurrentLayer forward = (RecurrentLayer) within(type, layer, input, source);
        final JsonElement described = ours.remove(BACKWARD_LAYER);
        if (described != null && !described.isJsonNull()) {
            final Layer backward = within(type, described, input, source);
            if (!backward.equals(forward.reversed()) || isFrozen(described) != isFrozen(layer)) {
                throw source.error("a backward_layer was expected that is the layer the other way round, but both"
                        + " differ in more than that");
            }
        }
        ours.add(LAYER, LayerFormat.toJson(forward));
    }

    private static Layer within(
            final String owner, final JsonElement described, final Shape input, final JsonFields.Source source) {
        if (!(described instanceof JsonObject object)) {
            throw source.error("a layer was expected in the argument layer, but there is none");
        }
        final JsonFields fields = JsonFields.of(object, source);
        final String type = KerasNetwork.checkedType(fields, source);
        final boolean fits = owner.equals(BIDIRECTIONAL) ? RECURRENT.contains(type) : !type.equals(TIME_DISTRIBUTED);
        if (!fits) {
            throw source.error("another layer was expected in " + owner + ", but it is " + type);
        }
        final JsonObject config = fields.object(CONFIG).copy();
        if (owner.equals(BIDIRECTIONAL)) {
            config.remove("zero_output_for_mask"); // Bidirectional sets it, whatever stands there
        }
        return KerasLayers.read(type, config, input, source);
    }

    /** Whether a layer, as Keras describes it, stays as it is, or what it calls does. */
    private static boolean isFrozen(final JsonElement described) {
        return described instanceof JsonObject object
                && object.get(CONFIG) instanceof JsonObject config
                && isFrozen(config);
    }

    /** The same of its arguments. */
    static boolean isFrozen(final JsonObject config) {
        return config.get(TRAINABLE) instanceof JsonPrimitive trainable
                        && trainable.isBoolean()
                        && !trainable.getAsBoolean()
                || isFrozen(config.get(LAYER));
    }

    /** Says of a layer of this class, and of those within, whether the optimizer may change them. */
    static void setTrainable(final String type, final JsonObject config, final boolean trainable) {
        if (!WITHOUT_TRAINABLE.contains(type)) {
            config.addProperty(TRAINABLE, trainable);
        }
        Stream.of(LAYER, BACKWARD_LAYER).forEach(name -> {
            if (config.get(name) instanceof JsonObject within) {
                setTrainable(within.get("class_name").getAsString(), within.getAsJsonObject(CONFIG), trainable);
            }
        });
    }

    /** Keras' description of a layer that calls another one. */
    static KerasLayers.Written write(final String name, final WrapperLayer layer) {
        final JsonObject config = new JsonObject();
        if (layer instanceof WrapperLayer.Bidirectional) {
            final Layer backward = ((RecurrentLayer) layer.layer()).reversed();
            config.add("merge_mode", LayerFormat.toJson(layer).get("merge_mode"));
            config.add(LAYER, described(name, layer.layer(), "forward_"));
            config.add(BACKWARD_LAYER, described(name, backward, "backward_"));
        } else {
            config.add(LAYER, described(name, layer.layer(), ""));
        }
        return new KerasLayers.Written(layer.type(), config);
    }

    private static JsonObject described(final String owner, final Layer layer, final String prefix) {
        final KerasLayers.Written written = KerasLayers.write(owner, layer);
        written.config().addProperty("name", prefix + snakeCase(written.type()));
        return KerasLayers.described("keras.layers", written.type(), written.config());
    }

    /**
     * What attention takes stands in its call, not in its arguments.
     *
     * @param from what it takes
     * @param config its arguments, to which the one of the call is added that is ours too
     */
    static void readCall(final KerasCall call, final List<String> from, final JsonObject config) {
        if (from.size() < 2 || Set.copyOf(from).size() != 1) {
            throw call.source()
                    .error("attention of a sequence to itself was expected, called with it twice, but it takes "
                            + String.join(", ", from));
        }
        config.addProperty(CAUSAL, false);
        final List<String> unknown = new ArrayList<>();
        for (final Map.Entry<String, JsonElement> argument : call.named().entrySet()) {
            final boolean isTrue =
                    argument.getValue() instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
            final boolean isNothing = argument.getValue().isJsonNull()
                    || argument.getValue() instanceof JsonPrimitive value && value.isBoolean() && !isTrue;
            if (argument.getKey().equals(CAUSAL) && isTrue) {
                config.addProperty(CAUSAL, true);
            } else if (!isNothing && !SEQUENCES.contains(argument.getKey())) {
                unknown.add(argument.getKey());
            }
        }
        if (!unknown.isEmpty()) {
            throw call.source()
                    .error("a call without masks of its own was expected, but it has " + String.join(", ", unknown));
        }
    }

    /** The call of attention: a sequence to itself. */
    static JsonObject call(final JsonArray tensor, final AttentionLayer.MultiHeadAttention layer) {
        final JsonArray twice = new JsonArray();
        twice.addAll(tensor);
        twice.addAll(tensor.deepCopy());
        final JsonObject named = new JsonObject();
        if (layer.useCausalMask()) {
            named.addProperty(CAUSAL, true);
        }
        final JsonObject call = new JsonObject();
        call.add("args", twice);
        call.add("kwargs", named);
        return call;
    }
}
