package org.gradienttape.layer;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that call another one. */
public sealed interface WrapperLayer extends Layer {
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
            return switch (mergeMode) {
                case CONCAT -> call.machine().concat(forward.rank() - 1, forward, inOrder);
                case SUM -> forward.add(inOrder);
                case MUL -> forward.mul(inOrder);
                case AVE -> forward.add(inOrder).mul(0.5);
            };
        }
    }
}
