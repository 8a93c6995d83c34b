package org.gradienttape.torch.training;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.code.CompiledCode;
import org.gradienttape.code.UserCode;
import org.gradienttape.distributed.Workers;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;
import org.gradienttape.state.RandomStream;
import org.gradienttape.step.CustomStep;
import org.gradienttape.step.StandardStep;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.torch.CodeWatch;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.feed.StepBatches;
import org.gradienttape.torch.feed.StepSamples;
import org.gradienttape.torch.feed.StepTargets;
import org.gradienttape.train.BatchResult;

/** Trains one network with a step, ours or a user's. */
final class NetworkStep implements LearningStep {
    private final NDManager arrays;
    private final Computation computation;
    private final UserCode<CustomStep> code;
    private final Workers workers;
    private final SharedLearning shared;
    private final EngineTrainingRun run;
    private final StepBatches batches;
    private final CodeWatch watch;
    private final Optional<SharedCode> sharedCode;
    private final boolean isOwnStep;
    /** Weights of layers that gradients do not change. */
    private final List<Variable> averages;

    private final StepSamples training;
    private final Optional<StepSamples> validation;
    private final StepTargets trainingTargets;
    private final Optional<StepTargets> validationTargets;
    private final Loss loss;
    private final RandomStream layers;
    private final RandomStream own;
    private final long seed;
    private final Consumer<String> log;
    private boolean toldOfWeights;
    private boolean toldOfMask;

    /**
     * @param ownStep what happens with a batch; empty for the standard step
     * @param loss the code of the job's loss, if it is a user's
     * @param workers share the batches
     * @param computation closed with this step
     * @param engine owner of everything native that this step opens
     */
    NetworkStep(
            final TrainingJob job,
            final Optional<UserCode<CustomStep>> ownStep,
            final Optional<CompiledCode> loss,
            final Workers workers,
            final EngineRun.Surroundings surroundings,
            final Computation computation,
            final NDManager engine) {
        final int batchSize = job.config().batchSize();
        final RandomStream random = new RandomStream(job.config().seed());
        this.layers = random.split();
        this.own = random.split();
        this.loss = job.loss();
        this.isOwnStep = ownStep.isPresent();
        this.arrays = engine.newSubManager();
        this.computation = computation;
        this.workers = workers;
        this.shared = new SharedLearning(workers, computation::machine);
        this.code = ownStep.orElseGet(
                () -> UserCode.ours(workers.areSeveral() ? new StandardStep(shared) : new StandardStep(), loss));
        this.run = new EngineTrainingRun(job, computation, layers, own, surroundings);
        final List<Variable> byGradients = run.model().trainableWeights();
        this.averages = run.model().weights().stream()
                .filter(weight -> !byGradients.contains(weight))
                .toList();
        this.batches = new StepBatches(computation, arrays);
        this.watch = new CodeWatch(surroundings.code(), surroundings.stopped(), computation);
        this.sharedCode = workers.areSeveral() && watch.hasCode()
                ? Optional.of(new SharedCode(workers, computation, watch, this::assignable, isOwnStep))
                : Optional.empty();
        computation.watchedBy(sharedCode.<Machine.Watch>map(some -> some).orElse(watch));
        if (isOwnStep) {
            sharedCode.ifPresent(run::sharedBy);
        }
        this.training = StepSamples.of(job.training(), batchSize, arrays);
        this.validation = job.validation().map(dataset -> StepSamples.of(dataset, batchSize, arrays));
        this.trainingTargets =
                StepTargets.ofTraining(job.training(), job.objective().classWeights());
        this.validationTargets = job.validation().map(StepTargets::ofValidation);
        this.seed = job.config().seed();
        this.log = surroundings.log();
    }

    @Override
    public int batchesPerCall() {
        return computation.joinsSteps() && workers.joinsSteps()
                ? training.size().batches()
                : 1;
    }

    @Override
    public List<BatchResult> train(final List<Batch> call) {
        final List<int[]> samples = call.stream().map(Batch::samples).toList();
        final List<BatchResult> results = run(training, trainingTargets, samples, (i, x, y) -> {
            run.train(call.get(i));
            run.optimizer().setLearningRate(call.get(i).learningRates().get(0));
            return code.call(step -> run.outcome(step.trainStep(run, x, y), y));
        });
        sayIfWeightsAreIgnored();
        return results;
    }

    @Override
    public List<BatchResult> evaluate(final List<int[]> call) {
        return run(validation.orElseThrow(), validationTargets.orElseThrow(), call, (i, x, y) -> {
            run.validate(new RandomStream(seed + call.get(i)[0]));
            return code.call(step -> run.outcome(step.testStep(run, x, y), y));
        });
    }

    @Override
    public boolean runsOwnCode() {
        return watch.hasCode();
    }

    @Override
    public boolean goOn(final boolean wanted) {
        return workers.goOn(wanted);
    }

    private void sayIfWeightsAreIgnored() {
        if (!toldOfWeights && run.ignoresWeights()) {
            toldOfWeights = true;
            log.accept(
                    "Samples or classes count differently, but the step does not ask for run.sampleWeights(), so in its"
                            + " loss they count alike.");
        }
        if (!toldOfMask && run.model().ignoresMask()) {
            toldOfMask = true;
            log.accept(
                    "The output still has steps that are masked, but the step does not ask for run.model().mask(), so its"
                            + " loss counts them like the others.");
        }
    }

    @FunctionalInterface
    private interface Code {
        EngineTrainingRun.Outcome run(int batch, Tensor x, Tensor y);
    }

    private List<BatchResult> run(
            final StepSamples side, final StepTargets targets, final List<int[]> call, final Code batchCode) {
        final List<int[]> own = workers.own(call);
        final List<EngineTrainingRun.Outcome> outcomes = batches.run(side, own, (i, x) -> {
            watch.begin();
            final int[] batch = own.get(i);
            share(call.get(i).length);
            run.begin(targets.weights(computation.machine(), batch));
            return batchCode.run(i, x, targets.tensor(computation.machine(), batch, x));
        });
        return IntStream.range(0, call.size())
                .mapToObj(i -> outcomes.get(i).of(targets, call.get(i)))
                .toList();
    }

    private void share(final int samples) {
        shared.begin(samples);
        sharedCode.ifPresent(some -> some.begin(samples));
        if (workers.areSeveral() && !isOwnStep) {
            run.share(samples);
        }
    }

    /** What steps and layers assign themselves, not by gradients. */
    private Stream<Variable> assignable() {
        return Stream.concat(run.ownVariables(), averages.stream());
    }

    @Override
    public void keep(final Memory memory) {
        layers.keep(memory.part("layers"));
        own.keep(memory.part("own"));
        computation.keep(memory.part("computation"));
        run.keep(memory.part("run"));
        final ObjectMemory objects = new ObjectMemory(run.references(), Tensor.class);
        code.keep(memory.part("code"), objects);
        if (loss instanceof UserLoss ofUser) {
            ofUser.code().keep(memory.part("loss"), objects);
        }
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
