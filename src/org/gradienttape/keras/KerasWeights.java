package org.gradienttape.keras;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.hdf5.Hdf5Array;
import org.gradienttape.hdf5.Hdf5File;
import org.gradienttape.hdf5.Hdf5Writer;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;

/**
 * The weights of a network as model.weights.h5 holds them: those of each layer in a group of its own, numbered in Keras'
 * order, which is ours (keras/src/saving/saving_lib.py). Their layout is ours too.
 */
final class KerasWeights {
    private static final String LAYERS = "layers/";
    private static final String VARIABLES = "vars";

    private KerasWeights() {}

    /**
     * The arrays of a file by their paths.
     *
     * @throws InvalidInputException if it is damaged
     */
    static Map<String, Hdf5Array> arrays(final byte[] file, final JsonFields.Source source) {
        try {
            return Hdf5File.arrays(file);
        } catch (final InvalidInputException damaged) {
            throw new InvalidInputException(source.error(damaged.getMessage()).getMessage(), damaged);
        }
    }

    /**
     * Reads the weights of a network.
     *
     * @throws InvalidInputException if the arrays are those of another network; names the first difference
     */
    static Weights read(final KerasNetwork keras, final Map<String, Hdf5Array> arrays, final JsonFields.Source source) {
        if (!arrays.isEmpty() && arrays.keySet().stream().noneMatch(path -> path.startsWith(LAYERS))) {
            throw source.error(
                    "weights as Keras 3 writes them (.weights.h5) were expected, but the file has none under layers, as"
                            + " those of Keras 2 (.h5); load the model in Keras 3 and save it as .keras");
        }
        checkNesting(keras, arrays.keySet(), source);
        final Map<String, float[]> values = new HashMap<>();
        final Set<String> known = new TreeSet<>();
        final List<Runnable> copies = new ArrayList<>();
        for (final Map.Entry<String, Place> entry : places(keras).entrySet()) {
            final Place place = entry.getValue();
            final Hdf5Array array = arrays.get(entry.getKey());
            check(entry.getKey(), place, array, source);
            known.add(entry.getKey());
            copies.add(() -> values.put(place.node().weightName(place.weight()), array.floats()));
        }
        known.addAll(KerasAdapted.paths(keras, arrays, source));
        for (final String path : arrays.keySet()) {
            if (path.startsWith(LAYERS) && !known.contains(path) && !path.contains("/seed_generator/")) {
                throw source.error("the weights of the network were expected, but the file holds " + path + ", "
                        + sizes(arrays.get(path)) + ", too, which none of its layers has");
            }
        }
        copies.forEach(Runnable::run);
        final Weights weights = Weights.taking(keras.network(), values);
        weights.whyUnusable().ifPresent(broken -> {
            throw source.error(broken);
        });
        return weights;
    }

    /** Models within a model have groups of their own, which a network alone does not tell. */
    private static void checkNesting(
            final KerasNetwork keras, final Set<String> paths, final JsonFields.Source source) {
        for (final String path : paths) {
            final int inner = path.indexOf("/" + LAYERS);
            if (path.startsWith(LAYERS)
                    && inner > 0
                    && keras.places().stream().noneMatch(place -> place.startsWith(path.substring(0, inner + 1)))) {
                throw source.error("the weights of layers in one model were expected, but those in "
                        + path.substring(0, inner)
                        + " are of a model that is a layer of another; read the .keras file, which describes both");
            }
        }
    }

    private static void check(
            final String path, final Place place, final Hdf5Array array, final JsonFields.Source source) {
        final String expected = "the " + place.weight().name() + " of "
                + place.node().description() + ", should be " + place.weight().shape();
        if (array == null) {
            throw source.error(path + ", " + expected + ", but it is missing");
        }
        if (!array.sizes()
                .equals(place.weight().shape().dimensions().stream()
                        .map(Integer::longValue)
                        .toList())) {
            throw source.error(path + ", " + expected + ", but it is " + sizes(array));
        }
        if (array.type() == Hdf5Array.Type.OTHER) {
            throw source.error(
                    path + ", " + expected + " numbers of the type float32 or float16, but they are of another type");
        }
    }

    private static String sizes(final Hdf5Array array) {
        return array.sizes().isEmpty()
                ? "a scalar"
                : array.sizes().stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    /**
     * Writes the file.
     *
     * @param file where nothing is yet
     * @throws IOException if it cannot be written
     */
    static void write(final KerasNetwork keras, final Weights weights, final Path file) throws IOException {
        try (Hdf5Writer writer = new Hdf5Writer(file)) {
            groups(keras).forEach((path, name) -> writer.group(path).attribute("name", name));
            writer.group(LAYERS.substring(0, LAYERS.length() - 1));
            places(keras).forEach((path, place) -> {
                final int slash = path.lastIndexOf('/');
                writer.group(path.substring(0, slash))
                        .array(
                                path.substring(slash + 1),
                                sizes(place.weight().shape()),
                                weights.get(place.node().weightName(place.weight())));
            });
        }
    }

    private static int[] sizes(final Shape shape) {
        return shape.dimensions().stream().mapToInt(Integer::intValue).toArray();
    }

    /** A weight of a layer. */
    private record Place(Network.Node node, WeightSpec weight) {}

    /** The weights by the paths of their arrays, in order. */
    private static Map<String, Place> places(final KerasNetwork keras) {
        final Map<String, Place> places = new LinkedHashMap<>();
        for (int i = 0; i < keras.network().nodes().size(); i++) {
            final Network.Node node = keras.network().nodes().get(i);
            for (final KerasParts.Part part : KerasParts.of(node.layer())) {
                final String group = keras.places().get(i) + part.path() + "/" + VARIABLES + "/";
                int count = 0;
                for (final WeightSpec weight : node.weights()) {
                    if (part.weights().filter(weight.name()::startsWith).isPresent()) {
                        places.put(group + count++, new Place(node, weight));
                    }
                }
            }
        }
        return places;
    }

    /** The names of model and layers by the paths of their groups; Keras 3.0 to 3.9 reads no file without that of the model. */
    private static Map<String, String> groups(final KerasNetwork keras) {
        final Map<String, String> groups = new LinkedHashMap<>();
        groups.put(VARIABLES, keras.name());
        if (keras.isFunctional()) {
            groups.put(LAYERS + "input_layer/" + VARIABLES, Network.INPUT);
        }
        for (int i = 0; i < keras.network().nodes().size(); i++) {
            final Network.Node node = keras.network().nodes().get(i);
            for (final KerasParts.Part part : KerasParts.of(node.layer())) {
                groups.put(
                        keras.places().get(i) + part.path() + "/" + VARIABLES,
                        part.name().isEmpty() ? node.name() : part.name());
            }
        }
        return groups;
    }
}
