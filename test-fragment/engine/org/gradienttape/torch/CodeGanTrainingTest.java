package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.data.Dataset;
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
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.gan.CodeGanTraining;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeGanTrainingTest {
    private static final Shape IMAGE = Shape.of(4, 6, 3);
    private static final int LATENT = 5;

    /** With everything that keeps state or draws numbers: batch statistics and dropout in both networks. */
    private static final Network GENERATOR = Network.of(
            Shape.of(LATENT),
            List.of(
                    new Layer.Dense(24, Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Reshape(Shape.of(2, 3, 4)),
                    new Layer.Dropout(0.1),
                    new ImageLayer.Conv2DTranspose(3, Window.square(4, 2, Padding.SAME), Activation.SIGMOID)));

    private static final Network DISCRIMINATOR = Network.of(
            IMAGE,
            List.of(
                    new ImageLayer.Conv2D(8, Window.square(3, 2, Padding.SAME), Activation.NONE),
                    new NormalizationLayer.BatchNormalization(),
                    new ActivationLayer.LeakyReLU(0.2),
                    new Layer.Dropout(0.1),
                    new ImageLayer.GlobalMaxPooling2D(),
                    new Layer.Dense(1, Activation.NONE)));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theGuidesStepInJavaMakesTheSameNetworksAndImagesAsTheStandardStep(final Execution execution)
            throws IOException {
        final TrainedGan standard = GanTraining.run(job(execution), new Patient());

        final TrainedGan own = CodeGanTraining.run(job(execution), StepCode.template("StandardGanStep"), new Patient());

        assertThat(own.log().steps()).hasSize(6).isEqualTo(standard.log().steps());
        assertThat(own.generator()).isEqualTo(standard.generator());
        assertThat(own.discriminator()).isEqualTo(standard.discriminator());
        assertThat(pixels(own)).usingRecursiveComparison().isEqualTo(pixels(standard));
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theWassersteinGanPullsTheCriticsGradientTowardsOne(final Execution execution) throws IOException {
        final TrainedGan trained =
                CodeGanTraining.run(job(execution), StepCode.template("WassersteinGan"), new Patient());

        assertThat(trained.log().reported()).containsExactly("Wasserstein distance", "Gradient penalty");
        assertThat(trained.log().steps()).hasSize(6).allSatisfy(step -> assertThat(
                        step.reported().get("Gradient penalty"))
                .isBetween(0.0, 10.0));
        assertThat(trained.generator().weights())
                .isNotEqualTo(job(execution).generator().model().weights());
        if (TestDevice.isRepeatable()) {
            assertThat(CodeGanTraining.run(job(execution), StepCode.template("WassersteinGan"), new Patient())
                            .generator())
                    .isEqualTo(trained.generator());
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void noNativeArrayIsLeftOpen(final Execution execution) throws IOException {
        CodeGanTraining.run(job(execution), StepCode.template("WassersteinGan"), new Patient());
        final int before = NativeArrays.count();

        CodeGanTraining.run(job(execution), StepCode.template("WassersteinGan"), new Patient());

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null;|trainStep must return a GanLosses, but it returned null",
                "return new GanLosses(null, run.zeros(), realImages);|trainStep must return the discriminator's loss, but it returned null",
                "return new GanLosses(run.zeros(), run.zeros(2), realImages);|the generator's loss that trainStep returns must be one number",
                "return new GanLosses(run.zeros(), run.zeros(), null);|the generated images must have the shape [batch, 4, 6, 3], but they are null",
                "return new GanLosses(run.zeros(), run.zeros(), realImages.toInt64());|the generated images must be float numbers, but they are INT64; use toFloat()",
                "return new GanLosses(run.zeros(), run.zeros(), realImages.sum(3));|the generated images must have the shape [batch, 4, 6, 3], but they have [4, 4, 6]",
                "run.report(\"Generator loss\", 1); return null;|needs a name of its own"
            })
    void aMistakeOfTheCodeIsASentence(final String body, final String message) {
        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeGanTraining.run(job(execution), step(body), new Patient()))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aCancelEndsTheRun(final Execution execution) throws IOException {
        final GanMonitor impatient = new GanMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return false;
            }

            @Override
            public void log(final String line) {}
        };

        final TrainedGan trained =
                CodeGanTraining.run(job(execution), step("while (true) realImages.add(1);"), impatient);

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    /** The encoder gives four numbers for each image, which a step of one's own may. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void theVariationalAutoencoderTrainsAnEncoderWithALayerInJava(final Execution execution) throws IOException {
        final GanJob job = withEncoder(execution);

        final TrainedGan trained = CodeGanTraining.run(job, StepCode.template("VariationalAutoencoder"), new Patient());

        assertThat(trained.log().reported()).containsExactly("Loss");
        assertThat(trained.log().steps()).hasSize(6).allSatisfy(step -> {
            assertThat(step.losses().get(0)).isPositive();
            assertThat(step.reported().get("Loss"))
                    .isCloseTo(step.losses().get(0) + step.losses().get(1), within(1e-3));
        });
        assertThat(trained.discriminator().weights())
                .isNotEqualTo(job.discriminator().model().weights());
        assertThat(trained.generator().weights())
                .isNotEqualTo(job.generator().model().weights());
        assertThatThrownBy(() -> GanTraining.run(job, new Patient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The discriminator needs one output per image, but its output has the shape 5");
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void theStandardStepTakesNetworksWithLayersInJava(final Execution execution) throws IOException {
        final GanJob plain = job(execution);
        final Network discriminator = JavaLayers.network(
                IMAGE,
                new Layer.Flatten(),
                StepCode.template("ActivityRegularizationLayer"),
                new Layer.Dense(1, Activation.NONE));
        final GanJob job = new GanJob(
                plain.generator(),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(0.01)),
                plain.training(),
                plain.config(),
                plain.compute());

        final TrainedGan trained = GanTraining.run(job, new Patient());

        assertThat(trained.log().steps()).hasSize(6);
        assertThat(trained.discriminator().network()).isEqualTo(discriminator);
    }

    /**
     * With networks whose corners, leaky ones and a largest pixel, are where rounding may decide: the losses differed by 1e-6 at most.
     * 200 steps of networks without corners are in {@link ExecutionsTest}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"StandardGanStep", "WassersteinGan", "VariationalAutoencoder"})
    void bothExecutionsOfATemplateReportTheSameNumbersAndMakeTheSameImages(final String template) throws IOException {
        final TrainedGan eager = trained(template, Execution.EAGER);
        final TrainedGan compiled = trained(template, Execution.COMPILED);

        assertThat(compiled.log().steps()).hasSize(6);
        for (int i = 0; i < 6; i++) {
            final TrainingLog.StepRow expected = eager.log().steps().get(i);
            final TrainingLog.StepRow found = compiled.log().steps().get(i);
            assertNear(found.losses(), expected.losses());
            assertThat(found.reported()).containsOnlyKeys(expected.reported().keySet());
            expected.reported()
                    .forEach((name, number) ->
                            assertNear(List.of(found.reported().get(name)), List.of(number)));
        }
        assertThat(compiled.images()).hasSameSizeAs(eager.images());
        for (int i = 0; i < eager.images().size(); i++) {
            assertThat(compiled.images().get(i).pixels())
                    .hasSameSizeAs(eager.images().get(i).pixels());
            final byte[] expected = eager.images().get(i).pixels();
            final byte[] found = compiled.images().get(i).pixels();
            for (int pixel = 0; pixel < expected.length; pixel++) {
                assertThat(found[pixel] & 0xFF).isCloseTo(expected[pixel] & 0xFF, within(1));
            }
        }
    }

    private static void assertNear(final List<Double> found, final List<Double> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-5 * Math.max(1, Math.abs(expected.get(i)))));
        }
    }

    private TrainedGan trained(final String template, final Execution execution) throws IOException {
        final GanJob job = template.equals("VariationalAutoencoder") ? withEncoder(execution) : job(execution);
        return CodeGanTraining.run(job, StepCode.template(template), new Patient());
    }

    /** The discriminator's place is taken by an encoder. */
    private GanJob withEncoder(final Execution execution) throws IOException {
        final GanJob plain = job(execution);
        final Network encoder = JavaLayers.network(
                IMAGE,
                new Layer.Flatten(),
                new Layer.Dense(2 * LATENT, Activation.NONE),
                StepCode.template("Sampling"));
        return new GanJob(
                plain.generator(),
                new GanJob.Player(TestData.fresh(encoder, 2), new OptimizerConfig.Adam(0.01)),
                plain.training(),
                plain.config(),
                plain.compute());
    }

    private GanJob job(final Execution execution) throws IOException {
        final Path own = folder.resolve("data");
        final Dataset data = Files.exists(own) ? Dataset.open(own) : TestData.random(own, IMAGE, 2, 11, 5);
        return new GanJob(
                new GanJob.Player(TestData.fresh(GENERATOR, 1), new OptimizerConfig.Adam(0.01)),
                new GanJob.Player(TestData.fresh(DISCRIMINATOR, 2), new OptimizerConfig.Adam(0.01)),
                data,
                new GanConfig(new TrainingConfig(2, 4, 0, 3, 1), LATENT, 0.05, new GanConfig.KeptImages(1, 3)),
                TestDevice.compute(execution));
    }

    private static List<byte[]> pixels(final TrainedGan trained) {
        return trained.images().stream().map(GeneratedImage::pixels).toList();
    }

    private static String step(final String body) {
        return "import org.gradienttape.step.*; import org.gradienttape.tensor.*;\npublic class Mine implements CustomGanStep {\n"
                + "    public GanLosses trainStep(GanRun run, Tensor realImages) {\n" + body + "\n}}\n";
    }

    private static final class Patient implements GanMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {}
    }
}
