package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Predictions;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.train.BatchResult;

/**
 * The guide's step, {@code train_step} of "Writing a training loop from scratch": loss and the losses that layers add,
 * gradients, one update. Compiled or operation by operation, as the computation does it.
 */
final class TensorStep implements LearningStep {
    private final NDManager arrays;
    private final Computation computation;
    private final CallableNetwork network;
    private final Loss loss;
    private final GradientClipping clipping;
    private final Optimizer optimizer;
    private final StepSamples training;
    private final Optional<StepSamples> validation;

    /**
     * @param engine owner of everything native that this step opens
     */
    TensorStep(final TrainingJob job, final Computation computation, final NDManager engine) {
        final int batchSize = job.config().batchSize();
        this.arrays = engine.newSubManager();
        this.computation = computation;
        this.network = new CallableNetwork(
                job.model().network(),
                job.model().weights(),
                computation,
                computation::machine,
                new SplittableRandom(job.config().seed()).split());
        this.loss = job.loss();
        this.clipping = job.update().clipping();
        this.optimizer = new Optimizer(job.optimizer(), computation);
        this.training = StepSamples.of(job.training(), batchSize, arrays);
        this.validation = job.validation().map(dataset -> StepSamples.of(dataset, batchSize, arrays));
    }

    @Override
    public int batchesPerCall() {
        return computation.joinsSteps() ? training.size().batches() : 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> batches) {
        return run(training, batches.stream().map(Batch::samples).toList(), (i, x, y) -> {
            try (GradientTape tape = new GradientTape()) {
                final Tensor predictions = network.call(x, Mode.TRAINING);
                final Tensor total = total(y, predictions);
                final List<Variable> weights = network.trainableWeights();
                final List<Tensor> gradients = clipping.clip(tape.gradient(total, weights));
                optimizer.apply(
                        gradients, weights, batches.get(i).learningRates().get(0));
                return new Outcome(computation.fetch(total), computation.fetch(predictions));
            }
        });
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> batches) {
        return run(validation.orElseThrow(), batches, (i, x, y) -> {
            final Tensor predictions = network.call(x, Mode.INFERENCE);
            return new Outcome(computation.fetch(total(y, predictions)), computation.fetch(predictions));
        });
    }

    private Tensor total(final Tensor y, final Tensor predictions) {
        computation.machine().at("loss");
        final Tensor value = loss.call(y, predictions);
        computation.machine().at("");
        return network.hasLosses() ? value.add(network.losses()) : value;
    }

    /** What a step leaves. */
    private record Outcome(Fetched loss, Fetched predictions) {
        BatchResult of(final int[] classes) {
            final float[] values = predictions.numbers();
            return new BatchResult(
                    loss.number(), new Predictions(values, classes.length, values.length / classes.length), classes);
        }
    }

    @FunctionalInterface
    private interface Code {
        Outcome run(int batch, Tensor x, Tensor y);
    }

    private List<BatchResult> run(final StepSamples side, final List<int[]> batches, final Code code) {
        final long start = System.nanoTime();
        final int[] samples = batches.stream().flatMapToInt(Arrays::stream).toArray();
        final long[] places = side.source().places(samples);
        final List<Outcome> outcomes = new ArrayList<>();
        try (NDManager call = arrays.newSubManager()) {
            final NDArray features = side.source().features(samples, call);
            int first = 0;
            for (int i = 0; i < batches.size(); i++) {
                final int number = i;
                final int from = first;
                final int[] batch = batches.get(i);
                computation.step(() -> outcomes.add(code.run(
                        number,
                        side.samples(computation, features, Arrays.copyOfRange(places, from, from + batch.length)),
                        computation.machine().tensor(side.labels(batch), batch.length))));
                first += batch.length;
            }
            computation.finish();
        }
        side.size().took(batches.size(), System.nanoTime() - start);
        final List<BatchResult> results = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            results.add(outcomes.get(i).of(side.classes(batches.get(i))));
        }
        return results;
    }

    @Override
    public Optional<String> code() {
        return computation.code();
    }

    @Override
    public List<Weights> weights() {
        final Map<String, float[]> values = new HashMap<>();
        network.weights().forEach(weight -> values.put(weight.name(), computation.read(weight)));
        return List.of(Weights.of(network.network(), values));
    }

    @Override
    public void close() {
        computation.close();
        arrays.close();
    }
}
