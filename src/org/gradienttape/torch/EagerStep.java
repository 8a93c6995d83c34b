package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradienttape.layer.Weights;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.TrainStep;

/**
 * The guide's step, operation by operation: forward inside the tape, loss, gradients, update. All native arrays of a
 * step end with it, also when it throws.
 */
final class EagerStep implements LearningStep {
    private final NDManager run;
    private final NetworkOp network;
    private final LossOp loss;
    private final ResidentWeights weights;
    private final GradientClipper clipper;
    private final Optimizer optimizer;
    private final SampleFeed training;
    private final Evaluation validation;

    /**
     * @param engine owner of everything native that this step opens
     */
    EagerStep(final TrainingJob job, final NDManager engine) {
        final int batchSize = job.config().batchSize();
        this.run = engine.newSubManager();
        this.network = new NetworkOp(
                job.model().network(), new SplittableRandom(job.config().seed()).split());
        this.loss = LossOp.of(job.loss());
        this.weights = new ResidentWeights(job.model().network(), job.model().weights(), run);
        this.clipper = new GradientClipper(job.update().clipping());
        this.optimizer = Optimizer.of(job.optimizer(), weights.trainable(), run);
        this.training = new SampleFeed(
                job.training(), Math.min(batchSize, job.training().samples()));
        this.validation = new Evaluation(job, network, weights, run);
    }

    @Override
    public int batchesPerCall() {
        return 1;
    }

    @Override
    public List<BatchResult> train(final List<TrainStep.Batch> batches) {
        return batches.stream().map(this::train).toList();
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> batches) {
        return batches.stream().map(validation::evaluate).toList();
    }

    private BatchResult train(final TrainStep.Batch samples) {
        try (NDManager step = run.newSubManager();
                GradientTape tape = new GradientTape(step)) {
            final List<NDArray> watched = tape.watch(weights.trainable());
            final SampleBatch batch = SampleBatch.of(training, samples.samples(), step);
            final ForwardPass pass = new ForwardPass(step, weights.with(watched), ForwardPass.Mode.TRAINING);
            final NDArray predictions = network.forward(batch.features(), pass);
            final NDArray total = pass.total(loss.value(predictions, batch.labels()));
            optimizer.update(clipper.clip(tape.gradient(total, watched)), samples.learningRate());
            return Evaluation.result(total, predictions, batch.classes());
        }
    }

    @Override
    public Weights weights() {
        return weights.read();
    }

    @Override
    public Optional<String> code() {
        return Optional.empty();
    }

    @Override
    public void close() {
        run.close();
    }
}
