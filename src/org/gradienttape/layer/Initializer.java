package org.gradienttape.layer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a weight starts, with the names and numbers of Keras (keras.io/api/layers/initializers). */
public enum Initializer {
    /** Uniform in [-limit, limit) with limit = sqrt(6 / (fan in + fan out)): Glorot and Bengio, 2010. */
    GLOROT_UNIFORM {
        @Override
        void fill(final float[] values, final WeightSpec weight, final RandomGenerator random) {
            final double limit = Math.sqrt(6.0 / ((double) weight.fanIn() + weight.fanOut()));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (limit * (2 * random.nextDouble() - 1));
            }
        }
    },
    /** From the normal distribution with mean 0 and standard deviation 0.05, Keras' "random_normal". */
    RANDOM_NORMAL {
        @Override
        void fill(final float[] values, final WeightSpec weight, final RandomGenerator random) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.05 * random.nextGaussian());
            }
        }
    },
    ZEROS {
        @Override
        void fill(final float[] values, final WeightSpec weight, final RandomGenerator random) {
            Arrays.fill(values, 0f);
        }
    },
    ONES {
        @Override
        void fill(final float[] values, final WeightSpec weight, final RandomGenerator random) {
            Arrays.fill(values, 1f);
        }
    };

    abstract void fill(float[] values, WeightSpec weight, RandomGenerator random);
}
