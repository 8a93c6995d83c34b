package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.train.TrainingConfig;

/**
 * The DCGAN of Keras' guide: all 70,000 MNIST digits, pixels between 0 and 1, batches of 64, Adam 3e-4 for the
 * discriminator and 4e-4 for the generator.
 *
 * @param digits 28 x 28 x 1
 */
record GanTask(Dataset digits) {
    static final int BATCH_SIZE = 64;
    static final int LATENT_DIMENSION = 128;
    static final double LABEL_NOISE = 0.05;
    static final float DISCRIMINATOR_RATE = 3e-4f;
    static final float GENERATOR_RATE = 4e-4f;

    /** Reads the digits from the dataset folder. */
    static GanTask read(final Path folder) throws IOException {
        return new GanTask(DatasetReader.read(
                        new ReadRequest(
                                new NamedSource(NamedDataset.MNIST, Optional.empty()),
                                new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.IMAGE),
                                new ReadRequest.Split(new HeldOut.None(), true, 0)),
                        folder.resolve("all digits"),
                        folder.resolve("unused"),
                        fraction -> true)
                .training());
    }

    /** Fresh networks, the same for the same seed; those of a generator and a discriminator differ. */
    static Model freshGenerator(final long seed) {
        return fresh(Presets.dcganGenerator(), 2 * seed);
    }

    static Model freshDiscriminator(final long seed) {
        return fresh(Presets.dcganDiscriminator(), 2 * seed + 1);
    }

    /** The job with these networks. */
    GanJob job(final Model generator, final Model discriminator, final Length length, final Compute compute) {
        return new GanJob(
                new GanJob.Player(generator, new OptimizerConfig.Adam(GENERATOR_RATE)),
                new GanJob.Player(discriminator, new OptimizerConfig.Adam(DISCRIMINATOR_RATE)),
                digits,
                new GanConfig(
                        new TrainingConfig(
                                ceilDiv(length.steps(), stepsPerEpoch()),
                                BATCH_SIZE,
                                length.shuffleBuffer(),
                                length.seed(),
                                length.steps(),
                                length.steps()),
                        LATENT_DIMENSION,
                        LABEL_NOISE,
                        length.images()),
                compute);
    }

    int stepsPerEpoch() {
        return ceilDiv(digits.samples(), BATCH_SIZE);
    }

    private static int ceilDiv(final int number, final int by) {
        return (number + by - 1) / by;
    }

    private static Model fresh(final Network network, final long seed) {
        return new Model(network, Weights.initial(network, seed), Provenance.of("bench"));
    }

    /**
     * How long a run is, and what it meets.
     *
     * @param steps at least 1
     * @param shuffleBuffer size of tf.data's shuffle buffer
     * @param seed of shuffle and noise
     * @param images which images are kept
     */
    record Length(int steps, int shuffleBuffer, long seed, GanConfig.KeptImages images) {}
}
