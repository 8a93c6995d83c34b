package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.training.Training;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both executions learn alike, through all that a run does. */
class ExecutionsTest {
    private static final Network WITH_DROPOUT = Network.of(
            Shape.of(784),
            List.of(
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(64, Activation.RELU),
                    new Layer.Dense(10, Activation.NONE)));

    @TempDir
    private Path folder;

    /** Shuffled, with the same dropout masks: 200 steps on the real digits. */
    @Test
    void theGuidesClassifierLearnsLikeTheEagerOneFor200Steps() throws IOException {
        final Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 6400);
        final List<Model> models = List.of(TestData.classifier(0), TestData.fresh(WITH_DROPOUT, 0));

        for (final Model model : models) {
            final TrainingLog eager = train(model, digits, Execution.EAGER);
            final TrainingLog compiled = train(model, digits, Execution.COMPILED);

            assertThat(eager.steps()).hasSize(200);
            for (int i = 0; i < 200; i++) {
                assertThat(compiled.steps().get(i).loss())
                        .as("step %d", i)
                        .isCloseTo(eager.steps().get(i).loss(), within(1e-5));
                assertThat(compiled.steps().get(i).metrics())
                        .isEqualTo(eager.steps().get(i).metrics());
            }
        }
    }

    /** 20 steps on the real digits, shuffled, with the same noise. */
    @Test
    void theGuidesGanLearnsLikeTheEagerOneFor20Steps() throws IOException {
        final Dataset digits = TestData.mnistImages(folder, 20 * 64);
        final TrainingLog eager = train(digits, Execution.EAGER);
        final TrainingLog compiled = train(digits, Execution.COMPILED);

        assertThat(eager.steps()).hasSize(20);
        for (int i = 0; i < 20; i++) {
            final List<Double> expected = eager.steps().get(i).losses();
            assertThat(compiled.steps().get(i).losses().get(0)).isCloseTo(expected.get(0), within(1e-4));
            assertThat(compiled.steps().get(i).losses().get(1)).isCloseTo(expected.get(1), within(1e-4));
        }
    }

    @Test
    void aNetworkOfAHundredLayersLearnsLikeTheEagerOne() throws IOException {
        final List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            layers.add(new Layer.Dense(8, Activation.NONE));
            layers.add(new Layer.ReLU());
        }
        final Model deep = TestData.fresh(Network.of(Shape.of(8), layers), 1);
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(8), 8, 40, 2);

        final TrainingLog eager = train(deep, data, Execution.EAGER);
        final TrainingLog compiled = train(deep, data, Execution.COMPILED);

        for (int i = 0; i < eager.steps().size(); i++) {
            assertThat(compiled.steps().get(i).loss())
                    .isCloseTo(eager.steps().get(i).loss(), within(1e-5));
        }
    }

    private static TrainingLog train(final Model model, final Dataset data, final Execution execution) {
        return Training.run(
                        TestData.by(
                                execution,
                                TestData.job(
                                        model,
                                        data,
                                        new OptimizerConfig.Sgd(0.01),
                                        new TrainingConfig(2, 64, 1024, 3, 1))),
                        TestData.PATIENT)
                .log();
    }

    private static TrainingLog train(final Dataset digits, final Execution execution) {
        return GanTraining.run(
                        new GanJob(
                                new GanJob.Player(
                                        TestData.fresh(Presets.dcganGenerator(), 1), new OptimizerConfig.Adam(4e-4)),
                                new GanJob.Player(
                                        TestData.fresh(Presets.dcganDiscriminator(), 2),
                                        new OptimizerConfig.Adam(3e-4)),
                                digits,
                                new GanConfig(
                                        new TrainingConfig(1, 64, 1024, 3, 1),
                                        128,
                                        0.05,
                                        new GanConfig.KeptImages(100, 0)),
                                TestDevice.compute(execution)),
                        new GanMonitor() {
                            @Override
                            public boolean goOn(final Progress progress) {
                                return true;
                            }

                            @Override
                            public void log(final String line) {}
                        })
                .log();
    }
}
