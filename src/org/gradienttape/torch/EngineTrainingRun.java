package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.gradienttape.metric.Predictions;
import org.gradienttape.step.Metrics;
import org.gradienttape.step.Optimizer;
import org.gradienttape.step.StepException;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.TrainingRun;

/** What the GradientTape Trainer offers to the code of steps. */
final class EngineTrainingRun extends EngineRun implements TrainingRun {
    /**
     * What the metrics shall take in.
     *
     * @param labels one per row of the predictions
     */
    record Outcome(Predictions predictions, int[] labels) {}

    private final RunModel model;
    private final Optimizer optimizer;
    private double learningRate;
    private Outcome outcome;

    /**
     * @param engine owner of everything native that this run opens
     * @param layers random numbers of the layers
     * @param own random numbers of the code
     */
    EngineTrainingRun(
            final TrainingJob job,
            final NDManager engine,
            final RandomGenerator layers,
            final RandomGenerator own,
            final Surroundings surroundings) {
        super(engine, LossOp.of(job.loss()), own, surroundings);
        this.model = new RunModel(job.model(), layers, this::scope, arrays());
        this.optimizer = new RunOptimizer(
                job.optimizer(),
                new GradientClipper(job.update().clipping()),
                () -> learningRate,
                this::scope,
                arrays());
    }

    /** Opens the next step with the learning rate of its update. */
    StepScope begin(final StepPlace place, final double rate) {
        learningRate = rate;
        outcome = null;
        return begin(place);
    }

    /** The standard validation of the model. */
    Evaluation evaluation(final TrainingJob job) {
        return model.evaluation(job, arrays());
    }

    /** What the code told the metrics in this step. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    @Override
    public RunModel model() {
        return model;
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
        final NDArray rows = EngineTensor.arrayOf(predictions);
        final long[] labels = y.toLongArray();
        final Shape shape = rows.getShape();
        if (shape.dimension() != 2 || shape.get(0) != labels.length) {
            throw new StepException("updateState needs one row of predictions per label, but there are " + labels.length
                    + " labels and the predictions have the shape " + shape);
        }
        final int[] classes = new int[labels.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) labels[i];
        }
        outcome = new Outcome(new Predictions(rows.toFloatArray(), (int) shape.get(0), (int) shape.get(1)), classes);
    }
}
