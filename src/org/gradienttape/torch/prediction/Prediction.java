package org.gradienttape.torch.prediction;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gradienttape.code.CancelWatch;
import org.gradienttape.code.CodePlaces;
import org.gradienttape.code.CodeStop;
import org.gradienttape.code.CodeThread;
import org.gradienttape.code.LayerCode;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.metric.Predictions;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.EagerComputation;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.TorchEngine;
import org.gradienttape.torch.feed.SampleFeed;
import org.gradienttape.torch.training.FitCheck;
import org.gradienttape.torch.training.VocabularyCheck;

/** Lets a trained model look at samples, batch by batch, in their order. Nothing of the model changes. */
public final class Prediction {
    /** With so many batches a program pays. */
    private static final int COMPILED_FROM = 8;

    private Prediction() {}

    /** Takes what the model says. */
    @FunctionalInterface
    public interface Taker {
        /**
         * Called after each batch.
         *
         * @return false to stop
         */
        boolean take(PredictedBatch batch);
    }

    /**
     * Checks the shapes alone; starts no engine.
     *
     * @throws InvalidInputException if the model does not take these samples, or its output is not what it should predict
     */
    public static void check(final Outline model, final DatasetInfo data) {
        final boolean isEncodedAnew =
                model.preprocessing().encoding().isPresent() && data.columns().isPresent();
        if (!isEncodedAnew) {
            checkInput(model, data);
        }
        checkOutput(model);
    }

    private static void checkInput(final Outline model, final DatasetInfo data) {
        FitCheck.input(model.network(), "the data " + data.name(), data);
    }

    /**
     * Checks whether a model predicts what it learned.
     *
     * @throws InvalidInputException if its output has another shape
     */
    public static void checkOutput(final Outline model) {
        final Network network = model.network();
        final Shape output = network.output();
        final Preprocessing learned = model.preprocessing();
        if (learned.target() instanceof Target.Features) {
            if (output.size() != network.input().size()) {
                throw new InvalidInputException("The model should give back samples of the shape " + network.input()
                        + ", but its output has the shape " + output
                        + "; let the model end with as many outputs as it has inputs.");
            }
            return;
        }
        if (output.rank() != 1) {
            throw new InvalidInputException(
                    "The model should give one row of numbers per sample, but its output has the" + " shape " + output
                            + "; let the model end with a Dense layer.");
        }
        if (learned.target() instanceof Target.Numbers numbers
                && output.size() != numbers.scalings().size()) {
            throw new InvalidInputException("The model should give one output for each number of its target (" + numbers
                    + "), but its output has the shape " + output
                    + "; let the model end with a Dense layer of as many units.");
        }
    }

    /**
     * Predicts; blocks until all samples are done or the taker stops it. The same job gives the same numbers, as with
     * training.
     *
     * @return whether all samples are done
     * @throws InvalidInputException if model and data do not fit, or the engine cannot compute them
     */
    public static boolean run(final PredictionJob job, final Taker taker) {
        return run(job, taker, () -> true);
    }

    /**
     * The same. Layers in Java run on a thread of their own, which calls the taker, too; since they may take long, it is also
     * asked meanwhile whether to go on.
     *
     * @param goOn asked all the time while there is Java code, on the calling thread; false stops
     */
    public static boolean run(final PredictionJob job, final Taker taker, final BooleanSupplier goOn) {
        checkInput(job.model().outline(), job.samples().info());
        checkOutput(job.model().outline());
        if (job.samples().info().samples() == 0) {
            return true;
        }
        final TorchEngine engine = TorchEngine.start();
        final Network network = job.model().network();
        if (!network.holdsCode()) {
            return engine.compute(job.compute().threads(), () -> predict(job, engine, taker, Prediction::ofOurs));
        }
        final LayerCode layers = LayerCode.of(List.of(network));
        final CodeThread thread = new CodeThread(new CodePlaces(layers.all())::lineOf, TorchEngine::computesOn, false);
        try {
            return thread.run(
                    () -> engine.compute(
                            job.compute().threads(),
                            () -> predict(
                                    job,
                                    engine,
                                    batch -> !thread.isCancelled() && taker.take(batch),
                                    ofCode(layers, thread::isStopped))),
                    goOn);
        } catch (final CodeStop cancelled) {
            return false;
        }
    }

    /** Makes what computes the batches. */
    @FunctionalInterface
    private interface Maker {
        /**
         * @param batches how many there will be
         * @param run owner of the weights
         */
        Forward of(Model model, SampleFeed feed, int batches, NDManager run);
    }

    private static boolean predict(
            final PredictionJob job, final TorchEngine engine, final Taker taker, final Maker maker) {
        final int batchSize = Math.min(job.batchSize(), job.samples().info().samples());
        final SampleFeed feed =
                new SampleFeed(job.samples(), batchSize, !job.model().network().holdsCode());
        try (NDManager run = engine.newManager(engine.resolve(job.compute().device()));
                Forward forward =
                        maker.of(job.model(), feed, job.samples().info().samples() / batchSize, run)) {
            final VocabularyCheck vocabulary = new VocabularyCheck(
                    job.model().network(), "the data " + job.samples().info().name());
            long first = 0;
            for (int count = feed.next(); count > 0; count = feed.next()) {
                for (int sample = 0; vocabulary.isNeeded() && sample < count; sample++) {
                    vocabulary.sample(feed.numbers(sample), first + sample);
                }
                final int columns = job.model().network().output().size();
                final float[] values = Arrays.copyOf(forward.outputs(), count * columns);
                final Predictions outputs = new Predictions(values, count, columns);
                if (!taker.take(new PredictedBatch(first, outputs, job.samples(), feed))) {
                    return false;
                }
                first += count;
            }
            return true;
        }
    }

    /** The same job is computed the same way again, since only its size decides. */
    private static Forward ofOurs(final Model model, final SampleFeed feed, final int batches, final NDManager run) {
        return batches < COMPILED_FROM
                ? new StepForward(model, feed, new EagerComputation(run, Workers.alone()), run, LayerCode.NONE)
                : new CompiledForward(model, feed, run);
    }

    /** Layers in Java may do something else with each batch, so each is a step. */
    private static Maker ofCode(final LayerCode layers, final BooleanSupplier stopped) {
        return (model, feed, batches, run) -> {
            final Execution execution = batches < COMPILED_FROM ? Execution.EAGER : Execution.COMPILED;
            final Computation computation = Computation.ofUsers(execution, run, line -> {}, Workers.alone());
            computation.watchedBy(new CancelWatch(stopped));
            return new StepForward(model, feed, computation, run, layers);
        };
    }
}
