package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.UserStep;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.metric.Metric;
import org.gradienttape.step.CustomStep;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/** Trains a model with a step that a user wrote. */
public final class CodeTraining {
    private final TrainingJob job;
    private final UserStep<CustomStep> code;
    private final CodeThread thread;
    private final MonitorRelay<Progress> relay;

    private CodeTraining(final TrainingJob job, final UserStep<CustomStep> code, final TrainingMonitor monitor) {
        this.job = job;
        this.code = code;
        this.thread = new CodeThread(code::lineOf);
        this.relay = new MonitorRelay<>(monitor::goOn, monitor::log);
    }

    /**
     * Compiles the step and trains with it; blocks as {@link Training#run} does. The monitor is asked several times a
     * second, on the calling thread; the code runs on a thread of its own.
     *
     * @param source a Java file with one class that implements {@link CustomStep}
     * @throws InvalidInputException also if the code does not compile, throws, returns no loss, or does not answer a
     *     cancel
     */
    public static TrainedModel run(final TrainingJob job, final String source, final TrainingMonitor monitor) {
        return new CodeTraining(Training.checked(job), UserStep.of(source, CustomStep.class), monitor).run();
    }

    private TrainedModel run() {
        final TorchEngine engine = TorchEngine.start();
        try {
            return thread.run(() -> engine.compute(job.compute().threads(), () -> train(engine)), relay::pass);
        } finally {
            relay.pass();
        }
    }

    private TrainedModel train(final TorchEngine engine) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                NetworkStep step = newStep(arrays)) {
            return train(step);
        }
    }

    private TrainedModel train(final NetworkStep step) {
        try {
            return TrainingRun.train(job, step, new Relayed());
        } catch (final CodeStop stop) {
            return new TrainedModel(
                    TrainingRun.model(job, step),
                    new TrainingLog(EpochColumns.LOSS, names(), 0, List.of(), List.of(), StopReason.CANCELLED),
                    Optional.empty());
        }
    }

    private NetworkStep newStep(final NDManager arrays) {
        final List<String> taken = Stream.concat(Stream.of("Epoch", "Step", "Samples seen", "Loss"), names().stream())
                .toList();
        return new NetworkStep(
                job,
                code,
                new EngineRun.Surroundings(relay::line, thread::isStopped, taken),
                Computation.ofUsers(job.compute().execution(), arrays, relay::line),
                arrays);
    }

    private List<String> names() {
        return RunMetrics.of(job).stream().map(Metric::name).toList();
    }

    /** The loop's monitor, on the run's thread. */
    private final class Relayed implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            relay.progress(progress);
            return !thread.isCancelled();
        }

        @Override
        public void log(final String line) {
            relay.line(line);
        }
    }
}
