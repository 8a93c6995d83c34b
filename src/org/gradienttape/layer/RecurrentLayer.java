package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.LstmCell;
import org.gradienttape.tensor.Tensor;

/**
 * Layers that go along a sequence, steps x features, step by step, with states that are 0 at first. They give the last
 * output or, as Keras' return_sequences, that of each step, in the order in which they were computed.
 */
public sealed interface RecurrentLayer extends Layer {
    String KERNEL = "kernel";
    String RECURRENT_KERNEL = "recurrent_kernel";
    String BIAS = "bias";

    int units();

    boolean useBias();

    double dropout();

    double recurrentDropout();

    boolean returnSequences();

    boolean goBackwards();

    Initializer recurrentInitializer();

    /** The same layer the other way round. */
    RecurrentLayer reversed();

    @Override
    default MaskingLayer.Use useOfMask() {
        return returnSequences() ? MaskingLayer.Use.PASSED_ON : MaskingLayer.Use.USED_UP;
    }

    /** How many numbers of each unit a step computes from input and state. */
    int gates();

    @Override
    default Shape outputShape(final Shape input) {
        SequenceLayer.checkSequence(this, input);
        return returnSequences() ? Shape.of(input.dimension(0), units()) : Shape.of(units());
    }

    @Override
    default List<WeightSpec> weights(final Shape input) {
        final int width = Shape.of(gates(), units()).size();
        final List<WeightSpec> weights = new ArrayList<>();
        weights.add(settings().kernel(KERNEL, Shape.of(input.last(), width)));
        weights.add(WeightSpec.of(RECURRENT_KERNEL, recurrentInitializer(), true, Shape.of(units(), width)));
        if (useBias()) {
            weights.add(settings().bias(width));
        }
        return weights;
    }

    /**
     * output = activation(input x kernel + output before x recurrent kernel + bias)
     * (keras.io/api/layers/recurrent_layers/simple_rnn).
     *
     * @param units of the output, at least 1
     * @param activation Keras' default TANH
     * @param useBias whether a bias is added; Keras' default true
     * @param dropout the part of the features that is dropped while training, the same in all steps
     * @param recurrentDropout the part of the outputs before that is dropped while training, the same in all steps
     * @param returnSequences whether the output of each step is given; Keras' default false
     * @param goBackwards whether it begins at the last step; Keras' default false
     * @param recurrentInitializer Keras' default ORTHOGONAL
     * @param settings of the weights
     */
    record SimpleRNN(
            int units,
            Activation activation,
            boolean useBias,
            double dropout,
            double recurrentDropout,
            boolean returnSequences,
            boolean goBackwards,
            Initializer recurrentInitializer,
            WeightSettings settings)
            implements RecurrentLayer {
        public SimpleRNN {
            check("SimpleRNN", units, dropout, recurrentDropout);
        }

        @Override
        public SimpleRNN reversed() {
            return new SimpleRNN(
                    units,
                    activation,
                    useBias,
                    dropout,
                    recurrentDropout,
                    returnSequences,
                    !goBackwards,
                    recurrentInitializer,
                    settings);
        }

        @Override
        public int gates() {
            return 1;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor kernel = call.weight(RECURRENT_KERNEL);
            return new Recurrence(this, call, x)
                    .outputs(
                            useBias ? call.weight(BIAS) : null,
                            1,
                            (inputs, before, states) -> List.of(activation.of(inputs.add(before.matmul(kernel)))));
        }
    }

    /**
     * Long short-term memory (keras.io/api/layers/recurrent_layers/lstm), see {@link LstmCell}.
     *
     * @param units of the output, at least 1
     * @param activation of cell and output; Keras' default TANH
     * @param recurrentActivation of the gates; Keras' default SIGMOID
     * @param useBias whether a bias is added; Keras' default true
     * @param unitForgetBias whether the bias of the forget gate starts at 1, and that of the others at 0; Keras' default true
     * @param dropout the part of the features that is dropped while training, the same in all steps
     * @param recurrentDropout the part of the outputs before that is dropped while training, the same in all steps
     * @param returnSequences whether the output of each step is given; Keras' default false
     * @param goBackwards whether it begins at the last step; Keras' default false
     * @param recurrentInitializer Keras' default ORTHOGONAL
     * @param settings of the weights
     */
    record LSTM(
            int units,
            Activation activation,
            Activation recurrentActivation,
            boolean useBias,
            boolean unitForgetBias,
            double dropout,
            double recurrentDropout,
            boolean returnSequences,
            boolean goBackwards,
            Initializer recurrentInitializer,
            WeightSettings settings)
            implements RecurrentLayer {
        public LSTM {
            check("LSTM", units, dropout, recurrentDropout);
        }

        @Override
        public LSTM reversed() {
            return new LSTM(
                    units,
                    activation,
                    recurrentActivation,
                    useBias,
                    unitForgetBias,
                    dropout,
                    recurrentDropout,
                    returnSequences,
                    !goBackwards,
                    recurrentInitializer,
                    settings);
        }

        @Override
        public int gates() {
            return 4;
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = new ArrayList<>(RecurrentLayer.super.weights(input));
            if (useBias && unitForgetBias) {
                weights.set(
                        2,
                        WeightSpec.of(
                                BIAS,
                                Initializer.UNIT_FORGET,
                                true,
                                weights.get(2).shape()));
            }
            return weights;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor kernel = call.weight(RECURRENT_KERNEL);
            final Tensor bias = useBias ? call.weight(BIAS) : null;
            final LstmCell cell = new LstmCell(activation::of, recurrentActivation::of);
            return new Recurrence(this, call, x)
                    .outputs(bias, 2, (inputs, before, states) -> cell.step(inputs, before, kernel, states.get(1)));
        }
    }

    /**
     * Gated recurrent unit: Cho and others, 2014, with the reset gate behind the product, Keras' reset_after
     * (keras.io/api/layers/recurrent_layers/gru). The kernels hold update, reset and new state side by side; the bias has a
     * row for the input and one for the state.
     *
     * @param units of the output, at least 1
     * @param activation of the new state; Keras' default TANH
     * @param recurrentActivation of the gates; Keras' default SIGMOID
     * @param useBias whether a bias is added; Keras' default true
     * @param dropout the part of the features that is dropped while training, the same in all steps
     * @param recurrentDropout the part of the outputs before that is dropped while training, the same in all steps
     * @param returnSequences whether the output of each step is given; Keras' default false
     * @param goBackwards whether it begins at the last step; Keras' default false
     * @param recurrentInitializer Keras' default ORTHOGONAL
     * @param settings of the weights
     */
    record GRU(
            int units,
            Activation activation,
            Activation recurrentActivation,
            boolean useBias,
            double dropout,
            double recurrentDropout,
            boolean returnSequences,
            boolean goBackwards,
            Initializer recurrentInitializer,
            WeightSettings settings)
            implements RecurrentLayer {
        public GRU {
            check("GRU", units, dropout, recurrentDropout);
        }

        @Override
        public GRU reversed() {
            return new GRU(
                    units,
                    activation,
                    recurrentActivation,
                    useBias,
                    dropout,
                    recurrentDropout,
                    returnSequences,
                    !goBackwards,
                    recurrentInitializer,
                    settings);
        }

        @Override
        public int gates() {
            return 3;
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = new ArrayList<>(RecurrentLayer.super.weights(input));
            if (useBias) {
                weights.set(2, settings.bias(2, weights.get(2).shape().last()));
            }
            return weights;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor kernel = call.weight(RECURRENT_KERNEL);
            final Tensor ofInput = useBias ? row(call.weight(BIAS), 0) : null;
            final Tensor ofState = useBias ? row(call.weight(BIAS), 1) : null;
            return new Recurrence(this, call, x).outputs(ofInput, 1, (inputs, before, states) -> {
                final Tensor product = before.matmul(kernel);
                final Tensor inner = ofState == null ? product : product.add(ofState);
                final Tensor update =
                        recurrentActivation.of(gate(inputs, 0, units).add(gate(inner, 0, units)));
                final Tensor reset =
                        recurrentActivation.of(gate(inputs, 1, units).add(gate(inner, 1, units)));
                final Tensor fresh = activation.of(gate(inputs, 2, units).add(reset.mul(gate(inner, 2, units))));
                return List.of(fresh.add(update.mul(before.sub(fresh))));
            });
        }

        private static Tensor row(final Tensor bias, final int place) {
            return bias.slice(0, place, place + 1L).squeeze(0);
        }
    }

    /** Of the numbers that a step computes, those of one gate. */
    private static Tensor gate(final Tensor sums, final int place, final int units) {
        return sums.slice(1, (long) place * units, (place + 1L) * units);
    }

    private static void check(
            final String layer, final int units, final double dropout, final double recurrentDropout) {
        if (units < 1) {
            throw new InvalidInputException(layer + " needs at least 1 unit, but units is " + units + ".");
        }
        NoiseLayer.checkRate(layer, dropout);
        NoiseLayer.checkRate(layer, recurrentDropout);
    }
}
