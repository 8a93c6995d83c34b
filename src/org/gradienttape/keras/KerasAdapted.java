package org.gradienttape.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.hdf5.Hdf5Array;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.ScalingLayer;
import org.gradienttape.layer.WrapperLayer;

/**
 * Normalization that was adapted to data: its numbers stand among Keras' weights and are null among its arguments
 * (keras/src/layers/preprocessing/normalization.py), while they are settings of our layer.
 */
final class KerasAdapted {
    private static final String NORMALIZATION = "Normalization";
    private static final String LAYER = "layer";
    private static final String VARIABLES = "/vars/";
    /** The arguments, each where the array of its numbers has its place as name; the third array counts samples. */
    private static final List<String> ARGUMENTS = List.of("mean", "variance");

    private static final String COUNT = "2";

    private KerasAdapted() {}

    /** The arrays of the weights by their paths; they are read if somebody asks for them. */
    @FunctionalInterface
    interface Arrays {
        Map<String, Hdf5Array> get() throws IOException;
    }

    /**
     * Puts the numbers of an adapted layer among its arguments, or among those of the one that it calls.
     *
     * @param config the arguments of a layer of this class, which change
     * @param place where its weights lie
     * @throws InvalidInputException if they are not there
     * @throws IOException if they cannot be read
     */
    static void complete(
            final String type,
            final JsonObject config,
            final String place,
            final Arrays arrays,
            final JsonFields.Source source)
            throws IOException {
        if (type.equals(KerasParts.TIME_DISTRIBUTED)
                && config.get(LAYER) instanceof JsonObject within
                && within.get("class_name") instanceof JsonPrimitive name
                && within.get("config") instanceof JsonObject arguments) {
            complete(name.getAsString(), arguments, place + "/" + LAYER, arrays, source);
        } else if (type.equals(NORMALIZATION) && ARGUMENTS.stream().allMatch(name -> isNull(config.get(name)))) {
            for (int i = 0; i < ARGUMENTS.size(); i++) {
                final JsonArray numbers = new JsonArray();
                for (final float number : numbers(place + VARIABLES + i, ARGUMENTS.get(i), arrays.get(), source)) {
                    numbers.add(number);
                }
                config.add(ARGUMENTS.get(i), numbers);
            }
        }
    }

    private static boolean isNull(final JsonElement argument) {
        return argument instanceof JsonNull;
    }

    private static float[] numbers(
            final String path,
            final String argument,
            final Map<String, Hdf5Array> arrays,
            final JsonFields.Source source) {
        final Hdf5Array array = arrays.get(path);
        if (array == null || array.type() == Hdf5Array.Type.OTHER) {
            throw source.error(
                    "the numbers of the argument " + argument + ", which was adapted to data, were expected as "
                            + path + " among the weights, of the type float32 or float16, but "
                            + (array == null ? "they are missing" : "those are of another type"));
        }
        final float[] numbers = array.floats();
        for (final float number : numbers) {
            if (!Float.isFinite(number)) {
                throw source.error("numbers were expected as the argument " + argument
                        + ", which was adapted to data, but one of " + path + " is " + number);
            }
        }
        return numbers;
    }

    /**
     * The paths of the arrays that hold no weights of a network but the numbers of its adapted layers.
     *
     * @throws InvalidInputException if they are not those of the network; names the first difference
     */
    static Set<String> paths(
            final KerasNetwork keras, final Map<String, Hdf5Array> arrays, final JsonFields.Source source) {
        final Set<String> paths = new TreeSet<>();
        for (int i = 0; i < keras.network().nodes().size(); i++) {
            final Network.Node node = keras.network().nodes().get(i);
            final Optional<ScalingLayer.Normalization> layer = normalization(node.layer());
            final List<KerasParts.Part> parts = KerasParts.of(node.layer());
            final String group =
                    keras.places().get(i) + parts.get(parts.size() - 1).path() + VARIABLES;
            if (layer.isPresent() && arrays.containsKey(group + 0)) {
                final JsonFields.Source ofLayer = source.part("layer " + node.name());
                check(group + 0, ARGUMENTS.get(0), layer.get().mean(), arrays, ofLayer);
                check(group + 1, ARGUMENTS.get(1), layer.get().variance(), arrays, ofLayer);
                paths.addAll(List.of(group + 0, group + 1, group + COUNT));
            }
        }
        return paths;
    }

    private static Optional<ScalingLayer.Normalization> normalization(final Layer layer) {
        if (layer instanceof WrapperLayer.TimeDistributed each) {
            return normalization(each.layer());
        }
        return layer instanceof ScalingLayer.Normalization numbers ? Optional.of(numbers) : Optional.empty();
    }

    private static void check(
            final String path,
            final String argument,
            final List<Double> expected,
            final Map<String, Hdf5Array> arrays,
            final JsonFields.Source source) {
        final float[] found = numbers(path, argument, arrays, source);
        if (found.length != expected.size()) {
            throw source.error(
                    path + ", its " + argument + ", should have as many numbers as the layer of the network, "
                            + expected.size() + ", but it has " + found.length);
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] != expected.get(i).floatValue()) {
                throw source.error(
                        path + ", its " + argument + ", should be that of the layer of the network, which is "
                                + expected.get(i) + " in place " + (i + 1) + ", but it is " + found[i]
                                + "; give these numbers to the layer, or take the network of the .keras file");
            }
        }
    }
}
