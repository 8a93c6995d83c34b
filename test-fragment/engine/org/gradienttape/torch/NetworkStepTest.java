package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The standard step in both executions: the same numbers, again and again. */
class NetworkStepTest {
    @TempDir
    private Path folder;

    private static TrainedModel train(final Execution execution, final TrainingJob job) {
        return Training.run(TestData.by(execution, job), TestData.PATIENT);
    }

    private static List<Double> losses(final TrainedModel trained) {
        return trained.log().steps().stream().map(TrainingLog.StepRow::loss).toList();
    }

    private static void assertSame(final List<Double> compiled, final List<Double> eager, final double tolerance) {
        assertThat(compiled).hasSameSizeAs(eager);
        for (int i = 0; i < compiled.size(); i++) {
            Reference.assertMet("step " + i, compiled.get(i), eager.get(i), tolerance);
        }
    }

    @Test
    void twoHundredStepsGiveTheSameLossesInBothExecutions() throws IOException {
        Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 12_800);
        TrainingJob job = TestData.job(
                TestData.classifier(1), digits, new OptimizerConfig.Adam(1e-3), new TrainingConfig(1, 64, 1024, 1, 1));

        List<Double> compiled = losses(train(Execution.COMPILED, job));

        assertThat(compiled).hasSize(200);
        assertSame(compiled, losses(train(Execution.EAGER, job)), 1e-6);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theSameSeedGivesTheSameBits(final Execution execution) throws IOException {
        TrainingJob job = images();

        TrainedModel first = train(execution, job);

        assertThat(train(execution, job).model().weights())
                .isEqualTo(first.model().weights());
    }

    @Test
    void layersOfImagesGiveTheSameLossesInBothExecutions() throws IOException {
        TrainingJob job = images();

        assertSame(losses(train(Execution.COMPILED, job)), losses(train(Execution.EAGER, job)), 1e-5);
    }

    /** Samples that are left over make a smaller last batch. */
    private TrainingJob images() throws IOException {
        Network network = Network.of(
                Shape.of(8, 8, 2),
                List.of(
                        new ImageLayer.Conv2D(5, Window.square(3, 2, Padding.SAME), Activation.NONE),
                        new NormalizationLayer.BatchNormalization(),
                        new ActivationLayer.LeakyReLU(0.2),
                        new ImageLayer.Conv2DTranspose(4, Window.square(4, 2, Padding.SAME), Activation.ELU),
                        new ImageLayer.MaxPooling2D(Window.square(2, 2, Padding.SAME)),
                        new ImageLayer.Conv2D(2, Window.square(3, 1, Padding.SAME), Activation.GELU),
                        new ImageLayer.AveragePooling2D(Window.square(3, 2, Padding.SAME)),
                        new Layer.Dropout(0.3),
                        new Layer.Flatten(),
                        new NormalizationLayer.LayerNormalization(),
                        new Layer.ActivityRegularization(0.001, 0.002),
                        new Layer.Dense(3, Activation.NONE)));
        return TestData.job(
                TestData.fresh(network, 3),
                TestData.random(folder, Shape.of(8, 8, 2), 3, 39, 5),
                new OptimizerConfig.RmsProp(1e-3),
                new TrainingConfig(3, 8, 0, 1, 1));
    }
}
