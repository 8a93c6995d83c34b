package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanResult;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first 8 steps of the guide's DCGAN on the real MNIST digits in file order, against those that an independent
 * implementation computed: PyTorch 1.13 in double precision, with TensorFlow's padding and Keras' Adam written out.
 * Weights and noise come from a formula, so that both sides start alike.
 */
class DcganReferenceTest {
    private static final int BATCH = 64;
    private static final int LATENT = 128;

    /**
     * Two pixels of a channel that are almost equally large may change places in the last bit of float32, and the whole
     * gradient of the global maximum with them; one such change moves the losses that follow by up to 9e-6.
     */
    private static final double TOLERANCE = 1e-5;

    /** Discriminator loss and generator loss of each step, "dcgan, adam 3e-4 and 4e-4". */
    private static final double[][] EXPECTED = {
        {0.7324926217127283, 0.7339432530909481},
        {0.719171767681061, 0.7297361672625253},
        {0.7070588503479251, 0.7264449492198894},
        {0.6937911571121517, 0.7234148928198046},
        {0.6824799112728803, 0.7215192862261217},
        {0.6708245953174625, 0.7185493415067339},
        {0.6646397230633972, 0.7154106375260324},
        {0.6569642697208242, 0.712632076163854}
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Execution.class)
    void meetsTheReferenceInEachStep(final Execution execution) throws IOException {
        final Dataset digits = TestData.mnistImages(folder, EXPECTED.length * BATCH);
        final GanConfig config =
                new GanConfig(new TrainingConfig(1, BATCH, 1, 0, 1), 0, LATENT, 0.05, new GanConfig.KeptImages(1, 0));
        final GanJob job = new GanJob(
                new GanJob.Player(hashed(Presets.dcganGenerator()), new OptimizerConfig.Adam(4e-4)),
                new GanJob.Player(hashed(Presets.dcganDiscriminator()), new OptimizerConfig.Adam(3e-4)),
                digits,
                config,
                Compute.singleThreaded(execution));
        final TorchEngine engine = TorchEngine.start();
        engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(ai.djl.Device.cpu());
                    AdversarialStep step = GanTraining.step(
                            job, new HashedNoise(), new HashedNoise(), new SplittableRandom(), arrays)) {
                for (int number = 0; number < EXPECTED.length; number++) {
                    assertStep(
                            number,
                            step.train(IntStream.range(number * BATCH, (number + 1) * BATCH)
                                    .toArray()));
                }
            }
            return null;
        });
    }

    private static void assertStep(final int number, final GanResult found) {
        assertThat(found.discriminatorLoss())
                .as("discriminator, step %d", number)
                .isCloseTo(EXPECTED[number][0], within(TOLERANCE));
        assertThat(found.generatorLoss())
                .as("generator, step %d", number)
                .isCloseTo(EXPECTED[number][1], within(TOLERANCE));
    }

    private static Model hashed(final Network network) {
        return new Model(network, Hashed.weights(network), Provenance.of("test"));
    }

    /**
     * Latent points 3 * h - 1.5 with the streams 100, 101, 102 ..., two per step; label noise 0.05 * h with the streams
     * 200, 201 ...
     */
    private static final class HashedNoise implements NoiseSource {
        private int latentStream = 100;
        private int labelStream = 200;

        @Override
        public float[] latentPoints(final int images) {
            return Hashed.scaled(Hashed.numbers(images * LATENT, latentStream++), 3, -1.5);
        }

        @Override
        public float[] labelNoise(final int labels) {
            return Hashed.scaled(Hashed.numbers(labels, labelStream++), 0.05, 0);
        }
    }
}
