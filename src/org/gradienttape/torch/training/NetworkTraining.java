package org.gradienttape.torch.training;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradienttape.data.Dataset;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.metric.Metric;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.GuideLines;
import org.gradienttape.train.TrainingLoop;
import org.gradienttape.train.TrainingMonitor;

/** Runs the training loop on the engine. */
final class NetworkTraining {
    private NetworkTraining() {}

    /**
     * @param job checked already
     * @param workers share the run
     * @throws InvalidInputException if the engine cannot compute the job, or the loss stops being a number
     */
    public static TrainedModel run(
            final TrainingJob job, final Workers workers, final RunFiles files, final TrainingMonitor monitor) {
        final TorchEngine engine = TorchEngine.start();
        return KeptRun.during(
                files,
                workers,
                () -> JobIdentity.of(job, OwnCode.NONE),
                monitor,
                kept -> engine.compute(job.compute().threads(), () -> train(job, engine, kept, monitor)));
    }

    private static TrainedModel train(
            final TrainingJob job, final TorchEngine engine, final KeptRun kept, final TrainingMonitor monitor) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                LearningStep step = step(job, kept.workers(), arrays)) {
            return train(job, step, () -> RunMetrics.of(job), kept, monitor);
        }
    }

    /** Runs the loop with any step and metrics. */
    public static TrainedModel train(
            final TrainingJob job,
            final LearningStep step,
            final Supplier<List<Metric>> metrics,
            final KeptRun kept,
            final TrainingMonitor monitor) {
        MaskingLayer.doubt(job.model().network()).ifPresent(monitor::warn);
        if (!job.model().network().learns()) {
            monitor.warn("The model has no weights that may change, so training leaves it as it is; give it layers that"
                    + " learn, or unfreeze some.");
        }
        final LoopRun.Outcome outcome = of(job, metrics).run(step, new GuideLines(monitor), kept);
        return new TrainedModel(outcome.models().get(0), outcome.log(), step.code());
    }

    /** The job's network with the weights as they are now. */
    static Model model(final TrainingJob job, final LearningStep step) {
        return of(job, List::of).models(step).get(0);
    }

    private static LoopRun of(final TrainingJob job, final Supplier<List<Metric>> metrics) {
        return new LoopRun(
                List.of(new LoopRun.Role("model", job.model(), job.optimizer().learningRate(), provenance(job))),
                new TrainingLoop.Numbers(EpochColumns.LOSS, metrics),
                new TrainingLoop.Samples(
                        job.training().samples(),
                        job.validation().map(Dataset::samples).orElse(0)),
                job.config(),
                job.callbacks());
    }

    private static LearningStep step(final TrainingJob job, final Workers workers, final NDManager arrays) {
        return new NetworkStep(
                job,
                Optional.empty(),
                Optional.empty(),
                workers,
                EngineRun.Surroundings.OURS,
                Computation.of(job.compute().execution(), arrays, workers),
                arrays);
    }

    private static Provenance provenance(final TrainingJob job) {
        return new Provenance(
                "GradientTape Trainer",
                Optional.of(job.training().name()),
                Map.of(
                        "loss", job.loss().toString(),
                        "optimizer", job.optimizer().toString(),
                        "clipping", job.update().clipping().toString(),
                        "schedule", job.callbacks().schedule().toString(),
                        "training", job.config().toString(),
                        "compute",
                                Backend.of(job.compute())
                                        .provenance(job.compute().execution())));
    }
}
