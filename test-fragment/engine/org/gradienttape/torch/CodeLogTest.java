package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradienttape.torch.SmallJob.Patient;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step in Java reports and says, and where it stands. */
class CodeLogTest {
    @TempDir
    private Path folder;

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
                CodeTraining.run(job(20), OwnCode.ofStep(code), monitor).log();

        assertThat(log.steps())
                .hasSize(40)
                .allSatisfy(row -> assertThat(row.reported().get("All")).isCloseTo(0, offset(1e-5)));
        assertThat(lines.stream().filter(line -> line.startsWith("Nearly every step")))
                .singleElement()
                .isEqualTo(
                        "Nearly every step does something else, beginning at line 8 of the step, so compiling does not pay; the"
                                + " rest of the run is computed operation by operation.");
    }

    /** Each number takes all that leads to it, from the beginning of the step. */
    @Test
    void stepsThatLookAtManyNumbersGoOnOperationByOperationAndSayWhy() throws IOException {
        final List<String> lines = new ArrayList<>();
        final String code = StepCode.step("", """
                Tensor sum = run.zeros();
                for (int i = 0; i < 6; i++) {
                    sum = sum.add(run.model().call(x, Mode.FROZEN).square().mean());
                    if (sum.item() < 0) { return sum.neg(); }
                }
                return sum;""");

        CodeTraining.run(job(10), OwnCode.ofStep(code), new Patient(lines::add));

        assertThat(lines.stream().filter(line -> line.contains("compiling")))
                .singleElement()
                .isEqualTo(
                        "The steps look at many numbers while they run, beginning at line 7 of the step, and for each all that"
                                + " leads to it is computed again, so compiling does not pay; the rest of the run is computed"
                                + " operation by operation.");
    }

    @Test
    void theCodeOfALaterKindOfStepsNamesLinesToo() throws IOException {
        final String code = StepCode.step("int t;", """
                Tensor loss = run.model().call(x, Mode.TRAINING).square().mean();
                t++;
                if (t > 6) {
                    loss = loss.abs();
                }
                return loss;""");

        final String shown = CodeTraining.run(job(9), OwnCode.ofStep(code), TestData.PATIENT)
                .code()
                .orElseThrow();

        assertThat(shown.lines().filter(line -> line.contains("torch.abs")))
                .singleElement()
                .asString()
                .contains("line 8 of the step");
    }

    /** Twelve kinds of steps, and numbers that become others one after the other. */
    @Test
    void stepsOfSomeKindsStayCompiled() throws IOException {
        final List<String> lines = new ArrayList<>();
        final String code = StepCode.step("int all;", """
                Tensor sum = run.model().call(x, Mode.TRAINING).square().mean();
                for (int i = 0; i < all % 12; i++) {
                    sum = sum.mul(all > i ? 0.5 : 0.25).tanh();
                }
                all++;
                return sum;""");

        CodeTraining.run(job(30), OwnCode.ofStep(code), new Patient(lines::add));

        assertThat(lines.stream().filter(line -> line.contains("compiling"))).isEmpty();
    }

    private TrainingLog log(final Execution execution, final String code) throws IOException {
        return CodeTraining.run(TestData.by(execution, job(2)), OwnCode.ofStep(code), TestData.PATIENT)
                .log();
    }

    private TrainingJob job(final int epochs) throws IOException {
        return SmallJob.in(folder.resolve("data"), epochs);
    }
}
