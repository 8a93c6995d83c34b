package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.gradienttape.code.UserStep;
import org.gradienttape.layer.Weights;
import org.gradienttape.step.CustomStep;
import org.gradienttape.step.Tensor;
import org.gradienttape.train.BatchResult;
import org.gradienttape.train.TrainStep;

/** The step that a user wrote. Validation, which the code does not see, is that of the standard step. */
final class CodeStep implements LearningStep {
    private final UserStep<CustomStep> code;
    private final EngineTrainingRun run;
    private final SampleFeed training;
    private final Evaluation validation;
    private final int stepsOfEpoch;
    private long updates;

    /**
     * @param run what the code works with; belongs to whoever made it
     */
    CodeStep(final TrainingJob job, final UserStep<CustomStep> code, final EngineTrainingRun run) {
        final int samples = job.training().samples();
        final int batchSize = Math.min(job.config().batchSize(), samples);
        this.code = code;
        this.run = run;
        this.training = new SampleFeed(job.training(), batchSize);
        this.validation = run.evaluation(job);
        this.stepsOfEpoch = (samples + batchSize - 1) / batchSize;
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

    private BatchResult train(final TrainStep.Batch batch) {
        try (StepScope scope = run.begin(
                StepPlace.of(updates++, stepsOfEpoch), batch.learningRates().get(0))) {
            final SampleBatch samples = SampleBatch.of(training, batch.samples(), scope.arrays());
            final NDArray labels = samples.labels().reshape(batch.samples().length);
            final Tensor x = scope.tensor(samples.features());
            final Tensor y = scope.tensor(labels);
            final double loss = code.call(step -> StepResult.loss("loss", step.trainStep(run, x, y)));
            return result(loss, batch.samples().length);
        }
    }

    private BatchResult result(final double loss, final int samples) {
        final var reported = run.reports().values();
        return run.outcome()
                .map(told -> new BatchResult(
                        samples, List.of(loss), told.predictions(), told.labels(), reported, Optional.empty()))
                .orElseGet(() -> BatchResult.ofLosses(samples, List.of(loss)).withReported(reported));
    }

    @Override
    public List<Weights> weights() {
        return List.of(run.model().read());
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
