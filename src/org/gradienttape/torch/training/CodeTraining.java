package org.gradienttape.torch.training;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gradienttape.code.CodeCompiler;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.CodeThread;
import org.gradienttape.code.CompiledCode;
import org.gradienttape.code.LayerCode;
import org.gradienttape.code.UserCode;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.metric.Metric;
import org.gradienttape.step.CustomStep;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.train.EpochColumns;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/** Trains a model where the step, the loss, metrics or layers are code that a user wrote. */
public final class CodeTraining {
    private final TrainingJob job;
    private final OwnCode own;
    private final Workers workers;
    private final RunFiles files;
    private final CodeThread thread;
    private final MonitorRelay relay;
    private Optional<CompiledCode> step = Optional.empty();
    private Optional<CompiledCode> loss = Optional.empty();
    private Optional<CompiledCode> metrics = Optional.empty();
    private LayerCode layers = LayerCode.NONE;
    /** Seen by the thread that waits. */
    private volatile CodePlaces places = new CodePlaces(List.of());

    private CodeTraining(
            final TrainingJob job,
            final OwnCode own,
            final Workers workers,
            final RunFiles files,
            final TrainingMonitor monitor) {
        this.job = job;
        this.own = own;
        this.workers = workers;
        this.files = files;
        this.thread = new CodeThread(
                waited -> places.lineOf(waited),
                TorchEngine::computesOn,
                files.checkpoints().isPresent());
        this.relay = new MonitorRelay(
                monitor, thread, Progress.start(job.training().samples(), job.config(), EpochColumns.LOSS));
    }

    /**
     * Compiles the code and trains with it; blocks as {@link Training#run} does. The monitor is asked several times a
     * second, on the calling thread; the code is compiled and runs on a thread of its own.
     *
     * @throws InvalidInputException also if the code does not compile, throws, returns no loss, or does not answer a
     *     cancel
     */
    public static TrainedModel run(final TrainingJob job, final OwnCode own, final TrainingMonitor monitor) {
        return run(job, own, RunFiles.NONE, monitor);
    }

    /** Trains as above, and keeps the state of the run as {@link Training} does. */
    public static TrainedModel run(
            final TrainingJob job, final OwnCode own, final RunFiles files, final TrainingMonitor monitor) {
        return run(job, own, Workers.alone(), files, monitor);
    }

    /** Trains as above, together with other workers. */
    static TrainedModel run(
            final TrainingJob job,
            final OwnCode own,
            final Workers workers,
            final RunFiles files,
            final TrainingMonitor monitor) {
        return new CodeTraining(Training.checked(job), own, workers, files, monitor).run();
    }

    private TrainedModel run() {
        final TorchEngine engine = TorchEngine.start();
        return KeptRun.duringCode(files, workers, () -> JobIdentity.of(job, own), relay, thread, kept -> {
            compile();
            return engine.compute(job.compute().threads(), () -> train(engine, kept));
        });
    }

    private void compile() {
        step = own.step().map(source -> CodeCompiler.compile("step", source));
        loss = own.loss().map(source -> CodeCompiler.compile("loss", source));
        metrics = own.metrics().map(source -> CodeCompiler.compile("metric", source));
        layers = LayerCode.of(List.of(job.model().network()));
        places = new CodePlaces(
                Stream.concat(Stream.of(step, loss, metrics).flatMap(Optional::stream), layers.all().stream())
                        .toList());
    }

    private TrainedModel train(final TorchEngine engine, final KeptRun kept) {
        if (workers.areSeveral()) {
            rehearse(engine);
        }
        final TrainingJob withLoss = withLoss(job);
        final Supplier<List<Metric>> fresh =
                () -> metrics.map(code -> RunMetrics.of(withLoss, code)).orElseGet(() -> RunMetrics.of(withLoss));
        final List<String> names = fresh.get().stream().map(Metric::name).toList();
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                NetworkStep network = step(withLoss, workers, taken(names), relay::log, arrays)) {
            return train(withLoss, network, fresh, names, kept);
        }
    }

    private void rehearse(final TorchEngine engine) {
        final TrainingJob rehearsed = Rehearsal.job(job);
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()))) {
            Rehearsal.check(rehearsed, engine, some -> step(withLoss(rehearsed), some, List.of(), line -> {}, arrays));
        }
    }

    private TrainingJob withLoss(final TrainingJob some) {
        return loss.map(code -> some.with(new UserLoss(UserCode.one(code, CustomLoss.class))))
                .orElse(some);
    }

    private NetworkStep step(
            final TrainingJob withLoss,
            final Workers some,
            final List<String> columns,
            final Consumer<String> log,
            final NDManager arrays) {
        return new NetworkStep(
                withLoss,
                step.map(code -> UserCode.one(code, CustomStep.class)),
                loss,
                some,
                new EngineRun.Surroundings(log, thread::isStopped, columns, places, layers),
                Computation.ofUsers(job.compute().execution(), arrays, log, some),
                arrays);
    }

    private TrainedModel train(
            final TrainingJob withLoss,
            final NetworkStep network,
            final Supplier<List<Metric>> fresh,
            final List<String> names,
            final KeptRun kept) {
        try {
            return NetworkTraining.train(withLoss, network, fresh, kept, relay);
        } catch (final CodeStop stop) {
            return new TrainedModel(
                    NetworkTraining.model(withLoss, network),
                    new TrainingLog(EpochColumns.LOSS, names, 0, List.of(), List.of(), StopReason.CANCELLED),
                    Optional.empty());
        }
    }

    private static List<String> taken(final List<String> names) {
        return Stream.concat(Stream.of("Epoch", "Step", "Samples seen", "Loss"), names.stream())
                .toList();
    }
}
