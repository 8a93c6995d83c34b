package org.gradienttape.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
    private static final Network NETWORK = Network.of(
            Shape.of(784), List.of(new Layer.Dense(64, Activation.RELU), new Layer.Dense(10, Activation.NONE)));

    private static final Network SMALL = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));

    /** Keras' GlorotUniform: limit = sqrt(6 / (784 + 64)) = 0.0841158; a uniform's variance is limit^2 / 3. */
    @Test
    void kernelsStartGlorotUniform() {
        final float[] kernel = Weights.initial(NETWORK, 0).get("dense/kernel");

        final double[] values = new double[kernel.length];
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < kernel.length; i++) {
            values[i] = kernel[i];
            squares += values[i] * values[i];
            largest = Math.max(largest, Math.abs(values[i]));
        }
        assertThat(values).hasSize(50_176);
        assertThat(largest).isBetween(0.0841, 0.0841159);
        assertThat(squares / values.length).isCloseTo(0.0841158 * 0.0841158 / 3, within(3e-5));
        assertThat(new KolmogorovSmirnovTest()
                        .kolmogorovSmirnovTest(new UniformRealDistribution(-0.0841158, 0.0841158), values))
                .isGreaterThan(1e-3);
    }

    @Test
    void biasesStartAtZero() {
        assertThat(Weights.initial(NETWORK, 0).get("dense/bias")).hasSize(64).containsOnly(0f);
        assertThat(Weights.initial(NETWORK, 0).get("dense_1/bias")).hasSize(10).containsOnly(0f);
    }

    @Test
    void theSeedDecides() {
        assertThat(Weights.initial(NETWORK, 5))
                .isEqualTo(Weights.initial(NETWORK, 5))
                .hasSameHashCodeAs(Weights.initial(NETWORK, 5))
                .isNotEqualTo(Weights.initial(NETWORK, 6));
    }

    @Test
    void namesComeInTheNetworksOrder() {
        assertThat(Weights.initial(NETWORK, 0).names())
                .containsExactly("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias");
    }

    @Test
    void givenNumbersAreCopiedInAndOut() {
        final float[] kernel = {1, 2};
        final Weights weights = Weights.of(SMALL, Map.of("dense/kernel", kernel, "dense/bias", new float[] {3}));

        kernel[0] = 99;
        weights.get("dense/kernel")[1] = 99;

        assertThat(weights.get("dense/kernel")).containsExactly(1, 2);
    }

    @Test
    void equalityIsBitByBit() {
        final Map<String, float[]> values = Map.of("dense/kernel", new float[] {1, 0f}, "dense/bias", new float[] {3});
        final Map<String, float[]> other = Map.of("dense/kernel", new float[] {1, -0f}, "dense/bias", new float[] {3});

        assertThat(Weights.of(SMALL, values))
                .isEqualTo(Weights.of(SMALL, values))
                .isNotEqualTo(Weights.of(SMALL, other));
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        final Map<String, float[]> values = new HashMap<>(Map.of("dense/kernel", new float[2]));

        assertThatThrownBy(() -> Weights.of(SMALL, values))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dense/bias needs 1 numbers")
                .hasMessageContaining("there are none");
        values.put("dense/bias", new float[2]);
        assertThatThrownBy(() -> Weights.of(SMALL, values))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 are given");
        values.put("dense/bias", new float[1]);
        values.put("dense/scale", new float[1]);
        assertThatThrownBy(() -> Weights.of(SMALL, values))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 weights, but 3 are given");
    }

    @Test
    void unknownNamesAreADefect() {
        final Weights weights = Weights.initial(SMALL, 0);

        assertThatThrownBy(() -> weights.get("dense/scale"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dense/scale")
                .hasMessageContaining("dense/kernel");
    }

    /** keras.io/api/layers/initializers: standard deviations of 40,000 weights of a matrix of 100 x 400. */
    @ParameterizedTest
    @CsvSource({
        "GLOROT_UNIFORM, 0.063246, 0.109545", // sqrt(2 / 500), sqrt(6 / 500)
        "GLOROT_NORMAL, 0.063246, 0.143803", // 2 standard deviations of the uncut distribution: 2 * 0.063246 / 0.879626
        "HE_UNIFORM, 0.141421, 0.244949", // sqrt(2 / 100)
        "HE_NORMAL, 0.141421, 0.321549",
        "LECUN_UNIFORM, 0.1, 0.173205", // sqrt(1 / 100)
        "LECUN_NORMAL, 0.1, 0.227369",
        "RANDOM_UNIFORM, 0.028868, 0.05", // 0.05 / sqrt(3)
        "TRUNCATED_NORMAL, 0.043981, 0.1", // 0.05 * 0.879626
        "RANDOM_NORMAL, 0.05, 0.3"
    })
    void initializersHaveKerasDeviationsAndLimits(
            final Initializer initializer, final double deviation, final double limit) {
        final float[] weights = initial(initializer, 100, 400);

        double squares = 0;
        for (final float weight : weights) {
            assertThat(Math.abs(weight)).isLessThanOrEqualTo((float) limit);
            squares += weight * weight;
        }
        assertThat(Math.sqrt(squares / weights.length)).isCloseTo(deviation, within(0.02 * deviation));
    }

    /**
     * keras/src/layers/core/einsum_dense.py of Keras 3.15, which gives fans of products: limits sqrt(6 / (64 + 4 * 16)),
     * sqrt(6 / (64 + 4 * 8)) and sqrt(6 / (4 * 8 + 64)). Before, they were those of a convolution: 0.068, 0.088 and 0.144.
     */
    @ParameterizedTest
    @CsvSource({"query, 0.216506", "key, 0.216506", "value, 0.25", "attention_output, 0.25"})
    void attentionStartsAsProductsDo(final String part, final double limit) {
        final Layer attention = new AttentionLayer.MultiHeadAttention(4, 16, 8, 0, true, false, WeightSettings.DEFAULT);
        final float[] kernel = Weights.initial(Network.of(Shape.of(5, 64), List.of(attention)), 3)
                .get("multi_head_attention/" + part + "/kernel");

        assertThat(IntStream.range(0, kernel.length)
                        .mapToDouble(i -> Math.abs(kernel[i]))
                        .max()
                        .orElseThrow())
                .isBetween(0.99 * limit, 1.00001 * limit);
    }

    @ParameterizedTest
    @CsvSource({"6, 4", "4, 6", "5, 5"})
    void orthogonalWeightsAreOrthogonal(final int rows, final int columns) {
        final float[] weights = initial(Initializer.ORTHOGONAL, rows, columns);

        final boolean byRows = rows <= columns;
        for (int i = 0; i < Math.min(rows, columns); i++) {
            for (int j = 0; j < Math.min(rows, columns); j++) {
                double product = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    product += byRows
                            ? weights[i * columns + k] * weights[j * columns + k]
                            : weights[k * columns + i] * weights[k * columns + j];
                }
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-6));
            }
        }
    }

    private static float[] initial(final Initializer initializer, final int rows, final int columns) {
        final WeightSettings settings =
                new WeightSettings(initializer, Initializer.ZEROS, Penalty.NONE, Penalty.NONE, Penalty.NONE);
        final Network network =
                Network.of(Shape.of(rows), List.of(new Layer.Dense(columns, Activation.NONE, false, settings)));
        return Weights.initial(network, 5).get("dense/kernel");
    }
}
