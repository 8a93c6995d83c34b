package org.gradienttape.torch.gan;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.code.UserCode;
import org.gradienttape.data.BatchIterator;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanListener;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.step.StandardGanStep;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.torch.training.EngineRun;
import org.gradienttape.torch.training.KeptRun;
import org.gradienttape.torch.training.LoopRun;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.SizeCheck;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingLoop;

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
        return run(job, RunFiles.NONE, monitor);
    }

    /**
     * Trains as above, and writes files on the way: the state of the run, so that it can go on after its end, to the same weights and images.
     *
     * @throws InvalidInputException also if another run has the folder of the checkpoints, or the one that is there is of
     *     another run, or damaged
     */
    public static TrainedGan run(final GanJob job, final RunFiles files, final GanMonitor monitor) {
        return run(job, Workers.alone(), files, monitor);
    }

    /**
     * Trains on several workers that share each batch, as {@link org.gradienttape.torch.training.Training} does; all of them
     * call this with the same job.
     *
     * @throws InvalidInputException also if there are several workers and a model has layers in Java
     */
    public static TrainedGan run(
            final GanJob job, final Workers workers, final RunFiles files, final GanMonitor monitor) {
        final GanJob checked = checked(job);
        checkStandardStep(job.discriminator().model().network());
        if (job.generator().model().network().holdsCode()
                || job.discriminator().model().network().holdsCode()) {
            checkAlone(workers);
            return CodeGanTraining.ofStandardStep(checked, files, monitor);
        }
        final TorchEngine engine = TorchEngine.start();
        return KeptRun.during(
                files,
                workers,
                () -> GanIdentity.of(checked, Optional.empty()),
                monitor,
                kept -> engine.compute(job.compute().threads(), () -> train(checked, engine, kept, monitor)));
    }

    private static void checkAlone(final Workers workers) {
        if (workers.areSeveral()) {
            throw new InvalidInputException(
                    "Layers in Java of generator and discriminator are trained on one worker only," + " but there are "
                            + workers.size() + "; choose 1 worker, or networks of other layers.");
        }
    }

    /** All checks that need no engine; and the job in the terms of its models. */
    static GanJob checked(final GanJob job) {
        final Optional<DatasetInfo> validation = job.validation().map(Dataset::info);
        check(
                job.generator().model().network(),
                job.discriminator().model().network(),
                job.training().info(),
                validation,
                job.config());
        checkWatched(job.callbacks(), validation);
        SizeCheck.networks(
                job.training(),
                job.config().training(),
                job.generator().model().network(),
                job.discriminator().model().network());
        SizeCheck.log(job.training(), job.config().training());
        SizeCheck.images(job.training(), job.config());
        return job.inTermsOfTheModels();
    }

    /**
     * Checks the shapes alone; starts no engine and needs no class of it.
     *
     * @throws InvalidInputException if models, data and latent dimension do not fit each other; names both shapes
     */
    public static void check(
            final Network generator,
            final Network discriminator,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final GanConfig config) {
        GanCheck.shapes(generator, discriminator, training, config);
        validation.ifPresent(images -> GanCheck.validation(images, training));
    }

    /**
     * Checks what the standard step needs besides.
     *
     * @throws InvalidInputException if the discriminator does not give one number for each image
     */
    public static void checkStandardStep(final Network discriminator) {
        GanCheck.standardStep(discriminator);
    }

    /**
     * Checks that the run reports what the callbacks watch; starts no engine.
     *
     * @throws InvalidInputException if it does not; names the number
     */
    public static void checkWatched(final CallbacksConfig callbacks, final Optional<DatasetInfo> validation) {
        callbacks.checkWatched(
                validation.isPresent()
                        ? EpochColumns.withValidation(GanListener.LOSSES, List.of())
                        : EpochColumns.training(GanListener.LOSSES, List.of()));
    }

    private static TrainedGan train(
            final GanJob job, final TorchEngine engine, final KeptRun kept, final GanMonitor monitor) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                GanStep step = step(
                        job,
                        kept.workers(),
                        GanStep.Random.of(job.config().training().seed()),
                        arrays)) {
            return train(job, step, kept, monitor);
        }
    }

    /** Runs the loop with any step. */
    public static TrainedGan train(final GanJob job, final GanStep step, final KeptRun kept, final GanMonitor monitor) {
        final GanListener listener = new GanListener(
                job.config().images(),
                job.training().sampleShape(),
                step::fixedImages,
                kept.watching(monitor, stepsPerEpoch(job)));
        final LoopRun.Outcome outcome = of(job).run(step, listener, kept);
        return new TrainedGan(
                outcome.models().get(1), outcome.models().get(0), outcome.log(), listener.images(), step.code());
    }

    private static int stepsPerEpoch(final GanJob job) {
        return BatchIterator.steps(
                job.training().samples(), job.config().training().batchSize());
    }

    /** Both networks as they are now, after a run that left no log. */
    static TrainedGan cancelled(final GanJob job, final GanStep step) {
        final List<Model> models = of(job).models(step);
        return new TrainedGan(
                models.get(1),
                models.get(0),
                new TrainingLog(GanListener.LOSSES, List.of(), 0, List.of(), List.of(), StopReason.CANCELLED),
                List.of(),
                Optional.empty());
    }

    private static LoopRun of(final GanJob job) {
        return new LoopRun(
                List.of(role("discriminator", job, job.discriminator()), role("generator", job, job.generator())),
                new TrainingLoop.Numbers(GanListener.LOSSES, List::of),
                new TrainingLoop.Samples(
                        job.training().samples(),
                        job.validation().map(Dataset::samples).orElse(0)),
                job.config().training(),
                job.callbacks());
    }

    private static LoopRun.Role role(final String name, final GanJob job, final GanJob.Player player) {
        final Provenance provenance = new Provenance(
                "GAN Trainer",
                Optional.of(job.training().name()),
                Map.of(
                        "optimizer", player.update().optimizer().toString(),
                        "clipping", player.update().clipping().toString(),
                        "schedule", job.callbacks().schedule().toString(),
                        "training", job.config().toString(),
                        "compute",
                                Backend.of(job.compute())
                                        .provenance(job.compute().execution())));
        return new LoopRun.Role(
                name, player.model(), player.update().optimizer().learningRate(), provenance);
    }

    /** The standard step, computed the way the job says. */
    static GanStep step(final GanJob job, final Workers workers, final GanStep.Random random, final NDManager arrays) {
        return new GanStep(
                job,
                UserCode.ours(new StandardGanStep()),
                workers,
                EngineRun.Surroundings.OURS,
                random,
                Computation.of(job.compute().execution(), arrays, workers),
                arrays);
    }
}
