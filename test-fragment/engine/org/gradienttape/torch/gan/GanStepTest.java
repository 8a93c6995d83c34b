package org.gradienttape.torch.gan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.LayerCode;
import org.gradienttape.code.UserCode;
import org.gradienttape.data.Dataset;
import org.gradienttape.distributed.Workers;
import org.gradienttape.gan.GanConfig;
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
import org.gradienttape.step.StandardGanStep;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.JavaLayers;
import org.gradienttape.torch.Reference;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.torch.training.EngineRun;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.TrainStep;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The GAN step in both executions: the same numbers, however many batches a call brings. */
class GanStepTest {
    private static final Shape IMAGE = Shape.of(4, 6, 1);
    private static final int LATENT = 5;
    private static final int BATCH = 8;
    /** The last one is smaller. */
    private static final List<int[]> BATCHES = IntStream.range(0, 12)
            .mapToObj(i ->
                    IntStream.range(i * BATCH, Math.min(91, (i + 1) * BATCH)).toArray())
            .toList();

    /** Sums over a batch, as the layers of that step did. */
    private static final String PENALTY =
            JavaLayers.layer("", "addLoss(x.abs().sum().mul(0.001).add(x.square().sum().mul(0.002))); return x;");

    /**
     * Discriminator's and generator's loss of each batch, computed on a CPU by the GAN step that this project had before: with
     * libtorch's own automatic differentiation, operation by operation.
     */
    private static final List<Double> OF_ARRAYS = List.of(
            2.0153439044952393,
            1.3114559650421143,
            2.158134698867798,
            1.2251641750335693,
            1.8503572940826416,
            1.2310069799423218,
            1.7508610486984253,
            1.2706501483917236,
            1.6943397521972656,
            1.2157108783721924,
            1.917731761932373,
            1.1561087369918823,
            1.8818382024765015,
            1.2055143117904663,
            1.7599267959594727,
            1.1839042901992798,
            1.9046317338943481,
            1.2110590934753418,
            1.68739914894104,
            1.2437759637832642,
            1.7282960414886475,
            1.218897819519043,
            0.7597649097442627,
            1.187614917755127);

    @TempDir
    private Path folder;

    private Dataset data;

    /** With everything that keeps state, draws numbers or adds a loss, in both networks. */
    private GanJob job(final Execution execution) throws IOException {
        if (data == null) {
            data = TestData.random(folder, IMAGE, 2, 91, 5);
        }
        Network generator = JavaLayers.network(
                Shape.of(LATENT),
                new Layer.Dense(24, Activation.NONE),
                new NormalizationLayer.BatchNormalization(),
                new ActivationLayer.LeakyReLU(0.2),
                new Layer.Reshape(Shape.of(2, 3, 4)),
                new Layer.Dropout(0.1),
                new ImageLayer.Conv2DTranspose(1, Window.square(4, 2, Padding.SAME), Activation.SIGMOID),
                PENALTY);
        Network discriminator = JavaLayers.network(
                IMAGE,
                new ImageLayer.Conv2D(8, Window.square(3, 2, Padding.SAME), Activation.NONE),
                new NormalizationLayer.BatchNormalization(),
                new ActivationLayer.LeakyReLU(0.2),
                new Layer.Dropout(0.1),
                PENALTY,
                new Layer.Flatten(),
                new Layer.Dense(1, Activation.NONE));
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.RmsProp(3e-4)),
                data,
                new GanConfig(new TrainingConfig(1, BATCH, 0, 7, 1), LATENT, 0.05, new GanConfig.KeptImages(1, 20)),
                TestDevice.compute(execution));
    }

    /** What training leaves. */
    private record Run(List<BatchResult> results, List<byte[]> fixed, Weights generator, Weights discriminator) {
        List<Double> losses() {
            return results.stream().flatMap(result -> result.losses().stream()).toList();
        }
    }

    private Run train(final Execution execution, final int batchesPerCall) throws IOException {
        GanJob job = job(execution);
        TorchEngine engine = TorchEngine.start();
        return engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    GanStep step = step(job, arrays)) {
                List<BatchResult> results = new ArrayList<>();
                for (int i = 0; i < BATCHES.size(); i += batchesPerCall) {
                    results.addAll(
                            step.train(batches(BATCHES.subList(i, Math.min(BATCHES.size(), i + batchesPerCall)))));
                }
                return new Run(
                        results,
                        step.fixedImages(),
                        step.weights().get(1),
                        step.weights().get(0));
            }
        });
    }

    private static GanStep step(final GanJob job, final NDManager arrays) {
        final LayerCode layers = LayerCode.of(List.of(
                job.generator().model().network(), job.discriminator().model().network()));
        return new GanStep(
                job,
                UserCode.ours(new StandardGanStep()),
                Workers.alone(),
                new EngineRun.Surroundings(line -> {}, () -> false, List.of(), new CodePlaces(layers.all()), layers),
                GanStep.Random.of(3),
                Computation.of(job.compute().execution(), arrays, Workers.alone()),
                arrays);
    }

    private static List<TrainStep.Batch> batches(final List<int[]> samples) {
        return samples.stream()
                .map(each -> new TrainStep.Batch(0, 0, each, List.of(3e-4, 4e-4)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void batchesOfACallChangeNoBit(final Execution execution) throws IOException {
        Run alone = train(execution, 1);

        Run together = train(execution, 5);

        assertThat(together.losses()).hasSize(24).isEqualTo(alone.losses());
        assertThat(together.generator()).isEqualTo(alone.generator());
        assertThat(together.discriminator()).isEqualTo(alone.discriminator());
        assertThat(together.fixed()).hasSize(20).usingRecursiveComparison().isEqualTo(alone.fixed());
        for (int i = 0; i < BATCHES.size(); i++) {
            assertThat(together.results().get(i).image().orElseThrow())
                    .hasSize(24)
                    .isEqualTo(alone.results().get(i).image().orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void learnsLikeTheStepOnArraysDid(final Execution execution) throws IOException {
        List<Double> losses = train(execution, 5).losses();

        assertThat(losses).hasSameSizeAs(OF_ARRAYS);
        for (int i = 0; i < losses.size(); i++) {
            Reference.assertMet("loss " + i, losses.get(i), OF_ARRAYS.get(i), 1e-5);
        }
    }

    @Test
    void theCodeNamesBothNetworks() throws IOException {
        GanJob job = job(Execution.COMPILED);
        TorchEngine engine = TorchEngine.start();
        String code = engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    GanStep step = step(job, arrays)) {
                step.train(batches(BATCHES.subList(0, 1)));
                return step.code().orElseThrow();
            }
        });

        assertThat(code).contains("generator_dense_kernel", "discriminator_dense_kernel");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void validationChangesNothingAndIsTheSameEachTime(final Execution execution) throws IOException {
        GanJob job = validated(job(execution));
        TorchEngine engine = TorchEngine.start();
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    GanStep step = step(job, arrays)) {
                List<Weights> before = step.weights();

                List<BatchResult> once = step.evaluate(BATCHES);
                List<BatchResult> again = step.evaluate(BATCHES);

                assertThat(step.weights()).isEqualTo(before);
                assertThat(losses(again))
                        .isEqualTo(losses(once))
                        .allSatisfy(loss -> assertThat(loss).isFinite().isPositive());
                step.train(batches(BATCHES));
                assertThat(losses(step.evaluate(BATCHES))).isNotEqualTo(losses(once));
            }
            return null;
        });
    }

    private static List<Double> losses(final List<BatchResult> results) {
        return results.stream().flatMap(result -> result.losses().stream()).toList();
    }

    private static GanJob validated(final GanJob job) {
        return new GanJob(
                job.generator(),
                job.discriminator(),
                job.training(),
                Optional.of(job.training()),
                job.config(),
                job.callbacks(),
                job.compute());
    }

    /** A rate of 0 leaves the network as it is; only the other one learns. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void eachNetworkHasItsLearningRate(final Execution execution) throws IOException {
        GanJob job = job(execution);
        TorchEngine engine = TorchEngine.start();
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    GanStep step = step(job, arrays)) {
                float[] discriminator = step.weights().get(0).get("conv2d/kernel");
                float[] generator = step.weights().get(1).get("dense/kernel");

                step.train(List.of(new TrainStep.Batch(0, 0, BATCHES.get(0), List.of(0.0, 0.01))));

                assertThat(step.weights().get(0).get("conv2d/kernel")).isEqualTo(discriminator);
                assertThat(step.weights().get(1).get("dense/kernel")).isNotEqualTo(generator);
            }
            return null;
        });
    }
}
