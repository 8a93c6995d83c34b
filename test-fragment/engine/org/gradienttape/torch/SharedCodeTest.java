package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.gradienttape.torch.SharedRuns.assertAllTheSame;
import static org.gradienttape.torch.SharedRuns.assertEpochsAlike;
import static org.gradienttape.torch.SharedRuns.assertSameWeights;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.distributed.Collective;
import org.gradienttape.distributed.LostWorkerException;
import org.gradienttape.distributed.WorkerThreads;
import org.gradienttape.distributed.Workers;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that share batches of steps, losses, metrics and layers in Java learn what one alone learns, or say why they cannot. */
class SharedCodeTest {
    private static final int STEPS = 60;

    @TempDir
    private Path folder;

    private DatasetPair digits;

    @BeforeEach
    void readDigits() throws IOException {
        digits = TestData.mnistHeldOut(folder.resolve("data"), 430, 50);
    }

    private static Network dense(final Layer... between) {
        final List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Dense(16, Activation.RELU));
        layers.addAll(List.of(between));
        layers.add(new Layer.Dense(10, Activation.NONE));
        return Network.of(Shape.of(784), layers);
    }

    private TrainingJob job(final Network network, final Execution execution) {
        return TestData.by(
                execution,
                new TrainingJob(
                        TestData.fresh(network, 1),
                        digits.training(),
                        digits.heldOut(),
                        Objective.of(new Loss.SparseCategoricalCrossentropy()),
                        Update.of(new OptimizerConfig.Adam(1e-3)),
                        new TrainingConfig(10, 32, 100, 5, 1, STEPS),
                        CallbacksConfig.NONE,
                        TestDevice.compute(Execution.COMPILED)));
    }

    private TrainingJob job() {
        return job(dense(new Layer.Dropout(0.3)), Execution.COMPILED);
    }

    private static List<TrainedModel> shared(final int workers, final TrainingJob job, final OwnCode code)
            throws Exception {
        return WorkerThreads.run(workers, all -> Training.run(job, code, all, RunFiles.NONE, TestData.PATIENT));
    }

    /** In each pass the last batch has 14 samples of 32. */
    private static void assertAlike(final int workers, final TrainingJob job, final OwnCode code) throws Exception {
        final TrainingLog alone = CodeTraining.run(job, code, TestData.PATIENT).log();

        final List<TrainedModel> shared = shared(workers, job, code);

        final TrainingLog log = shared.get(0).log();
        assertThat(log.steps()).hasSize(STEPS);
        for (int step = 0; step < STEPS; step++) {
            final TrainingLog.StepRow expected = alone.steps().get(step);
            final TrainingLog.StepRow row = log.steps().get(step);
            final double loss = expected.losses().get(0);
            assertThat(row.losses().get(0)).as("step " + step).isCloseTo(loss, within(2e-6 * Math.abs(loss)));
            assertThat(row.reported().keySet()).isEqualTo(expected.reported().keySet());
            expected.reported()
                    .forEach((name, value) -> assertThat(row.reported().get(name))
                            .as(name)
                            .isCloseTo(value, within(1e-5 * Math.max(1, Math.abs(value)))));
        }
        assertEpochsAlike(log, alone);
        assertAllTheSame(shared);
    }

    @ParameterizedTest
    @CsvSource({
        "StandardStep, 2",
        "StandardStep, 3",
        "ClipGradients, 3",
        "AccumulateGradients, 2",
        "LabelSmoothing, 2",
        "AddedLosses, 2",
        "TwoOptimizers, 3"
    })
    void stepsInJavaGiveTheNumbersOfOneWorker(final String template, final int workers) throws Exception {
        assertAlike(workers, job(), OwnCode.ofStep(StepCode.template(template)));
    }

    @Test
    void soTheyDoOperationByOperation() throws Exception {
        assertAlike(
                2,
                job(dense(new Layer.Dropout(0.3)), Execution.EAGER),
                OwnCode.ofStep(StepCode.template("ClipGradients")));
    }

    @Test
    void lossesAndMetricsInJavaGiveTheNumbersOfOneWorker() throws Exception {
        assertAlike(
                3,
                job(),
                new OwnCode(
                        Optional.empty(),
                        Optional.of(StepCode.template("FocalLoss")),
                        Optional.of(StepCode.template("BalancedAccuracy"))));
    }

    @Test
    void layersInJavaGiveTheNumbersOfOneWorker() throws Exception {
        final Network network =
                JavaLayers.network(Shape.of(784), StepCode.template("Linear"), new Layer.Dense(10, Activation.NONE));

        assertAlike(2, job(network, Execution.COMPILED), OwnCode.NONE);
    }

    /** The guide's layer adds up over the samples of a batch. */
    @Test
    void aLayerThatAddsUpOverSamplesIsRefused() {
        final Network network = JavaLayers.network(
                Shape.of(784), StepCode.template("ActivityRegularizationLayer"), new Layer.Dense(10, Activation.NONE));

        assertThatThrownBy(() -> shared(2, job(network, Execution.COMPILED), OwnCode.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code cannot be shared by several workers");
    }

    /** A mean that moves with each batch, which the loss does not need, and a test step that reports with its own loss. */
    @Test
    void whatAStepKeepsIsThatOfTheWholeBatch() throws Exception {
        assertAlike(2, job(), OwnCode.ofStep(StepCode.step("""
                Variable mean;
                public Tensor testStep(TrainingRun run, Tensor x, Tensor y) {
                    Tensor logits = run.model().call(x, Mode.INFERENCE);
                    run.metrics().updateState(y, logits);
                    return run.loss().call(y, logits).mul(2);
                }
                """, """
                    if (mean == null) mean = run.variable("mean", run.zeros());
                    Tensor logits = run.model().call(x, Mode.TRAINING);
                    run.metrics().updateState(y, logits);
                    mean.assign(mean.mul(0.9).add(logits.abs().mean().mul(0.1)));
                    Tensor loss = run.loss().call(y, logits);
                    var weights = run.model().trainableWeights();
                    run.optimizer().apply(new GradientTape().gradient(loss, weights), weights);
                    run.report("Mean", mean);
                    return loss.mul(3);
                """)));
    }

    /** Numbers of the whole batch may be looked at. */
    @Test
    void aStepMayDecideByGradients() throws Exception {
        assertAlike(2, job(), OwnCode.ofStep(StepCode.step("int few;", """
                    Tensor loss = run.loss().call(y, run.model().call(x, Mode.TRAINING));
                    var weights = run.model().trainableWeights();
                    var gradients = new GradientTape().gradient(loss, weights);
                    if (run.globalNorm(gradients).item() > 1) {
                        run.optimizer().apply(gradients, weights);
                    } else {
                        few++;
                    }
                    run.report("Left out", few);
                    return loss;
                """)));
    }

    /** Of the same weights: what is exchanged first lasts until the step ends. The third time, there is nothing to exchange. */
    @Test
    void aStepMayTakeGradientsMoreThanOnce() throws Exception {
        assertAlike(2, job(), OwnCode.ofStep(StepCode.step("""
                    Tensor logits = run.model().call(x, Mode.TRAINING);
                    Tensor loss = run.loss().call(y, logits);
                    var weights = run.model().trainableWeights();
                    GradientTape tape = new GradientTape();
                    var first = tape.gradient(loss, weights);
                    var second = tape.gradient(logits.square().mean(), weights);
                    if (!tape.gradient(loss, java.util.List.of()).isEmpty()) throw new IllegalStateException();
                    var both = new java.util.ArrayList<Tensor>();
                    for (int i = 0; i < first.size(); i++) both.add(first.get(i).add(second.get(i).mul(0.1)));
                    run.optimizer().apply(both, weights);
                    return loss;
                """)));
    }

    private static final String SUM = StepCode.step("""
                Tensor logits = run.model().call(x, Mode.TRAINING);
                Tensor loss = y.oneHot(10).mul(logits.logSoftmax(1)).sum().neg();
                var weights = run.model().trainableWeights();
                run.optimizer().apply(new GradientTape().gradient(loss, weights), weights);
                return loss;
            """);

    @Test
    void aStepThatAddsUpOverSamplesIsRefusedWithTheTwoLosses() {
        assertThatThrownBy(() -> shared(2, job(), OwnCode.ofStep(SUM)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "The Java code cannot be shared by several workers, which compute parts of each batch: in two parts"
                                + " the loss in training would be [0-9.]+ instead of [0-9.]+; compute means over the samples,"
                                + " each for itself, or choose 1 worker\\.");
    }

    @Test
    void aStepThatMixesSamplesIsRefused() {
        assertThatThrownBy(() -> shared(2, job(), OwnCode.ofStep(StepCode.template("Mixup"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code cannot be shared by several workers");
    }

    @Test
    void aLossThatAddsUpOverSamplesIsRefused() {
        final OwnCode code = new OwnCode(
                Optional.empty(),
                Optional.of(StepCode.template("FocalLoss").replace("neg();\n    }", "neg().sum();\n    }")),
                Optional.empty());

        assertThatThrownBy(() -> shared(2, job(), code))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code cannot be shared by several workers");
    }

    @Test
    void aStepThatLooksAtNumbersOfItsSamplesIsRefusedWithItsLine() {
        assertThatThrownBy(() -> shared(2, job(), OwnCode.ofStep(StepCode.step("""
                    Tensor loss = run.loss().call(y, run.model().call(x, Mode.TRAINING));
                    run.report("Twice", 2 * loss.item());
                    return loss;
                """))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The step's Java code failed in line 6 (\"run.report(\"Twice\", 2 * loss.item());\"): workers that share a"
                                + " batch see their own samples only, so that they must not decide by numbers of them, as item() and"
                                + " toFloatArray() give; report the tensor itself, decide with where(), or choose 1 worker; correct it"
                                + " in the node's settings.");
    }

    /** From step 20 on, the first worker alone asks for another gradient: none that the rehearsal could have seen. */
    @Test
    void workersWhoseStepsDifferSaySo() {
        assertThatThrownBy(() -> shared(
                        2,
                        job(),
                        OwnCode.ofStep(StepCode.step("int steps;", """
                    Tensor loss = run.loss().call(y, run.model().call(x, Mode.TRAINING));
                    var weights = run.model().trainableWeights();
                    if (++steps > 20 && x.size(0) == 7) {
                        weights = weights.subList(0, 1);
                    }
                    run.optimizer().apply(new GradientTape().gradient(loss, weights), weights);
                    return loss;
                """)),
                        job -> new TrainingConfig(10, 15, 100, 5, 1, STEPS)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The workers' steps do not do the same, so that they cannot be added up");
    }

    private static List<TrainedModel> shared(
            final int workers,
            final TrainingJob job,
            final OwnCode code,
            final Function<TrainingJob, TrainingConfig> config)
            throws Exception {
        return shared(
                workers,
                new TrainingJob(
                        job.model(),
                        job.training(),
                        job.validation(),
                        job.objective(),
                        job.update(),
                        config.apply(job),
                        job.callbacks(),
                        job.compute()),
                code);
    }

    /** Its statistics are known to be each worker's own, so they are no reason to refuse. */
    @Test
    void batchStatisticsAreNoReasonToRefuse() throws Exception {
        final List<TrainedModel> shared = shared(
                2,
                job(dense(new NormalizationLayer.BatchNormalization()), Execution.COMPILED),
                OwnCode.ofStep(StepCode.template("StandardStep")));

        assertSameWeights(shared.get(1).model(), shared.get(0).model());
    }

    @Test
    void theStandardStepInJavaGivesTheBitsOfTheStandardStep() throws Exception {
        final TrainingJob job = job(dense(new NormalizationLayer.BatchNormalization()), Execution.COMPILED);

        final TrainedModel own = shared(2, job, OwnCode.ofStep(StepCode.template("StandardStep")))
                .get(0);

        final TrainedModel standard = WorkerThreads.run(
                        2, all -> Training.run(job, all, RunFiles.NONE, TestData.PATIENT))
                .get(0);
        assertThat(own.log().steps()).isEqualTo(standard.log().steps());
        assertSameWeights(own.model(), standard.model());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aRunThatEndedGoesOnToTheSameBits(final Execution execution) throws Exception {
        assertGoesOn(
                2,
                job(dense(new Layer.Dropout(0.3)), execution),
                OwnCode.ofStep(StepCode.template("AccumulateGradients")));
    }

    /**
     * Each kind of steps is another program for 11 than for 10 samples. With 4 kinds, no worker gives compiling up, unless it
     * takes the programs of the checkpoint, which are the first worker's, for some of its own. With 12 all give it up together:
     * before the checkpoint at step 28 or, where the kinds come slowly, after it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"run.step() % 4", "run.step()", "run.step() % 3 + 3 * run.epoch()"})
    void aRunWhoseWorkersHaveUnequalSharesGoesOnToTheSameBits(final String kind) throws Exception {
        final OwnCode code = OwnCode.ofStep(StepCode.step("""
                    Tensor logits = run.model().call(x, Mode.TRAINING);
                    for (int i = 0; i < %s; i++) {
                        logits = logits.mul(0.9).add(logits.square().mul(0.05)).tanh();
                    }
                    Tensor loss = run.loss().call(y, logits);
                    var weights = run.model().trainableWeights();
                    run.optimizer().apply(new GradientTape().gradient(loss, weights), weights);
                    return loss;
                """.formatted(kind)));

        assertGoesOn(3, job(), code);
    }

    /**
     * Numbers of the JVM that were others before the checkpoint at step 28, in what each worker computes for its own samples:
     * 0.9 and 0.1 could be weights of a mean as long as nothing else was seen. Step 13 has the 14 samples that are left.
     */
    @ParameterizedTest
    @CsvSource({
        "run.epoch() < 1, COMPILED",
        "run.step() < 20, COMPILED",
        "run.step() == 13, COMPILED",
        "run.step() == 20, EAGER"
    })
    void numbersThatChangedBeforeTheCheckpointMakeNoDifferenceBehindIt(final String when, final Execution execution)
            throws Exception {
        final OwnCode code = OwnCode.ofStep(StepCode.step("""
                    double weight = %s ? 0.8 : 0.9;
                    Tensor logits = run.model().call(x, Mode.TRAINING);
                    logits = logits.mul(weight).add(logits.tanh().mul(1 - weight));
                    Tensor loss = run.loss().call(y, logits);
                    var weights = run.model().trainableWeights();
                    run.optimizer().apply(new GradientTape().gradient(loss, weights), weights);
                    return loss;
                """.formatted(when)));

        assertGoesOn(3, job(dense(new Layer.Dropout(0.3)), execution), code);
    }

    /** The same in a layer, with the standard step. */
    @Test
    void numbersOfALayerThatChangedMakeNoDifferenceEither() throws Exception {
        final Network network = JavaLayers.network(
                Shape.of(784),
                StepCode.template("Linear")
                        .replace("private Variable b;", "private Variable b;\n    private int calls;")
                        .replace("return inputs.matmul(w).add(b);", """
                                double weight = calls++ < 20 ? 0.8 : 0.9;
                                Tensor x = inputs.matmul(w).add(b);
                                return x.mul(weight).add(x.tanh().mul(1 - weight));"""),
                new Layer.Dense(10, Activation.NONE));

        assertGoesOn(3, job(network, Execution.COMPILED), OwnCode.NONE);
    }

    private void assertGoesOn(final int size, final TrainingJob job, final OwnCode code) throws Exception {
        final RunFiles files = RunFiles.of(new CheckpointPlan(
                folder.resolve("checkpoints"), 7, CheckpointPlan.Unit.STEPS, CheckpointPlan.Resume.IF_THERE));
        final TrainedModel expected = shared(size, job, code).get(0);

        WorkerThreads.run(size, workers -> Training.run(job, code, workers, files, until(31)));
        final List<TrainedModel> resumed =
                WorkerThreads.run(size, workers -> Training.run(job, code, workers, files, TestData.PATIENT));

        assertThat(resumed.get(0).log().resumptions()).hasSize(1);
        for (final TrainedModel one : resumed) {
            assertThat(one.log().steps()).isEqualTo(expected.log().steps());
            assertSameWeights(one.model(), expected.model());
        }
    }

    private static TrainingMonitor until(final long step) {
        return new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.stepsDone() < step;
            }

            @Override
            public void log(final String line) {}
        };
    }

    /** It is no failure of the code that it comes through, so that the run goes on from its checkpoint. */
    @ParameterizedTest
    @CsvSource({"StandardStep, ", ", FocalLoss"})
    void aWorkerThatIsLostInTheMiddleOfAStepIsSaidAsSuch(final String step, final String loss) {
        final OwnCode code = new OwnCode(
                Optional.ofNullable(step).map(StepCode::template),
                Optional.ofNullable(loss).map(StepCode::template),
                Optional.empty());

        assertThatThrownBy(
                        () -> Training.run(job(), code, new Workers(new LostSoon()), RunFiles.NONE, TestData.PATIENT))
                .isInstanceOf(LostWorkerException.class)
                .hasMessage("The other one is gone.");
    }

    /** Its partner is gone after some exchanges. */
    private static final class LostSoon implements Collective {
        private int sums;

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public void sum(final FloatBuffer numbers) {
            if (++sums > 20) {
                throw new LostWorkerException("The other one is gone.");
            }
            if (numbers.limit() > 2) {
                int mark = numbers.limit() - 3;
                numbers.put(mark, 2 * numbers.get(mark)); // what both have in common
            }
        }

        @Override
        public void close() {}
    }
}
