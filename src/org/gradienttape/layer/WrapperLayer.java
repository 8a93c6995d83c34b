package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that call another one. */
public sealed interface WrapperLayer extends Layer {
    Layer layer();

    @Override
    default String title() {
        return type() + "(" + layer().title() + ")";
    }

    /** How the outputs of both directions are joined. */
    enum MergeMode {
        CONCAT,
        SUM,
        MUL,
        AVE
    }

    /**
     * Goes along a sequence in both directions, each with weights of its own
     * (keras.io/api/layers/recurrent_layers/bidirectional).
     *
     * @param layer a recurrent one; the other direction is that layer the other way round
     * @param mergeMode Keras' default CONCAT
     */
    record Bidirectional(Layer layer, MergeMode mergeMode) implements WrapperLayer {
        private static final String FORWARD = "forward";
        private static final String BACKWARD = "backward";

        public Bidirectional {
            if (!(layer instanceof RecurrentLayer)) {
                throw new InvalidInputException("Bidirectional wraps LSTM, GRU or SimpleRNN, but its layer is "
                        + layer.type() + "; choose one of those.");
            }
        }

        private RecurrentLayer inner() {
            return (RecurrentLayer) layer;
        }

        @Override
        public MaskingLayer.Use useOfMask() {
            return layer.useOfMask();
        }

        @Override
        public Shape outputShape(final Shape input) {
            final Shape one = layer.outputShape(input);
            if (mergeMode != MergeMode.CONCAT) {
                return one;
            }
            return one.rank() == 1 ? Shape.of(2 * one.last()) : Shape.of(one.dimension(0), 2 * one.last());
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = layer.weights(input);
            return Stream.of(FORWARD, BACKWARD)
                    .flatMap(part -> weights.stream().map(weight -> weight.under(part)))
                    .toList();
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor forward = call.inner(FORWARD, layer, x);
            final Tensor backward = call.inner(BACKWARD, inner().reversed(), x);
            final Tensor inOrder = inner().returnSequences() ? backward.flip(1) : backward;
            final Tensor merged =
                    switch (mergeMode) {
                        case CONCAT -> call.machine().concat(forward.rank() - 1, forward, inOrder);
                        case SUM -> forward.add(inOrder);
                        case MUL -> forward.mul(inOrder);
                        case AVE -> forward.add(inOrder).mul(0.5);
                    };
            return inner().returnSequences() ? zeroWhereMasked(call, x, merged) : merged;
        }

        /** As Keras sets zero_output_for_mask here. */
        private static Tensor zeroWhereMasked(final LayerCall call, final Tensor x, final Tensor output) {
            return call.mask(x).map(mask -> output.mul(mask.unsqueeze(-1))).orElse(output);
        }
    }

    /**
     * Calls a layer on each step of a sequence by itself, with the same weights, which have the layer's own names
     * (keras.io/api/layers/recurrent_layers/time_distributed). The steps are computed at once, as more samples of a batch;
     * BatchNormalization takes each step's own mean and variance while it trains.
     *
     * @param layer of one input, other than those of which a mask or a loss would get lost
     */
    record TimeDistributed(Layer layer) implements WrapperLayer {
        public TimeDistributed {
            final Optional<String> whyNot = whyNot(layer);
            if (whyNot.isPresent()) {
                throw new InvalidInputException("TimeDistributed wraps a layer that computes each step by itself, but "
                        + layer.type() + " " + whyNot.get() + ".");
            }
        }

        /** Why a layer cannot be wrapped, and what to do instead. */
        private static Optional<String> whyNot(final Layer layer) {
            if (layer instanceof JoinLayer) {
                return Optional.of("joins several inputs; join them before TimeDistributed or behind it");
            }
            if (layer instanceof AttentionLayer) {
                return Optional.of(
                        "takes its input twice in Keras, which TimeDistributed does not give; leave one out");
            }
            if (layer instanceof TimeDistributed) {
                return Optional.of("is one itself; make one axis of both with Reshape before it");
            }
            if (layer instanceof CodeLayer) {
                return Optional.of("is Java code; let the code take its steps for more samples of the batch");
            }
            if (layer instanceof InputColumns) {
                return Optional.of("takes some columns of a sample; use it without TimeDistributed");
            }
            return whatWouldGetLost(layer);
        }

        private static Optional<String> whatWouldGetLost(final Layer layer) {
            if (layer instanceof MaskingLayer.Masking) {
                return Optional.of("makes a mask, which gets lost in it; put it before TimeDistributed");
            }
            if (layer instanceof MaskingLayer.Embedding embedding && embedding.masks()) {
                return Optional.of("makes a mask of zeros, which gets lost in it; turn Mask zero off");
            }
            final boolean addsLoss = layer instanceof ActivityRegularization
                    || !layer.settings().activityRegularizer().equals(Penalty.NONE);
            return addsLoss
                    ? Optional.of("adds a loss for its output, which gets lost in it as in Keras; put"
                            + " ActivityRegularization behind TimeDistributed")
                    : Optional.empty();
        }

        /** The shape of one step of a sequence, which has at least one axis more. */
        public static Shape step(final Shape input) {
            return new Shape(input.dimensions().subList(1, input.rank()));
        }

        /** It hands a mask on; means over a batch would have to leave masked steps out. */
        @Override
        public MaskingLayer.Use useOfMask() {
            return layer instanceof NormalizationLayer.BatchNormalization
                    ? MaskingLayer.Use.LOST
                    : MaskingLayer.Use.PASSED_ON;
        }

        @Override
        public Activation activation() {
            return layer.activation();
        }

        @Override
        public boolean passesOn() {
            return layer.passesOn();
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.rank() < 2) {
                throw new InvalidInputException(
                        "TimeDistributed expects steps of one number or more each, such as steps"
                                + " x features, but its input has the shape " + input
                                + "; put a Reshape layer before it.");
            }
            final List<Integer> sizes = new ArrayList<>(List.of(input.dimension(0)));
            try {
                sizes.addAll(layer.outputShape(step(input)).dimensions());
            } catch (final InvalidInputException misfit) {
                throw new InvalidInputException(
                        "TimeDistributed calls its layer on each of the " + input.dimension(0) + " steps of " + input
                                + ": " + misfit.getMessage(),
                        misfit);
            }
            return new Shape(sizes);
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return layer.weights(step(input));
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            if (layer instanceof NormalizationLayer.BatchNormalization each && call.usesBatchStatistics()) {
                return each.callStepByStep(call, x);
            }
            final Shape step = step(call.input());
            return call.onSteps(layer, step, x.reshape(LayerCall.batch(-1, step)))
                    .reshape(call.batchOf(x));
        }
    }
}
