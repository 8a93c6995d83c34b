package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gradienttape.json.JsonFields;

/**
 * The one call of a layer, or of an operation, in a Functional model.
 *
 * @param arguments without names
 * @param named arguments, among which tensors may be too
 * @param source begins what is said about it
 */
record KerasCall(JsonArray arguments, JsonObject named, JsonFields.Source source) {
    private static final int MOST_LEVELS = 16;

    /**
     * Reads it.
     *
     * @throws org.gradienttape.error.InvalidInputException if the layer is called more often, or not at all
     */
    static KerasCall of(final JsonFields layer, final JsonFields.Source source) {
        final JsonElement calls = layer.copy().get("inbound_nodes");
        if (!(calls instanceof JsonArray list) || list.size() != 1) {
            throw source.error("a layer that is called once was expected, but it is called "
                    + (calls instanceof JsonArray list ? list.size() : 0) + " times");
        }
        final JsonObject call = list.get(0) instanceof JsonObject object ? object : new JsonObject();
        return new KerasCall(
                call.get("args") instanceof JsonArray arguments ? arguments : new JsonArray(),
                call.get("kwargs") instanceof JsonObject named ? named : new JsonObject(),
                source);
    }

    /** The names of the layers and operations whose outputs it takes, in order. */
    List<String> tensors() {
        final List<String> tensors = new ArrayList<>(tensors(arguments));
        tensors.addAll(tensors(named));
        return tensors;
    }

    /** The same of one argument. */
    List<String> tensors(final JsonElement argument) {
        final List<String> tensors = new ArrayList<>();
        addTensors(argument, tensors, 0);
        return tensors;
    }

    private void addTensors(final JsonElement element, final List<String> tensors, final int level) {
        if (level == MOST_LEVELS) {
            throw source.error("the arguments of a layer were expected, but they lie in each other too deeply");
        }
        if (element instanceof JsonArray list) {
            list.forEach(inner -> addTensors(inner, tensors, level + 1));
        } else if (element instanceof JsonObject object) {
            if (object.get("keras_history") instanceof JsonArray history && !history.isEmpty()) {
                tensors.add(history.get(0).isJsonPrimitive() ? history.get(0).getAsString() : history.toString());
            } else {
                object.asMap().values().forEach(inner -> addTensors(inner, tensors, level + 1));
            }
        }
    }

    /** The number beside one tensor, if it is called with both and nothing else. */
    OptionalDouble number() {
        return arguments.size() == 2
                        && named.isEmpty()
                        && tensors(arguments.get(0)).size() == 1
                        && arguments.get(1) instanceof JsonPrimitive primitive
                        && primitive.isNumber()
                ? OptionalDouble.of(primitive.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The call without some of its named arguments. */
    KerasCall without(final Iterable<String> names) {
        final JsonObject rest = named.deepCopy();
        names.forEach(rest::remove);
        return new KerasCall(arguments, rest, source);
    }
}
