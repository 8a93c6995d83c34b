package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss and every optimizer makes a network overfit a few samples, and metrics are reported beside it. */
class LossTrainingTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new Loss.SparseCategoricalCrossentropy(), 4, Activation.NONE),
                Arguments.of(new Loss.CategoricalCrossentropy(), 4, Activation.NONE),
                Arguments.of(new Loss.BinaryCrossentropy(), 1, Activation.NONE),
                Arguments.of(new Loss.MeanSquaredError(), 4, Activation.NONE),
                Arguments.of(new Loss.MeanAbsoluteError(), 4, Activation.NONE),
                Arguments.of(new Loss.Huber(1), 4, Activation.NONE),
                Arguments.of(new Loss.Hinge(), 4, Activation.NONE),
                Arguments.of(new Loss.KlDivergence(), 4, Activation.SOFTMAX),
                Arguments.of(new Loss.Hinge(), 1, Activation.NONE),
                Arguments.of(new Loss.MeanSquaredError(), 1, Activation.SIGMOID));
    }

    static Stream<OptimizerConfig> optimizers() {
        return Stream.of(
                new OptimizerConfig.Sgd(0.5),
                new OptimizerConfig.Adam(0.02),
                new OptimizerConfig.AdamW(0.02),
                new OptimizerConfig.Nadam(0.02),
                new OptimizerConfig.RmsProp(0.01),
                new OptimizerConfig.Adagrad(0.2));
    }

    @Test
    void everyKindOfLossAndOptimizerIsHere() {
        assertThat(losses().<Class<?>>map(arguments -> arguments.get()[0].getClass())
                        .distinct())
                .containsExactlyInAnyOrder(Stream.of(Loss.class.getPermittedSubclasses())
                        .filter(kind -> kind != CustomLoss.class) // see CodeLossTest
                        .toArray(Class<?>[]::new));
        assertThat(optimizers().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(OptimizerConfig.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossIsLearned(final Loss loss, final int outputs, final Activation activation) throws IOException {
        final Dataset data = TestData.random(folder, Shape.of(6), Math.max(2, outputs), 8, 2);

        final TrainingLog log = run(data, Objective.of(loss), outputs, activation, new OptimizerConfig.Adam(0.02));

        assertThat(last(log).loss()).isLessThan(log.epochs().get(0).loss() / 4);
        assertThat(last(log).metrics()).containsExactly(1.0);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyOptimizerLearns(final OptimizerConfig optimizer) throws IOException {
        final Dataset data = TestData.random(folder, Shape.of(6), 4, 8, 2);

        final TrainingLog log =
                run(data, Objective.of(new Loss.SparseCategoricalCrossentropy()), 4, Activation.NONE, optimizer);

        assertThat(last(log).loss()).isLessThan(0.1);
        assertThat(last(log).metrics()).containsExactly(1.0);
    }

    @Test
    void everyMetricIsReportedAtStepsAndEpochs() throws IOException {
        final Dataset data = TestData.random(folder, Shape.of(6), 4, 8, 2);
        final MetricsConfig all = new MetricsConfig(EnumSet.allOf(Kind.class), 2);

        final TrainingLog log = run(
                data,
                new Objective(new Loss.SparseCategoricalCrossentropy(), all),
                4,
                Activation.NONE,
                new OptimizerConfig.Adam(0.02));

        assertThat(log.metrics()).isEqualTo(all.names());
        assertThat(log.steps().get(0).metrics()).hasSize(10);
        // All but the errors and R², which compare logits with 0 and 1.
        assertThat(last(log).metrics().subList(0, 6)).containsOnly(1.0);
        assertThat(last(log).validationMetrics().subList(0, 6)).containsOnly(1.0);
    }

    private static TrainingLog run(
            final Dataset data,
            final Objective objective,
            final int outputs,
            final Activation activation,
            final OptimizerConfig optimizer) {
        final Network network = Network.of(
                Shape.of(6), List.of(new Layer.Dense(32, Activation.TANH), new Layer.Dense(outputs, activation)));
        return Training.run(
                        new TrainingJob(
                                TestData.fresh(network, 1),
                                data,
                                Optional.of(data),
                                objective,
                                Update.of(optimizer),
                                new TrainingConfig(150, 8, 1, 0, 1),
                                CallbacksConfig.NONE,
                                TestDevice.compute(Execution.EAGER)),
                        TestData.PATIENT)
                .log();
    }

    private static TrainingLog.EpochRow last(final TrainingLog log) {
        return log.epochs().get(log.epochs().size() - 1);
    }
}
