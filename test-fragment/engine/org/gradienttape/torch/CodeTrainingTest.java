package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTrainingTest {
    /** With layers that draw numbers and that add losses. */
    private static final Network SMALL = Network.of(
            Shape.of(6),
            List.of(
                    new Layer.Dense(5, Activation.RELU),
                    new Layer.ActivityRegularization(0.01, 0.01),
                    new Layer.Dropout(0.2),
                    new Layer.Dense(3, Activation.NONE)));

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

    @Test
    void reportedNumbersStandInTheLog() throws IOException {
        final String code = StepCode.step("""
                if (run.step() == 1) {
                    run.report("Twice", 2 * run.step());
                }
                run.report("Place", run.epoch() * 10 + run.step());
                run.report("Rate", run.optimizer().learningRate());
                return run.zeros();""");

        final TrainingLog log =
                CodeTraining.run(job(2), OwnCode.ofStep(code), TestData.PATIENT).log();

        assertThat(log.reported()).containsExactly("Place", "Rate", "Twice");
        assertThat(log.steps())
                .extracting(TrainingLog.StepRow::reported)
                .containsExactly(
                        Map.of("Place", 0.0, "Rate", 0.1),
                        Map.of("Place", 1.0, "Rate", 0.1, "Twice", 2.0),
                        Map.of("Place", 10.0, "Rate", 0.1),
                        Map.of("Place", 11.0, "Rate", 0.1, "Twice", 2.0));
        assertThat(log.steps()).extracting(TrainingLog.StepRow::samplesSeen).containsExactly(8L, 16L, 8L, 16L);
        assertThat(log.steps().get(0).metrics()).containsExactly(Double.NaN); // no step has updated it
    }

    @Test
    void linesOfTheCodeComeToTheMonitor() throws IOException {
        final List<String> lines = new ArrayList<>();
        final TrainingMonitor monitor = new Patient(lines::add);

        CodeTraining.run(
                job(1),
                OwnCode.ofStep(StepCode.step("run.log(\"hello \" + run.step()); return run.zeros();")),
                monitor);

        assertThat(lines).contains("hello 0", "hello 1").anyMatch(line -> line.startsWith("Time taken"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null;|the step must return the loss, but it returned null",
                "return run.model().call(x, Mode.TRAINING);|the loss must be one number, but it has the shape [8, 3]; use its mean()",
                "throw new IllegalStateException(\"my own\");|in line 5 (\"throw new IllegalStateException(\"my own\");\"): IllegalStateException: my own",
                "return x.matmul(x);|in line 5 (\"return x.matmul(x);\"): matmul: the shapes [8, 6] and [8, 6] do not fit",
                "return x.sum(7);|the shape [8, 6] has no axis 7",
                "return x.add((Tensor) null).sum();|add needs tensors, but one is null",
                "run.report(\"Loss\", 1); return null;|a reported number needs a name of its own, but it is \"Loss\"",
                "while (true) run.report(\"n\" + System.nanoTime(), 1);|at most 64 different names",
                "while (true) run.variable(\"v\", run.zeros());|at most 10000 variables",
                "run.optimizer().apply(List.of(), run.model().weights()); return null;|one gradient per weight, but there are 0 gradients and 4 weights",
                "return run.tensor(new float[3], 2, 2);|the shape [2, 2] needs 4 numbers, but there are 3",
                "return run.zeros(100000, 100000);|may have at most",
                "run.model().weights().get(0).assign(run.zeros(2)); return null;|the variable dense/kernel has float numbers of the shape [6, 5], but the value to assign is FLOAT32 of the shape [2]",
                "run.metrics().updateState(y, x.sum()); return null;|updateState needs one row of predictions for each row of y, but y has the shape [",
                "return new GradientTape().gradient(x.sum(), run.model().trainableWeights()).get(0).sum();|the loss depends on none of what its gradients are taken by",
                "return x.pow(2).sum().log().sub(Double.POSITIVE_INFINITY).add(run.full(Double.POSITIVE_INFINITY));|The loss must stay a finite number"
            })
    void aMistakeOfTheCodeIsASentence(final String body, final String message) {
        assertThatThrownBy(() -> CodeTraining.run(job(1), OwnCode.ofStep(StepCode.step(body)), TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTensorIsGoneAfterItsStep() {
        final String code =
                StepCode.step("Tensor kept;", "if (kept != null) return kept.sum();\nkept = x;\nreturn run.zeros();");

        assertThatThrownBy(() -> CodeTraining.run(job(1), OwnCode.ofStep(code), TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "in line 5 (\"if (kept != null) return kept.sum();\"): sum cannot use a tensor of an earlier step");
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

    @Test
    void aStepThatDoesNotAnswerIsLeftBehind() throws InterruptedException {
        final String code = StepCode.step("run.log(\"inside\");\n" + LeftBehind.ENDLESS + "\n}\nreturn null;");

        LeftBehind.during(() -> assertThatThrownBy(
                        () -> CodeTraining.run(job(1), OwnCode.ofStep(code), new Impatient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code does not answer the cancel; it is in line 6 of the step (\""
                        + LeftBehind.ENDLESS + "\"); its thread was left behind"));
    }

    /** Fields, static blocks and constructors run before the first step. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int kept = endless(); int endless() {\n%s\n} return 1; }",
                "static int kept = endless(); static int endless() {\n%s\n} return 1; }",
                "public Mine() {\n%s\n} }",
                "static {\n%s\n} }",
            })
    void codeThatDoesNotEndWhileItIsMadeIsLeftBehindToo(final String member) throws InterruptedException {
        final String code = StepCode.step(member.formatted(LeftBehind.ENDLESS), "return run.zeros();");

        LeftBehind.during(() -> assertThatThrownBy(
                        () -> CodeTraining.run(job(1), OwnCode.ofStep(code), new AfterSomeQuestions(25)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code does not answer the cancel; it is in line 4 of the step"));
    }

    /** The compiler looks long for what could be meant by so many signs. */
    @Test
    void aCompilationThatTakesLongIsLeftBehindAndHoldsNobodyUp() throws IOException {
        final String slow = StepCode.step("Object o = " + "-".repeat(80_000));

        assertThatThrownBy(() -> CodeTraining.run(job(1), OwnCode.ofStep(slow), new AfterSomeQuestions(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code does not answer the cancel; its thread was left behind");

        final TrainedModel other =
                CodeTraining.run(job(1), OwnCode.ofStep(StepCode.step("return run.zeros();")), TestData.PATIENT);
        assertThat(other.log().stopReason()).isEqualTo(StopReason.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public String getMessage() { throw new IllegalStateException(); }|failed in line 6",
                "public String getMessage() { return getMessage(); }|failed in line 6",
                "public String toString() { throw new IllegalStateException(); }|failed in line 6",
                "public StackTraceElement[] getStackTrace() { return null; }|failed",
                "public StackTraceElement[] getStackTrace() { throw new Error(); }|failed",
                "public synchronized Throwable getCause() { throw new Error(); }|failed in line 6",
            })
    void anExceptionWhoseOwnMethodsFailIsASentenceToo(final String method, final String place) {
        final String code =
                StepCode.step("static class Bad extends RuntimeException { " + method + " }", "\nthrow new Bad();");

        assertThatThrownBy(() -> CodeTraining.run(job(1), OwnCode.ofStep(code), TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The step's Java code " + place)
                .hasMessageContaining("Bad; correct it in the node's settings.")
                .satisfies(thrown -> thrown.printStackTrace(new PrintWriter(Writer.nullWriter())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"long\".repeat(10_000_000));",
                "run.report(\"long\".repeat(10_000_000), 1); return run.zeros();",
                "return run.tensor(new float[1], new long[100_000]);",
            })
    void noMessageOfCodeIsLongerThanAPersonReads(final String body) {
        assertThatThrownBy(() -> CodeTraining.run(job(1), OwnCode.ofStep(StepCode.step(body)), TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(2000));
    }

    @Test
    void noLineOfCodeIsLongerThanAPersonReads() throws IOException {
        final List<String> lines = new ArrayList<>();

        CodeTraining.run(
                job(1),
                OwnCode.ofStep(StepCode.step("run.log(\"long\".repeat(10_000_000)); return run.zeros();")),
                new Patient(lines::add));

        assertThat(lines).anyMatch(line -> line.startsWith("longlong")).allMatch(line -> line.length() <= 2000);
    }

    /** A table has no cell for NaN, so a column without numbers would look as if nothing had been reported. */
    @Test
    void nanThatIsReportedIsSaidOnce() throws IOException {
        final List<String> lines = new ArrayList<>();

        CodeTraining.run(
                job(2),
                OwnCode.ofStep(StepCode.step("run.report(\"Odd\", Double.NaN); return run.zeros();")),
                new Patient(lines::add));

        assertThat(lines.stream().filter(line -> line.contains("NaN")))
                .containsExactly("The step reported NaN for \"Odd\"; the step log has empty cells for such numbers.");
    }

    @Test
    void aStepThatNeverEndsButComputesIsCancelled() throws IOException {
        final TrainedModel trained = CodeTraining.run(
                job(1), OwnCode.ofStep(StepCode.step("run.log(\"inside\"); while (true) x.add(1);")), new Impatient());

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aCancelBetweenStepsKeepsTheLog() throws IOException {
        final TrainingMonitor afterSomeSteps = new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.epoch() == 0;
            }

            @Override
            public void log(final String line) {}
        };

        final TrainedModel trained =
                CodeTraining.run(job(1_000_000), OwnCode.ofStep(StepCode.template("StandardStep")), afterSomeSteps);

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(trained.log().steps()).isNotEmpty();
    }

    /** Steps that wait for one another are told in their order, and none before it is done. */
    @Test
    void linesComeAfterTheStepsBeforeThem() throws IOException {
        final List<String> lines = new ArrayList<>();
        final TrainingMonitor monitor = new Patient(lines::add);
        final String code = StepCode.step("int all;", """
                if (all++ % 7 == 3) { run.log("seven " + all + " " + run.model().weights().get(1).sum().item()); }
                run.model().weights().get(1).assignAdd(run.ones(5));
                return run.zeros();""");

        CodeTraining.run(job(10), OwnCode.ofStep(code), monitor);

        assertThat(lines).contains("seven 4 15.0", "seven 11 50.0", "seven 18 85.0");
    }

    /** The third step throws; the two before it have run by then. */
    @Test
    void aStepThatThrowsNamesItsOwnLine() {
        final String code = StepCode.step("int all;", """
                run.report("All", run.model().call(x, Mode.INFERENCE).sum());
                if (++all == 3) throw new StackOverflowError("deep");
                return run.zeros();""");

        assertThatThrownBy(() -> CodeTraining.run(job(9), OwnCode.ofStep(code), TestData.PATIENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in line 6")
                .hasMessageContaining("StackOverflowError: deep");
    }

    @Test
    void aTensorThatIsReportedNowAndThenStandsInItsRows() throws IOException {
        final TrainingLog log = log(Execution.COMPILED, StepCode.step("int all;", """
                Tensor loss = x.mean();
                if (all++ % 3 == 0) { run.report("Mean", loss); }
                return loss;"""));

        assertThat(log.steps())
                .hasSize(4)
                .extracting(row -> row.reported().containsKey("Mean"))
                .containsExactly(true, false, false, true);
        assertThat(log.steps().get(3).reported().get("Mean"))
                .isEqualTo(log.steps().get(3).loss());
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

    @Test
    void stepsThatAlwaysDifferGoOnOperationByOperationAndSayWhy() throws IOException {
        final List<String> lines = new ArrayList<>();
        final TrainingMonitor monitor = new Patient(lines::add);
        final String code = StepCode.step("int all;", """
                Tensor sum = run.zeros();
                all++;
                for (int i = 0; i < all; i++) {
                    sum = sum.add(x.mean());
                }
                run.report("All", sum.sub(x.mean().mul(all)));
                return sum;""");

        final TrainingLog log =
                CodeTraining.run(job(10), OwnCode.ofStep(code), monitor).log();

        assertThat(log.steps())
                .hasSize(20)
                .allSatisfy(row -> assertThat(row.reported().get("All")).isCloseTo(0, offset(1e-5)));
        assertThat(lines.stream().filter(line -> line.startsWith("Nearly every step")))
                .singleElement()
                .isEqualTo(
                        "Nearly every step does something else, beginning at line 8 of the step, so compiling does not pay; the"
                                + " rest of the run is computed operation by operation.");
    }

    private TrainingJob job(final int epochs) throws IOException {
        final Path own = folder.resolve("data");
        final Dataset data = Files.exists(own) ? Dataset.open(own) : TestData.random(own, Shape.of(6), 3, 16, 5);
        return TestData.by(
                Execution.COMPILED,
                TestData.job(
                        TestData.fresh(SMALL, 1),
                        data,
                        new OptimizerConfig.Sgd(0.1),
                        new TrainingConfig(epochs, 8, 0, 3, 1)));
    }

    /** Never stops, and hands on the lines. */
    private record Patient(Consumer<String> lines) implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {
            lines.accept(line);
        }
    }

    /** Cancels by itself; it is asked about 50 times a second. */
    private static final class AfterSomeQuestions implements TrainingMonitor {
        private int questions;

        AfterSomeQuestions(final int questions) {
            this.questions = questions;
        }

        @Override
        public boolean goOn(final Progress progress) {
            return questions-- > 0;
        }

        @Override
        public void log(final String line) {}
    }

    /** Cancels as soon as the code says that it runs. */
    private static final class Impatient implements TrainingMonitor {
        private boolean inside;

        @Override
        public boolean goOn(final Progress progress) {
            return !inside;
        }

        @Override
        public void log(final String line) {
            inside |= line.equals("inside");
        }
    }
}
