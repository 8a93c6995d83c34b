package org.gradienttape.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.EarlyStoppingConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.callback.Watch;
import org.gradienttape.metric.AreaUnderCurve;
import org.gradienttape.metric.Outputs;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Targets;
import org.junit.jupiter.api.Test;

/** Validation labels that are all of one class have no area under the curve. */
class UndefinedMetricsTest {
    private static final Watch AUC = new Watch("Validation AUC", 0);

    /** Training samples 0 and 1 have the labels 0 and 1; the validation samples all have label 1. */
    @Test
    void theRunGoesOnAndSaysSoOnce() {
        final List<String> lines = new ArrayList<>();
        final CallbacksConfig callbacks = stoppingOn(AUC);

        final TrainingLog log = TrainingLoop.run(
                new OneClassOfValidation(),
                new TrainingLoop.Samples(2, 3),
                new TrainingConfig(4, 2, 1, 0, 1),
                new Callbacks(callbacks, List.of(1.0), () -> null, lines::add),
                new TrainingLoop.Numbers(EpochColumns.LOSS, () -> List.of(new AreaUnderCurve(Outputs.NUMBERS))),
                new GuideLines(new Lines(lines)));

        assertThat(log.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(log.epochs()).hasSize(4).allSatisfy(epoch -> {
            assertThat(epoch.metrics()).containsExactly(1.0);
            assertThat(epoch.validationMetrics()).containsExactly(Double.NaN);
        });
        assertThat(lines).contains("Training auc over epoch: 1.0000", "Validation auc: undefined");
        assertThat(new UndefinedMetrics(log).sentences(callbacks))
                .containsExactly(
                        "Validation AUC has no value in epochs 0 to 3, since it is undefined for the labels and"
                                + " predictions there, for example where all labels are of one class or Java code passes"
                                + " none; such cells are missing.",
                        "Early stopping watches \"Validation AUC\", which is undefined in epochs 0 to 3, so that these"
                                + " epochs did not count; watch another number if that is not meant.");
    }

    @Test
    void severalMetricsMakeOneSentenceWithAllTheirEpochs() {
        final TrainingLog log = log(
                new double[][] {{0.5, Double.NaN}, {0.5, 1}, {Double.NaN, 1}, {0.5, 1}},
                new double[][] {{1, 1}, {1, 1}, {1, 1}, {Double.NaN, 1}});

        assertThat(new UndefinedMetrics(log).sentences(CallbacksConfig.NONE))
                .containsExactly("Precision, AUC, Validation precision have no value in epochs 0, 2, 3, since they are"
                        + " undefined for the labels and predictions there, for example where all labels are of"
                        + " one class or Java code passes none; such cells are missing.");
        assertThat(new UndefinedMetrics(log).sentences(stoppingOn(AUC))).hasSize(1);
        assertThat(new UndefinedMetrics(log).sentences(stoppingOn(new Watch("AUC", 0))))
                .hasSize(2)
                .anyMatch(sentence -> sentence.contains("undefined in epoch 0,"));
    }

    @Test
    void ofManyEpochsSomeAreNamed() {
        final double[][] everySecond = new double[20][];
        for (int epoch = 0; epoch < everySecond.length; epoch++) {
            everySecond[epoch] = new double[] {1, epoch % 2 == 0 ? Double.NaN : 1};
        }

        assertThat(new UndefinedMetrics(log(everySecond, new double[20][2])).sentences(CallbacksConfig.NONE))
                .singleElement()
                .asString()
                .startsWith("AUC has no value in 10 epochs (0, 2, 4, 6, 8 and others), since it is undefined");
    }

    @Test
    void fiveEpochsAreAllNamed() {
        final double[][] five = new double[10][];
        for (int epoch = 0; epoch < five.length; epoch++) {
            five[epoch] = new double[] {1, epoch % 2 == 0 ? Double.NaN : 1};
        }

        assertThat(new UndefinedMetrics(log(five, new double[10][2])).sentences(CallbacksConfig.NONE))
                .singleElement()
                .asString()
                .startsWith("AUC has no value in epochs 0, 2, 4, 6, 8, since it is undefined");
    }

    @Test
    void valuesEverywhereAreNoReasonToSpeak() {
        final TrainingLog log = log(new double[][] {{0, 1}}, new double[][] {{0, 1}});

        assertThat(new UndefinedMetrics(log).sentences(stoppingOn(AUC))).isEmpty();
    }

    private static TrainingLog log(final double[][] training, final double[][] validation) {
        return new TrainingLog(
                EpochColumns.LOSS,
                List.of("Precision", "AUC"),
                1,
                List.of(),
                IntStream.range(0, training.length)
                        .mapToObj(epoch -> new TrainingLog.EpochRow(
                                epoch,
                                1,
                                List.of(1.0),
                                List.of(training[epoch][0], training[epoch][1]),
                                List.of(1.0),
                                List.of(validation[epoch][0], validation[epoch][1]),
                                List.of(1.0),
                                1))
                        .toList(),
                StopReason.COMPLETED);
    }

    private static CallbacksConfig stoppingOn(final Watch watch) {
        return new CallbacksConfig(
                new Schedule.Constant(),
                Optional.empty(),
                Optional.of(new EarlyStoppingConfig(watch, 0, EarlyStoppingConfig.Kept.LAST)),
                Optional.empty(),
                CallbacksConfig.NonFiniteLoss.FAIL);
    }

    private record Lines(List<String> lines) implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {
            lines.add(line);
        }
    }

    private static final class OneClassOfValidation implements TrainStep {
        @Override
        public int batchesPerCall() {
            return 1;
        }

        @Override
        public List<BatchResult> train(final List<Batch> batches) {
            return batches.stream()
                    .map(batch -> new BatchResult(
                            1, new Predictions(new float[] {0.2f, 0.8f}, 2, 1), Targets.ofClasses(0, 1)))
                    .toList();
        }

        @Override
        public List<BatchResult> evaluate(final List<int[]> batches) {
            return batches.stream()
                    .map(batch -> {
                        final int[] ones = IntStream.of(batch).map(sample -> 1).toArray();
                        return new BatchResult(
                                1, new Predictions(new float[ones.length], ones.length, 1), Targets.ofClasses(ones));
                    })
                    .toList();
        }

        @Override
        public void close() {}
    }
}
