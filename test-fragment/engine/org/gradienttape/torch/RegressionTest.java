package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers as targets, weights of samples and of classes: against the same steps in double-precision Java. */
class RegressionTest {
    private static final int SAMPLES = 20;
    private static final int FEATURES = 3;
    private static final int BATCH = 5;
    private static final double RATE = 0.1;
    private static final List<TargetScaling> SCALINGS =
            List.of(new TargetScaling("price", 120, 40), new TargetScaling("rooms", 3, 1.5));
    private static final Target NUMBERS = new Target.Numbers(SCALINGS);
    private static final MetricsConfig ERRORS =
            new MetricsConfig(Set.of(Kind.MEAN_SQUARED_ERROR, Kind.MEAN_ABSOLUTE_ERROR), 5);

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[][] x = new float[SAMPLES][FEATURES];
    private final double[][] y = new double[SAMPLES][2];
    private final float[] weights = new float[SAMPLES];

    /** 20 steps of SGD on weighted, standardized targets. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void twentyStepsAreThoseOfDoublePrecision(final Execution execution) throws IOException {
        final Dataset data = numbers(true);
        final Model start = linear(FEATURES, 2);
        final double[][] w = weights(start);

        final TrainedModel trained = run(data, start, ERRORS, execution, 5);

        final List<Double> losses = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            losses.add(step(w, step * BATCH % SAMPLES));
        }
        assertThat(trained.log().steps()).hasSize(20);
        for (int step = 0; step < 20; step++) {
            assertThat(trained.log().steps().get(step).losses().get(0)).isCloseTo(losses.get(step), within(1e-5));
        }
        final double[][] learned = weights(trained.model());
        for (int i = 0; i <= FEATURES; i++) {
            for (int output = 0; output < 2; output++) {
                assertThat(learned[i][output]).isCloseTo(w[i][output], within(1e-5));
            }
        }
    }

    /** Metrics are means of weighted errors in the units of each target. */
    @Test
    void metricsAreInTheUnitsOfTheTargets() throws IOException {
        final Dataset data = numbers(true);
        final Model start = linear(FEATURES, 2);
        final double[][] w = weights(start);

        final TrainingLog log = run(data, start, ERRORS, Execution.COMPILED, 1).log();

        double squared = 0;
        double absolute = 0;
        double all = 0;
        for (int step = 0; step < 4; step++) {
            for (int sample = step * BATCH; sample < (step + 1) * BATCH; sample++) {
                for (int output = 0; output < 2; output++) {
                    final TargetScaling scaling = SCALINGS.get(output);
                    final double error =
                            predicted(w, sample, output) * scaling.divisor() + scaling.shift() - y[sample][output];
                    squared += weights[sample] * error * error;
                    absolute += weights[sample] * Math.abs(error);
                    all += weights[sample];
                }
            }
            step(w, step * BATCH);
        }
        assertThat(log.epochs().get(0).metrics().get(0)).isCloseTo(squared / all, within(1e-3 * squared / all));
        assertThat(log.epochs().get(0).metrics().get(1)).isCloseTo(absolute / all, within(1e-5 * absolute / all));
    }

    /** y = 2 f0 - f1 + 3, whose numbers are no classes. */
    @Test
    void aLineIsLearned() throws IOException {
        for (int i = 0; i < SAMPLES; i++) {
            fill(i);
            y[i][0] = 2 * x[i][0] - x[i][1] + 3;
        }
        final Dataset data = write(new Target.Numbers(List.of(TargetScaling.none("y"))), false, 1);

        final TrainingLog log =
                run(data, linear(FEATURES, 1), ERRORS, Execution.COMPILED, 300).log();

        assertThat(log.epochs().get(299).metrics().get(1)).isLessThan(0.01);
    }

    /** The target is the sample, also where that is an image. */
    @Test
    void anAutoencoderLearnsItsSamples() throws IOException {
        for (int i = 0; i < SAMPLES; i++) {
            fill(i);
        }
        final Dataset data = write(new Target.Features(), false, 0);
        final Network network = Network.of(
                Shape.of(FEATURES),
                List.of(new Layer.Dense(8, Activation.TANH), new Layer.Dense(FEATURES, Activation.NONE)));

        final TrainingLog log = run(data, TestData.fresh(network, 3), ERRORS, Execution.COMPILED, 200)
                .log();

        assertThat(log.epochs().get(199).loss())
                .isLessThan(0.1 * log.epochs().get(0).loss());
        assertThat(log.epochs().get(199).metrics().get(0))
                .isCloseTo(log.epochs().get(199).loss(), within(1e-5));
    }

    /** A class of weight 0 is as if it were not there, but for the number of samples that the mean is divided by. */
    @Test
    void classesCountAsTheyAreWeighted() throws IOException {
        final Dataset data = classes();
        final Loss loss = new Loss.SparseCategoricalCrossentropy();
        final Model start = linear(FEATURES, 2);

        final double ones = firstLoss(data, start, loss, new ClassWeights.Given(Map.of("no", 1.0, "yes", 0.0)));
        final double others = firstLoss(data, start, loss, new ClassWeights.Given(Map.of("no", 0.0)));
        final double all = firstLoss(data, start, loss, ClassWeights.NONE);
        final double balanced = firstLoss(data, start, loss, new ClassWeights.Balanced());

        assertThat(ones + others).isCloseTo(all, within(1e-6));
        // 5 of 20 samples are "no" and 15 "yes": they count 20 / (2 * 5) and 20 / (2 * 15)
        assertThat(balanced).isCloseTo(2 * ones + others * 20 / 30, within(1e-6));
    }

    @Test
    void classWeightsOfOtherClassesAreRefused() throws IOException {
        final Dataset data = classes();

        assertThatThrownBy(() -> firstLoss(
                        data,
                        linear(FEATURES, 2),
                        new Loss.SparseCategoricalCrossentropy(),
                        new ClassWeights.Given(Map.of("maybe", 2.0))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A weight is given for the class maybe, but the classes of the training data table are no, yes;"
                                + " correct its name or take it out.");
    }

    @Test
    void whatDoesNotFitNumbersIsRefused() throws IOException {
        final Dataset data = numbers(false);

        assertThatThrownBy(() -> check(data, linear(FEATURES, 2), new Loss.SparseCategoricalCrossentropy(), ERRORS))
                .hasMessage(
                        "The loss tells classes apart, but the target of the training data table is the numbers price,"
                                + " rooms; choose mean squared error, mean absolute error or Huber.");
        assertThatThrownBy(() -> check(data, linear(FEATURES, 3), new Loss.MeanSquaredError(), ERRORS))
                .hasMessage(
                        "The model needs one output for each of the numbers price, rooms of the training data table, but"
                                + " its output has the shape 3; let it end with a Dense layer of 2 units without activation.");
        assertThatThrownBy(() -> check(data, linear(FEATURES, 2), new Loss.MeanSquaredError(), MetricsConfig.ACCURACY))
                .hasMessage("Accuracy tells how often a class is right, but the training data table has numbers as the"
                        + " target; choose the metrics mean absolute error or mean squared error.");
        assertThatThrownBy(() ->
                        check(write(Target.NONE, false, 0), linear(FEATURES, 2), new Loss.MeanSquaredError(), ERRORS))
                .hasMessage(
                        "Something to learn was expected, but the training data table has no target; choose a target"
                                + " column when the data are read.");
        assertThatThrownBy(() -> check(
                        write(new Target.Features(), false, 0),
                        linear(FEATURES, 2),
                        new Loss.MeanSquaredError(),
                        ERRORS))
                .hasMessageContaining("The model should give back samples of the shape 3");
    }

    /** A model keeps what it predicts: other data must have the same numbers, in any order. */
    @Test
    void numbersAreFoundByTheirName() throws IOException {
        final Model trained = run(numbers(false), linear(FEATURES, 2), ERRORS, Execution.COMPILED, 1)
                .model();
        final Dataset swapped =
                write(new Target.Numbers(List.of(TargetScaling.none("rooms"), TargetScaling.none("price"))), false, 2);

        final Dataset seen = trained.preprocessing().of(swapped, "the validation data");

        assertThat(seen.target()).isEqualTo(NUMBERS);
        assertThat(seen.number(7, 0)).isEqualTo(y[7][1]);
        assertThat(seen.number(7, 1)).isEqualTo(y[7][0]);
        final Dataset other = write(new Target.Numbers(List.of(TargetScaling.none("area"))), false, 1);
        assertThatThrownBy(() -> trained.preprocessing().of(other, "the validation data"))
                .hasMessage(
                        "The model learned to predict the numbers price, rooms, but the validation data table has the"
                                + " number area as the target; choose the same target.");
    }

    /** Keras: the loss of each sample times its weight, divided by the number of all. */
    private double step(final double[][] w, final int first) {
        final double[][] gradient = new double[FEATURES + 1][2];
        double loss = 0;
        for (int sample = first; sample < first + BATCH; sample++) {
            for (int output = 0; output < 2; output++) {
                final TargetScaling scaling = SCALINGS.get(output);
                final double wanted = (y[sample][output] - scaling.shift()) / scaling.divisor();
                final double error = predicted(w, sample, output) - wanted;
                loss += weights[sample] * error * error / (2 * BATCH);
                final double slope = 2 * weights[sample] * error / (2 * BATCH);
                for (int i = 0; i < FEATURES; i++) {
                    gradient[i][output] += slope * x[sample][i];
                }
                gradient[FEATURES][output] += slope;
            }
        }
        for (int i = 0; i <= FEATURES; i++) {
            for (int output = 0; output < 2; output++) {
                w[i][output] -= RATE * gradient[i][output];
            }
        }
        return loss;
    }

    private double predicted(final double[][] w, final int sample, final int output) {
        double sum = w[FEATURES][output];
        for (int i = 0; i < FEATURES; i++) {
            sum += x[sample][i] * w[i][output];
        }
        return sum;
    }

    /** The kernel and below it the bias. */
    private static double[][] weights(final Model model) {
        final double[][] w = new double[FEATURES + 1][2];
        final float[] kernel = model.weights().get("dense/kernel");
        final float[] bias = model.weights().get("dense/bias");
        for (int output = 0; output < 2; output++) {
            for (int i = 0; i < FEATURES; i++) {
                w[i][output] = kernel[i * 2 + output];
            }
            w[FEATURES][output] = bias[output];
        }
        return w;
    }

    private static Model linear(final int inputs, final int outputs) {
        return TestData.fresh(Network.of(Shape.of(inputs), List.of(new Layer.Dense(outputs, Activation.NONE))), 2);
    }

    private static void check(final Dataset data, final Model model, final Loss loss, final MetricsConfig metrics) {
        Training.check(model.outline(), data.info(), Optional.empty(), new Objective(loss, metrics));
    }

    private static double firstLoss(
            final Dataset data, final Model start, final Loss loss, final ClassWeights weights) {
        final TrainingJob job = new TrainingJob(
                start,
                data,
                Optional.empty(),
                new Objective(loss, MetricsConfig.ACCURACY, weights),
                Update.of(new OptimizerConfig.Sgd(RATE)),
                new TrainingConfig(1, SAMPLES, 1, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(Execution.COMPILED));
        return Training.run(job, TestData.PATIENT).log().steps().get(0).losses().get(0);
    }

    private static TrainedModel run(
            final Dataset data,
            final Model start,
            final MetricsConfig metrics,
            final Execution execution,
            final int epochs) {
        final TrainingJob job = new TrainingJob(
                start,
                data,
                Optional.empty(),
                new Objective(new Loss.MeanSquaredError(), metrics),
                Update.of(new OptimizerConfig.Sgd(RATE)),
                new TrainingConfig(epochs, BATCH, 1, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(execution));
        return Training.run(job, TestData.PATIENT);
    }

    private Dataset numbers(final boolean weighted) throws IOException {
        for (int i = 0; i < SAMPLES; i++) {
            fill(i);
            y[i][0] = 120 + 40 * random.nextGaussian();
            y[i][1] = 1 + random.nextInt(6);
        }
        return write(NUMBERS, weighted, 2);
    }

    private Dataset classes() throws IOException {
        for (int i = 0; i < SAMPLES; i++) {
            fill(i);
        }
        return write(new Target.Classes("answer", List.of("no", "yes")), false, 0);
    }

    private void fill(final int sample) {
        for (int i = 0; i < FEATURES; i++) {
            x[sample][i] = (float) random.nextGaussian();
        }
        weights[sample] = (float) (3 * random.nextDouble());
    }

    private Dataset write(final Target target, final boolean weighted, final int numbers) throws IOException {
        final DatasetInfo info = new DatasetInfo(
                "table",
                SAMPLES,
                Shape.of(FEATURES),
                ElementType.FLOAT32,
                Scaling.AS_STORED,
                target,
                weighted,
                Optional.empty());
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve(random.nextLong() + ""), info)) {
            for (int i = 0; i < SAMPLES; i++) {
                final ByteBuffer row =
                        ByteBuffer.allocate(Float.BYTES * FEATURES).order(ByteOrder.LITTLE_ENDIAN);
                for (final float number : x[i]) {
                    row.putFloat(number);
                }
                writer.writeFeatures(row.flip());
                for (int number = 0; number < numbers; number++) {
                    writer.writeNumbers(y[i][number]);
                }
                if (target instanceof Target.Classes) {
                    writer.writeLabels(i % 4 == 0 ? 0 : 1);
                }
                if (weighted) {
                    writer.writeWeights(weights[i]);
                }
            }
            return writer.finish();
        }
    }
}
