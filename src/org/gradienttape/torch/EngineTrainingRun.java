package org.gradienttape.torch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Predictions;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.step.Metrics;
import org.gradienttape.step.StepException;
import org.gradienttape.step.TrainingRun;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.train.BatchResult;

/** What the GradientTape Trainer offers to steps. */
final class EngineTrainingRun extends EngineRun implements TrainingRun {
    private final Computation computation;
    private final RunNetwork model;
    private final Optimizer optimizer;
    private Told told;

    /**
     * @param layers random numbers of the layers
     * @param own random numbers of the steps
     */
    EngineTrainingRun(
            final TrainingJob job,
            final Computation computation,
            final RandomGenerator layers,
            final RandomGenerator own,
            final Surroundings surroundings) {
        super(computation, job.loss(), own, surroundings);
        this.computation = computation;
        this.model = RunNetwork.of("", job.model(), computation, layers);
        this.optimizer = new Optimizer(job.update(), computation);
    }

    /** What a step told the metrics. */
    private record Told(Tensor y, Fetched labels, Fetched predictions) {}

    /** What a step left; its numbers are there when it has run. */
    record Outcome(Fetched loss, Optional<Told> told, Map<String, DoubleSupplier> reported) {
        /**
         * @param classes the labels of the batch
         */
        BatchResult of(final int[] classes) {
            final BatchResult result = told.map(what -> {
                        final float[] values = what.predictions.numbers();
                        final int[] labels = what.labels == null ? classes : integers(what.labels.numbers());
                        return new BatchResult(
                                loss.number(),
                                new Predictions(values, labels.length, values.length / labels.length),
                                labels);
                    })
                    .orElseGet(() -> BatchResult.ofLosses(classes.length, List.of((double) loss.number())));
            return result.ofSamples(classes.length).withReported(Reports.numbers(reported));
        }

        private static int[] integers(final float[] numbers) {
            final int[] integers = new int[numbers.length];
            for (int i = 0; i < integers.length; i++) {
                integers[i] = (int) numbers[i];
            }
            return integers;
        }
    }

    /** Takes a step's loss and what it told, at its end. */
    Outcome outcome(final Tensor loss, final Tensor y) {
        final Fetched value = fetchLoss("loss", loss);
        final Optional<Told> metrics = Optional.ofNullable(told)
                .map(what -> new Told(
                        what.y,
                        what.y == y ? null : computation.fetch(what.y.toFloat()), // the batch's own labels are known
                        what.predictions));
        told = null;
        return new Outcome(value, metrics, reported());
    }

    /** A step begins. */
    void begin() {
        told = null;
    }

    /** A copy of the weights as they are now. */
    Weights weights() {
        return model.weights(computation);
    }

    @Override
    public CallableNetwork model() {
        return model.network();
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public Metrics metrics() {
        return this::updateState;
    }

    private void updateState(final Tensor y, final Tensor predictions) {
        if (predictions.rank() != 2 || predictions.size(0) != y.size()) {
            throw new StepException("updateState needs one row of predictions per label, but there are " + y.size()
                    + " labels and the predictions have the shape " + Arrays.toString(predictions.shape()));
        }
        told = new Told(y, null, computation.fetch(predictions.toFloat()));
    }
}
