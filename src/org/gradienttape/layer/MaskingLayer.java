package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/**
 * Layers that say which steps of a sequence count. Their mask, [batch, steps] with 1 for a step that counts and 0 for one that
 * does not, goes beside their output from layer to layer.
 */
public sealed interface MaskingLayer extends Layer {
    /** What a layer does with the mask that its input comes with. */
    enum Use {
        /** Its output has the same steps, and the same mask. */
        PASSED_ON,
        /** It looks at what counts alone, and its output has no steps. */
        USED_UP,
        /** It takes all steps for real ones. */
        LOST
    }

    /** Whether it makes a mask. */
    boolean masks();

    /**
     * Masks the steps all of whose features are this number, and makes them 0 (keras.io/api/layers/core_layers/masking).
     *
     * @param maskValue Keras' default 0
     */
    record Masking(double maskValue) implements MaskingLayer {
        @Override
        public boolean masks() {
            return true;
        }

        @Override
        public Shape outputShape(final Shape input) {
            SequenceLayer.checkSequence(this, input);
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor equal = x.eq(maskValue).toFloat().sumKeeping(-1);
            final Tensor mask = equal.lt(x.size(2) - 0.5).toFloat();
            final Tensor output = x.mul(mask);
            call.mask(output, mask.squeeze(-1));
            return output;
        }
    }

    /**
     * Turns each whole number into a row of numbers that are learned (keras.io/api/layers/core_layers/embedding).
     *
     * @param inputDim how many whole numbers there are, from 0: Keras' size of the vocabulary
     * @param outputDim how many numbers each of them becomes
     * @param embeddingsInitializer how those start; Keras' default RANDOM_UNIFORM
     * @param embeddingsRegularizer what they cost
     * @param maskZero whether 0 stands for a step that does not count; Keras' default false
     */
    record Embedding(
            int inputDim,
            int outputDim,
            Initializer embeddingsInitializer,
            Penalty embeddingsRegularizer,
            boolean maskZero)
            implements MaskingLayer {
        private static final String EMBEDDINGS = "embeddings";

        public Embedding {
            if (inputDim < 1 || outputDim < 1) {
                throw new InvalidInputException("Embedding needs an input dimension and an output dimension of at least"
                        + " 1, but they are " + inputDim + " and " + outputDim + ".");
            }
        }

        @Override
        public boolean masks() {
            return maskZero;
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.rank() != 1) {
                throw new InvalidInputException("Embedding expects a row of whole numbers per sample, but its input has"
                        + " the shape " + input + "; put a Flatten layer before it.");
            }
            return Shape.of(input.last(), outputDim);
        }

        @Override
        public WeightSettings settings() {
            return new WeightSettings(
                    embeddingsInitializer, Initializer.ZEROS, embeddingsRegularizer, Penalty.NONE, Penalty.NONE);
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return List.of(settings().kernel(EMBEDDINGS, Shape.of(inputDim, outputDim)));
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor places = x.reshape(-1).toInt64();
            final Tensor output = call.weight(EMBEDDINGS).take(places, 0).reshape(call.batchOf(x));
            if (maskZero) {
                call.mask(output, x.eq(0).toFloat().neg().add(1));
            }
            return output;
        }
    }

    /** The Embedding layers that take a network's samples as they come, reshaped at most. */
    static List<Embedding> ofSamples(final Network network) {
        final Set<String> samples = new HashSet<>(Set.of(Network.INPUT));
        final List<Embedding> found = new ArrayList<>();
        for (final Network.Node node : network.nodes()) {
            final boolean takesSamples = samples.containsAll(node.from());
            if (takesSamples && ofEachStep(node.layer()) instanceof Embedding embedding) {
                found.add(embedding);
            } else if (takesSamples
                    && (node.layer() instanceof Layer.Flatten || node.layer() instanceof Layer.Reshape)) {
                samples.add(node.name());
            }
        }
        return found;
    }

    private static Layer ofEachStep(final Layer layer) {
        return layer instanceof WrapperLayer.TimeDistributed each ? each.layer() : layer;
    }

    /** A mask that gets lost on its way: a sentence for the person at the dialog. */
    static Optional<String> doubt(final Network network) {
        final Map<String, String> origins = new HashMap<>();
        for (final Network.Node node : network.nodes()) {
            final Optional<String> lost = follow(node, origins);
            if (lost.isPresent()) {
                return lost;
            }
        }
        return Optional.empty();
    }

    /** The same of a network that is still being drawn: what its last layer does. */
    static Optional<String> doubtOfLast(final Network network) {
        final Map<String, String> origins = new HashMap<>();
        Optional<String> last = Optional.empty();
        for (final Network.Node node : network.nodes()) {
            last = follow(node, origins);
        }
        return last;
    }

    /**
     * Takes the mask of what a layer takes on to its output.
     *
     * @param origins of the masks that outputs have
     * @return a sentence if it gets lost here
     */
    private static Optional<String> follow(final Network.Node node, final Map<String, String> origins) {
        final Optional<String> origin =
                node.from().stream().filter(origins::containsKey).findFirst().map(origins::get);
        final boolean isLost =
                node.layer().useOfMask() == Use.LOST || !origins.keySet().containsAll(node.from());
        if (node.layer() instanceof MaskingLayer layer && layer.masks()) {
            origins.put(node.name(), node.name());
        } else if (origin.isPresent() && isLost) {
            return Optional.of("The layer " + node.name() + " (" + node.layer().title()
                    + ") does not go on with the mask of " + origin.get()
                    + ", so it and those behind it take the masked steps for real ones.");
        } else if (origin.isPresent() && node.layer().useOfMask() == Use.PASSED_ON) {
            origins.put(node.name(), origin.get());
        }
        return Optional.empty();
    }
}
