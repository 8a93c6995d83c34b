package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.metric.Predictions;
import org.gradienttape.model.Model;

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
         * @param first the number of the batch's first sample
         * @param outputs one row per sample, as the last layer gives them
         * @return false to stop
         */
        boolean take(int first, Predictions outputs);
    }

    /**
     * Checks the shapes alone; starts no engine.
     *
     * @throws InvalidInputException if the model does not take these samples, or its output is no row of numbers
     */
    public static void check(final Network network, final DatasetInfo data) {
        FitCheck.input(network, "the data " + data.name(), data);
        if (network.output().rank() != 1) {
            throw new InvalidInputException(
                    "The model should give one row of numbers per sample, but its output has the" + " shape "
                            + network.output() + "; let the model end with a Dense layer.");
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
        check(job.model().network(), job.dataset().info());
        if (job.dataset().samples() == 0) {
            return true;
        }
        final Dataset dataset = job.model().preprocessing().scaled(job.dataset(), "the data");
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(job.compute().threads(), () -> predict(job, dataset, engine, taker));
    }

    /**
     * @param dataset the job's, scaled for the model
     */
    private static boolean predict(
            final PredictionJob job, final Dataset dataset, final TorchEngine engine, final Taker taker) {
        final int batchSize = Math.min(job.batchSize(), dataset.samples());
        try (NDManager run = engine.newManager(engine.resolve(job.compute().device()));
                Forward forward = forward(job.model(), dataset, batchSize, run)) {
            boolean goOn = true;
            for (int first = 0; goOn && first < dataset.samples(); first += batchSize) {
                final int[] samples = IntStream.range(first, Math.min(first + batchSize, dataset.samples()))
                        .toArray();
                final float[] values = forward.outputs(samples);
                goOn = taker.take(first, new Predictions(values, samples.length, values.length / samples.length));
            }
            return goOn;
        }
    }

    /** The same job is computed the same way again, since only its size decides. */
    private static Forward forward(final Model model, final Dataset dataset, final int batchSize, final NDManager run) {
        final SampleFeed feed = new SampleFeed(dataset, batchSize);
        return dataset.samples() / batchSize < COMPILED_FROM
                ? new EagerForward(model, feed, run)
                : new CompiledForward(model, feed, run);
    }
}
