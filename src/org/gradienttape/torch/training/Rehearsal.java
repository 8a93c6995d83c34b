package org.gradienttape.torch.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.gradienttape.distributed.Collective;
import org.gradienttape.distributed.Together;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.StepEnd;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.TrainStep;

/**
 * Finds out whether a user's code can be shared by workers: makes some steps with few samples, alone and by two workers of this
 * process, and compares what comes out. What adds up over samples instead of taking means, or mixes samples with one another,
 * gives something else.
 */
final class Rehearsal {
    private static final int STEPS = 5;
    /** So that one has another number than the other. */
    private static final int SAMPLES = 7;

    private static final double RATE = 1e-3;
    /** Of losses, predictions and reported numbers, relative. */
    private static final double ALIKE = 1e-3;

    private static final double TINY = 1e-5;
    /** Of the change of a weight, relative: optimizers that divide by small numbers make much of little. */
    private static final double CHANGES_ALIKE = 0.02;
    /** Of a weight itself: what float32 does not tell apart. */
    private static final double NOISE = 1e-6;

    private Rehearsal() {}

    /**
     * The job with which it is rehearsed. Statistics of the batch are known to differ, and the steps of an optimizer that only
     * looks at signs would not.
     */
    static TrainingJob job(final TrainingJob job) {
        final Model model = job.model();
        return new TrainingJob(
                new Model(
                        model.network().frozen(NormalizationLayer.BatchNormalization.class::isInstance),
                        model.weights(),
                        model.preprocessing(),
                        model.provenance()),
                job.training(),
                job.validation(),
                job.objective(),
                Update.of(new OptimizerConfig.Sgd(RATE, 0, false)),
                job.config(),
                job.callbacks(),
                job.compute());
    }

    /**
     * What steps left.
     *
     * @param training results of each step
     */
    private record Played(List<BatchResult> training, Optional<BatchResult> validation, Weights weights) {}

    /**
     * Rehearses.
     *
     * @param job as {@link #job} gives it
     * @param engine is taken for a second thread
     * @param step a fresh one for a worker
     * @throws InvalidInputException if the code cannot be shared
     */
    static void check(final TrainingJob job, final TorchEngine engine, final Function<Workers, LearningStep> step) {
        final Played alone = play(job, step, Workers.alone());
        final Played shared = shared(job, engine, step);
        for (int i = 0; i < alone.training.size(); i++) {
            compare("training", alone.training.get(i), shared.training.get(i));
        }
        alone.validation.ifPresent(result -> compare("validation", result, shared.validation.orElseThrow()));
        compare(job.model().weights(), alone.weights, shared.weights);
    }

    private static Played play(
            final TrainingJob job, final Function<Workers, LearningStep> fresh, final Workers workers) {
        try (LearningStep step = fresh.apply(workers)) {
            final List<BatchResult> results = new ArrayList<>();
            for (int i = 0; i < STEPS; i++) {
                final int[] samples = samples(i, job.training().samples());
                results.addAll(step.train(List.of(new TrainStep.Batch(0, i, samples, List.of(RATE)))));
            }
            return new Played(
                    results,
                    job.validation().map(data -> step.evaluate(List.of(samples(0, data.samples())))
                            .get(0)),
                    step.weights().get(0));
        }
    }

    private static int[] samples(final int step, final int all) {
        return IntStream.range(0, Math.min(SAMPLES, all))
                .map(i -> (step * SAMPLES + i) % all)
                .toArray();
    }

    private static Played shared(
            final TrainingJob job, final TorchEngine engine, final Function<Workers, LearningStep> step) {
        final List<Collective> two = Together.workers(2);
        final FutureTask<Played> other =
                new FutureTask<>(() -> engine.compute(job.compute().threads(), () -> played(job, step, two.get(1))));
        final Thread thread = new Thread(other, "GradientTape second worker");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        Optional<Played> first = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        try {
            first = Optional.of(played(job, step, two.get(0)));
        } catch (final RuntimeException failed) {
            failure = Optional.of(failed);
        }
        final Optional<RuntimeException> ofOther = failure(other);
        if (failure.isPresent() && !(failure.get() instanceof StepEnd && ofOther.isPresent())) {
            throw failure.get();
        }
        if (ofOther.isPresent()) { // because of which the first one was left alone
            throw ofOther.get();
        }
        return first.orElseThrow();
    }

    private static Played played(
            final TrainingJob job, final Function<Workers, LearningStep> step, final Collective worker) {
        try {
            return play(job, step, new Workers(worker));
        } catch (final RuntimeException | Error failure) {
            worker.close();
            throw failure;
        }
    }

    /** Waits for its end, since it works with what this thread will close. */
    private static Optional<RuntimeException> failure(final FutureTask<Played> other) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    other.get();
                    return Optional.empty();
                } catch (final InterruptedException stop) {
                    isInterrupted = true;
                } catch (final ExecutionException failed) {
                    return Optional.of(
                            failed.getCause() instanceof RuntimeException said
                                    ? said
                                    : new IllegalStateException(failed.getCause()));
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void compare(final String pass, final BatchResult alone, final BatchResult shared) {
        compare("the loss in " + pass, alone.losses().get(0), shared.losses().get(0));
        alone.reported()
                .forEach((name, value) -> compare(
                        "the reported number \"" + name + "\"",
                        value,
                        shared.reported().getOrDefault(name, Double.NaN)));
        compare(pass, alone.predictions().values(), shared.predictions().values());
    }

    private static void compare(final String pass, final float[] alone, final float[] shared) {
        if (alone.length != shared.length) {
            throw refused(
                    "there would be " + shared.length + " predictions in " + pass + " instead of " + alone.length);
        }
        double scale = 0;
        for (final float value : alone) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < alone.length; i++) {
            compare("a prediction in " + pass, alone[i], shared[i], scale);
        }
    }

    private static void compare(final String what, final double alone, final double shared) {
        compare(what, alone, shared, Math.max(Math.abs(alone), Math.abs(shared)));
    }

    private static void compare(final String what, final double alone, final double shared, final double scale) {
        if (Double.isFinite(alone) && !(Math.abs(alone - shared) <= ALIKE * scale + TINY)) {
            throw refused(String.format(Locale.ROOT, "%s would be %.6g instead of %.6g", what, shared, alone));
        }
    }

    private static void compare(final Weights start, final Weights alone, final Weights shared) {
        for (final String name : start.names()) {
            final float[] before = start.get(name);
            final float[] expected = alone.get(name);
            final float[] found = shared.get(name);
            double size = 0;
            double change = 0;
            double difference = 0;
            for (int i = 0; i < before.length; i++) {
                size += Math.pow(before[i], 2);
                change += Math.pow(expected[i] - before[i], 2);
                difference += Math.pow(expected[i] - found[i], 2);
            }
            final double allowed = CHANGES_ALIKE * Math.sqrt(change) + NOISE * (1 + Math.sqrt(size));
            if (Double.isFinite(change) && !(Math.sqrt(difference) <= allowed)) {
                throw refused("the weights of " + name + " would change in another way");
            }
        }
    }

    private static InvalidInputException refused(final String difference) {
        return new InvalidInputException(
                "The Java code cannot be shared by several workers, which compute parts of each"
                        + " batch: in two parts " + difference
                        + "; compute means over the samples, each for itself, or choose 1"
                        + " worker.");
    }
}
