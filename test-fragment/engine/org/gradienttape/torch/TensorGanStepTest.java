package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanResult;
import org.gradienttape.gan.RandomNoise;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The GAN step in both executions: the same numbers, however many batches a call brings. */
class TensorGanStepTest {
    private static final Shape IMAGE = Shape.of(4, 6, 1);
    private static final int LATENT = 5;
    private static final int BATCH = 8;
    /** The last one is smaller. */
    private static final List<int[]> BATCHES = IntStream.range(0, 12)
            .mapToObj(i ->
                    IntStream.range(i * BATCH, Math.min(91, (i + 1) * BATCH)).toArray())
            .toList();

    @TempDir
    private Path folder;

    private Dataset data;

    /** With everything that keeps state, draws numbers or adds a loss, in both networks. */
    private GanJob job(Execution execution) throws IOException {
        if (data == null) {
            data = TestData.random(folder, IMAGE, 2, 91, 5);
        }
        Network generator = Network.of(
                Shape.of(LATENT),
                List.of(
                        new Layer.Dense(24, Activation.NONE),
                        new NormalizationLayer.BatchNormalization(),
                        new ActivationLayer.LeakyReLU(0.2),
                        new Layer.Reshape(Shape.of(2, 3, 4)),
                        new Layer.Dropout(0.1),
                        new ImageLayer.Conv2DTranspose(1, Window.square(4, 2, Padding.SAME), Activation.SIGMOID),
                        new Layer.ActivityRegularization(0.001, 0.002)));
        Network discriminator = Network.of(
                IMAGE,
                List.of(
                        new ImageLayer.Conv2D(8, Window.square(3, 2, Padding.SAME), Activation.NONE),
                        new NormalizationLayer.BatchNormalization(),
                        new ActivationLayer.LeakyReLU(0.2),
                        new Layer.Dropout(0.1),
                        new Layer.ActivityRegularization(0.001, 0.002),
                        new Layer.Flatten(),
                        new Layer.Dense(1, Activation.NONE)));
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.RmsProp(3e-4)),
                data,
                new GanConfig(new TrainingConfig(1, BATCH, 0, 7, 1), 0, LATENT, 0.05, new GanConfig.KeptImages(1, 20)),
                TestDevice.compute(execution));
    }

    /** What training leaves. */
    private record Run(List<GanResult> results, List<byte[]> fixed, Weights generator, Weights discriminator) {
        List<Double> losses() {
            return results.stream()
                    .flatMap(result -> List.of(result.discriminatorLoss(), result.generatorLoss()).stream())
                    .toList();
        }
    }

    private Run train(Execution execution, int batchesPerCall) throws IOException {
        GanJob job = job(execution);
        TorchEngine engine = TorchEngine.start();
        return engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    AdversarialStep step = step(job, arrays)) {
                List<GanResult> results = new ArrayList<>();
                for (int i = 0; i < BATCHES.size(); i += batchesPerCall) {
                    results.addAll(step.train(BATCHES.subList(i, Math.min(BATCHES.size(), i + batchesPerCall))));
                }
                return new Run(results, step.fixedImages(), step.generatorWeights(), step.discriminatorWeights());
            }
        });
    }

    private static AdversarialStep step(GanJob job, NDManager arrays) {
        SplittableRandom random = new SplittableRandom(3);
        RandomNoise running = new RandomNoise(random.split(), LATENT, 0.05);
        RandomNoise fixed = new RandomNoise(random.split(), LATENT, 0);
        return GanTraining.step(job, running, fixed, random, arrays);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void batchesOfACallChangeNoBit(Execution execution) throws IOException {
        Run alone = train(execution, 1);

        Run together = train(execution, 5);

        assertThat(together.losses()).hasSize(24).isEqualTo(alone.losses());
        assertThat(together.generator()).isEqualTo(alone.generator());
        assertThat(together.discriminator()).isEqualTo(alone.discriminator());
        assertThat(together.fixed()).hasSize(20).usingRecursiveComparison().isEqualTo(alone.fixed());
        for (int i = 0; i < BATCHES.size(); i++) {
            assertThat(together.results().get(i).image())
                    .hasSize(24)
                    .isEqualTo(alone.results().get(i).image());
        }
    }

    @Test
    void bothExecutionsGiveTheSameLosses() throws IOException {
        List<Double> expected = train(Execution.EAGER, 1).losses();

        List<Double> losses = train(Execution.COMPILED, 5).losses();

        assertThat(losses).hasSameSizeAs(expected);
        for (int i = 0; i < losses.size(); i++) {
            Reference.assertMet("loss " + i, losses.get(i), expected.get(i), 1e-5);
        }
    }

    @Test
    void theCodeNamesBothNetworks() throws IOException {
        GanJob job = job(Execution.COMPILED);
        TorchEngine engine = TorchEngine.start();
        String code = engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    AdversarialStep step = step(job, arrays)) {
                step.train(BATCHES.get(0));
                return step.code().orElseThrow();
            }
        });

        assertThat(code).contains("generator_dense_kernel", "discriminator_dense_kernel");
    }
}
