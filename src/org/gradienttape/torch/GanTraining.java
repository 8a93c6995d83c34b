package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanLog;
import org.gradienttape.gan.GanLoop;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.gan.NoiseSource;
import org.gradienttape.gan.RandomNoise;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.train.StopReason;

/** Trains a generator and a discriminator against each other. */
public final class GanTraining {
    private GanTraining() {}

    /**
     * Trains; blocks until all epochs are done, the step limit is reached or the monitor stops it. On a CPU the same
     * job gives the same weights and images, bit for bit, on the same machine with the same number of threads.
     *
     * @throws InvalidInputException if models and data do not fit each other, a loss stops being a number, or the
     *     engine cannot compute the job
     */
    public static TrainedGan run(final GanJob job, final GanMonitor monitor) {
        final GanJob checked = checked(job);
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(job.compute().threads(), () -> train(checked, engine, monitor));
    }

    /** All checks that need no engine; and the job in the terms of its models. */
    static GanJob checked(final GanJob job) {
        check(
                job.generator().model().network(),
                job.discriminator().model().network(),
                job.training().info(),
                job.config());
        return job.inTermsOfTheModels();
    }

    /**
     * Checks the shapes alone; starts no engine and needs no class of it.
     *
     * @throws InvalidInputException if models, data and latent dimension do not fit each other; names both shapes
     */
    public static void check(
            final Network generator, final Network discriminator, final DatasetInfo training, final GanConfig config) {
        GanCheck.shapes(generator, discriminator, training, config);
    }

    private static TrainedGan train(final GanJob job, final TorchEngine engine, final GanMonitor monitor) {
        final GanConfig config = job.config();
        final SplittableRandom random = new SplittableRandom(config.training().seed());
        final RandomNoise running = new RandomNoise(random.split(), config.latentDimension(), config.labelNoise());
        final RandomNoise fixed = new RandomNoise(random.split(), config.latentDimension(), 0);
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                AdversarialStep step = step(job, running, fixed, random, arrays)) {
            final GanLog log =
                    GanLoop.run(step, job.training().samples(), job.training().sampleShape(), config, monitor);
            return trained(job, step, log);
        }
    }

    /**
     * Both networks after a run.
     *
     * @throws InvalidInputException if a weight is NaN or infinite, which the last losses need not show
     */
    static TrainedGan trained(final GanJob job, final AdversarialStep step, final GanLog log) {
        final Weights generator = step.generatorWeights();
        final Weights discriminator = step.discriminatorWeights();
        if (log.stopReason() != StopReason.CANCELLED) {
            mustBeFinite("generator", generator);
            mustBeFinite("discriminator", discriminator);
        }
        return new TrainedGan(
                trained(job, job.generator(), generator),
                trained(job, job.discriminator(), discriminator),
                log,
                step.code());
    }

    private static void mustBeFinite(final String model, final Weights weights) {
        weights.notFinite().ifPresent(weight -> {
            throw TrainingRun.notFinite(model, weight);
        });
    }

    /** What happens with a batch, the way the job says. */
    static AdversarialStep step(
            final GanJob job,
            final NoiseSource running,
            final NoiseSource fixed,
            final RandomGenerator random,
            final NDManager arrays) {
        return new TensorGanStep(
                job,
                new GanNoise(running, fixed, job.config(), job.batchSize()),
                random,
                Computation.of(job.compute().execution(), arrays),
                arrays);
    }

    private static Model trained(final GanJob job, final GanJob.Player player, final Weights after) {
        final Provenance provenance = new Provenance(
                "GAN Trainer",
                Optional.of(job.training().name()),
                Map.of(
                        "optimizer", player.optimizer().toString(),
                        "training", job.config().toString(),
                        "compute",
                                Backend.of(job.compute())
                                        .provenance(job.compute().execution())));
        return new Model(player.model().network(), after, player.model().preprocessing(), provenance);
    }
}
