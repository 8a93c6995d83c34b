package org.gradienttape.layer;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;

/** The numbers of all weights of a network, by name ("dense/kernel") in the network's order, row-major float32. */
public final class Weights {
    private final Map<String, float[]> values;

    private Weights(final Map<String, float[]> values) {
        this.values = values;
    }

    /** Fresh weights, the same for the same seed on every machine: each weight by its own initializer. */
    public static Weights initial(final Network network, final long seed) {
        return completed(network, Map.of(), seed);
    }

    /** Weights that are known, whose arrays nobody else may change any more, and fresh ones for all others. */
    static Weights completed(final Network network, final Map<String, float[]> known, final long seed) {
        checkMemory(network);
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<String, float[]> values = new LinkedHashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                final String name = node.weightName(weight);
                if (known.containsKey(name)) {
                    values.put(name, known.get(name));
                } else {
                    final float[] numbers = new float[weight.shape().size()];
                    weight.fill(numbers, random);
                    values.put(name, numbers);
                }
            }
        }
        return new Weights(values);
    }

    /**
     * Given weights.
     *
     * @param values by name; the arrays are copied
     * @throws InvalidInputException if a weight of the network is absent, too many are there, or a size differs
     */
    public static Weights of(final Network network, final Map<String, float[]> values) {
        final Map<String, float[]> copies = new LinkedHashMap<>();
        values.forEach((name, numbers) -> copies.put(name, numbers.clone()));
        return taking(network, copies);
    }

    /** As {@link #of}, with the arrays themselves, which nobody else may change any more. */
    public static Weights taking(final Network network, final Map<String, float[]> values) {
        final Map<String, float[]> ordered = new LinkedHashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                final String name = node.weightName(weight);
                final float[] numbers = values.get(name);
                if (numbers == null || numbers.length != weight.shape().size()) {
                    throw new InvalidInputException("The weight " + name + " needs "
                            + weight.shape().size() + " numbers for the shape " + weight.shape() + ", but "
                            + (numbers == null ? "there are none" : numbers.length + " are given") + ".");
                }
                ordered.put(name, numbers);
            }
        }
        if (values.size() != ordered.size()) {
            throw new InvalidInputException("The network has " + ordered.size() + " weights, but " + values.size()
                    + " are given: " + values.keySet() + ".");
        }
        return new Weights(ordered);
    }

    /**
     * Estimates before anything is allocated. A model is there twice at least: where it was made, and where it goes.
     *
     * @throws InvalidInputException if the weights of the network do not fit into memory
     */
    public static void checkMemory(final Network network) {
        MemoryNeed.check(
                "The " + String.format(Locale.ROOT, "%,d", network.parameterCount()) + " weights of the model",
                2 * Float.BYTES * network.parameterCount(),
                "choose smaller layers");
    }

    /** The names in the network's order. */
    public Iterable<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** A copy of one weight's numbers. */
    public float[] get(final String name) {
        return own(name).clone();
    }

    /** One weight's numbers, to be looked at alone. */
    public FloatBuffer view(final String name) {
        return FloatBuffer.wrap(own(name)).asReadOnlyBuffer();
    }

    private float[] own(final String name) {
        final float[] numbers = values.get(name);
        if (numbers == null) {
            throw new IllegalArgumentException("no weight is named " + name + "; there are " + values.keySet());
        }
        return numbers;
    }

    /** The name of the first weight that holds NaN or an infinite number. */
    public Optional<String> notFinite() {
        return values.entrySet().stream()
                .filter(weight -> hasNotFinite(weight.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Why no model can use them, for a sentence of what they are read from; empty if it can. */
    public Optional<String> whyUnusable() {
        return notFinite()
                .map(broken -> "the weights should be finite numbers, but " + broken
                        + " holds NaN or an infinite one, so that every prediction would be NaN");
    }

    private static boolean hasNotFinite(final float[] numbers) {
        for (final float number : numbers) {
            if (!Float.isFinite(number)) {
                return true;
            }
        }
        return false;
    }

    /** Equal when every name and every bit is the same. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof Weights weights
                && weights.values.keySet().equals(values.keySet())
                && values.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), weights.values.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return values.values().stream().mapToInt(Arrays::hashCode).sum();
    }
}
