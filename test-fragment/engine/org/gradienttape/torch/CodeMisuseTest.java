package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is handed to the wrong place, or too late, is refused in both executions, and never taken for something else. */
class CodeMisuseTest {
    private static final String LOSS_OF = "try (GradientTape tape = new GradientTape()) { Tensor o ="
            + " run.model().call(x, Mode.TRAINING); Tensor loss = %s; run.optimizer().apply(tape.gradient(loss,"
            + " run.model().trainableWeights()), run.model().trainableWeights()); return loss; }";

    @TempDir
    private Path folder;

    /** Its number would be that of whatever stands in its place in the present step. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run.report(\"kept\", kept.item());|the code cannot use a tensor of an earlier step or of another run",
                "run.report(\"kept\", kept.toFloatArray()[0]);|the code cannot use a tensor of an earlier step",
                "run.report(\"kept\", kept.toInt64().toLongArray()[0]);|to int64 cannot use a tensor of an earlier step",
                "run.report(\"kept\", keptLabels.toLongArray()[0]);|the code cannot use a tensor of an earlier step",
                "run.report(\"kept\", kept);|the code cannot use a tensor of an earlier step",
                "run.variable(\"v\", kept);|the code cannot use a tensor of an earlier step",
                "if (kept != null) return kept;|the code cannot use a tensor of an earlier step",
                "run.model().weights().get(1).assign(bias);|assign cannot use a tensor of an earlier step",
                "new GradientTape().gradient(kept, run.model().trainableWeights());|gradient cannot use a tensor of an earlier step",
                "new GradientTape().gradient(x.sum(), kept);|gradient cannot use a tensor of an earlier step",
            })
    void ofATensorOfAnEarlierStepNothingIsRead(final String use, final String message) throws Exception {
        final String fields = "Tensor kept; Tensor keptLabels; Tensor bias;";
        final String body = "if (kept == null) { x.mean().item(); kept = x.mean().mul(3); keptLabels = y; bias ="
                + " run.model().weights().get(1).mul(1); return x.mean(); } " + use + " return x.mean();";

        for (final Execution execution : Execution.values()) {
            assertRefused(execution, fields, body, message);
        }
    }

    @ParameterizedTest
    @CsvSource({"o.mean().detach()", "o.argmax(1).toFloat().mean()", "o.gt(0).toFloat().mean()", "o.sign().mean()"})
    void aLossThatNoGradientPassesIsRefused(final String loss) throws Exception {
        for (final Execution execution : Execution.values()) {
            assertRefused(
                    execution,
                    "",
                    LOSS_OF.formatted(loss),
                    "the loss depends on none of what its gradients are taken by, so nothing could be learned");
        }
    }

    /** Neither a smaller learning rate nor smaller pixels help then. */
    @ParameterizedTest
    @CsvSource({"o.mul(0).log().mean()", "o.mul(0).sqrt().mean()"})
    void aLossThatIsNoNumberSendsToTheCode(final String loss) throws Exception {
        for (final Execution execution : Execution.values()) {
            assertRefused(
                    execution,
                    "",
                    LOSS_OF.formatted(loss),
                    "or look in your Java code for a division by 0 and for the log or the root of 0.");
        }
    }

    /** The straight-through estimator: signs whose gradient is that of what they are signs of. */
    @ParameterizedTest
    @EnumSource(Execution.class)
    void aLossOneWayOfWhichGradientsPassIsLearnedFrom(final Execution execution) throws Exception {
        final TrainingJob job = job(execution);

        final var trained = CodeTraining.run(
                job,
                OwnCode.ofStep(StepCode.step(LOSS_OF.formatted("o.add(o.sign().sub(o).detach()).mean()"))),
                TestData.PATIENT);

        assertThat(trained.model().weights().get("dense/kernel"))
                .isNotEqualTo(job.model().weights().get("dense/kernel"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run.model().call(x.unsqueeze(1), Mode.TRAINING);|the model takes a batch of samples of the shape 6, but it was called on the shape [8, 1, 6]",
                "run.model().call(run.zeros(8), Mode.TRAINING);|samples of the shape 6, but it was called on the shape [8]",
                "run.model().call(run.zeros(), Mode.TRAINING);|samples of the shape 6, but it was called on the shape []",
                "run.model().call(null, Mode.TRAINING);|samples of the shape 6, but it was called on null",
                "run.model().call(x, null);|the model must be called for training or for inference, but the mode is null",
                "run.loss().call(run.model().call(x, Mode.TRAINING), y);|the loss needs classes of the shape [batch] and then predictions of the shape [batch, classes], but it got [8, 3] and [8]",
                "run.loss().call(null, x);|a loss needs what is true and predictions, but one of them is null",
                "run.metrics().updateState(null, x);|updateState needs y and predictions, but one of them is null",
                "new GradientTape().gradient(null, run.model().trainableWeights());|gradient needs a loss, but it is null",
                "run.model().weights().get(1).assign(null);|assign needs tensors, but one is null",
                "run.report(\"a\", (Tensor) null);|a reported number must be one number, but it is null",
                "run.log(null);|log needs a text, but it is null",
                "run.globalNorm(java.util.Arrays.asList(x, null));|globalNorm needs tensors, but one is null",
                "run.random().permutation(-1);|permutation needs a size of at least 0, but it is -1",
                "x.reshape(-1, 5);|reshape: the 48 numbers of the shape [8, 6] do not fill the shape [-1, 5]",
                "run.optimizer().setLearningRate(-5);|a learning rate must be a number of at least 0, but it is -5.0",
                "run.random().mask(1, 8);|mask needs a rate of at least 0 and below 1, but it is 1.0",
                "run.optimizer().setLearningRate(Double.NaN);|a learning rate must be a number of at least 0, but it is NaN",
                "run.optimizer().apply(null, run.model().trainableWeights());|apply needs gradients and weights, but it got null",
                "run.optimizer().apply(List.of(run.zeros(1)), List.of(run.model().weights().get(1)));|apply needs for the weight dense/bias a gradient of the shape [5], but it is of the shape [1]",
                "run.optimizer().apply(java.util.Arrays.asList((Tensor) null), List.of(run.model().weights().get(1)));|apply needs for the weight dense/bias a gradient of the shape [5], but it is null",
            })
    void whatDoesNotFitIsNamed(final String line, final String message) throws Exception {
        for (final Execution execution : Execution.values()) {
            assertRefused(execution, "", line + " return x.mean();", "in line 5 (\"" + line.substring(0, 5));
            assertRefused(execution, "", line + " return x.mean();", message);
        }
    }

    private void assertRefused(final Execution execution, final String fields, final String body, final String message)
            throws Exception {
        final TrainingJob job = job(execution);
        final OwnCode code = OwnCode.ofStep(StepCode.step(fields, body));

        assertThatThrownBy(() -> CodeTraining.run(job, code, TestData.PATIENT))
                .as("%s", execution)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    private TrainingJob job(final Execution execution) throws Exception {
        return TestData.by(execution, SmallJob.in(folder.resolve("data"), 2));
    }
}
