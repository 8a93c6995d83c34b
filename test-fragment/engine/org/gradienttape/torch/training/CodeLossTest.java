package org.gradienttape.torch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.metric.MetricsConfig.Kind;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.LeftBehind;
import org.gradienttape.torch.Reference;
import org.gradienttape.torch.StepCode;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.TestDevice;
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

/** Losses and metrics in Java. */
class CodeLossTest {
    private static final String CROSS_ENTROPY = loss("return predictions.logSoftmax(1).nll(y);");

    /** The accuracy once more: the share of rows whose largest output is the label. */
    private static final String HITS = """
            import org.gradienttape.metric.*;
            public class Hits implements Metric {
                private double right, all;
                public String name() { return "Hits"; }
                public void update(Predictions predictions, Targets targets) {
                    for (int row = 0; row < targets.rows(); row++) {
                        float most = Float.NEGATIVE_INFINITY; int best = -1;
                        for (int column = 0; column < predictions.columns(); column++) {
                            if (predictions.value(row, column) > most) { most = predictions.value(row, column); best = column; }
                        }
                        if (best == targets.label(row)) right++;
                        all++;
                    }
                    java.util.Arrays.fill(predictions.values(), 0); // which nobody else may see
                    targets.weighted(new float[targets.rows()]);
                }
                public double result() { return all == 0 ? Double.NaN : right / all; }
                public void reset() { right = 0; all = 0; }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLossInJavaGivesTheNumbersOfTheSameBuiltInLoss(final Execution execution) throws IOException {
        final TrainingJob job = TestData.by(execution, job(Loss.MeanSquaredError::new));

        final TrainingLog own = run(job, Optional.empty(), CROSS_ENTROPY);

        final TrainingLog builtIn = Training.run(job.with(new Loss.SparseCategoricalCrossentropy()), TestData.PATIENT)
                .log();
        assertThat(own.steps()).hasSize(40);
        for (int i = 0; i < 40; i++) {
            Reference.assertMet(
                    "step " + i,
                    own.steps().get(i).loss(),
                    builtIn.steps().get(i).loss(),
                    2e-6);
        }
        Reference.assertMet(
                "validation",
                own.epochs().get(1).validationLoss().orElseThrow(),
                builtIn.epochs().get(1).validationLoss().orElseThrow(),
                1e-5);
    }

    @Test
    void aStepInJavaIsGivenTheLossInJava() throws IOException {
        final TrainingJob job = job(Loss.MeanSquaredError::new);

        final TrainingLog both = run(job, Optional.of(StepCode.template("StandardStep")), CROSS_ENTROPY);

        final TrainingLog lossAlone = run(job, Optional.empty(), CROSS_ENTROPY);
        assertThat(both.steps()).isEqualTo(lossAlone.steps());
    }

    /** The first loss of a network that knows nothing: -(1 - 1/10)^2 * log(1/10) = 1.865. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void theTemplateOfALossLearns(final Execution execution) throws IOException {
        final TrainingLog log = run(
                TestData.by(execution, job(Loss.MeanSquaredError::new)),
                Optional.empty(),
                StepCode.template("FocalLoss"));

        assertThat(log.steps().get(0).loss()).isBetween(1.6, 2.6);
        assertThat(log.epochs().get(1).loss()).isLessThan(log.epochs().get(0).loss());
        assertThat(log.epochs().get(1).validationMetrics().get(0)).isGreaterThan(0.5);
    }

    /** Precision counts probabilities above 0.5: of logits, those above 0 would be other ones. */
    @Test
    void metricsReadLogitsWhereTheLossSaysSo() throws IOException {
        final TrainingJob plain = job(Loss.SparseCategoricalCrossentropy::new);
        final TrainingJob job = new TrainingJob(
                plain.model(),
                plain.training(),
                plain.validation(),
                new Objective(plain.loss(), new MetricsConfig(Set.of(Kind.PRECISION), 5)),
                plain.update(),
                plain.config(),
                plain.callbacks(),
                plain.compute());
        final String logits = CROSS_ENTROPY.replace("/* more */", "public boolean fromLogits() { return true; }");

        final double builtIn = precision(Training.run(job, TestData.PATIENT).log());

        assertThat(precision(run(job, Optional.empty(), logits))).isEqualTo(builtIn);
        assertThat(precision(run(job, Optional.empty(), CROSS_ENTROPY))).isNotEqualTo(builtIn);
    }

    private static double precision(final TrainingLog log) {
        return log.epochs().get(0).metrics().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return missing;|The loss's Java code does not compile: line 4, column 8: missing cannot be resolved",
                "return null;|The loss's Java code failed: call must return the loss, but it returned null; correct it",
                "return predictions.mean(1).gt(0);|call must return float numbers, but these are BOOL; compute the loss by operations that gradients pass",
                "return predictions.logSoftmax(1);|the loss must be one number, or one for each sample, but it has the shape [64, 10]; use its mean()",
                "return predictions.matmul(predictions);|The loss's Java code failed in line 4 (\"return predictions.matmul(predictions);\"): matmul: the shapes [64, 10] and [64, 10]",
                "throw new IllegalStateException(\"mine\");|The loss's Java code failed in line 4 (\"throw new IllegalStateException(\"mine\");\"): IllegalStateException: mine; correct it",
                "return y.toFloat().mean();|The loss's Java code failed: the loss depends on none of what its gradients are taken by",
                "return predictions.argmax(1).toFloat();|The loss's Java code failed: the loss depends on none of what its gradients are taken by",
                "System.exit(1); return null;|The loss's Java code may not use System.exit (line 4"
            })
    void whatIsWrongWithALossIsSaid(final String body, final String message) throws IOException {
        final TrainingJob job = job(Loss.MeanSquaredError::new);

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> run(TestData.by(execution, job), Optional.empty(), loss(body)))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aLossThatFailsInAStepInJavaIsNamedOnce() throws IOException {
        final TrainingJob job = job(Loss.MeanSquaredError::new);

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> run(
                            TestData.by(execution, job),
                            Optional.of(StepCode.template("StandardStep")),
                            loss("return null;")))
                    .as("%s", execution)
                    .hasMessage(
                            "The loss's Java code failed: call must return the loss, but it returned null; correct it in"
                                    + " the node's settings.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class Mine {}|The loss's Java code needs one class that implements CustomLoss, but it has none",
                "import org.gradienttape.loss.*; import org.gradienttape.tensor.*; class A implements CustomLoss { public Tensor"
                        + " call(Tensor y, Tensor p) { return p; } } class B extends A {}|but it has 2: A, B",
                "import org.gradienttape.loss.*; import org.gradienttape.tensor.*; class A implements Loss { public Tensor"
                        + " call(Tensor y, Tensor p) { return p; } }|The loss's Java code does not compile: line 1"
            })
    void aLossIsOneClass(final String source, final String message) throws IOException {
        final TrainingJob job = job(Loss.MeanSquaredError::new);

        assertThatThrownBy(() -> run(job, Optional.empty(), source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void aMetricInJavaHasItsNumbersInAllRows(final Execution execution) throws IOException {
        final TrainingJob job = TestData.by(execution, job(Loss.SparseCategoricalCrossentropy::new));

        final TrainingLog log =
                CodeTraining.run(job, metric(HITS), TestData.PATIENT).log();

        assertThat(log.metrics()).containsExactly("Accuracy", "Hits");
        assertThat(log.steps()).hasSize(40).allSatisfy(row -> assertSame(row.metrics()));
        assertThat(log.epochs()).hasSize(2).allSatisfy(row -> {
            assertSame(row.metrics());
            assertSame(row.validationMetrics());
        });
        assertThat(log.epochs().get(1).validationMetrics().get(0)).isGreaterThan(0.5);
    }

    private static void assertSame(final List<Double> metrics) {
        assertThat(metrics).hasSize(2);
        assertThat(metrics.get(1)).isEqualTo(metrics.get(0));
    }

    @Test
    void severalMetricsAreInTheOrderOfTheirClasses() throws IOException {
        final String two = HITS.replace("public class Hits", "class Second")
                + HITS.replace("import org.gradienttape.metric.*;", "")
                        .replace("public class Hits", "class First")
                        .replace("\"Hits\"", "\"More hits\"");

        final TrainingLog log = CodeTraining.run(
                        job(Loss.SparseCategoricalCrossentropy::new), metric(two), TestData.PATIENT)
                .log();

        assertThat(log.metrics()).containsExactly("Accuracy", "More hits", "Hits");
    }

    /** 10 classes, each with as many samples: the mean over the classes is that over the samples. */
    @Test
    void theTemplateOfAMetricCountsEveryClassAlike() throws IOException {
        final TrainingLog log = CodeTraining.run(
                        job(Loss.SparseCategoricalCrossentropy::new),
                        metric(StepCode.template("BalancedAccuracy")),
                        TestData.PATIENT)
                .log();

        final List<Double> metrics = log.epochs().get(1).metrics();
        assertThat(log.metrics()).containsExactly("Accuracy", "Balanced accuracy");
        assertThat(metrics.get(1))
                .isBetween(metrics.get(0) - 0.1, metrics.get(0) + 0.1)
                .isNotEqualTo(metrics.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return \"Hits\"|return null|A metric in Java needs a name for its column, but its name() returned null",
                "return \"Hits\"|return \" \"|but its name() returned a blank text; return for example",
                "\"Hits\"|\"Accuracy\"|it is \"Accuracy\" and the logs already have a column \"Accuracy\"; return another",
                "\"Hits\"|\"accuracy\"|it is \"accuracy\" and the logs already have a column \"Validation accuracy\"",
                "\"Hits\"|\"Validation loss\"|already have a column \"Validation loss\"",
                "\"Hits\"|\"Seconds\"|already have a column \"Seconds\"",
                "all++|all += targets.label(64)|The metric's Java code failed in line 12 (\"all += targets.label(64);\"): ArrayIndexOutOfBoundsException",
                "right / all|(double) (1 / 0)|The metric's Java code failed in line 17 (",
                "all++|missing++|The metric's Java code does not compile: line 12",
                "implements Metric|implements Cloneable|The metric's Java code needs a class that implements Metric, but it has none",
                "all++|new Thread()|The metric's Java code may not use Thread (line 12",
            })
    void whatIsWrongWithAMetricIsSaid(final String here, final String wrong, final String message) throws IOException {
        final TrainingJob job = job(Loss.SparseCategoricalCrossentropy::new);
        assertThat(HITS).contains(here);

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(
                            TestData.by(execution, job), metric(HITS.replace(here, wrong)), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aStepMayNotReportUnderTheNameOfAMetricInJava() throws IOException {
        final TrainingJob job = job(Loss.SparseCategoricalCrossentropy::new);
        final OwnCode own = new OwnCode(
                Optional.of(StepCode.step("run.report(\"Hits\", 1); return run.zeros();")),
                Optional.empty(),
                Optional.of(HITS));

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(TestData.by(execution, job), own, TestData.PATIENT))
                    .as("%s", execution)
                    .hasMessageContaining("a reported number needs a name of its own, but it is \"Hits\"");
        }
    }

    @Test
    void anEndlessMetricIsLeftBehindOnCancel() throws IOException, InterruptedException {
        final TrainingJob job = TestData.by(Execution.EAGER, job(Loss.SparseCategoricalCrossentropy::new));
        final String code = HITS.replace("all++;", "if (all++ == 64) " + LeftBehind.ENDLESS + "}");

        LeftBehind.during(() -> assertThatThrownBy(() -> CodeTraining.run(job, metric(code), new SecondStep()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(
                        "The Java code does not answer the cancel; it is in line 12 of the metric (\"if"));
    }

    @Test
    void anEndlessConstructorIsLeftBehindOnCancel() throws IOException, InterruptedException {
        final TrainingJob job = job(Loss.MeanSquaredError::new);
        final String code = CROSS_ENTROPY.replace("/* more */", "{ " + LeftBehind.ENDLESS + "} }");

        LeftBehind.during(() -> assertThatThrownBy(() -> CodeTraining.run(job, lossOnly(code), new Impatient()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code does not answer the cancel; it is in line 6 of the loss (\"{"));
    }

    @Test
    void anEndlessLossThatComputesIsCancelled() throws IOException {
        final TrainingJob job = TestData.by(Execution.EAGER, job(Loss.MeanSquaredError::new));
        final String code = loss("while (calls > 0) predictions.add(1); calls++; return predictions.square().mean();")
                .replace("/* more */", "int calls;");

        final TrainingLog log =
                CodeTraining.run(job, lossOnly(code), new SecondStep()).log();

        assertThat(log.stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    /** Cancels at once. */
    private static class Impatient implements TrainingMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return false;
        }

        @Override
        public void log(final String line) {}
    }

    /** Cancels when the second step is about to begin, or has begun. */
    private static final class SecondStep extends Impatient {
        @Override
        public boolean goOn(final Progress progress) {
            return progress.stepsDone() == 0;
        }
    }

    /** The body is line 4. */
    private static String loss(final String body) {
        return """
                import org.gradienttape.loss.*; import org.gradienttape.tensor.*;
                public class Mine implements CustomLoss {
                    public Tensor call(Tensor y, Tensor predictions) {
                %s
                    }
                    /* more */
                }
                """.formatted(body);
    }

    private static OwnCode metric(final String source) {
        return new OwnCode(Optional.empty(), Optional.empty(), Optional.of(source));
    }

    private static OwnCode lossOnly(final String source) {
        return new OwnCode(Optional.empty(), Optional.of(source), Optional.empty());
    }

    private static TrainingLog run(final TrainingJob job, final Optional<String> step, final String loss) {
        return CodeTraining.run(job, new OwnCode(step, Optional.of(loss), Optional.empty()), TestData.PATIENT)
                .log();
    }

    /** Two epochs of 20 steps. */
    private TrainingJob job(final Supplier<Loss> loss) throws IOException {
        final Dataset digits = TestData.mnist(folder, Scaling.DIVIDE_BY_255, 1280);
        return new TrainingJob(
                TestData.classifier(1),
                digits,
                Optional.of(digits),
                Objective.of(loss.get()),
                Update.of(new OptimizerConfig.Sgd(0.1, 0.9, false)),
                new TrainingConfig(2, 64, 1024, 0, 1),
                CallbacksConfig.NONE,
                TestDevice.compute());
    }
}
