package org.gradienttape.torch.gan;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
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
import org.gradienttape.gan.GanListener;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.step.CustomGanStep;
import org.gradienttape.step.StandardGanStep;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.torch.training.EngineRun;
import org.gradienttape.torch.training.KeptRun;
import org.gradienttape.torch.training.MonitorRelay;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.train.Progress;

/** Trains a generator and a discriminator where the step or layers are code that a user wrote. */
public final class CodeGanTraining {
    private static final List<String> TAKEN = List.of("Epoch", "Step", "Discriminator loss", "Generator loss");

    private final GanJob job;
    private final RunFiles files;
    private final Optional<String> source;
    private final CodeThread thread;
    private final MonitorRelay relay;
    private Optional<CompiledCode> code = Optional.empty();
    private LayerCode layers = LayerCode.NONE;
    /** Seen by the thread that waits. */
    private volatile CodePlaces places = new CodePlaces(List.of());

    private CodeGanTraining(
            final GanJob job, final Optional<String> source, final RunFiles files, final GanMonitor monitor) {
        this.job = job;
        this.files = files;
        this.source = source;
        this.thread = new CodeThread(
                waited -> places.lineOf(waited),
                TorchEngine::computesOn,
                files.checkpoints().isPresent());
        this.relay = new MonitorRelay(
                monitor,
                thread,
                Progress.start(job.training().samples(), job.config().training(), GanListener.LOSSES));
    }

    /**
     * Compiles the step and trains with it; blocks as {@link GanTraining#run} does. The monitor is asked several times a
     * second, on the calling thread; the code is compiled and runs on a thread of its own.
     *
     * @param source a Java file with one class that implements {@link CustomGanStep}
     * @throws InvalidInputException also if the code does not compile, throws, returns no losses, or does not answer a
     *     cancel
     */
    public static TrainedGan run(final GanJob job, final String source, final GanMonitor monitor) {
        return run(job, source, RunFiles.NONE, monitor);
    }

    /** Trains as above, and keeps the state of the run as {@link GanTraining} does. */
    public static TrainedGan run(
            final GanJob job, final String source, final RunFiles files, final GanMonitor monitor) {
        return new CodeGanTraining(GanTraining.checked(job), Optional.of(source), files, monitor).run();
    }

    /**
     * The same with the standard step, for networks with layers in Java.
     *
     * @param job checked already
     */
    static TrainedGan ofStandardStep(final GanJob job, final RunFiles files, final GanMonitor monitor) {
        return new CodeGanTraining(job, Optional.empty(), files, monitor).run();
    }

    private TrainedGan run() {
        final TorchEngine engine = TorchEngine.start();
        return KeptRun.duringCode(files, Workers.alone(), () -> GanIdentity.of(job, source), relay, thread, kept -> {
            compile();
            return engine.compute(job.compute().threads(), () -> train(engine, kept));
        });
    }

    private void compile() {
        code = source.map(text -> CodeCompiler.compile("step", text));
        layers = LayerCode.of(List.of(
                job.generator().model().network(), job.discriminator().model().network()));
        places = new CodePlaces(
                Stream.concat(code.stream(), layers.all().stream()).toList());
    }

    /** Random numbers are shared out as in {@link GanTraining}, so that the same step makes the same images. */
    private TrainedGan train(final TorchEngine engine, final KeptRun kept) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                GanStep step = new GanStep(
                        job,
                        code.map(own -> UserCode.one(own, CustomGanStep.class))
                                .orElseGet(() -> UserCode.ours(new StandardGanStep())),
                        Workers.alone(),
                        new EngineRun.Surroundings(relay::log, thread::isStopped, TAKEN, places, layers),
                        GanStep.Random.of(job.config().training().seed()),
                        Computation.ofUsers(job.compute().execution(), arrays, relay::log, Workers.alone()),
                        arrays)) {
            return train(step, kept);
        }
    }

    private TrainedGan train(final GanStep step, final KeptRun kept) {
        try {
            return GanTraining.train(job, step, kept, relay);
        } catch (final CodeStop stop) {
            return GanTraining.cancelled(job, step);
        }
    }
}
