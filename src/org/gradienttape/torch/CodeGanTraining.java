package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.gradienttape.code.CodeCompiler;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.CompiledCode;
import org.gradienttape.code.UserCode;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanListener;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.step.CustomGanStep;
import org.gradienttape.train.Progress;

/** Trains a generator and a discriminator with a step that a user wrote. */
public final class CodeGanTraining {
    private static final List<String> TAKEN = List.of("Epoch", "Step", "Discriminator loss", "Generator loss");

    private final GanJob job;
    private final CompiledCode code;
    private final CodePlaces places;
    private final CodeThread thread;
    private final MonitorRelay relay;

    private CodeGanTraining(final GanJob job, final CompiledCode code, final GanMonitor monitor) {
        this.job = job;
        this.code = code;
        this.places = new CodePlaces(List.of(code));
        this.thread = new CodeThread(places::lineOf);
        this.relay = new MonitorRelay(
                monitor,
                thread,
                Progress.start(job.training().samples(), job.config().training(), GanListener.LOSSES));
    }

    /**
     * Compiles the step and trains with it; blocks as {@link GanTraining#run} does. The monitor is asked several times a
     * second, on the calling thread; the code runs on a thread of its own.
     *
     * @param source a Java file with one class that implements {@link CustomGanStep}
     * @throws InvalidInputException also if the code does not compile, throws, returns no losses, or does not answer a
     *     cancel
     */
    public static TrainedGan run(final GanJob job, final String source, final GanMonitor monitor) {
        return new CodeGanTraining(GanTraining.checked(job), CodeCompiler.compile("step", source), monitor).run();
    }

    private TrainedGan run() {
        final TorchEngine engine = TorchEngine.start();
        try {
            return thread.run(() -> engine.compute(job.compute().threads(), () -> train(engine)), relay::pass);
        } finally {
            relay.pass();
        }
    }

    /** Random numbers are shared out as in {@link GanTraining}, so that the same step makes the same images. */
    private TrainedGan train(final TorchEngine engine) {
        try (NDManager arrays = engine.newManager(engine.resolve(job.compute().device()));
                GanStep step = new GanStep(
                        job,
                        UserCode.one(code, CustomGanStep.class),
                        new EngineRun.Surroundings(relay::log, thread::isStopped, TAKEN, places),
                        GanStep.Random.of(job.config().training().seed()),
                        Computation.ofUsers(job.compute().execution(), arrays, relay::log),
                        arrays)) {
            return train(step);
        }
    }

    private TrainedGan train(final GanStep step) {
        try {
            return GanTraining.train(job, step, relay);
        } catch (final CodeStop stop) {
            return GanTraining.cancelled(job, step);
        }
    }
}
