package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** Layers that bring numbers to mean 0 and variance 1, then scale by a gamma and shift by a beta that they learn. */
public sealed interface NormalizationLayer extends Layer {
    String GAMMA = "gamma";
    String BETA = "beta";

    double epsilon();

    boolean center();

    boolean scale();

    @Override
    default MaskingLayer.Use useOfMask() {
        return MaskingLayer.Use.PASSED_ON;
    }

    @Override
    default Shape outputShape(final Shape input) {
        if (input.rank() == 0) {
            throw new InvalidInputException(type() + " expects at least one number per sample along its last axis, but"
                    + " its input is a scalar; put a Reshape layer before it.");
        }
        return input;
    }

    /** Gamma and beta, one number per place on the last axis. */
    @Override
    default List<WeightSpec> weights(final Shape input) {
        final List<WeightSpec> weights = new ArrayList<>();
        if (scale()) {
            weights.add(along(GAMMA, input, Initializer.ONES, true));
        }
        if (center()) {
            weights.add(along(BETA, input, Initializer.ZEROS, true));
        }
        return weights;
    }

    /**
     * Normalizes each channel over the batch: Ioffe and Szegedy, 2015. While training with the batch's own mean and
     * variance, which also move the running ones by moving = momentum * moving + (1 - momentum) * batch; else with the
     * running ones (keras.io/api/layers/normalization_layers/batch_normalization).
     *
     * @param momentum at least 0, at most 1; Keras' default 0.99
     * @param epsilon added to the variance, above 0; Keras' default 1e-3
     * @param center whether beta is added
     * @param scale whether gamma is multiplied
     */
    record BatchNormalization(double momentum, double epsilon, boolean center, boolean scale)
            implements NormalizationLayer {
        private static final String MOVING_MEAN = "moving_mean";
        private static final String MOVING_VARIANCE = "moving_variance";

        public BatchNormalization {
            if (!(momentum >= 0 && momentum <= 1)) {
                throw new InvalidInputException("BatchNormalization needs a momentum of at least 0 and at most 1, but"
                        + " the momentum is " + momentum + ".");
            }
            checkEpsilon("BatchNormalization", epsilon);
        }

        /** Its means would have to leave masked steps out. */
        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.LOST;
        }

        public BatchNormalization() {
            this(0.99, 1e-3, true, true);
        }

        /** Gamma, beta, and the running mean and variance, which the optimizer leaves alone. */
        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = new ArrayList<>(NormalizationLayer.super.weights(input));
            weights.add(along(MOVING_MEAN, input, Initializer.ZEROS, false));
            weights.add(along(MOVING_VARIANCE, input, Initializer.ONES, false));
            return weights;
        }

        /** As Keras 3 does it, the variance divides by the number of values, for the running variance too. */
        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor rows = x.reshape(-1, call.input().last());
            final Tensor output = call.usesBatchStatistics()
                    ? normalized(call, rows, 1)
                    : scaled(this, call, rows.sub(call.weight(MOVING_MEAN)), call.weight(MOVING_VARIANCE));
            return output.reshape(x.shape());
        }

        /**
         * While training, each step of a sequence by itself, one after the other: TimeDistributed's loop.
         *
         * @param x [batch, steps, shape of a step]
         */
        Tensor callStepByStep(final LayerCall call, final Tensor x) {
            final long steps = x.size(1);
            final long channels = call.input().last();
            final Tensor columns = x.reshape(x.size(0), steps, -1, channels).permute(0, 2, 1, 3);
            return normalized(call, columns.reshape(-1, steps * channels), steps)
                    .reshape(columns.shape())
                    .permute(0, 2, 1, 3)
                    .reshape(x.shape());
        }

        /** @param rows the channels of the first step, then those of the second one, and so on, in each row */
        private Tensor normalized(final LayerCall call, final Tensor rows, final long steps) {
            final long width = rows.size(1);
            final Tensor gamma =
                    scale ? each(call.weight(GAMMA), steps) : call.machine().full(1, width);
            final Tensor beta =
                    center ? each(call.weight(BETA), steps) : call.machine().full(0, width);
            final Tensor means = rows.columnMeans();
            final Tensor scales = rows.columnScales(epsilon);
            if (call.updatesStatistics()) {
                move(call, MOVING_MEAN, means, steps);
                move(call, MOVING_VARIANCE, scales.pow(-2).sub(epsilon).maximum(0), steps);
            }
            return rows.normalizeColumns(gamma, beta, means, scales);
        }

        /** The same numbers for each step. */
        private static Tensor each(final Tensor numbers, final long steps) {
            return steps == 1 ? numbers : numbers.expand(steps, numbers.size(0)).reshape(-1);
        }

        /** Takes in what each step found, one after the other: the last one counts most. */
        private void move(final LayerCall call, final String name, final Tensor found, final long steps) {
            final Variable moving = call.weight(name);
            if (steps == 1) {
                moving.assign(moving.mul(momentum).add(found.mul(1 - momentum)));
                return;
            }
            final float[] parts = new float[(int) steps];
            for (int i = 0; i < steps; i++) {
                parts[i] = (float) ((1 - momentum) * Math.pow(momentum, steps - 1 - i));
            }
            final Tensor all = found.reshape(steps, moving.size(0))
                    .mul(call.machine().tensor(parts, steps, 1))
                    .sum(0);
            moving.assign(moving.mul(Math.pow(momentum, steps)).add(all));
        }
    }

    /**
     * Normalizes along the last axis, each sample (and pixel) for itself: Ba, Kiros and Hinton, 2016
     * (keras.io/api/layers/normalization_layers/layer_normalization).
     *
     * @param epsilon added to the variance, above 0; Keras' default 1e-3
     * @param center whether beta is added
     * @param scale whether gamma is multiplied
     */
    record LayerNormalization(double epsilon, boolean center, boolean scale) implements NormalizationLayer {
        public LayerNormalization {
            checkEpsilon("LayerNormalization", epsilon);
        }

        public LayerNormalization() {
            this(1e-3, true, true);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor centered = x.sub(x.meanKeeping(-1));
            return scaled(this, call, centered, centered.square().meanKeeping(-1));
        }
    }

    /**
     * Normalizes groups of channels, each sample for itself: Wu and He, 2018
     * (keras.io/api/layers/normalization_layers/group_normalization).
     *
     * @param groups into how many groups the places on the last axis are divided; -1 for one for each; Keras' default 32
     * @param epsilon added to the variance, above 0; Keras' default 1e-3
     * @param center whether beta is added
     * @param scale whether gamma is multiplied
     */
    record GroupNormalization(int groups, double epsilon, boolean center, boolean scale) implements NormalizationLayer {
        public GroupNormalization {
            if (groups < 1 && groups != -1) {
                throw new InvalidInputException(
                        "GroupNormalization needs at least 1 group, or -1 for as many as there are channels, but groups"
                                + " is " + groups + ".");
            }
            checkEpsilon("GroupNormalization", epsilon);
        }

        @Override
        public Shape outputShape(final Shape input) {
            NormalizationLayer.super.outputShape(input);
            if (input.last() % groups != 0) {
                throw new InvalidInputException("GroupNormalization with " + groups + " groups needs a last axis that"
                        + " they divide, but its input has the shape " + input + "; choose another number of groups.");
            }
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final int channels = call.input().last();
            final long count = groups == -1 ? channels : groups;
            final Tensor grouped = x.reshape(x.size(0), -1, count, channels / count);
            final Tensor centered = grouped.sub(grouped.meanKeeping(1, 3));
            final Tensor variance = centered.square().meanKeeping(1, 3);
            return scaled(this, call, centered.reshape(x.shape()), spread(variance, grouped, x));
        }

        /** The variance of each number's group. */
        private static Tensor spread(final Tensor variance, final Tensor grouped, final Tensor x) {
            return variance.expand(grouped.shape()).reshape(x.shape());
        }
    }

    /** To variance 1, then by gamma and beta where the layer has them. */
    private static Tensor scaled(
            final NormalizationLayer layer, final LayerCall call, final Tensor centered, final Tensor variance) {
        Tensor output = centered.div(variance.add(layer.epsilon()).sqrt());
        if (layer.scale()) {
            output = output.mul(call.weight(GAMMA));
        }
        return layer.center() ? output.add(call.weight(BETA)) : output;
    }

    private static void checkEpsilon(final String layer, final double epsilon) {
        if (!(epsilon > 0 && epsilon <= Double.MAX_VALUE)) {
            throw new InvalidInputException(layer + " needs an epsilon above 0, but epsilon is " + epsilon + ".");
        }
    }

    private static WeightSpec along(
            final String name, final Shape input, final Initializer initializer, final boolean trainable) {
        return new WeightSpec(name, Shape.of(input.last()), initializer, input.last(), input.last(), trainable);
    }
}
