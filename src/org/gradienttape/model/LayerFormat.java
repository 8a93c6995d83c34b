package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Shape;

/** How a layer stands in model.json: its type and its arguments, both with the names of Keras. */
final class LayerFormat {
    private static final int MOST_DIMENSIONS = 32;

    private static final List<Entry<?>> ENTRIES = List.of(
            new Entry<>(Layer.Dense.class, "Dense", LayerFormat::writeDense, LayerFormat::readDense),
            new Entry<>(Layer.ReLU.class, "ReLU", (layer, json) -> {}, json -> new Layer.ReLU()),
            new Entry<>(Layer.Flatten.class, "Flatten", (layer, json) -> {}, json -> new Layer.Flatten()),
            new Entry<>(
                    Layer.Reshape.class,
                    "Reshape",
                    (layer, json) -> json.add("target_shape", toJson(layer.target())),
                    json -> new Layer.Reshape(shape(json, "target_shape"))),
            new Entry<>(
                    Layer.Dropout.class,
                    "Dropout",
                    (layer, json) -> json.addProperty("rate", layer.rate()),
                    json -> new Layer.Dropout(json.number("rate"))),
            new Entry<>(
                    Layer.ActivityRegularization.class,
                    "ActivityRegularization",
                    LayerFormat::writeActivityRegularization,
                    json -> new Layer.ActivityRegularization(json.number("l1"), json.number("l2"))));

    private LayerFormat() {}

    /** One kind of layer: how its arguments are written and read. */
    private record Entry<L extends Layer>(
            Class<L> type, String name, BiConsumer<L, JsonObject> write, Function<JsonFields, L> read) {
        private JsonObject toJson(final Layer layer) {
            final JsonObject json = new JsonObject();
            json.addProperty("type", name);
            write.accept(type.cast(layer), json);
            return json;
        }
    }

    static JsonObject toJson(final Layer layer) {
        return ENTRIES.stream()
                .filter(entry -> entry.type().isInstance(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("model.json has no form yet for the layer " + layer))
                .toJson(layer);
    }

    static Layer fromJson(final JsonFields json) {
        final String name = json.string("type");
        final Layer layer = ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> json.error("type", "one of " + names(), name))
                .read()
                .apply(json);
        json.finish();
        return layer;
    }

    static JsonArray toJson(final Shape shape) {
        final JsonArray json = new JsonArray();
        shape.dimensions().forEach(json::add);
        return json;
    }

    static Shape shape(final JsonFields json, final String field) {
        final List<Long> sizes = json.integers(field, 1, Integer.MAX_VALUE);
        if (sizes.size() > MOST_DIMENSIONS) {
            throw json.error(field, "at most " + MOST_DIMENSIONS + " sizes", sizes.size() + " sizes");
        }
        return new Shape(sizes.stream().map(Long::intValue).toList());
    }

    private static void writeDense(final Layer.Dense layer, final JsonObject json) {
        json.addProperty("units", layer.units());
        json.addProperty("activation", name(layer.activation()));
        json.addProperty("use_bias", layer.useBias());
    }

    private static Layer.Dense readDense(final JsonFields json) {
        return new Layer.Dense(
                (int) json.integer("units", 1, Integer.MAX_VALUE), activation(json), json.bool("use_bias"));
    }

    private static void writeActivityRegularization(final Layer.ActivityRegularization layer, final JsonObject json) {
        json.addProperty("l1", layer.l1());
        json.addProperty("l2", layer.l2());
    }

    private static String name(final Activation activation) {
        return switch (activation) {
            case NONE -> "linear";
            case RELU -> "relu";
        };
    }

    private static Activation activation(final JsonFields json) {
        final String name = json.string("activation");
        return Arrays.stream(Activation.values())
                .filter(activation -> name(activation).equals(name))
                .findFirst()
                .orElseThrow(() -> json.error(
                        "activation",
                        "one of "
                                + Arrays.stream(Activation.values())
                                        .map(LayerFormat::name)
                                        .collect(Collectors.joining(", ")),
                        name));
    }

    private static String names() {
        return ENTRIES.stream().map(Entry::name).collect(Collectors.joining(", "));
    }
}
