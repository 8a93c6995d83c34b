package org.gradienttape.torch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.Target;
import org.gradienttape.distributed.WorkerThreads;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.StepCode;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An autoencoder of sequences, some of whose steps are masked: loss and metrics are means over those that count. */
class MaskedLossTest {
    /** Of a step that does not count. */
    private static final float GAP = 0.5f;

    private static final float[] KERNEL = {0.3f, -0.2f, 0.1f, 0.4f};
    private static final float[] BIAS = {0.2f, -0.1f};
    private static final double RATE = 0.1;

    /** Four sequences of three steps of two numbers. */
    private static final float[][] SEQUENCES = {
        {0.1f, 0.9f, 0.7f, 0.2f, GAP, GAP},
        {0.8f, 0.3f, GAP, GAP, GAP, GAP},
        {GAP, GAP, 0.4f, 0.6f, 0.05f, 0.95f},
        {0.25f, 0.75f, 0.35f, GAP, 0.15f, 0.45f}, // the second step counts: one of its numbers is another
    };

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final TrainingMonitor monitor = new TrainingMonitor() {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void warn(final String sentence) {
            said.add(sentence);
        }

        @Override
        public void log(final String line) {
            said.add(line);
        }
    };

    static Stream<Arguments> losses() {
        final Map<Loss, DoubleBinaryOperator> costs = Map.of(
                new Loss.MeanSquaredError(),
                (wanted, output) -> Math.pow(output - wanted, 2),
                new Loss.MeanAbsoluteError(),
                (wanted, output) -> Math.abs(output - wanted),
                new Loss.Huber(0.3),
                (wanted, output) -> {
                    final double error = Math.abs(output - wanted);
                    return error <= 0.3 ? error * error / 2 : 0.3 * error - 0.045;
                },
                new Loss.BinaryCrossentropy(),
                (wanted, output) -> Math.log1p(Math.exp(output)) - wanted * output);
        return Stream.of(Execution.values()).flatMap(execution -> costs.entrySet().stream()
                .map(entry -> Arguments.of(execution, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossIsTheMeanOverTheStepsThatCount(
            final Execution execution, final Loss loss, final DoubleBinaryOperator cost) throws IOException {
        final TrainingLog log =
                Training.run(job(execution, loss, SEQUENCES), monitor).log();

        assertThat(log.steps().get(0).loss()).isCloseTo(meanOver(cost), within(1e-6));
        assertThat(log.epochs().get(0).validationLoss()).isPresent();
        assertThat(said).noneMatch(line -> line.contains("mask"));
    }

    /** Mean squared error, mean absolute error, its root and R² of each output, averaged. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void metricsLeaveMaskedStepsOut(final Execution execution) throws IOException {
        final List<Double> metrics = Training.run(job(execution, new Loss.MeanSquaredError(), SEQUENCES), monitor)
                .log()
                .epochs()
                .get(0)
                .metrics();

        final double squared = meanOver((wanted, output) -> Math.pow(output - wanted, 2));
        assertThat(metrics.get(0)).isCloseTo(squared, within(1e-6));
        assertThat(metrics.get(1)).isCloseTo(meanOver((wanted, output) -> Math.abs(output - wanted)), within(1e-6));
        assertThat(metrics.get(2)).isCloseTo(Math.sqrt(squared), within(1e-6));
        assertThat(metrics.get(3))
                .isCloseTo(
                        IntStream.range(0, 6)
                                .mapToDouble(MaskedLossTest::rSquared)
                                .average()
                                .orElseThrow(),
                        within(1e-5));
    }

    /** One step of SGD moves the bias by the mean slope over the steps that count. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void maskedStepsTeachNothing(final Execution execution) throws IOException {
        final Model learned = Training.run(job(execution, new Loss.MeanSquaredError(), SEQUENCES), monitor)
                .model();

        for (int output = 0; output < 2; output++) {
            final int own = output;
            double slope = 0;
            for (final float[] sequence : SEQUENCES) {
                for (int step = 0; step < 3; step++) {
                    slope += counts(sequence, step) ? 2 * (output(sequence, step, own) - sequence[2 * step + own]) : 0;
                }
            }
            assertThat((double) learned.weights().get("dense/bias")[own])
                    .isCloseTo(BIAS[own] - RATE * slope / (2 * 8), within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void whereNoStepCountsThereIsNothingToLose(final Execution execution) throws IOException {
        final float[][] gaps = {{GAP, GAP, GAP, GAP, GAP, GAP}, {GAP, GAP, GAP, GAP, GAP, GAP}};

        final TrainedModel trained = Training.run(job(execution, new Loss.MeanSquaredError(), gaps), monitor);

        assertThat(trained.log().steps().get(0).loss()).isZero();
        assertThat(trained.log().epochs().get(0).metrics().get(0)).isNaN();
        assertThat(trained.model().weights().get("dense/kernel")).containsExactly(KERNEL);
    }

    /** Each worker has as many steps that count; with other numbers of them, the mean of their means is another one. */
    @Test
    void workersLeaveThemOutToo() throws Exception {
        final float[][] even = {SEQUENCES[0], SEQUENCES[2], SEQUENCES[2], SEQUENCES[0]};
        final TrainingJob job = job(Execution.COMPILED, new Loss.MeanSquaredError(), even);

        final TrainedModel alone = Training.run(job, monitor);
        final List<TrainedModel> shared =
                WorkerThreads.run(2, workers -> Training.run(job, workers, RunFiles.NONE, TestData.PATIENT));

        assertThat(shared.get(0).log().steps().get(0).loss())
                .isCloseTo(alone.log().steps().get(0).loss(), within(1e-6));
        assertThat(shared.get(0).log().epochs().get(0).metrics().get(1))
                .isCloseTo(alone.log().epochs().get(0).metrics().get(1), within(1e-6));
    }

    @Test
    void aStepInJavaThatCountsThemIsDoubted() throws IOException {
        own(Optional.of(StepCode.template("StandardStep")), Optional.empty());

        assertThat(said).anySatisfy(sentence -> assertThat(sentence)
                .isEqualTo("The output still has steps that are masked, but the step does not ask for"
                        + " run.model().mask(), so its loss counts them like the others."));
    }

    @Test
    void aStepInJavaLeavesThemOutAsOursDoes() throws IOException {
        final String step = StepCode.step("""
                Tensor outputs = run.model().call(x, Mode.TRAINING);
                Tensor loss;
                try (GradientTape tape = new GradientTape()) {
                    Optional<Tensor> mask = run.model().mask();
                    loss = run.loss().call(y, outputs, org.gradienttape.loss.Loss.weights(run.sampleWeights(), mask));
                    run.metrics().updateState(y, outputs, mask);
                    run.optimizer().apply(tape.gradient(loss, run.model().trainableWeights()), run.model().trainableWeights());
                }
                return loss;
                """);

        final TrainingLog log = own(Optional.of(step), Optional.empty());

        assertThat(log.steps())
                .isEqualTo(Training.run(job(Execution.COMPILED, new Loss.MeanSquaredError(), SEQUENCES), monitor)
                        .log()
                        .steps());
        assertThat(said).noneMatch(line -> line.contains("mask"));
    }

    @Test
    void aLossInJavaGivesANumberForEachStep() throws IOException {
        final TrainingLog log = own(Optional.empty(), Optional.of(loss("return y.sub(predictions).square().mean(2);")));

        assertThat(log.steps().get(0).loss())
                .isCloseTo(meanOver((wanted, output) -> Math.pow(output - wanted, 2)), within(1e-6));
        assertThatThrownBy(() ->
                        own(Optional.empty(), Optional.of(loss("return y.sub(predictions).square().mean(1, 2);"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "some steps of the sequences do not count, so the loss must give one number for each step, shape"
                                + " [4, 3], but its shape is [4]");
    }

    private static String loss(final String body) {
        return """
                import org.gradienttape.loss.*; import org.gradienttape.tensor.*;
                public class Mine implements CustomLoss {
                    public Tensor call(Tensor y, Tensor predictions) {
                        %s
                    }
                }
                """.formatted(body);
    }

    private TrainingLog own(final Optional<String> step, final Optional<String> loss) throws IOException {
        return CodeTraining.run(
                        job(Execution.COMPILED, new Loss.MeanSquaredError(), SEQUENCES),
                        new OwnCode(step, loss, Optional.empty()),
                        monitor)
                .log();
    }

    private static boolean counts(final float[] sequence, final int step) {
        return sequence[2 * step] != GAP || sequence[2 * step + 1] != GAP;
    }

    private static double output(final float[] sequence, final int step, final int output) {
        return BIAS[output] + sequence[2 * step] * KERNEL[output] + sequence[2 * step + 1] * KERNEL[2 + output];
    }

    private static double meanOver(final DoubleBinaryOperator cost) {
        double sum = 0;
        int count = 0;
        for (final float[] sequence : SEQUENCES) {
            for (int i = 0; i < 6; i++) {
                if (counts(sequence, i / 2)) {
                    sum += cost.applyAsDouble(sequence[i], output(sequence, i / 2, i % 2));
                    count++;
                }
            }
        }
        assertThat(count).isEqualTo(16);
        return sum / count;
    }

    private static double rSquared(final int column) {
        final List<float[]> counting = Stream.of(SEQUENCES)
                .filter(sequence -> counts(sequence, column / 2))
                .toList();
        final double mean = counting.stream()
                .mapToDouble(sequence -> sequence[column])
                .average()
                .orElseThrow();
        final double errors = counting.stream()
                .mapToDouble(sequence -> Math.pow(output(sequence, column / 2, column % 2) - sequence[column], 2))
                .sum();
        return 1
                - errors
                        / counting.stream()
                                .mapToDouble(sequence -> Math.pow(sequence[column] - mean, 2))
                                .sum();
    }

    private TrainingJob job(final Execution execution, final Loss loss, final float[][] sequences) throws IOException {
        final Network network =
                Network.of(Shape.of(3, 2), List.of(new MaskingLayer.Masking(GAP), new Layer.Dense(2, Activation.NONE)));
        final Dataset data = write(sequences);
        return new TrainingJob(
                new Model(
                        network,
                        Weights.of(network, Map.of("dense/kernel", KERNEL, "dense/bias", BIAS)),
                        Provenance.of("test")),
                data,
                Optional.of(data),
                new Objective(
                        loss,
                        new MetricsConfig(
                                EnumSet.of(
                                        Kind.MEAN_SQUARED_ERROR,
                                        Kind.MEAN_ABSOLUTE_ERROR,
                                        Kind.ROOT_MEAN_SQUARED_ERROR,
                                        Kind.R2),
                                5)),
                Update.of(new OptimizerConfig.Sgd(RATE)),
                new TrainingConfig(1, sequences.length, 1, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(execution));
    }

    private Dataset write(final float[][] sequences) throws IOException {
        final DatasetInfo info = new DatasetInfo(
                "sequences",
                sequences.length,
                Shape.of(3, 2),
                ElementType.FLOAT32,
                Scaling.AS_STORED,
                new Target.Features(),
                false,
                Optional.empty());
        final ByteBuffer numbers =
                ByteBuffer.allocate(sequences.length * info.bytesPerSample()).order(ByteOrder.LITTLE_ENDIAN);
        for (final float[] sequence : sequences) {
            for (final float number : sequence) {
                numbers.putFloat(number);
            }
        }
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve("data" + System.nanoTime()), info)) {
            writer.writeFeatures(numbers.flip());
            return writer.finish();
        }
    }
}
