package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads of a mistake in a step in Java, in both executions. */
class CodeMistakesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null;|trainStep must return the loss, but it returned null",
                "return run.model().call(x, Mode.TRAINING);|the loss that trainStep returns must be one number, but it has the shape [8, 3]; use its mean()",
                "class Sly { static <E extends Throwable> Tensor hide(Throwable t) throws E { throw (E) t; } } return Sly.<Error>hide(new Exception(\"checked\"));|in line 5 (\"class Sly",
                "throw new IllegalStateException(\"my own\");|in line 5 (\"throw new IllegalStateException(\"my own\");\"): IllegalStateException: my own",
                "return x.matmul(x);|in line 5 (\"return x.matmul(x);\"): matmul: the shapes [8, 6] and [8, 6] do not fit",
                "return x.sum(7);|the shape [8, 6] has no axis 7",
                "return x.add((Tensor) null).sum();|add needs tensors, but one is null",
                "run.report(\"Loss\", 1); return null;|a reported number needs a name of its own, but it is \"Loss\"",
                "while (true) run.report(\"n\" + System.nanoTime(), 1);|at most 64 different names",
                "while (true) run.variable(\"v\", run.zeros());|at most 10000 variables",
                "run.variable(null, run.zeros()); return null;|a variable needs a name and a tensor to begin with, but one of them is null",
                "run.variable(\"v\", null); return null;|a variable needs a name and a tensor to begin with, but one of them is null",
                "run.optimizer().apply(List.of(), run.model().weights()); return null;|one gradient per weight, but there are 0 gradients and 4 weights",
                "return run.tensor(new float[3], 2, 2);|the shape [2, 2] needs 4 numbers, but there are 3",
                "return run.zeros(100000, 100000);|may have at most",
                "run.model().weights().get(0).assign(run.zeros(2)); return null;|the variable dense/kernel has float numbers of the shape [6, 5], but the value to assign is FLOAT32 of the shape [2]",
                "run.metrics().updateState(y, x.sum()); return null;|updateState needs one row of predictions for each row of y, but y has the shape [",
                "return new GradientTape().gradient(x.sum(), run.model().trainableWeights()).get(0).sum();|the loss depends on none of what its gradients are taken by",
                "return x.pow(2).sum().log().sub(Double.POSITIVE_INFINITY).add(run.full(Double.POSITIVE_INFINITY));|The loss must stay a finite number"
            })
    void aMistakeOfTheCodeIsASentence(final String body, final String message) {
        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() ->
                            CodeTraining.run(job(1, execution), OwnCode.ofStep(StepCode.step(body)), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return null;|testStep must return the loss, but it returned null",
                "return x.mean(1);|the loss that testStep returns must be one number, but it has the shape [8]; use its mean()",
            })
    void aMistakeOfTheTestStepNamesIt(final String body, final String message) {
        final String code = StepCode.step(
                "public Tensor testStep(TrainingRun run, Tensor x, Tensor y) { " + body + " }", "return x.mean();");

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() ->
                            CodeTraining.run(validated(job(1, execution)), OwnCode.ofStep(code), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    /** Lines are asked for in steps that are new, whenever that is; only the engine finds out what is wrong. */
    @Test
    void aMistakeOfALaterStepNamesItsLine() {
        final String code = StepCode.step("int t;", """
                Tensor loss = run.model().call(x, Mode.TRAINING).square().mean();
                t++;
                if (t > 6) {
                    loss = loss.add(x.take(run.tensor(new long[] {100}, 1), 0).mean());
                }
                return loss;""");

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(job(9, execution), OwnCode.ofStep(code), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("line 8")
                    .hasMessageContaining("take");
        }
    }

    @Test
    void aTensorIsGoneAfterItsStep() {
        final String code =
                StepCode.step("Tensor kept;", "if (kept != null) return kept.sum();\nkept = x;\nreturn run.zeros();");

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(job(1, execution), OwnCode.ofStep(code), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(
                            "in line 5 (\"if (kept != null) return kept.sum();\"): sum cannot use a tensor of an earlier step");
        }
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
                "public StackTraceElement[] getStackTrace() { return new StackTraceElement[1]; }|failed",
                "public String getMessage() { return hide(new Exception()); } static <E extends Throwable> String hide(Throwable t) throws E { throw (E) t; }|failed in line 6",
                "public synchronized Throwable getCause() { throw new Error(); }|failed in line 6",
            })
    void anExceptionWhoseOwnMethodsFailIsASentenceToo(final String method, final String place) {
        final String code =
                StepCode.step("static class Bad extends RuntimeException { " + method + " }", "\nthrow new Bad();");

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(job(1, execution), OwnCode.ofStep(code), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("The step's Java code " + place)
                    .hasMessageContaining("Bad; correct it in the node's settings.")
                    .satisfies(thrown -> thrown.printStackTrace(new PrintWriter(Writer.nullWriter())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"long\".repeat(10_000_000));",
                "run.report(\"long\".repeat(10_000_000), 1); return run.zeros();",
                "return run.tensor(new float[1], new long[100_000]);",
            })
    void noMessageOfCodeIsLongerThanAPersonReads(final String body) {
        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() ->
                            CodeTraining.run(job(1, execution), OwnCode.ofStep(StepCode.step(body)), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(2000));
        }
    }

    /** The third step throws; the two before it have run by then. */
    @Test
    void aStepThatThrowsNamesItsOwnLine() {
        final String code = StepCode.step("int all;", """
                run.report("All", run.model().call(x, Mode.INFERENCE).sum());
                if (++all == 3) throw new StackOverflowError("deep");
                return run.zeros();""");

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> CodeTraining.run(job(9, execution), OwnCode.ofStep(code), TestData.PATIENT))
                    .as("%s", execution)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("in line 6")
                    .hasMessageContaining("StackOverflowError: deep");
        }
    }

    private static TrainingJob validated(final TrainingJob job) {
        return new TrainingJob(
                job.model(),
                job.training(),
                Optional.of(job.training()),
                job.objective(),
                job.update(),
                job.config(),
                job.callbacks(),
                job.compute());
    }

    private TrainingJob job(final int epochs, final Execution execution) throws IOException {
        return SmallJob.in(folder.resolve("data"), epochs, execution);
    }
}
