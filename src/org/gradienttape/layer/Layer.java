package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/**
 * The description of one layer, with the names, arguments and defaults of Keras. It knows shapes and weights, and
 * what it computes. Layers for any sample stand here, the others in {@link ImageLayer}, {@link ActivationLayer},
 * {@link NormalizationLayer} and, in Java that a user wrote, {@link CodeLayer}.
 */
public sealed interface Layer
        permits Layer.Dense,
                Layer.ReLU,
                Layer.Flatten,
                Layer.Reshape,
                Layer.Dropout,
                Layer.ActivityRegularization,
                ActivationLayer,
                ImageLayer,
                NormalizationLayer,
                CodeLayer {
    /** Keras' class name, for example "Dense". */
    default String type() {
        return getClass().getSimpleName();
    }

    /** The function that its output went through; none if it has no name in {@link Activation}. */
    default Activation activation() {
        return Activation.NONE;
    }

    /**
     * The shape of one output sample.
     *
     * @throws InvalidInputException if the layer does not take this input; names both shapes
     */
    Shape outputShape(Shape input);

    /**
     * What the layer computes for a batch.
     *
     * @param call weights, mode and surroundings
     * @param x [batch, input shape]
     * @return [batch, output shape]
     */
    Tensor call(LayerCall call, Tensor x);

    /** The weights for inputs of this shape, in Keras' order; none by default. */
    default List<WeightSpec> weights(final Shape input) {
        return List.of();
    }

    /**
     * Fully connected: output = activation(input x kernel + bias).
     *
     * @param units outputs, at least 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     */
    record Dense(int units, Activation activation, boolean useBias) implements Layer {
        public Dense {
            if (units < 1) {
                throw new InvalidInputException("Dense needs at least 1 unit, but units is " + units + ".");
            }
        }

        public Dense(final int units, final Activation activation) {
            this(units, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.rank() != 1) {
                throw new InvalidInputException("Dense with " + units + " units expects one row of features per"
                        + " sample, but its input has the shape " + input + "; put a Flatten layer before it.");
            }
            return Shape.of(units);
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = new ArrayList<>();
            weights.add(new WeightSpec(
                    "kernel", Shape.of(input.last(), units), Initializer.GLOROT_UNIFORM, input.last(), units, true));
            if (useBias) {
                weights.add(new WeightSpec("bias", Shape.of(units), Initializer.ZEROS, units, units, true));
            }
            return weights;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor sums = x.matmul(call.weight("kernel"));
            return activation.of(useBias ? sums.add(call.weight("bias")) : sums);
        }
    }

    /** max(x, 0), element by element. */
    record ReLU() implements Layer {
        @Override
        public Activation activation() {
            return Activation.RELU;
        }

        @Override
        public Shape outputShape(final Shape input) {
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.relu();
        }
    }

    /** All numbers of a sample in one row. */
    record Flatten() implements Layer {
        @Override
        public Shape outputShape(final Shape input) {
            return Shape.of(input.size());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.reshape(call.batchOf(x));
        }
    }

    /**
     * The same numbers in another shape.
     *
     * @param target the shape of one output sample; holds as many numbers as the input
     */
    record Reshape(Shape target) implements Layer {
        @Override
        public Shape outputShape(final Shape input) {
            if (input.size() != target.size()) {
                throw new InvalidInputException("Reshape to " + target + " needs " + target.size()
                        + " numbers per sample, but its input has the shape " + input + " with " + input.size()
                        + "; choose a target shape of that size.");
            }
            return target;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.reshape(call.batchOf(x));
        }
    }

    /**
     * While training, sets each input to 0 with this probability and scales the others by 1 / (1 - rate).
     *
     * @param rate at least 0, below 1
     */
    record Dropout(double rate) implements Layer {
        public Dropout {
            if (!(rate >= 0 && rate < 1)) {
                throw new InvalidInputException(
                        "Dropout needs a rate of at least 0 and below 1, but the rate is " + rate + ".");
            }
        }

        @Override
        public Shape outputShape(final Shape input) {
            return input;
        }

        /** The mask comes from the run's own generator: 0 for what is dropped, 1 / (1 - rate) for the rest. */
        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            if (rate == 0 || !call.isTraining()) {
                return x;
            }
            final float[] mask = new float[Math.toIntExact(x.size())];
            final float kept = (float) (1 / (1 - rate));
            for (int i = 0; i < mask.length; i++) {
                mask[i] = call.random().uniform() < rate ? 0 : kept;
            }
            return x.mul(call.machine().tensor(mask, x.shape()));
        }
    }

    /**
     * Passes its input on and adds l1 * sum(|x|) + l2 * sum(x * x), summed over the whole batch, to the loss, as Keras 3
     * does.
     *
     * @param l1 factor of the absolute values, at least 0
     * @param l2 factor of the squares, at least 0
     */
    record ActivityRegularization(double l1, double l2) implements Layer {
        public ActivityRegularization {
            if (!(l1 >= 0 && l2 >= 0 && l1 <= Double.MAX_VALUE && l2 <= Double.MAX_VALUE)) {
                throw new InvalidInputException("ActivityRegularization needs factors of at least 0, but l1 is " + l1
                        + " and l2 is " + l2 + ".");
            }
        }

        @Override
        public Shape outputShape(final Shape input) {
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            if (l1 > 0) {
                call.addLoss(x.abs().sum().mul(l1));
            }
            if (l2 > 0) {
                call.addLoss(x.square().sum().mul(l2));
            }
            return x;
        }
    }
}
