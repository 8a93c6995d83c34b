package org.gradienttape.layer;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** How a weight starts, with the names and numbers of Keras (keras.io/api/layers/initializers). */
public enum Initializer {
    /** Uniform in [-limit, limit) with limit = sqrt(6 / (fan in + fan out)): Glorot and Bengio, 2010. */
    GLOROT_UNIFORM((values, weight, random) -> uniform(values, limit(6, sumOfFans(weight)), random)),
    /** Normal, cut at two standard deviations, with variance 2 / (fan in + fan out). */
    GLOROT_NORMAL((values, weight, random) -> truncated(values, limit(2, sumOfFans(weight)) / Filling.CUT, random)),
    /** Uniform in [-limit, limit) with limit = sqrt(6 / fan in): He and others, 2015. */
    HE_UNIFORM((values, weight, random) -> uniform(values, limit(6, weight.fanIn()), random)),
    /** Normal, cut at two standard deviations, with variance 2 / fan in. */
    HE_NORMAL((values, weight, random) -> truncated(values, limit(2, weight.fanIn()) / Filling.CUT, random)),
    /** Uniform in [-limit, limit) with limit = sqrt(3 / fan in): LeCun and others, 1998. */
    LECUN_UNIFORM((values, weight, random) -> uniform(values, limit(3, weight.fanIn()), random)),
    /** Normal, cut at two standard deviations, with variance 1 / fan in. */
    LECUN_NORMAL((values, weight, random) -> truncated(values, limit(1, weight.fanIn()) / Filling.CUT, random)),
    /** Uniform in [-0.05, 0.05). */
    RANDOM_UNIFORM((values, weight, random) -> uniform(values, Filling.DEVIATION, random)),
    /** From the normal distribution with mean 0 and standard deviation 0.05. */
    RANDOM_NORMAL((values, weight, random) -> draw(values, () -> Filling.DEVIATION * random.nextGaussian())),
    /** The same, drawn anew beyond two standard deviations. */
    TRUNCATED_NORMAL((values, weight, random) -> truncated(values, Filling.DEVIATION, random)),
    /** Rows or columns that are orthogonal and of length 1, of all axes but the last as one: Saxe and others, 2013. */
    ORTHOGONAL((values, weight, random) -> orthogonal(values, weight.shape().last(), random)),
    ZEROS((values, weight, random) -> Arrays.fill(values, 0f)),
    ONES((values, weight, random) -> Arrays.fill(values, 1f)),
    /** A bias in four parts, as LSTM has it: ones in the second, for the forget gate, zeros elsewhere. */
    UNIT_FORGET((values, weight, random) -> Arrays.fill(values, values.length / 4, values.length / 2, 1f));

    private final Filling filling;

    Initializer(final Filling filling) {
        this.filling = filling;
    }

    private interface Filling {
        double DEVIATION = 0.05;
        /** The standard deviation of the standard normal distribution that is cut at 2. */
        double CUT = 0.87962566103423978;

        void fill(float[] values, WeightSpec weight, RandomGenerator random);
    }

    void fill(final float[] values, final WeightSpec weight, final RandomGenerator random) {
        filling.fill(values, weight, random);
    }

    private static double sumOfFans(final WeightSpec weight) {
        return (double) weight.fanIn() + weight.fanOut();
    }

    private static double limit(final double scale, final double fan) {
        return Math.sqrt(scale / Math.max(1, fan));
    }

    private static void draw(final float[] values, final DoubleSupplier next) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.getAsDouble();
        }
    }

    private static void uniform(final float[] values, final double limit, final RandomGenerator random) {
        draw(values, () -> limit * (2 * random.nextDouble() - 1));
    }

    private static void truncated(final float[] values, final double deviation, final RandomGenerator random) {
        draw(values, () -> {
            double drawn = random.nextGaussian();
            while (Math.abs(drawn) > 2) {
                drawn = random.nextGaussian();
            }
            return deviation * drawn;
        });
    }

    /** The vectors of the shorter axis are made orthogonal, one after the other. */
    private static void orthogonal(final float[] values, final int columns, final RandomGenerator random) {
        final int rows = values.length / columns;
        final boolean byRows = rows < columns;
        final double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int i = 0; i < vectors.length; i++) {
            final double[] vector = vectors[i];
            Arrays.setAll(vector, place -> random.nextGaussian());
            for (int round = 0; round < 2; round++) { // the second round takes rounding errors of the first away
                for (int before = 0; before < i; before++) {
                    addTo(vector, vectors[before], -product(vector, vectors[before]));
                }
            }
            final double length = Math.sqrt(product(vector, vector));
            Arrays.setAll(vector, place -> vector[place] / length);
            for (int j = 0; j < vector.length; j++) {
                values[byRows ? i * columns + j : j * columns + i] = (float) vector[j];
            }
        }
    }

    private static double product(final double[] one, final double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void addTo(final double[] sum, final double[] other, final double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other[i];
        }
    }
}
