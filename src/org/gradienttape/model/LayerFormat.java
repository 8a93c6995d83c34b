package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

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
                    json -> new Layer.ActivityRegularization(json.number("l1"), json.number("l2"))),
            new Entry<>(ImageLayer.Conv2D.class, "Conv2D", LayerFormat::writeConv2D, LayerFormat::readConv2D),
            new Entry<>(
                    ImageLayer.Conv2DTranspose.class,
                    "Conv2DTranspose",
                    LayerFormat::writeConv2DTranspose,
                    LayerFormat::readConv2DTranspose),
            new Entry<>(
                    ImageLayer.MaxPooling2D.class,
                    "MaxPooling2D",
                    (layer, json) -> writeWindow("pool_size", layer.window(), json),
                    json -> new ImageLayer.MaxPooling2D(readWindow("pool_size", json))),
            new Entry<>(
                    ImageLayer.AveragePooling2D.class,
                    "AveragePooling2D",
                    (layer, json) -> writeWindow("pool_size", layer.window(), json),
                    json -> new ImageLayer.AveragePooling2D(readWindow("pool_size", json))),
            new Entry<>(
                    ImageLayer.GlobalMaxPooling2D.class,
                    "GlobalMaxPooling2D",
                    (layer, json) -> {},
                    json -> new ImageLayer.GlobalMaxPooling2D()),
            new Entry<>(
                    ImageLayer.GlobalAveragePooling2D.class,
                    "GlobalAveragePooling2D",
                    (layer, json) -> {},
                    json -> new ImageLayer.GlobalAveragePooling2D()),
            new Entry<>(
                    NormalizationLayer.BatchNormalization.class,
                    "BatchNormalization",
                    LayerFormat::writeBatchNormalization,
                    LayerFormat::readBatchNormalization),
            new Entry<>(
                    NormalizationLayer.LayerNormalization.class,
                    "LayerNormalization",
                    LayerFormat::writeNormalization,
                    json -> new NormalizationLayer.LayerNormalization(
                            json.number("epsilon"), json.bool("center"), json.bool("scale"))),
            new Entry<>(
                    ActivationLayer.LeakyReLU.class,
                    "LeakyReLU",
                    (layer, json) -> json.addProperty("negative_slope", layer.negativeSlope()),
                    json -> new ActivationLayer.LeakyReLU(json.number("negative_slope"))),
            new Entry<>(
                    ActivationLayer.ELU.class,
                    "ELU",
                    (layer, json) -> json.addProperty("alpha", layer.alpha()),
                    json -> new ActivationLayer.ELU(json.number("alpha"))),
            new Entry<>(
                    ActivationLayer.GELU.class,
                    "GELU",
                    (layer, json) -> json.addProperty("approximate", layer.approximate()),
                    json -> new ActivationLayer.GELU(json.bool("approximate"))),
            new Entry<>(ActivationLayer.SiLU.class, "SiLU", (layer, json) -> {}, json -> new ActivationLayer.SiLU()),
            new Entry<>(
                    ActivationLayer.Sigmoid.class,
                    "Sigmoid",
                    (layer, json) -> {},
                    json -> new ActivationLayer.Sigmoid()),
            new Entry<>(ActivationLayer.Tanh.class, "Tanh", (layer, json) -> {}, json -> new ActivationLayer.Tanh()),
            new Entry<>(
                    ActivationLayer.Softmax.class,
                    "Softmax",
                    (layer, json) -> {},
                    json -> new ActivationLayer.Softmax()),
            new Entry<>(CodeLayer.class, "JavaCode", CodeLayerFormat::write, CodeLayerFormat::read));

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

    private static void writeConv2D(final ImageLayer.Conv2D layer, final JsonObject json) {
        json.addProperty("filters", layer.filters());
        writeWindow("kernel_size", layer.window(), json);
        json.addProperty("activation", name(layer.activation()));
        json.addProperty("use_bias", layer.useBias());
    }

    private static ImageLayer.Conv2D readConv2D(final JsonFields json) {
        return new ImageLayer.Conv2D(
                (int) json.integer("filters", 1, Integer.MAX_VALUE),
                readWindow("kernel_size", json),
                activation(json),
                json.bool("use_bias"));
    }

    private static void writeConv2DTranspose(final ImageLayer.Conv2DTranspose layer, final JsonObject json) {
        json.addProperty("filters", layer.filters());
        writeWindow("kernel_size", layer.window(), json);
        json.addProperty("activation", name(layer.activation()));
        json.addProperty("use_bias", layer.useBias());
    }

    private static ImageLayer.Conv2DTranspose readConv2DTranspose(final JsonFields json) {
        return new ImageLayer.Conv2DTranspose(
                (int) json.integer("filters", 1, Integer.MAX_VALUE),
                readWindow("kernel_size", json),
                activation(json),
                json.bool("use_bias"));
    }

    private static void writeWindow(final String size, final Window window, final JsonObject json) {
        json.add(size, pair(window.height(), window.width()));
        json.add("strides", pair(window.strideHeight(), window.strideWidth()));
        json.addProperty("padding", name(window.padding()));
    }

    private static Window readWindow(final String size, final JsonFields json) {
        final int[] sizes = pair(size, json);
        final int[] strides = pair("strides", json);
        return new Window(sizes[0], sizes[1], strides[0], strides[1], constant("padding", Padding.values(), json));
    }

    private static JsonArray pair(final int rows, final int columns) {
        final JsonArray json = new JsonArray();
        json.add(rows);
        json.add(columns);
        return json;
    }

    private static int[] pair(final String field, final JsonFields json) {
        final List<Long> values = json.integers(field, 1, Integer.MAX_VALUE);
        if (values.size() != 2) {
            throw json.error(field, "2 whole numbers", values.size() + " numbers");
        }
        return values.stream().mapToInt(Long::intValue).toArray();
    }

    private static void writeBatchNormalization(
            final NormalizationLayer.BatchNormalization layer, final JsonObject json) {
        json.addProperty("momentum", layer.momentum());
        writeNormalization(layer, json);
    }

    private static NormalizationLayer.BatchNormalization readBatchNormalization(final JsonFields json) {
        return new NormalizationLayer.BatchNormalization(
                json.number("momentum"), json.number("epsilon"), json.bool("center"), json.bool("scale"));
    }

    private static void writeNormalization(final NormalizationLayer layer, final JsonObject json) {
        json.addProperty("epsilon", layer.epsilon());
        json.addProperty("center", layer.center());
        json.addProperty("scale", layer.scale());
    }

    /** Keras writes all constants in small letters; it calls no activation "linear". */
    static String name(final Enum<?> constant) {
        return constant == Activation.NONE ? "linear" : constant.name().toLowerCase(Locale.ROOT);
    }

    static Activation activation(final JsonFields json) {
        return constant("activation", Activation.values(), json);
    }

    private static <E extends Enum<E>> E constant(final String field, final E[] constants, final JsonFields json) {
        final String found = json.string(field);
        return Arrays.stream(constants)
                .filter(constant -> name(constant).equals(found))
                .findFirst()
                .orElseThrow(() -> json.error(
                        field,
                        "one of "
                                + Arrays.stream(constants)
                                        .map(LayerFormat::name)
                                        .collect(Collectors.joining(", ")),
                        found));
    }

    private static String names() {
        return ENTRIES.stream().map(Entry::name).collect(Collectors.joining(", "));
    }
}
