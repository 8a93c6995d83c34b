package org.gradienttape.torch.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.gradienttape.torch.SharedRuns.assertSameWeights;

import java.nio.file.Path;
import java.util.List;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.data.Dataset;
import org.gradienttape.distributed.WorkerThreads;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that share each batch of images learn what one alone learns. */
class SharedGanTest {
    private static final int LATENT = 8;

    @TempDir
    private Path folder;

    private Dataset images;

    @BeforeEach
    void makeImages() throws Exception {
        images = TestData.random(folder.resolve("data"), Shape.of(6, 6, 1), 2, 410, 3);
    }

    /** 410 samples in batches of 40: the last one has 10. */
    private GanJob job() {
        return job(40);
    }

    private GanJob job(final int batch) {
        final Network generator = Network.of(
                Shape.of(LATENT), List.of(new Layer.Dense(36, Activation.TANH), new Layer.Reshape(Shape.of(6, 6, 1))));
        final Network discriminator = Network.of(
                Shape.of(6, 6, 1),
                List.of(
                        new Layer.Flatten(),
                        new Layer.Dense(16, Activation.RELU),
                        new Layer.Dropout(0.3),
                        new Layer.Dense(1, Activation.NONE)));
        return new GanJob(
                new GanJob.Player(TestData.fresh(generator, 1), new OptimizerConfig.Adam(1e-3)),
                new GanJob.Player(TestData.fresh(discriminator, 2), new OptimizerConfig.Adam(1e-3)),
                images,
                new GanConfig(
                        new TrainingConfig(19, batch, 100, 5, 1, 200), LATENT, 0.05, new GanConfig.KeptImages(50, 2)),
                TestDevice.compute(Execution.COMPILED));
    }

    private static List<TrainedGan> trained(final GanJob job, final RunFiles files, final int workers, final long end)
            throws Exception {
        return WorkerThreads.run(workers, all -> GanTraining.run(job, all, files, until(end)));
    }

    private static GanMonitor until(final long end) {
        return new GanMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.stepsDone() < end;
            }

            @Override
            public void log(final String line) {}
        };
    }

    /** In batches of 2 one of the three workers has no samples. */
    @ParameterizedTest
    @ValueSource(ints = {40, 2})
    void lossesAndImagesAreThoseOfOneWorker(final int batch) throws Exception {
        final TrainedGan alone = GanTraining.run(job(batch), until(Long.MAX_VALUE));

        final TrainedGan shared =
                trained(job(batch), RunFiles.NONE, 3, Long.MAX_VALUE).get(0);

        assertThat(shared.log().steps()).hasSize(200);
        for (int step = 0; step < 200; step++) {
            for (int loss = 0; loss < 2; loss++) {
                final double expected = alone.log().steps().get(step).losses().get(loss);
                assertThat(shared.log().steps().get(step).losses().get(loss))
                        .as("step " + step)
                        .isCloseTo(expected, within(1e-6 * expected));
            }
        }
        assertThat(shared.images()).hasSameSizeAs(alone.images());
        for (int i = 0; i < alone.images().size(); i++) {
            final byte[] expected = alone.images().get(i).pixels();
            final byte[] found = shared.images().get(i).pixels();
            for (int pixel = 0; pixel < expected.length; pixel++) {
                assertThat((found[pixel] & 0xff)).isCloseTo(expected[pixel] & 0xff, within(1));
            }
        }
    }

    @Test
    void aRunThatEndedGoesOnToTheSameBits() throws Exception {
        final List<TrainedGan> expected = trained(job(), RunFiles.NONE, 2, Long.MAX_VALUE);
        final RunFiles files = RunFiles.of(new CheckpointPlan(
                folder.resolve("checkpoints"), 60, CheckpointPlan.Unit.STEPS, CheckpointPlan.Resume.IF_THERE));

        trained(job(), files, 2, 130);
        final List<TrainedGan> resumed = trained(job(), files, 2, Long.MAX_VALUE);

        for (final TrainedGan one : resumed) {
            assertSameWeights(one.generator(), expected.get(0).generator());
            assertSameWeights(one.discriminator(), expected.get(0).discriminator());
        }
    }
}
