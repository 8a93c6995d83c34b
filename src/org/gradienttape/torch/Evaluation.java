package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.gradienttape.metric.Predictions;
import org.gradienttape.train.BatchResult;

/** Looks at validation data with the weights as they are; nothing is changed. */
final class Evaluation {
    private final NetworkOp network;
    private final LossOp loss;
    private final ResidentWeights weights;
    private final Optional<SampleFeed> validation;
    private final NDManager run;

    /**
     * @param weights those that training changes
     * @param run owner of the arrays of each batch's manager
     */
    Evaluation(final TrainingJob job, final NetworkOp network, final ResidentWeights weights, final NDManager run) {
        this.network = network;
        this.loss = LossOp.of(job.loss());
        this.weights = weights;
        this.validation = job.validation()
                .map(dataset -> new SampleFeed(dataset, Math.min(job.config().batchSize(), dataset.samples())));
        this.run = run;
    }

    /**
     * One batch.
     *
     * @param samples indices into the validation data
     */
    BatchResult evaluate(final int[] samples) {
        try (NDManager step = run.newSubManager()) {
            final SampleBatch batch = SampleBatch.of(validation.orElseThrow(), samples, step);
            final ForwardPass pass = new ForwardPass(step, weights.arrays(), ForwardPass.Mode.INFERENCE);
            final NDArray predictions = network.forward(batch.features(), pass);
            return result(pass.total(loss.value(predictions, batch.labels())), predictions, batch.classes());
        }
    }

    /**
     * What a batch gave, on the JVM.
     *
     * @param predictions [batch, columns]
     */
    static BatchResult result(final NDArray loss, final NDArray predictions, final int[] classes) {
        final float[] values = predictions.toFloatArray();
        return new BatchResult(
                loss.getFloat(), new Predictions(values, classes.length, values.length / classes.length), classes);
    }
}
