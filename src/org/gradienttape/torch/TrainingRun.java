package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.callback.Callbacks;
import org.gradienttape.data.Dataset;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingLoop;
import org.gradienttape.train.TrainingMonitor;

/** Runs the training loop on the engine. */
final class TrainingRun {
    private TrainingRun() {}

    /**
     * @param job checked already
     * @throws InvalidInputException if the engine cannot compute the job, or the loss stops being a number
     */
    static TrainedModel run(final TrainingJob job, final TrainingMonitor monitor) {
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(job.compute().threads(), () -> train(job, engine, monitor));
    }

    private static TrainedModel train(final TrainingJob job, final TorchEngine engine, final TrainingMonitor monitor) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                LearningStep step = step(job, arrays)) {
            return train(job, step, monitor);
        }
    }

    /** Runs the loop with any step. */
    static TrainedModel train(final TrainingJob job, final LearningStep step, final TrainingMonitor monitor) {
        final Callbacks callbacks =
                new Callbacks(job.callbacks(), job.optimizer().learningRate(), () -> model(job, step), monitor::log);
        final TrainingLog log = TrainingLoop.run(
                step,
                new TrainingLoop.Samples(
                        job.training().samples(),
                        job.validation().map(Dataset::samples).orElse(0)),
                job.config(),
                callbacks,
                () -> RunMetrics.of(job),
                monitor);
        final Optional<String> broken = callbacks.result().notFinite();
        if (broken.isEmpty() || log.stopReason() == StopReason.CANCELLED) {
            return new TrainedModel(callbacks.result(), log, step.code());
        }
        if (!callbacks.endsOnNonFiniteLoss()) {
            throw notFinite("model", broken.get());
        }
        return new TrainedModel(callbacks.result(), log.endedBy(StopReason.LOSS_NOT_FINITE), step.code());
    }

    /** The last update can break weights without a loss that would show it. */
    static InvalidInputException notFinite(final String model, final String weight) {
        return new InvalidInputException("The weights of the " + model + " must stay finite numbers, but " + weight
                + " became NaN or infinite in the last updates; choose a smaller learning rate, or divide the pixels by 255"
                + " when the data are read.");
    }

    /** The job's network with the weights as they are now. */
    static Model model(final TrainingJob job, final LearningStep step) {
        return new Model(job.model().network(), step.weights(), job.model().preprocessing(), provenance(job));
    }

    private static LearningStep step(final TrainingJob job, final NDManager arrays) {
        return new TensorStep(job, Computation.of(job.compute().execution(), arrays), arrays);
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
