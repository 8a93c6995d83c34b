package org.gradienttape.torch.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Scaling;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.GeneratedImage;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.ActivationLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Window;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.NativeArrays;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainStep;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GanTrainingTest {
    private static final org.gradienttape.layer.Shape IMAGE = org.gradienttape.layer.Shape.of(4, 6, 3);
    private static final int LATENT = 5;
    /** With this learning rate a network's own step changes nothing, so that a change would come from the other's. */
    private static final OptimizerConfig STILL = new OptimizerConfig.Sgd(1e-300);

    @TempDir
    private Path folder;

    /** With everything that keeps state: batch statistics and dropout in both networks. */
    private final Network generator = Network.of(
            org.gradienttape.layer.Shape.of(LATENT),
            List.of(
                    new Layer.Dense(24, Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Reshape(org.gradienttape.layer.Shape.of(2, 3, 4)),
                    new Layer.Dropout(0.1),
                    new ImageLayer.Conv2DTranspose(3, Window.square(4, 2, Padding.SAME), Activation.SIGMOID)));

    private final Network discriminator = Network.of(
            IMAGE,
            List.of(
                    new ImageLayer.Conv2D(8, Window.square(3, 2, Padding.SAME), Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Dropout(0.1),
                    new ImageLayer.GlobalMaxPooling2D(),
                    new Layer.Dense(1, Activation.NONE)));

    /** Without batch statistics, which change whenever a network is trained. */
    private final Network plainGenerator = withoutStatistics(generator);

    private final Network plainDiscriminator = withoutStatistics(discriminator);

    /** The guide's first losses are near 0.70 and 0.73: log 2 = 0.693, since nothing is learned yet. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void theGuidesNetworksStartUndecided(final long seed) throws IOException {
        final GanConfig config =
                new GanConfig(new TrainingConfig(1, 64, 1024, seed, 1, 1), 128, 0.05, new GanConfig.KeptImages(1, 2));

        final TrainedGan trained = GanTraining.run(
                new GanJob(
                        new GanJob.Player(
                                TestData.fresh(Presets.dcganGenerator(), seed), new OptimizerConfig.Adam(4e-4)),
                        new GanJob.Player(
                                TestData.fresh(Presets.dcganDiscriminator(), seed), new OptimizerConfig.Adam(3e-4)),
                        TestData.mnistImages(folder, 64),
                        config,
                        TestDevice.compute(Execution.EAGER)),
                new Patient());

        assertThat(trained.log().steps()).hasSize(1);
        assertThat(trained.log().steps().get(0).losses()).hasSize(2).allSatisfy(loss -> assertThat(loss)
                .isBetween(0.6, 0.8));
        assertThat(trained.images()).hasSize(3).allSatisfy(image -> {
            assertThat(image.shape()).isEqualTo(org.gradienttape.layer.Shape.of(28, 28, 1));
            assertThat(image.pixels()).hasSize(784);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theSameSeedGivesTheSameBytes(final Execution execution) throws IOException {
        final TrainedGan once = GanTraining.run(job(execution, 7, 2), new Patient());

        final TrainedGan again = GanTraining.run(job(execution, 7, 2), new Patient());
        assertThat(again.generator()).isEqualTo(once.generator());
        assertThat(again.discriminator()).isEqualTo(once.discriminator());
        assertThat(again.log().steps()).isEqualTo(once.log().steps());
        assertThat(pixels(again)).isDeepEqualTo(pixels(once));
        final TrainedGan other = GanTraining.run(job(execution, 8, 2), new Patient());
        assertThat(other.generator().weights()).isNotEqualTo(once.generator().weights());
    }

    /** Fixed noise has its own random numbers. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void keepingFixedImagesDoesNotChangeTheRun(final Execution execution) throws IOException {
        final TrainedGan with = GanTraining.run(job(execution, 7, 20), new Patient());

        assertThat(GanTraining.run(job(execution, 7, 0), new Patient())
                        .generator()
                        .weights())
                .isEqualTo(with.generator().weights());
        assertThat(with.images())
                .filteredOn(image -> image.noise() == GeneratedImage.Noise.FIXED)
                .hasSize(20 * 3);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void leavesNoArrayBehind(final Execution execution) throws IOException {
        GanTraining.run(job(execution, 7, 2), new Patient());
        final int before = NativeArrays.count();

        GanTraining.run(job(execution, 7, 2), new Patient());

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aStepLeavesNoArrayBehind(final Execution execution) throws IOException {
        onOpenStep(execution, (step, arrays) -> {
            step.train(batch(0, 1, 2));
            step.fixedImages(); // a number that only inference uses stays from then on
            final int before = NativeArrays.count();

            step.train(batch(3, 4, 5));
            step.fixedImages();

            assertThat(NativeArrays.count()).isEqualTo(before);
        });
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theGeneratorsStepLeavesTheDiscriminatorAsItIs(final Execution execution) throws IOException {
        final TrainedGan trained = GanTraining.run(
                new GanJob(
                        new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-4)),
                        new GanJob.Player(TestData.fresh(plainDiscriminator, 2), STILL),
                        data(),
                        config(7, 0),
                        TestDevice.compute(execution)),
                new Patient());

        assertThat(trained.discriminator().weights())
                .isEqualTo(TestData.fresh(plainDiscriminator, 2).weights());
        assertThat(trained.generator().weights())
                .isNotEqualTo(TestData.fresh(generator, 1).weights());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theDiscriminatorsStepLeavesTheGeneratorAsItIs(final Execution execution) throws IOException {
        final TrainedGan trained = GanTraining.run(
                new GanJob(
                        new GanJob.Player(TestData.fresh(plainGenerator, 1), STILL),
                        new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-4)),
                        data(),
                        config(7, 0),
                        TestDevice.compute(execution)),
                new Patient());

        assertThat(trained.generator().weights())
                .isEqualTo(TestData.fresh(plainGenerator, 1).weights());
        assertThat(trained.discriminator().weights())
                .isNotEqualTo(TestData.fresh(discriminator, 2).weights());
    }

    /**
     * One step: both losses are those of before the generator's update. The first step of RMSprop is 1 / sqrt(1 - 0.9) times the
     * rate, which no float holds.
     */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLastUpdateThatBreaksTheWeightsIsNoResult(final Execution execution) throws IOException {
        final GanJob job = new GanJob(
                new GanJob.Player(
                        TestData.fresh(plainGenerator, 1), new OptimizerConfig.RmsProp(1e300, 0.9, 0, 1e-30, false)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-4)),
                data(),
                new GanConfig(new TrainingConfig(1, 8, 0, 7, 1, 1), LATENT, 0.05, new GanConfig.KeptImages(2, 0)),
                TestDevice.compute(execution));

        assertThatThrownBy(() -> GanTraining.run(job, new Patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The weights of the generator must stay finite numbers, but ");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aCancelledRunKeepsWhatItLearned(final Execution execution) throws IOException {
        final TrainedGan trained = GanTraining.run(job(execution, 7, 0), new Patient() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.stepsDone() < 1;
            }
        });

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(trained.log().steps()).hasSize(1);
        assertThat(trained.generator().weights())
                .isNotEqualTo(TestData.fresh(generator, 1).weights());
    }

    @Test
    void refusesNetworksThatDoNotFit() throws IOException {
        final Dataset data = data();
        final GanConfig config = config(7, 0);

        assertThatThrownBy(() -> GanTraining.check(
                        Presets.dcganGenerator(), discriminator, data.info(), Optional.empty(), config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The generator takes samples of the shape 128, but the latent dimension is 5; choose the"
                        + " latent dimension 128 or another generator.");
        assertThatThrownBy(() -> GanTraining.check(
                        generator, Presets.dcganDiscriminator(), data.info(), Optional.empty(), config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes images of the shape 28 x 28 x 1")
                .hasMessageContaining("images of the shape 4 x 6 x 3");
        assertThatThrownBy(() -> GanTraining.check(generator, generator, data.info(), Optional.empty(), config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The discriminator takes images of the shape 5");
        final Network flat = Network.of(IMAGE, List.of(new Layer.Flatten()));
        assertThatThrownBy(() -> GanTraining.checkStandardStep(flat))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its output has the shape 72");
        final Dataset rows = TestData.random(folder.resolve("rows"), org.gradienttape.layer.Shape.of(72), 2, 4, 1);
        assertThatThrownBy(() -> GanTraining.check(generator, discriminator, rows.info(), Optional.empty(), config))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has samples of the shape 72; read the data with the sample shape image.");
    }

    /** The models keep the pixels of the first run: bytes that are read otherwise later are scaled alike. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void theScalingTravelsWithTheModels(final Execution execution) throws IOException {
        final Dataset signed = bytes("signed", Scaling.MINUS_ONE_TO_ONE);
        final Dataset stored = bytes("stored", Scaling.AS_STORED);
        final TrainedGan first = GanTraining.run(job(execution, generator, discriminator, signed), new Patient());
        final Pixels pixels = new Pixels(Scaling.MINUS_ONE_TO_ONE, PixelRange.ZERO_TO_255);

        assertThat(first.generator().preprocessing().pixels()).contains(pixels);
        assertThat(first.discriminator().preprocessing().pixels()).contains(pixels);
        final TrainedGan alike = on(execution, first.generator(), first.discriminator(), signed);
        final TrainedGan otherwise = on(execution, first.generator(), first.discriminator(), stored);
        assertThat(otherwise.generator().weights()).isEqualTo(alike.generator().weights());
        assertThat(otherwise.discriminator().weights())
                .isEqualTo(alike.discriminator().weights());
        assertThat(pixels(otherwise)).isDeepEqualTo(pixels(alike));
        assertThat(on(execution, first.generator(), TestData.fresh(discriminator, 2), stored)
                        .discriminator()
                        .preprocessing()
                        .pixels())
                .contains(pixels);
        final TrainedGan other = GanTraining.run(job(execution, generator, discriminator, stored), new Patient());
        assertThatThrownBy(() -> on(execution, first.generator(), other.discriminator(), stored))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Generator and discriminator should have been trained on the same pixels, but the generator's"
                                + " go from -1 to 1 and the discriminator's from 0 to 255; choose two that belong together.");
    }

    private TrainedGan on(final Execution execution, final Model makes, final Model judges, final Dataset images) {
        final OptimizerConfig adam = new OptimizerConfig.Adam(3e-4);
        return GanTraining.run(
                new GanJob(
                        new GanJob.Player(makes, adam),
                        new GanJob.Player(judges, adam),
                        images,
                        config(7, 1),
                        TestDevice.compute(execution)),
                new Patient());
    }

    private GanJob job(final Execution execution, final Network makes, final Network judges, final Dataset images) {
        return new GanJob(
                new GanJob.Player(TestData.fresh(makes, 1), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(TestData.fresh(judges, 2), new OptimizerConfig.Adam(3e-4)),
                images,
                config(7, 1),
                TestDevice.compute(execution));
    }

    private Dataset bytes(final String name, final Scaling scaling) throws IOException {
        final DatasetInfo info = new DatasetInfo(name, 9, IMAGE, ElementType.UINT8, scaling, List.of("0"));
        final byte[] pixels = new byte[9 * info.bytesPerSample()];
        new Random(3).nextBytes(pixels);
        try (DatasetWriter writer = DatasetWriter.create(folder.resolve(name), info)) {
            writer.writeFeatures(ByteBuffer.wrap(pixels));
            writer.writeLabels(new int[9]);
            return writer.finish();
        }
    }

    /** A test that works on a step. */
    @FunctionalInterface
    private interface StepTest {
        void run(GanStep step, NDManager arrays);
    }

    private void onOpenStep(final Execution execution, final StepTest test) throws IOException {
        final TorchEngine engine = TorchEngine.start();
        final GanJob job = job(execution, 7, 2);
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    GanStep step = GanTraining.step(job, Workers.alone(), GanStep.Random.of(3), arrays)) {
                test.run(step, arrays);
            }
            return null;
        });
    }

    private GanJob job(final Execution execution, final long seed, final int fixedImages) throws IOException {
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(3e-4)),
                data(),
                config(seed, fixedImages),
                TestDevice.compute(execution));
    }

    /** 11 samples in batches of 8, three epochs. */
    private static GanConfig config(final long seed, final int fixedImages) {
        return new GanConfig(
                new TrainingConfig(3, 8, 0, seed, 1), LATENT, 0.05, new GanConfig.KeptImages(2, fixedImages));
    }

    private Dataset data() throws IOException {
        final Path target = folder.resolve("data");
        return target.toFile().exists() ? Dataset.open(target) : TestData.random(target, IMAGE, 2, 11, 5);
    }

    private static Network withoutStatistics(final Network network) {
        return Network.of(
                network.input(),
                network.layers().stream()
                        .filter(layer -> !(layer instanceof NormalizationLayer))
                        .toList());
    }

    private static List<TrainStep.Batch> batch(final int... samples) {
        return List.of(new TrainStep.Batch(0, 0, samples, List.of(3e-4, 4e-4)));
    }

    private static byte[][] pixels(final TrainedGan trained) {
        return trained.images().stream().map(GeneratedImage::pixels).toArray(byte[][]::new);
    }

    /** Never stops, keeps no lines. */
    private static class Patient implements GanMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}
    }
}
