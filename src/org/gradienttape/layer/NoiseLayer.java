package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that change their input at random while training, from the run's own generator, and pass it on otherwise. */
public sealed interface NoiseLayer extends Layer {
    @Override
    default MaskingLayer.Use useOfMask() {
        return MaskingLayer.Use.PASSED_ON;
    }

    @Override
    default Shape outputShape(final Shape input) {
        return input;
    }

    @Override
    default boolean passesOn() {
        return true;
    }

    /**
     * Adds numbers from the normal distribution (keras.io/api/layers/regularization_layers/gaussian_noise).
     *
     * @param stddev standard deviation of the noise, at least 0
     */
    record GaussianNoise(double stddev) implements NoiseLayer {
        public GaussianNoise {
            if (!(stddev >= 0 && stddev <= Double.MAX_VALUE)) {
                throw new InvalidInputException(
                        "GaussianNoise needs a standard deviation of at least 0, but it is " + stddev + ".");
            }
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return stddev == 0 || !call.isTraining()
                    ? x
                    : x.add(call.random().normal(x.shape()).mul(stddev));
        }
    }

    /**
     * Sets whole channels of an image to 0 with this probability and scales the others by 1 / (1 - rate)
     * (keras.io/api/layers/regularization_layers/spatial_dropout2d).
     *
     * @param rate at least 0, below 1
     */
    record SpatialDropout2D(double rate) implements NoiseLayer {
        public SpatialDropout2D {
            checkRate("SpatialDropout2D", rate);
        }

        @Override
        public Shape outputShape(final Shape input) {
            ImageLayer.checkImage(this, input);
            return input;
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return rate == 0 || !call.isTraining() ? x : x.mul(kept(call, rate, x.size(0), 1, 1, x.size(3)));
        }
    }

    static void checkRate(final String layer, final double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidInputException(
                    layer + " needs a rate of at least 0 and below 1, but the rate is " + rate + ".");
        }
    }

    /** The mask comes from the run's own generator: 0 for what is dropped, 1 / (1 - rate) for the rest. */
    static Tensor kept(final LayerCall call, final double rate, final long... shape) {
        return call.random().mask(rate, shape);
    }
}
