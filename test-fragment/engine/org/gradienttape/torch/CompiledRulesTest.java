package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
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
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and optimizers in compiled code against those of the eager step: losses and weights after several steps. */
class CompiledRulesTest {
    @TempDir
    private Path folder;

    static Stream<OptimizerConfig> optimizers() {
        return Stream.of(
                new OptimizerConfig.Sgd(0.05),
                new OptimizerConfig.Sgd(0.05, 0.9, false),
                new OptimizerConfig.Sgd(0.05, 0.9, true),
                new OptimizerConfig.Adam(0.01),
                new OptimizerConfig.AdamW(0.01),
                new OptimizerConfig.Nadam(0.01),
                new OptimizerConfig.RmsProp(0.01),
                new OptimizerConfig.RmsProp(0.01, 0.9, 0.5, 1e-7, true),
                new OptimizerConfig.Adagrad(0.05));
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new Loss.SparseCategoricalCrossentropy(),
                new Loss.CategoricalCrossentropy(),
                new Loss.BinaryCrossentropy(),
                new Loss.MeanSquaredError(),
                new Loss.MeanAbsoluteError(),
                new Loss.Huber(0.3),
                new Loss.Hinge(),
                new Loss.KlDivergence());
    }

    @Test
    void everyKindOfOptimizerAndLossIsHere() {
        assertThat(optimizers().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(OptimizerConfig.class.getPermittedSubclasses());
        assertThat(losses().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Stream.of(Loss.class.getPermittedSubclasses())
                        .filter(kind -> kind != CustomLoss.class) // see CodeLossTest
                        .toArray(Class<?>[]::new));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void optimizersChangeWeightsLikeTheEagerOnes(final OptimizerConfig optimizer) throws IOException {
        assertAlike(3, Activation.NONE, new Loss.SparseCategoricalCrossentropy(), Update.of(optimizer));
    }

    /** A limit that some gradients exceed. */
    @ParameterizedTest
    @EnumSource(GradientClipping.Kind.class)
    void gradientsAreClippedLikeTheEagerOnes(final GradientClipping.Kind kind) throws IOException {
        assertAlike(
                3,
                Activation.NONE,
                new Loss.SparseCategoricalCrossentropy(),
                new Update(new OptimizerConfig.Sgd(0.5), new GradientClipping(kind, 0.05)));
    }

    /** With an output per class, and with one output for two classes. */
    @ParameterizedTest
    @MethodSource("losses")
    void lossesAreThoseOfTheEagerStep(final Loss loss) throws IOException {
        final Activation last = loss instanceof Loss.KlDivergence ? Activation.SOFTMAX : Activation.NONE;
        final boolean isOfClasses =
                loss instanceof Loss.SparseCategoricalCrossentropy || loss instanceof Loss.CategoricalCrossentropy;
        if (!(loss instanceof Loss.BinaryCrossentropy) && !(loss instanceof Loss.Hinge)) {
            assertAlike(3, last, loss, Update.of(new OptimizerConfig.Sgd(0.05)));
        }
        if (!isOfClasses && !(loss instanceof Loss.KlDivergence)) {
            assertAlike(1, last, loss, Update.of(new OptimizerConfig.Sgd(0.05)));
        }
    }

    private void assertAlike(final int outputs, final Activation last, final Loss loss, final Update update)
            throws IOException {
        final int classes = Math.max(2, outputs);
        final Dataset data =
                TestData.random(folder.resolve(classes + " classes " + outputs), Shape.of(6), classes, 30, 5);
        final Model model = TestData.fresh(
                Network.of(Shape.of(6), List.of(new Layer.Dense(8, Activation.TANH), new Layer.Dense(outputs, last))),
                1);

        final TrainedModel eager = train(model, data, loss, update, Execution.EAGER);
        final TrainedModel compiled = train(model, data, loss, update, Execution.COMPILED);

        assertThat(eager.log().steps()).hasSize(16); // 4 epochs of 30 samples in batches of 8
        assertThat(compiled.log().steps()).hasSameSizeAs(eager.log().steps());
        for (int i = 0; i < eager.log().steps().size(); i++) {
            assertThat(compiled.log().steps().get(i).loss())
                    .as("step %d", i)
                    .isCloseTo(eager.log().steps().get(i).loss(), within(1e-5));
        }
        for (final String weight : List.of("dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias")) {
            assertThat(compiled.model().weights().get(weight))
                    .as(weight)
                    .usingComparatorWithPrecision(2e-5f)
                    .containsExactly(eager.model().weights().get(weight));
        }
    }

    private static TrainedModel train(
            final Model model, final Dataset data, final Loss loss, final Update update, final Execution execution) {
        return Training.run(
                new TrainingJob(
                        model,
                        data,
                        Optional.empty(),
                        Objective.of(loss),
                        update,
                        new TrainingConfig(4, 8, 0, 3, 1),
                        CallbacksConfig.NONE,
                        TestDevice.compute(execution)),
                TestData.PATIENT);
    }
}
