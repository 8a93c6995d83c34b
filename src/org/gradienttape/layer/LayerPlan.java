package org.gradienttape.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/**
 * What a layer in Java did when its model was built: enough to read, show and check the model without running the code.
 *
 * @param className of the layer
 * @param input the shape of one sample that it takes
 * @param output the shape of one sample that it gives
 * @param activation what its output went through last
 * @param passesOn whether its output is its input
 * @param weights of the layer and of those within, named within it
 * @param parts the layers within, in the order in which they were called first; none if it has none
 * @param outputFrom what its output was computed from: names of parts, or {@link #INPUT}
 */
public record LayerPlan(
        String className,
        Shape input,
        Shape output,
        Activation activation,
        boolean passesOn,
        List<WeightSpec> weights,
        List<Part> parts,
        List<String> outputFrom) {
    /** Stands for the layer's own input among the names of parts. */
    public static final String INPUT = "";

    private static final int MOST_LETTERS = 200;
    private static final int MOST_PARTS = 2000;

    /**
     * A layer within.
     *
     * @param name unique in the layer, for example "block/dense_1"
     * @param type Keras' class name, or that of a class in Java
     * @param layer empty for a layer in Java
     * @param output the shape of one sample that it gives
     * @param from what its input was computed from: names of parts, or {@link #INPUT}
     */
    public record Part(String name, String type, Optional<Layer> layer, Shape output, List<String> from) {
        public Part {
            from = List.copyOf(from);
            if (layer.isPresent() && layer.get() instanceof CodeLayer) {
                throw new InvalidInputException("A layer in Java holds all its code in one text, but the layer within "
                        + name + " has a text of its own.");
            }
        }

        /** Whether a weight is this part's. */
        boolean owns(final WeightSpec weight) {
            return weight.name().startsWith(name + "/");
        }
    }

    public LayerPlan {
        weights = List.copyOf(weights);
        parts = List.copyOf(parts);
        outputFrom = List.copyOf(outputFrom);
        if (className.isEmpty() || className.length() > MOST_LETTERS) {
            throw new InvalidInputException("A layer in Java needs a class name of 1 to " + MOST_LETTERS
                    + " letters, but it has " + className.length() + ".");
        }
        if (weights.size() > MOST_PARTS || parts.size() > MOST_PARTS) {
            throw new InvalidInputException("A layer in Java may have at most " + MOST_PARTS
                    + " weights and layers within, but it has " + Math.max(weights.size(), parts.size()) + ".");
        }
        final Set<String> names = new HashSet<>();
        weights.forEach(weight -> unique(names, "weight", weight.name()));
        names.clear();
        parts.forEach(part -> unique(names, "layer", part.name()));
    }

    private static void unique(final Set<String> names, final String what, final String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_/]*") || !names.add(name)) {
            throw new InvalidInputException(
                    "Each " + what + " within a layer in Java needs a name of its own, of letters,"
                            + " digits and underscores, but one is called \"" + name + "\".");
        }
    }

    /** The weights that belong to the layer itself and not to one within. */
    public List<WeightSpec> ownWeights() {
        return weights.stream()
                .filter(weight -> parts.stream().noneMatch(part -> part.owns(weight)))
                .toList();
    }

    /** The weights of a layer within. */
    public List<WeightSpec> weights(final Part part) {
        return weights.stream().filter(part::owns).toList();
    }
}
