package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.code.UserCode;
import org.gradienttape.layer.Weights;
import org.gradienttape.step.CustomStep;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.train.BatchResult;

/** Trains one network with a step, ours or a user's. */
final class NetworkStep implements LearningStep {
    private final NDManager arrays;
    private final Computation computation;
    private final UserCode<CustomStep> code;
    private final EngineTrainingRun run;
    private final StepBatches batches;
    private final CodeWatch watch;
    private final StepSamples training;
    private final Optional<StepSamples> validation;
    private final long seed;

    /**
     * @param code what happens with a batch
     * @param computation closed with this step
     * @param engine owner of everything native that this step opens
     */
    NetworkStep(
            final TrainingJob job,
            final UserCode<CustomStep> code,
            final EngineRun.Surroundings surroundings,
            final Computation computation,
            final NDManager engine) {
        final int batchSize = job.config().batchSize();
        final SplittableRandom random = new SplittableRandom(job.config().seed());
        this.arrays = engine.newSubManager();
        this.computation = computation;
        this.code = code;
        this.run = new EngineTrainingRun(job, computation, random.split(), random.split(), surroundings);
        this.batches = new StepBatches(computation, arrays);
        this.watch = new CodeWatch(surroundings.code(), surroundings.stopped(), computation);
        computation.watchedBy(watch);
        this.training = StepSamples.of(job.training(), batchSize, arrays);
        this.validation = job.validation().map(dataset -> StepSamples.of(dataset, batchSize, arrays));
        this.seed = job.config().seed();
    }

    @Override
    public int batchesPerCall() {
        return computation.joinsSteps() ? training.size().batches() : 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> call) {
        return run(training, call.stream().map(Batch::samples).toList(), (i, x, y) -> {
            run.train(call.get(i));
            run.optimizer().setLearningRate(call.get(i).learningRates().get(0));
            return code.call(step -> run.outcome(step.trainStep(run, x, y), y));
        });
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> call) {
        return run(validation.orElseThrow(), call, (i, x, y) -> {
            run.validate(new SplittableRandom(seed + call.get(i)[0]));
            return code.call(step -> run.outcome(step.testStep(run, x, y), y));
        });
    }

    @FunctionalInterface
    private interface Code {
        EngineTrainingRun.Outcome run(int batch, Tensor x, Tensor y);
    }

    private List<BatchResult> run(final StepSamples side, final List<int[]> call, final Code batchCode) {
        final List<EngineTrainingRun.Outcome> outcomes = batches.run(side, call, (i, x) -> {
            watch.begin();
            run.begin();
            final int[] batch = call.get(i);
            return batchCode.run(i, x, computation.machine().tensor(side.labels(batch), batch.length));
        });
        return IntStream.range(0, call.size())
                .mapToObj(i -> outcomes.get(i).of(side.classes(call.get(i))))
                .toList();
    }

    @Override
    public Optional<String> code() {
        return computation.code();
    }

    @Override
    public List<Weights> weights() {
        return List.of(run.weights());
    }

    @Override
    public void close() {
        computation.close();
        arrays.close();
    }
}
