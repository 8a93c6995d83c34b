package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;
import org.gradienttape.optimizer.GradientClipping;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.SmallJob.Patient;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTrainingTest {
    @TempDir
    private Path folder;

    private static void assertAlike(final TrainedModel own, final TrainedModel standard) {
        assertThat(own.log().steps()).isEqualTo(standard.log().steps());
        assertThat(own.model()).isEqualTo(standard.model());
    }

    @Test
    void theStandardStepInJavaGivesTheSameLossesAsTheStandardStep() throws IOException {
        final TrainingJob job = TestData.job(
                TestData.classifier(1),
                TestData.mnist(folder, Scaling.DIVIDE_BY_255, 12_800),
                new OptimizerConfig.Sgd(0.01, 0.9, false),
                new TrainingConfig(1, 64, 1024, 0, 1));

        final TrainedModel standard = Training.run(job, TestData.PATIENT);
        final TrainedModel own =
                CodeTraining.run(job, OwnCode.ofStep(StepCode.template("StandardStep")), TestData.PATIENT);

        assertThat(standard.log().steps()).hasSize(200);
        assertAlike(own, standard);
    }

    @Test
    void lossesOfLayersAndDropoutAreThoseOfTheStandardStep() throws IOException {
        final TrainedModel standard = Training.run(job(3), TestData.PATIENT);

        final TrainedModel own =
                CodeTraining.run(job(3), OwnCode.ofStep(StepCode.template("StandardStep")), TestData.PATIENT);

        assertAlike(own, standard);
    }

    /** What works around a step works around any: rates of a schedule and clipped gradients. */
    @Test
    void callbacksAndClippingAreThoseOfTheStandardStep() throws IOException {
        final TrainingJob plain = job(9);
        final TrainingJob job = new TrainingJob(
                plain.model(),
                plain.training(),
                Optional.empty(),
                plain.objective(),
                new Update(
                        new OptimizerConfig.Adam(0.1), new GradientClipping(GradientClipping.Kind.GLOBAL_NORM, 0.05)),
                plain.config(),
                new CallbacksConfig(
                        new Schedule.WarmUp(3, 0, new Schedule.Cosine(8, 0.1)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        CallbacksConfig.NonFiniteLoss.FAIL),
                plain.compute());
        final TrainedModel standard = Training.run(job, TestData.PATIENT);

        final TrainedModel own =
                CodeTraining.run(job, OwnCode.ofStep(StepCode.template("StandardStep")), TestData.PATIENT);

        assertAlike(own, standard);
        assertThat(own.log().epochs().get(0).learningRate())
                .isEqualTo(standard.log().epochs().get(0).learningRate())
                .isLessThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StandardStep",
                "ClipGradients",
                "AccumulateGradients",
                "LabelSmoothing",
                "Mixup",
                "AddedLosses",
                "TwoOptimizers"
            })
    void everyTemplateLearns(final String name) throws IOException {
        final Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 1280);
        final TrainingJob job = new TrainingJob(
                TestData.classifier(1),
                digits,
                Optional.of(digits),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Adam(3e-3)),
                new TrainingConfig(6, 64, 1024, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute(Execution.COMPILED));

        final TrainingLog log = CodeTraining.run(job, OwnCode.ofStep(StepCode.template(name)), TestData.PATIENT)
                .log();

        assertThat(log.epochs().get(5).validationMetrics().get(0)).isGreaterThan(0.8);
        assertThat(log.epochs().get(5).loss())
                .isLessThan(0.8 * log.epochs().get(0).loss());
    }

    /**
     * 200 steps. Adam would enlarge what the order of sums makes of the last digits, and so would a ReLU at the moment when
     * one of its inputs is nearly 0, which on some processors happens on the way.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "StandardStep",
                "ClipGradients",
                "AccumulateGradients",
                "LabelSmoothing",
                "Mixup",
                "AddedLosses",
                "TwoOptimizers"
            })
    void everyTemplateGivesTheSameInBothExecutions(final String name) throws IOException {
        final Network smooth = Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Dense(64, Activation.TANH),
                        new Layer.Dense(64, Activation.TANH),
                        new Layer.Dense(10, Activation.NONE)));
        final TrainingJob job = TestData.job(
                TestData.fresh(smooth, 1),
                TestData.mnist(folder, Scaling.DIVIDE_BY_255, 12_800),
                new OptimizerConfig.Sgd(0.05),
                new TrainingConfig(1, 64, 1024, 0, 1));

        final List<TrainingLog.StepRow> eager = steps(Execution.EAGER, job, name);
        final List<TrainingLog.StepRow> compiled = steps(Execution.COMPILED, job, name);

        assertThat(compiled).hasSize(200);
        for (int i = 0; i < 200; i++) {
            Reference.assertMet(
                    "step " + i, compiled.get(i).loss(), eager.get(i).loss(), 1e-6);
        }
        assertThat(steps(Execution.COMPILED, job, name)).isEqualTo(compiled);
    }

    private static List<TrainingLog.StepRow> steps(
            final Execution execution, final TrainingJob job, final String template) {
        final TrainingMonitor monitor = new Patient(line -> assertThat(line).doesNotStartWith("Nearly every step"));
        return CodeTraining.run(TestData.by(execution, job), OwnCode.ofStep(StepCode.template(template)), monitor)
                .log()
                .steps();
    }

    @Test
    void gradientsOfFourBatchesMakeTheUpdateOfOneBigBatch() throws IOException {
        final Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 256);
        final TrainingJob small = TestData.job(
                TestData.classifier(1), digits, new OptimizerConfig.Sgd(0.1), new TrainingConfig(1, 64, 1, 0, 1));
        final TrainingJob big = TestData.job(
                TestData.classifier(1), digits, new OptimizerConfig.Sgd(0.1), new TrainingConfig(1, 256, 1, 0, 1));

        final float[] accumulated = CodeTraining.run(
                        small, OwnCode.ofStep(StepCode.template("AccumulateGradients")), TestData.PATIENT)
                .model()
                .weights()
                .get("dense/kernel");
        final float[] atOnce =
                Training.run(big, TestData.PATIENT).model().weights().get("dense/kernel");

        for (int i = 0; i < atOnce.length; i++) {
            assertThat(accumulated[i]).isCloseTo(atOnce[i], offset(1e-6f));
        }
    }

    /** The update that the optimizer makes afterwards starts from what was assigned. */
    @Test
    void weightsCanBeChangedOutsideOfTheOptimizer() throws IOException {
        final String code = StepCode.step("""
                for (Variable weight : run.model().trainableWeights()) {
                    weight.assign(run.full(0.5, weight.shape()));
                    weight.assignAdd(run.ones(weight.shape()));
                }
                return run.zeros();""");

        final TrainedModel trained = CodeTraining.run(job(1), OwnCode.ofStep(code), TestData.PATIENT);

        assertThat(trained.model().weights().get("dense/bias")).containsExactly(1.5f, 1.5f, 1.5f, 1.5f, 1.5f);
    }

    /** Gradients are of the numbers that the loss was computed with, whatever is assigned before they are taken. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void assigningBetweenLossAndGradientChangesNoGradient(final Execution execution) throws IOException {
        final String code = """
                Tensor loss = run.model().call(x, Mode.INFERENCE).square().sum();
                %s
                run.report("Norm", run.globalNorm(new GradientTape().gradient(loss, run.model().weights())));
                return loss;""";

        final TrainingLog plain = log(execution, StepCode.step(code.formatted("")));
        final TrainingLog assigned =
                log(execution, StepCode.step(code.formatted("run.model().weights().get(2).assign(run.zeros(5, 3));")));

        assertThat(assigned.steps().get(0).reported())
                .isEqualTo(plain.steps().get(0).reported());
        assertThat(assigned.steps().get(1).reported())
                .isNotEqualTo(plain.steps().get(1).reported());
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void anUpdateLeavesTheGradientsAsTheyWere(final Execution execution) throws IOException {
        final TrainingLog log = log(execution, StepCode.step("""
                Tensor loss = run.model().call(x, Mode.TRAINING).square().sum();
                var gradients = new GradientTape().gradient(loss, run.model().trainableWeights());
                run.report("Before", run.globalNorm(gradients));
                run.optimizer().apply(gradients, run.model().trainableWeights());
                run.report("After", run.globalNorm(gradients));
                return loss;"""));

        assertThat(log.steps().get(0).reported().get("Before"))
                .isPositive()
                .isEqualTo(log.steps().get(0).reported().get("After"));
    }

    /** Where it chooses samples and none is left. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aStepMayGiveTheMetricsNoSample(final Execution execution) throws IOException {
        final TrainingLog log = log(execution, StepCode.step("""
                Tensor logits = run.model().call(x, Mode.TRAINING);
                long rows = run.step() == 0 ? 0 : y.size(0);
                run.metrics().updateState(y.slice(0, 0, rows), logits.slice(0, 0, rows));
                return logits.square().mean();"""));

        assertThat(log.steps().get(0).metrics()).containsExactly(Double.NaN);
        assertThat(log.steps().get(1).metrics().get(0)).isBetween(0.0, 1.0);
        assertThat(log.epochs().get(0).metrics()).isEqualTo(log.steps().get(1).metrics());
    }

    private TrainingLog log(final Execution execution, final String code) throws IOException {
        return CodeTraining.run(TestData.by(execution, job(2)), OwnCode.ofStep(code), TestData.PATIENT)
                .log();
    }

    @Test
    void noNativeArrayIsLeftOpen() throws IOException {
        final TrainingJob job = job(2);
        CodeTraining.run(job, OwnCode.ofStep(StepCode.template("AddedLosses")), TestData.PATIENT);
        final int before = NativeArrays.count();

        CodeTraining.run(job, OwnCode.ofStep(StepCode.template("AddedLosses")), TestData.PATIENT);
        CodeTraining.run(job, OwnCode.ofStep(StepCode.template("AccumulateGradients")), TestData.PATIENT);
        assertThatThrownBy(() -> CodeTraining.run(
                        job,
                        OwnCode.ofStep(StepCode.step("run.variable(\"v\", x); return x.matmul(x);")),
                        TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class);

        assertThat(NativeArrays.count()).isEqualTo(before);
    }

    @Test
    void arraysThatACarelessStepLeavesAreGoneWithItsStep() throws IOException {
        final List<Integer> open = new ArrayList<>();
        final String careless = StepCode.step("List<Tensor> all = new ArrayList<>();", """
                for (int i = 0; i < 4; i++) all.add(x.add(i).square());
                if (all.size() > 200) all.clear();
                GradientTape never = new GradientTape();
                return run.model().call(x, Mode.TRAINING).sum();""");
        final TrainingMonitor counting = new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                open.add(NativeArrays.count());
                return true;
            }

            @Override
            public void log(final String line) {}
        };

        CodeTraining.run(job(5_000), OwnCode.ofStep(careless), counting);

        // One step has about 40 arrays; 10,000 steps would have 400,000.
        assertThat(open).isNotEmpty().allMatch(count -> count < 1000);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void validationCanBeTheStepsOwn(final Execution execution) throws IOException {
        final TrainingJob plain = TestData.by(execution, job(1));
        final TrainingJob job = new TrainingJob(
                plain.model(),
                plain.training(),
                Optional.of(plain.training()),
                plain.objective(),
                plain.update(),
                plain.config(),
                plain.callbacks(),
                plain.compute());
        final String code = StepCode.step(
                "public Tensor testStep(TrainingRun run, Tensor x, Tensor y) { return run.full(7).add(x.sum().mul(0)); }",
                "return run.zeros();");

        final TrainingLog log =
                CodeTraining.run(job, OwnCode.ofStep(code), TestData.PATIENT).log();

        assertThat(log.epochs().get(0).validationLoss()).hasValue(7);
        assertThat(log.epochs().get(0).validationMetrics()).containsExactly(Double.NaN); // it told the metrics nothing
    }

    private TrainingJob job(final int epochs) throws IOException {
        return SmallJob.in(folder.resolve("data"), epochs);
    }
}
