package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in Java that are cancelled, and those that do not answer. */
class CodeCancelTest {
    @TempDir
    private Path folder;

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

    private TrainingJob job(final int epochs) throws IOException {
        return SmallJob.in(folder.resolve("data"), epochs);
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
