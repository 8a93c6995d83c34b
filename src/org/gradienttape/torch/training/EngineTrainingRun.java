package org.gradienttape.torch.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.gradienttape.distributed.Part;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Weights;
import org.gradienttape.metric.Predictions;
import org.gradienttape.metric.Targets;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.state.Memory;
import org.gradienttape.step.Metrics;
import org.gradienttape.step.StepException;
import org.gradienttape.step.TrainingRun;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;
import org.gradienttape.torch.feed.StepTargets;
import org.gradienttape.train.BatchResult;

/** What the GradientTape Trainer offers to steps. */
final class EngineTrainingRun extends EngineRun implements TrainingRun {
    private final Computation computation;
    private final RunNetwork model;
    private final Optimizer optimizer;
    private final Metrics metrics = this::updateState;
    private Told told;
    private Optional<Tensor> sampleWeights = Optional.empty();
    private boolean askedForWeights;
    /** The samples of a batch that several workers share; 0 if this one is alone. */
    private int sharedSamples;

    private final boolean hasClasses;

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
        super(computation, job.loss(), layers, own, surroundings);
        this.computation = computation;
        this.hasClasses = job.training().hasClasses();
        this.model = RunNetwork.of("", job.model(), computation, layerRandom(), surroundings.layers());
        this.optimizer = new Optimizer(job.update(), computation);
    }

    /**
     * What a step told the metrics.
     *
     * @param rows of y and of the predictions
     * @param targets the numbers of y; null if it is the batch's own
     * @param mask of the steps of sequences; empty if all count
     */
    private record Told(
            Tensor y,
            int rows,
            Supplier<Fetched> targets,
            Supplier<Fetched> predictions,
            Optional<Supplier<Fetched>> mask) {
        Targets masked(final Targets all) {
            return mask.map(steps -> all.masked(steps.get().numbers())).orElse(all);
        }
    }

    /** What a step left; its numbers are there when it has run. */
    record Outcome(Supplier<Fetched> loss, Optional<Told> told, Map<String, DoubleSupplier> reported) {
        /**
         * @param side whose samples these are
         * @param samples of the batch
         */
        BatchResult of(final StepTargets side, final int[] samples) {
            final BatchResult result = told.map(what -> {
                        final float[] values = what.predictions.get().numbers();
                        final Targets targets = what.targets == null
                                ? side.targets(samples)
                                : side.targets(what.targets.get().numbers(), what.rows, samples);
                        return new BatchResult(
                                loss.get().number(),
                                side.unscaled(new Predictions(values, what.rows, values.length / what.rows)),
                                what.masked(targets));
                    })
                    .orElseGet(() -> BatchResult.ofLosses(
                            samples.length, List.of((double) loss.get().number())));
            return result.ofSamples(samples.length).withReported(Reports.numbers(reported));
        }
    }

    /** Takes a step's loss and what it told, at its end. */
    Outcome outcome(final Tensor loss, final Tensor y) {
        final Supplier<Fetched> value = askForLoss("loss", loss);
        final Optional<Told> metrics = Optional.ofNullable(told)
                .map(what -> new Told(
                        what.y,
                        what.rows,
                        what.y == y ? null : ask(Part.rows(what.y.toFloat())), // the batch's own are known
                        what.predictions,
                        what.mask));
        told = null;
        endOfStep();
        return new Outcome(value, metrics, reported());
    }

    /** The next batch, of so many samples, is shared with other workers, whose predictions our own step knows. */
    void share(final int samples) {
        sharedSamples = samples;
    }

    /**
     * A step begins.
     *
     * @param weights how much the samples of its batch count
     */
    void begin(final Optional<Tensor> weights) {
        told = null;
        sampleWeights = weights;
    }

    @Override
    public void keep(final Memory memory) {
        optimizer.keep(memory.part("optimizer"));
        super.keep(memory);
        model.keep(memory, references());
    }

    @Override
    public Map<String, Object> references() {
        final Map<String, Object> references = super.references();
        references.put("model", model.network());
        references.put("optimizer", optimizer);
        references.put("metrics", metrics);
        addWeights(references, model);
        return references;
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
    public Optional<Tensor> sampleWeights() {
        askedForWeights = true;
        return sampleWeights;
    }

    /** Whether samples count differently, but no step has asked how much. */
    boolean ignoresWeights() {
        return sampleWeights.isPresent() && !askedForWeights;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    private void updateState(final Tensor y, final Tensor predictions, final Optional<Tensor> mask) {
        if (y == null || predictions == null) {
            throw new StepException("updateState needs y and predictions, but one of them is null");
        }
        mask.filter(steps -> hasClasses
                        || steps.rank() != 2
                        || steps.size(0) != predictions.size(0)
                        || predictions.size() % steps.size() != 0)
                .ifPresent(steps -> {
                    throw new StepException("updateState needs a mask with a number for each step of a sequence of"
                            + " numbers, but the mask has the shape " + Arrays.toString(steps.shape())
                            + " and the predictions " + Arrays.toString(predictions.shape()));
                });
        if (sharedSamples > 0) { // the predictions of all workers, whose targets are those of the dataset
            final Fetched numbers = computation.fetch(predictions);
            final Optional<Fetched> counted = mask.map(computation::fetch);
            told = new Told(y, sharedSamples, null, () -> numbers, counted.map(steps -> () -> steps));
            return;
        }
        if (predictions.rank() < 2 || y.rank() == 0 || predictions.size(0) != y.size(0)) {
            throw new StepException("updateState needs one row of predictions for each row of y, but y has the shape "
                    + Arrays.toString(y.shape()) + " and the predictions " + Arrays.toString(predictions.shape()));
        }
        if (y.size() != (hasClasses ? y.size(0) : predictions.size())) {
            throw new StepException("updateState needs "
                    + (hasClasses ? "one label in each row of y" : "as many predictions as numbers in y")
                    + ", but y has the shape "
                    + Arrays.toString(y.shape()) + " and the predictions " + Arrays.toString(predictions.shape()));
        }
        final int rows = rowsOfAll((int) y.size(0));
        if (rows == 0) {
            told = null; // as if nobody had told anything
            return;
        }
        told = new Told(y, rows, null, ask(Part.rows(predictions.toFloat())), mask.map(steps -> ask(Part.rows(steps))));
    }
}
