package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.loss.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The losses against the examples of Keras' pages and against their formulas in double precision. */
abstract class LossValues {
    /** A loss of a batch, and its gradient by the outputs. */
    record Value(float value, float[] gradient) {}

    /** For labels. */
    abstract Value of(Loss loss, float[] outputs, int columns, long[] labels);

    /** Of outputs [2, 2, 3] and the classes 0, 1 and 2, 0, as labels or as one-hot numbers; weights of sequences, of steps, or none. */
    abstract double ofSteps(Loss loss, float[] outputs, boolean asLabels, float[] weights);

    /** For any targets: [samples, 2], as the outputs. */
    abstract double value(Loss loss, float[] outputs, float[] targets);

    private static final float[] TARGETS = {0, 1, 0, 0};
    private static final float[] OUTPUTS = {0.6f, 0.4f, 0.4f, 0.6f};
    private static final int[] LABELS = {2, 0, 1};
    private static final double[] THREE_COLUMNS = {0.3, -1.2, 0.7, 2.1, -0.4, 0.2, -3.1, 1.6, 0.1};
    private static final double[] ONE_COLUMN = {0.3, -1.2, 2.7};
    private static final double[] PROBABILITIES = {0.2, 0.3, 0.5, 0.7, 0.2, 0.1, 0.25, 0.05, 0.7};

    /** A loss of one batch: outputs [3, columns], and the target of each output. */
    @FunctionalInterface
    private interface Formula {
        double of(double[] outputs, double[] targets);
    }

    static Stream<Arguments> formulas() {
        final Formula categorical = LossValues::crossentropy;
        final Formula binary = (x, t) -> mean(x, t, (output, target) -> Math.log1p(Math.exp(output)) - output * target);
        final Formula squared = (x, t) -> mean(x, t, (output, target) -> Math.pow(output - target, 2));
        final Formula absolute = (x, t) -> mean(x, t, (output, target) -> Math.abs(output - target));
        final Formula huber = (x, t) -> mean(x, t, LossValues::huber);
        final Formula hinge =
                (x, t) -> mean(x, t, (output, target) -> Math.max(0, 1 - (target == 1 ? output : -output)));
        return Stream.of(
                Arguments.of(new Loss.SparseCategoricalCrossentropy(), THREE_COLUMNS, categorical),
                Arguments.of(new Loss.CategoricalCrossentropy(), THREE_COLUMNS, categorical),
                Arguments.of(new Loss.BinaryCrossentropy(), ONE_COLUMN, binary),
                Arguments.of(new Loss.MeanSquaredError(), ONE_COLUMN, squared),
                Arguments.of(new Loss.MeanSquaredError(), THREE_COLUMNS, squared),
                Arguments.of(new Loss.MeanAbsoluteError(), ONE_COLUMN, absolute),
                Arguments.of(new Loss.MeanAbsoluteError(), THREE_COLUMNS, absolute),
                Arguments.of(new Loss.Huber(0.8), ONE_COLUMN, huber),
                Arguments.of(new Loss.Huber(0.8), THREE_COLUMNS, huber),
                Arguments.of(new Loss.Hinge(), THREE_COLUMNS, hinge),
                Arguments.of(new Loss.KlDivergence(), PROBABILITIES, (Formula) LossValues::divergence));
    }

    @ParameterizedTest
    @MethodSource("formulas")
    void valueAndGradientAgreeWithTheFormula(final Loss loss, final double[] outputs, final Formula formula) {
        final double[] targets = targets(outputs.length / LABELS.length);
        final Value value = of(loss, floats(outputs), outputs.length / 3, new long[] {2, 0, 1});

        for (int i = 0; i < outputs.length; i++) {
            assertThat((double) value.gradient()[i])
                    .as("output %d", i)
                    .isCloseTo(centralDifference(formula, outputs, targets, i), within(5e-6));
        }
        assertThat((double) value.value()).isCloseTo(formula.of(outputs, targets), within(2e-6));
    }

    @Test
    void everyKindOfLossHasAFormula() {
        assertThat(formulas()
                        .map(arguments -> (Object) arguments.get()[0].getClass())
                        .distinct())
                .containsExactlyInAnyOrder(Stream.of(Loss.class.getPermittedSubclasses())
                        .filter(kind -> kind != CustomLoss.class) // a user's has a formula of its own
                        .toArray());
    }

    /** keras.io/api/losses/regression_losses: mean_squared_error and mean_absolute_error of [1, 1] and [1, 0]. */
    @Test
    void errorsAreThoseOfKerasPage() {
        final float[] outputs = {1, 1, 1, 0};

        assertThat(value(new Loss.MeanSquaredError(), outputs, TARGETS)).isEqualTo(0.5);
        assertThat(value(new Loss.MeanAbsoluteError(), outputs, TARGETS)).isEqualTo(0.5);
    }

    /** keras/src/losses/losses.py: huber 0.155; by hand hinge (1.6 + 0.6 + 1.4 + 1.6) / 4 = 1.3. */
    @Test
    void huberAndHingeAreThoseOfKerasPage() {
        assertThat(value(new Loss.Huber(1), OUTPUTS, TARGETS)).isCloseTo(0.155, within(1e-6));
        assertThat(value(new Loss.Hinge(), OUTPUTS, TARGETS)).isCloseTo(1.3, within(1e-6));
    }

    /** keras/src/losses/losses.py, convert_binary_labels_to_hinge: by hand (1.5 + 0.75 + 1.4 + 0) / 4 = 0.9125. */
    @Test
    void hingeTakesSignsAsTargets() {
        assertThat(value(new Loss.Hinge(), new float[] {0.5f, 0.25f, -0.4f, 3}, new float[] {-1, 1, 1, 1}))
                .isCloseTo(0.9125, within(1e-6));
    }

    /**
     * First sample: log(1 / 0.4), and 1e-7 * log(1e-7 / 0.6), which is -1.56e-6. Second: 1e-7 * log(1e-7 / 0.4) and
     * 1e-7 * log(1e-7 / 0.6). The mean is (0.916290732 - 1.56e-6 - 1.52e-6 - 1.56e-6) / 2.
     */
    @Test
    void divergenceKeepsTargetsAwayFromZero() {
        assertThat(value(new Loss.KlDivergence(), OUTPUTS, TARGETS)).isCloseTo(0.458143046, within(2e-7));
    }

    /** A probability of 0 counts as 1e-7: log(1 / 1e-7) = 16.118. */
    @Test
    void divergenceStaysFinite() {
        assertThat(value(new Loss.KlDivergence(), new float[] {1, 0, 1, 0}, new float[] {0, 1, 0, 1}))
                .isCloseTo(16.118, within(1e-3));
    }

    /** Smoothed targets: -(0.9 * log softmax(2) + 0.1 * log softmax(0)) with log(1 + e^-2) = 0.126928011. */
    @Test
    void categoricalCrossentropyTakesAnyTargets() {
        assertThat(value(new Loss.CategoricalCrossentropy(), new float[] {2, 0}, new float[] {0.9f, 0.1f}))
                .isCloseTo(0.9 * 0.126928011 + 0.1 * 2.126928011, within(1e-6));
    }

    /** With logits of 100 the probabilities of float32 are exactly 1 and 0. */
    @Test
    void categoricalCrossentropyStaysFiniteForLargeLogits() {
        assertThat(value(new Loss.CategoricalCrossentropy(), new float[] {-100, 100}, new float[] {1, 0}))
                .isEqualTo(200);
    }

    /**
     * Two sequences of two steps, whose logits 1, 2, 3 have the logarithms -2.40760596, -1.40760596 and -0.40760596 of softmax, and
     * whose probabilities are 0.2, 0.3 and 0.5; classes 0, 1 and 2, 0. Weights of sequences, 1 and 3, and of steps, 1, 0 and 1, 1,
     * multiply before the mean is taken.
     */
    @ParameterizedTest
    @CsvSource({"0, 0, 1.65760596", "1, 0, 3.06521193", "0, 1, 1.30570447"})
    void eachStepOfASequenceCountsLikeASample(final int sequences, final int steps, final double crossEntropy) {
        final float[] logits = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};
        final float[] weights =
                sequences == 1 ? new float[] {1, 3} : steps == 1 ? new float[] {1, 0, 1, 1} : new float[0];

        assertThat(ofSteps(new Loss.SparseCategoricalCrossentropy(), logits, true, weights))
                .isCloseTo(crossEntropy, within(1e-6));
        assertThat(ofSteps(new Loss.CategoricalCrossentropy(), logits, true, weights))
                .isCloseTo(crossEntropy, within(1e-6));
        assertThat(ofSteps(new Loss.CategoricalCrossentropy(), logits, false, weights))
                .isCloseTo(crossEntropy, within(1e-6));
    }

    /** Divergence (2 * log 5 + log(10 / 3) + log 2) / 4; hinge, the sums of the rows 7, 6, 5 and 7, / 12. */
    @Test
    void eachStepOfASequenceHasNumbers() {
        final float[] probabilities = {0.2f, 0.3f, 0.5f, 0.2f, 0.3f, 0.5f, 0.2f, 0.3f, 0.5f, 0.2f, 0.3f, 0.5f};
        final float[] logits = {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3};

        assertThat(ofSteps(new Loss.KlDivergence(), probabilities, true, new float[0]))
                .isCloseTo(1.278999, within(1e-5));
        assertThat(ofSteps(new Loss.Hinge(), logits, false, new float[0])).isCloseTo(25 / 12.0, within(1e-6));
    }

    /** The labels 2, 0, 1 as one-hot rows, or as they are. The binary losses take any number as target. */
    private static double[] targets(final int columns) {
        final double[] targets = new double[LABELS.length * columns];
        for (int row = 0; row < LABELS.length; row++) {
            if (columns == 1) {
                targets[row] = LABELS[row];
            } else {
                targets[row * columns + LABELS[row]] = 1;
            }
        }
        return targets;
    }

    private static double centralDifference(
            final Formula formula, final double[] outputs, final double[] targets, final int place) {
        final double step = 1e-6;
        final double[] above = outputs.clone();
        above[place] += step;
        final double[] below = outputs.clone();
        below[place] -= step;
        return (formula.of(above, targets) - formula.of(below, targets)) / (2 * step);
    }

    private static double mean(final double[] outputs, final double[] targets, final DoubleBinaryOperator cost) {
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += cost.applyAsDouble(outputs[i], targets[i]);
        }
        return sum / outputs.length;
    }

    private static double huber(final double output, final double target) {
        final double error = Math.abs(output - target);
        return error <= 0.8 ? error * error / 2 : 0.8 * error - 0.8 * 0.8 / 2;
    }

    private static double crossentropy(final double[] logits, final double[] targets) {
        double sum = 0;
        for (int row = 0; row < LABELS.length; row++) {
            double exponentials = 0;
            for (int column = 0; column < 3; column++) {
                exponentials += Math.exp(logits[row * 3 + column]);
            }
            for (int column = 0; column < 3; column++) {
                sum -= targets[row * 3 + column] * (logits[row * 3 + column] - Math.log(exponentials));
            }
        }
        return sum / LABELS.length;
    }

    private static double divergence(final double[] probabilities, final double[] targets) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            final double target = Math.max(targets[i], 1e-7);
            sum += target * Math.log(target / probabilities[i]);
        }
        return sum / LABELS.length;
    }

    private static float[] floats(final double[] values) {
        final float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
