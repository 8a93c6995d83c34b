package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/**
 * The description of one layer, with the names, arguments and defaults of Keras. It knows shapes and weights, and
 * what it computes. Layers for any sample stand here, the others in the interfaces below and, in Java that a user wrote, in
 * {@link CodeLayer}.
 *
 * <p>The components of a record are its arguments in a model's file, with Keras' names: useBias is "use_bias" there.
 */
public sealed interface Layer
        permits Layer.Dense,
                Layer.ReLU,
                Layer.Flatten,
                Layer.Reshape,
                Layer.Dropout,
                Layer.ActivityRegularization,
                Layer.InputColumns,
                ActivationLayer,
                ImageLayer,
                ImageFrameLayer,
                SequenceLayer,
                RecurrentLayer,
                MaskingLayer,
                AttentionLayer,
                WrapperLayer,
                NormalizationLayer,
                ScalingLayer,
                NoiseLayer,
                JoinLayer,
                AugmentationLayer,
                CodeLayer {
    /** Keras' class name, for example "Dense". */
    default String type() {
        return getClass().getSimpleName();
    }

    /** For people who look at a network: its type, and in brackets that of the layer that it calls. */
    default String title() {
        return type();
    }

    /** The function that its output went through; none if it has no name in {@link Activation}. */
    default Activation activation() {
        return Activation.NONE;
    }

    /** Whether it gives the numbers that it takes, so that the layer before it says what they mean. */
    default boolean passesOn() {
        return false;
    }

    /** What it does with the mask that its input may come with. */
    default MaskingLayer.Use useOfMask() {
        return MaskingLayer.Use.LOST;
    }

    /** How its weights start and what they cost. */
    default WeightSettings settings() {
        return WeightSettings.DEFAULT;
    }

    /**
     * The shape of one output sample.
     *
     * @throws InvalidInputException if the layer does not take this input; names both shapes
     */
    Shape outputShape(Shape input);

    /** The same, of all that it takes; only layers that join take several. */
    default Shape outputShape(final List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw new InvalidInputException(type() + " takes one input, but it has " + inputs.size()
                    + ", of the shapes " + Shape.several(inputs) + "; join them before it, for example with Add.");
        }
        return outputShape(inputs.get(0));
    }

    /**
     * What the layer computes for a batch.
     *
     * @param call weights, mode and surroundings
     * @param x [batch, input shape]
     * @return [batch, output shape]
     */
    Tensor call(LayerCall call, Tensor x);

    /** The same, of all that it takes. */
    default Tensor call(final LayerCall call, final List<Tensor> inputs) {
        return call(call, inputs.get(0));
    }

    /** The same, and adds what weights and output cost to the loss; a mask that is passed on goes beside the output. */
    default Tensor compute(final LayerCall call, final List<Tensor> inputs) {
        final Tensor output = call(call, inputs);
        if (useOfMask() == MaskingLayer.Use.PASSED_ON) {
            call.mask(inputs).ifPresent(mask -> call.mask(output, mask));
        }
        settings().addLosses(call, output);
        return output;
    }

    /** The weights for inputs of this shape, in Keras' order; none by default. */
    default List<WeightSpec> weights(final Shape input) {
        return List.of();
    }

    /**
     * Fully connected: output = activation(input x kernel + bias), step by step for a sequence.
     *
     * @param units outputs, at least 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record Dense(int units, Activation activation, boolean useBias, WeightSettings settings) implements Layer {
        public Dense {
            if (units < 1) {
                throw new InvalidInputException("Dense needs at least 1 unit, but units is " + units + ".");
            }
        }

        public Dense(final int units, final Activation activation, final boolean useBias) {
            this(units, activation, useBias, WeightSettings.DEFAULT);
        }

        public Dense(final int units, final Activation activation) {
            this(units, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.rank() != 1 && input.rank() != 2) {
                throw new InvalidInputException(
                        "Dense with " + units + " units expects a row of features per sample, or"
                                + " a sequence of rows, but its input has the shape " + input
                                + "; put a Flatten layer before it.");
            }
            return input.rank() == 1 ? Shape.of(units) : Shape.of(input.dimension(0), units);
        }

        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(Shape.of(input.last(), units), useBias ? units : 0);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor rows = x.rank() == 2 ? x : x.reshape(-1, x.size(2));
            final Tensor products = rows.matmul(call.weight("kernel"));
            final Tensor sums = useBias ? products.add(call.weight("bias")) : products;
            return activation.of(x.rank() == 2 ? sums : sums.reshape(call.batchOf(x)));
        }
    }

    /** max(x, 0), element by element. */
    record ReLU() implements Layer {
        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

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
        public boolean passesOn() {
            return true;
        }

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
     * @param targetShape the shape of one output sample; holds as many numbers as the input
     */
    record Reshape(Shape targetShape) implements Layer {
        @Override
        public boolean passesOn() {
            return true;
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.size() != targetShape.size()) {
                throw new InvalidInputException("Reshape to " + targetShape + " needs " + targetShape.size()
                        + " numbers per sample, but its input has the shape " + input + " with " + input.size()
                        + "; choose a target shape of that size.");
            }
            return targetShape;
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
            NoiseLayer.checkRate("Dropout", rate);
        }

        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

        @Override
        public boolean passesOn() {
            return true;
        }

        @Override
        public Shape outputShape(final Shape input) {
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return rate == 0 || !call.isTraining() ? x : x.mul(NoiseLayer.kept(call, rate, x.shape()));
        }
    }

    /**
     * Passes its input on and adds l1 * sum(|x|) + l2 * sum(x * x), summed over a batch and divided by its number of samples,
     * to the loss, as Keras 3.14 and later do.
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
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

        @Override
        public boolean passesOn() {
            return true;
        }

        @Override
        public Shape outputShape(final Shape input) {
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            new Penalty(l1, l2).addOfOutput(call, x);
            return x;
        }
    }

    /**
     * Some of the numbers of a row, such as those of some columns of a table: an input of its own for the layers behind it,
     * as Keras' networks have several.
     *
     * @param places of the numbers in the row, counted from 0; at least one
     */
    record InputColumns(List<Integer> places) implements Layer {
        public InputColumns {
            places = List.copyOf(places);
            if (places.isEmpty() || places.stream().anyMatch(place -> place < 0)) {
                throw new InvalidInputException(
                        "InputColumns takes numbers at one place or more, counted from 0, but the places are " + places
                                + ".");
            }
        }

        @Override
        public Shape outputShape(final Shape input) {
            if (input.rank() != 1 || Collections.max(places) >= input.size()) {
                throw new InvalidInputException("InputColumns takes the numbers at the places " + places
                        + " of one row per sample, but its input has the shape " + input
                        + "; connect it to the input of rows that have as many columns.");
            }
            return Shape.of(places.size());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final List<Tensor> parts = new ArrayList<>();
            for (int from = 0; from < places.size(); ) {
                int to = from + 1;
                while (to < places.size() && places.get(to) == places.get(to - 1) + 1) {
                    to++;
                }
                parts.add(x.slice(1, places.get(from), places.get(to - 1) + 1L));
                from = to;
            }
            return parts.size() == 1 ? parts.get(0) : call.machine().concat(1, parts.toArray(Tensor[]::new));
        }
    }
}
