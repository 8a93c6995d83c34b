package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.model.LayerFormat;

/**
 * Layers as Keras describes them (their get_config), from and to ours. Both have the same names and arguments
 * ({@link LayerFormat}), so that here stands only what differs: arguments that we do not have and the one value of them that
 * means what our layer does, and arguments that are written in another way.
 */
final class KerasLayers {
    private static final String NULL = "null";
    private static final String FALSE = "false";
    /** Of a number that is written out; 1e999999999 would have as many zeros. */
    private static final int MOST_ZEROS = 20;

    /** Arguments that say nothing about what a trained layer computes. */
    private static final Set<String> NEUTRAL = Set.of(
            "name",
            "trainable",
            "seed",
            "batch_shape",
            "batch_input_shape",
            "renorm_clipping",
            "renorm_momentum",
            "beta_initializer",
            "gamma_initializer",
            "moving_mean_initializer",
            "moving_variance_initializer",
            "pointwise_initializer",
            "unroll",
            "ActivityRegularization.activity_regularizer"); // which is its l1 and l2 once more

    /** The values of arguments with which a layer is as ours; a type before the argument is for this type alone. */
    private static final Map<String, Set<String>> AS_OURS = Map.ofEntries(
            Map.entry("data_format", Set.of("\"channels_last\"")),
            Map.entry("kernel_constraint", Set.of(NULL)),
            Map.entry("bias_constraint", Set.of(NULL)),
            Map.entry("depthwise_constraint", Set.of(NULL)),
            Map.entry("pointwise_constraint", Set.of(NULL)),
            Map.entry("beta_constraint", Set.of(NULL)),
            Map.entry("gamma_constraint", Set.of(NULL)),
            Map.entry("alpha_constraint", Set.of(NULL)),
            Map.entry("beta_regularizer", Set.of(NULL)),
            Map.entry("gamma_regularizer", Set.of(NULL)),
            Map.entry("alpha_regularizer", Set.of(NULL)),
            Map.entry("recurrent_constraint", Set.of(NULL)),
            Map.entry("recurrent_regularizer", Set.of(NULL)),
            Map.entry("return_state", Set.of(FALSE)),
            Map.entry("stateful", Set.of(FALSE)),
            Map.entry("zero_output_for_mask", Set.of(FALSE)),
            Map.entry("reset_after", Set.of("true")),
            Map.entry("noise_shape", Set.of(NULL)),
            Map.entry("max_value", Set.of(NULL)),
            Map.entry("threshold", Set.of("0")),
            Map.entry("ReLU.negative_slope", Set.of("0")),
            Map.entry("synchronized", Set.of(FALSE)),
            Map.entry("renorm", Set.of(FALSE)),
            Map.entry("rms_scaling", Set.of(FALSE)),
            Map.entry("output_padding", Set.of(NULL)),
            Map.entry("Conv2DTranspose.dilation_rate", Set.of("[1,1]")),
            Map.entry("Conv1DTranspose.dilation_rate", Set.of("1")),
            Map.entry("keepdims", Set.of(FALSE)),
            Map.entry("UpSampling2D.interpolation", Set.of("\"nearest\"")),
            Map.entry("interpolation", Set.of("\"bilinear\"")),
            Map.entry("attention_axes", Set.of(NULL, "1")),
            Map.entry("use_gate", Set.of(FALSE)),
            Map.entry("sliding_window", Set.of(NULL)),
            Map.entry("embeddings_constraint", Set.of(NULL)),
            Map.entry("Embedding.activity_regularizer", Set.of(NULL)),
            Map.entry("input_length", Set.of(NULL)),
            Map.entry("sparse", Set.of(FALSE)),
            Map.entry("lora_rank", Set.of(NULL)),
            Map.entry("lora_alpha", Set.of(NULL)),
            Map.entry("quantization_config", Set.of(NULL)));

    /** The types that have an argument data_format, whose default a user of Keras can change. */
    private static final Pattern WITH_DATA_FORMAT = Pattern.compile(
            ".*Conv\\dD.*|.*Pooling\\dD|UpSampling2D|ZeroPadding2D|Cropping2D|SpatialDropout2D|Flatten|Random.*");

    /** Our layers that Keras has as an activation only. */
    private static final Map<String, String> AS_ACTIVATION = Map.of(
            "GELU", "gelu", "SiLU", "silu", "Sigmoid", "sigmoid", "Tanh", "tanh", "ReLU", "relu", "Softmax", "softmax");

    private static final Map<String, String> DEPTHWISE =
            Map.of("depthwise_initializer", "kernel_initializer", "depthwise_regularizer", "kernel_regularizer");

    private KerasLayers() {}

    /**
     * Our layer for one of Keras.
     *
     * @param type Keras' class name
     * @param config its arguments
     * @param input the shape of one sample that it takes
     * @param source begins what is said about it
     * @throws InvalidInputException if we have no such layer, or not with these arguments
     */
    static Layer read(final String type, final JsonObject config, final Shape input, final JsonFields.Source source) {
        if (type.equals("Activation")) {
            return activation(config, source);
        }
        if (!LayerFormat.isType(type)) {
            throw source.error(
                    type.equals("Lambda")
                            ? "a layer that needs no Python code was expected, but a Lambda is code, which is never run"
                            : "a kind of layer that these nodes have was expected, but they have no " + type);
        }
        final JsonObject ours = new JsonObject();
        ours.addProperty("type", type);
        for (final Map.Entry<String, JsonElement> argument : config.entrySet()) {
            if (!isAsOurs(type, argument.getKey(), argument.getValue(), input, source)) {
                final String name = DEPTHWISE.getOrDefault(argument.getKey(), argument.getKey());
                ours.add(name, toOurs(type, name, argument.getValue(), source));
            }
        }
        readSpecial(type, config, ours, input, source);
        if (ours.has("kernel_initializer")
                && !ours.has("activity_regularizer")) { // Keras leaves it out if there is none
            ours.add("activity_regularizer", penalty("activity_regularizer", JsonNull.INSTANCE, source));
        }
        return LayerFormat.fromJson(JsonFields.of(ours, source));
    }

    private static Layer activation(final JsonObject config, final JsonFields.Source source) {
        final JsonFields fields = JsonFields.of(config, source);
        final String name = fields.string("activation");
        final JsonObject ours = new JsonObject();
        if (name.equals("elu")) {
            ours.addProperty("type", "ELU");
            ours.addProperty("alpha", 1.0);
        } else {
            ours.addProperty(
                    "type",
                    AS_ACTIVATION.entrySet().stream()
                            .filter(entry -> entry.getValue().equals(name))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElseThrow(() -> fields.error(
                                    "activation",
                                    "elu or one of "
                                            + String.join(
                                                    ", ",
                                                    AS_ACTIVATION.values().stream()
                                                            .sorted()
                                                            .toList()),
                                    name)));
        }
        if (name.equals("gelu")) {
            ours.addProperty("approximate", false);
        }
        return LayerFormat.fromJson(JsonFields.of(ours, source));
    }

    /** Whether an argument needs no word in ours, since it says nothing, or what holds of ours anyway. */
    private static boolean isAsOurs(
            final String type,
            final String name,
            final JsonElement value,
            final Shape input,
            final JsonFields.Source source) {
        if (NEUTRAL.contains(name) || NEUTRAL.contains(type + "." + name)) {
            return true;
        }
        if (name.equals("dtype")) {
            return isFloat(value, source);
        }
        final Set<String> allowed;
        if (name.equals("axis") && type.equals("Normalization")) { // no axis is one number for all places
            allowed = Set.of("-1", String.valueOf(input.rank()), "[]");
        } else if (name.equals("axis") && !type.equals("Concatenate")) {
            allowed = Set.of("-1", String.valueOf(input.rank()));
        } else if (name.equals("output_shape") && type.equals(KerasParts.ATTENTION) && input.rank() > 0) {
            allowed = Set.of(NULL, String.valueOf(input.last()));
        } else {
            allowed = AS_OURS.getOrDefault(type + "." + name, AS_OURS.get(name));
        }
        if (allowed == null) {
            return false;
        }
        if (!allowed.contains(text(only(value)))) {
            throw source.error("the argument " + name + " should be "
                    + String.join(" or ", allowed.stream().sorted().toList()) + ", but it is " + text(value));
        }
        return true;
    }

    private static boolean isFloat(final JsonElement value, final JsonFields.Source source) {
        final String name = value instanceof JsonObject policy
                        && policy.get("config") instanceof JsonObject config
                        && config.has("name")
                ? text(config.get("name"))
                : text(value);
        if (!name.equals("\"float32\"") && !name.equals(NULL)) {
            throw source.error("numbers of the type float32 were expected, but the argument dtype is " + text(value));
        }
        return true;
    }

    /** For a list of one element, this element: Keras writes arguments of one axis so. */
    private static JsonElement only(final JsonElement value) {
        return value instanceof JsonArray list && list.size() == 1 ? list.get(0) : value;
    }

    /** For comparing: 0.0 and 0 are the same number. */
    private static String text(final JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            final BigDecimal number = primitive.getAsBigDecimal();
            final boolean isLong = Math.abs((long) number.scale()) > MOST_ZEROS;
            return number.signum() == 0
                    ? "0"
                    : isLong ? number.toString() : number.stripTrailingZeros().toPlainString();
        }
        final String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    private static JsonElement toOurs(
            final String type, final String name, final JsonElement value, final JsonFields.Source source) {
        if (name.endsWith("_initializer")) {
            return new JsonPrimitive(initializer(value, source));
        }
        if (name.endsWith("_regularizer")) {
            return penalty(name, value, source);
        }
        if (value instanceof JsonArray list
                && list.size() == 2
                && list.get(0) instanceof JsonArray) { // both edges of two axes
            final JsonArray flat = new JsonArray();
            list.forEach(edges -> {
                if (edges instanceof JsonArray pair) {
                    flat.addAll(pair);
                }
            });
            return flat;
        }
        return type.matches(".*1D(Transpose)?") ? only(value) : value;
    }

    /**
     * Keras' class name or our own, as we write it. The numbers of a trained layer do not come from its initializer; where
     * we have no such one, the default stands for it.
     */
    private static String initializer(final JsonElement value, final JsonFields.Source source) {
        final String name;
        if (value instanceof JsonObject described) {
            name = JsonFields.of(described, source)
                    .string("class_name")
                    .replaceAll("([a-z])([A-Z])", "$1_$2")
                    .toLowerCase(Locale.ROOT);
        } else {
            name = value instanceof JsonPrimitive text ? text.getAsString() : "";
        }
        return LayerFormat.isInitializer(name) ? name : "glorot_uniform";
    }

    private static JsonObject penalty(final String name, final JsonElement value, final JsonFields.Source source) {
        final JsonObject factors = new JsonObject();
        factors.addProperty("l1", 0.0);
        factors.addProperty("l2", 0.0);
        if (value instanceof JsonObject described) {
            final JsonFields fields = JsonFields.of(described, source);
            final String kind = fields.string("class_name");
            if (!Set.of("L1", "L2", "L1L2").contains(kind)) {
                throw fields.error("class_name of " + name, "L1, L2 or L1L2", kind);
            }
            final JsonFields config = fields.object("config");
            for (final String factor : config.names()) {
                factors.addProperty(factor, config.number(factor));
            }
        } else if (!value.isJsonNull()) {
            throw source.error("the argument " + name + " should be L1, L2 or L1L2, but it is " + text(value));
        }
        return factors;
    }

    /** What is written in another way in one type of layer alone. */
    private static void readSpecial(
            final String type,
            final JsonObject config,
            final JsonObject ours,
            final Shape input,
            final JsonFields.Source source) {
        switch (type) {
            case "Reshape" -> {
                final JsonFields fields = JsonFields.of(config, source);
                ours.add("target_shape", whole(fields, input));
            }
            case "SeparableConv2D" -> {
                if (!Objects.equals(config.get("pointwise_regularizer"), config.get("depthwise_regularizer"))) {
                    throw source.error("the same regularizer for both kernels was expected, but they differ");
                }
                ours.remove("pointwise_regularizer");
            }
            case "PReLU" -> {
                if (!(ours.get("shared_axes") instanceof JsonArray)) {
                    ours.add("shared_axes", new JsonArray());
                }
            }
            case "RandomContrast" -> {
                if (!(ours.remove("value_range") instanceof JsonArray range) || range.size() != 2) {
                    throw source.error("the argument value_range should be two numbers, but it is not");
                }
                ours.add("smallest", range.get(0));
                ours.add("largest", range.get(1));
                if (ours.get("factor") instanceof JsonArray factors
                        && factors.size() == 2
                        && Set.of("0", text(factors.get(1))).contains(text(factors.get(0)))) {
                    ours.add("factor", factors.get(1)); // Keras makes [0, factor] of a number, with 0 for "the same"
                }
            }
            case "RandomRotation" -> bothWays(ours, "factor");
            case KerasParts.BIDIRECTIONAL, KerasParts.TIME_DISTRIBUTED ->
                KerasParts.readWrapper(type, ours, input, source);
            case "RandomTranslation" -> {
                bothWays(ours, "height_factor");
                bothWays(ours, "width_factor");
            }
            case "RandomZoom" -> {
                bothWays(ours, "height_factor");
                bothWays(ours, "width_factor");
                if (ours.get("width_factor") instanceof JsonNull) {
                    ours.addProperty("width_factor", -1.0);
                }
            }
            case "Normalization" -> {
                for (final String name : Set.of("mean", "variance")) {
                    if (ours.get(name) instanceof JsonNull) {
                        throw source.error("the argument " + name + " should be numbers, but it is null");
                    }
                    if (ours.get(name) instanceof JsonPrimitive number) {
                        final JsonArray list = new JsonArray();
                        list.add(number);
                        ours.add(name, list);
                    }
                }
            }
            default -> {
                return;
            }
        }
    }

    /** The shape that Reshape makes; one size can be -1, for what is left. */
    private static JsonArray whole(final JsonFields fields, final Shape input) {
        final var sizes = fields.integers("target_shape", -1, Integer.MAX_VALUE);
        final long known = sizes.stream().filter(size -> size > 0).reduce(1L, (a, b) -> Math.min(a * b, 1L << 31));
        final JsonArray whole = new JsonArray();
        for (final long size : sizes) {
            whole.add(size == -1 && known > 0 ? Math.max(1, input.size() / known) : size);
        }
        return whole;
    }

    /** Keras writes a factor both ways as the lower and the upper one. */
    private static void bothWays(final JsonObject ours, final String name) {
        if (ours.get(name) instanceof JsonArray pair
                && pair.size() == 2
                && text(pair.get(0)).equals("-" + text(pair.get(1)))) {
            ours.add(name, pair.get(1));
        }
    }

    /** A layer for Keras: class_name and config, without its name. */
    record Written(String type, JsonObject config) {}

    /**
     * Keras' layer for one of ours.
     *
     * @throws InvalidInputException if Keras has no such layer
     */
    static Written write(final String name, final Layer layer) {
        if (layer instanceof CodeLayer) {
            throw new InvalidInputException("A Keras file holds Keras' own layers only, but " + name + " is Java code;"
                    + " write a GradientTape model, or a TorchScript or ONNX file.");
        }
        if (layer instanceof Layer.InputColumns) {
            throw new InvalidInputException("A Keras file holds Keras' own layers only, but " + name
                    + " takes some columns of a row, which Keras does with an input of its own; write a GradientTape model, or"
                    + " a TorchScript or ONNX file.");
        }
        if (layer instanceof WrapperLayer wrapper) {
            return KerasParts.write(name, wrapper);
        }
        final JsonObject config = LayerFormat.toJson(layer);
        final String type = config.remove("type").getAsString();
        final Optional<String> activation = activationOf(name, type, config);
        if (activation.isPresent()) {
            final JsonObject only = new JsonObject();
            only.addProperty("activation", activation.get());
            return new Written("Activation", only);
        }
        for (final String argument : Set.copyOf(config.keySet())) {
            if (argument.endsWith("_regularizer")) {
                config.add(argument, regularizer(config.getAsJsonObject(argument)));
            }
        }
        writeSpecial(type, config);
        if (WITH_DATA_FORMAT.matcher(type).matches()) {
            config.addProperty("data_format", "channels_last");
        }
        return new Written(type, config);
    }

    /** Keras has ReLU and Softmax as layers too. */
    private static Optional<String> activationOf(final String name, final String type, final JsonObject config) {
        if (!AS_ACTIVATION.containsKey(type) || type.equals("ReLU") || type.equals("Softmax")) {
            return Optional.empty();
        }
        if (config.has("approximate") && config.get("approximate").getAsBoolean()) {
            throw new InvalidInputException("A Keras file holds GELU as it is, but " + name
                    + " is approximated with a hyperbolic tangent; choose another format or another layer.");
        }
        return Optional.of(AS_ACTIVATION.get(type));
    }

    private static JsonElement regularizer(final JsonObject factors) {
        if (factors.get("l1").getAsDouble() == 0 && factors.get("l2").getAsDouble() == 0) {
            return JsonNull.INSTANCE;
        }
        return described("keras.regularizers", "L1L2", factors);
    }

    /** An object as Keras names its class. */
    static JsonObject described(final String module, final String type, final JsonObject config) {
        final JsonObject json = new JsonObject();
        json.addProperty("module", module);
        json.addProperty("class_name", type);
        json.add("config", config);
        json.add("registered_name", JsonNull.INSTANCE);
        return json;
    }

    private static void writeSpecial(final String type, final JsonObject config) {
        switch (type) {
            case "DepthwiseConv2D", "SeparableConv2D" ->
                DEPTHWISE.forEach((theirs, ours) -> {
                    if (config.has(ours)) {
                        final JsonElement value = config.remove(ours);
                        config.add(theirs, value);
                        if (type.equals("SeparableConv2D")) {
                            config.add(theirs.replace("depthwise", "pointwise"), value.deepCopy());
                        }
                    }
                });
            case "ZeroPadding2D" -> pairs(config, "padding");
            case "Cropping2D" -> pairs(config, "cropping");
            case "RandomContrast" -> {
                final JsonArray range = new JsonArray();
                range.add(config.remove("smallest"));
                range.add(config.remove("largest"));
                config.add("value_range", range);
                final JsonArray factors = new JsonArray();
                factors.add(config.get("factor"));
                factors.add(config.get("factor"));
                config.add("factor", factors); // of a number Keras makes [0, factor]
            }
            case "RandomZoom" -> {
                if (config.get("width_factor").getAsDouble() < 0) {
                    config.add("width_factor", JsonNull.INSTANCE);
                }
            }
            case KerasParts.ATTENTION -> config.remove("use_causal_mask");
            case "PReLU" -> {
                if (config.getAsJsonArray("shared_axes").isEmpty()) {
                    config.add("shared_axes", JsonNull.INSTANCE);
                }
            }
            default -> {
                return;
            }
        }
    }

    private static void pairs(final JsonObject config, final String name) {
        final JsonArray edges = config.remove(name).getAsJsonArray();
        final JsonArray pairs = new JsonArray();
        for (int i = 0; i < edges.size(); i += 2) {
            final JsonArray pair = new JsonArray();
            pair.add(edges.get(i));
            pair.add(edges.get(i + 1));
            pairs.add(pair);
        }
        config.add(name, pairs);
    }
}
