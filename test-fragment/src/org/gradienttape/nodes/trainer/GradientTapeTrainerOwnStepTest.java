package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.LossType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

class GradientTapeTrainerOwnStepTest {
    private final FileStores stores = new FileStores();
    private final GradientTapeTrainerNodeParameters parameters = new GradientTapeTrainerNodeParameters();
    private final LoneNode node = LoneNode.of(new GradientTapeTrainerNodeFactory(), parameters);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** What the code reports is not known before it has run, so the step log has no columns yet. */
    @Test
    void aStepInJavaHasColumnsOfItsOwn() throws Exception {
        parameters.step = StepKind.JAVA_CODE;
        parameters.epochs = 1;
        parameters.ownStep.code = """
                import org.gradienttape.layer.*;
                import org.gradienttape.step.*;
                import org.gradienttape.tensor.*;
                public class Mine implements CustomStep {
                    public Tensor trainStep(TrainingRun run, Tensor x, Tensor y) {
                        if (run.step() > 0) run.report("Answer", 42);
                        return run.zeros();
                    }
                }
                """;
        parameters.batchSize = 1;
        parameters.logEvery = 1;

        final PortObjectSpec[] specs = node.configure(
                new ModelPortObjectSpec(TrainerFixture.network()),
                new DatasetPortObjectSpec(TrainerFixture.info("Dots", 2, 2)));
        final PortObject[] outputs = node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        assertThat(specs[1]).isNull();
        assertThat(TableText.rows((BufferedDataTable) outputs[1]))
                .containsExactly("0 | 0 | 1 | 0.0 | ? | ?", "0 | 1 | 2 | 0.0 | ? | 42.0");
        assertThat(TableText.columns(((BufferedDataTable) outputs[1]).getDataTableSpec()))
                .endsWith("Accuracy double", "Answer double");
    }

    @Test
    void aStepInJavaIsCompiledWhenTheNodeIsExecuted() throws Exception {
        parameters.step = StepKind.JAVA_CODE;
        parameters.ownStep.code = "no Java";

        node.configure(
                new ModelPortObjectSpec(TrainerFixture.network()),
                new DatasetPortObjectSpec(TrainerFixture.info("Dots", 2, 2)));

        assertThatThrownBy(() -> node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots")))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("The step's Java code does not compile: line 1, column ");
    }

    /** The names of metrics in Java are known only when they have been compiled, which is when the node is executed. */
    @Test
    void metricsAndALossInJavaAreCompiledWhenTheNodeIsExecuted() throws Exception {
        parameters.loss = LossType.JAVA_CODE;
        parameters.lossCode = """
                import org.gradienttape.loss.*;
                import org.gradienttape.tensor.*;
                public class Constant implements CustomLoss {
                    public Tensor call(Tensor y, Tensor predictions) { return predictions.sum().mul(0).add(7); }
                }
                """;
        parameters.metrics.javaCode = true;
        parameters.metrics.code = """
                import org.gradienttape.metric.*;
                public class Answer implements Metric {
                    private int samples;
                    public String name() { return "Answer"; }
                    public void update(Predictions predictions, Targets targets) { samples += targets.rows(); }
                    public double result() { return samples == 2 ? Double.NaN : 42; }
                    public void reset() { samples = 0; }
                }
                """;
        parameters.epochs = 1;
        parameters.batchSize = 1;
        parameters.logEvery = 1;

        final PortObjectSpec[] specs = node.configure(
                new ModelPortObjectSpec(TrainerFixture.network()),
                new DatasetPortObjectSpec(TrainerFixture.info("Dots", 2, 2)));
        final PortObject[] outputs = node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        assertThat(specs[1]).isNull();
        assertThat(specs[2]).isNull();
        final BufferedDataTable steps = (BufferedDataTable) outputs[1];
        assertThat(TableText.columns(steps.getDataTableSpec())).endsWith("Accuracy double", "Answer double");
        assertThat(TableText.rows(steps))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).contains(" | 7.0 | "))
                .satisfies(rows -> assertThat(rows.get(0)).endsWith(" | 42.0"))
                .satisfies(rows -> assertThat(rows.get(1)).endsWith(" | ?"));
        assertThat(TableText.columns(((BufferedDataTable) outputs[2]).getDataTableSpec()))
                .contains("Answer double", "Validation answer double");
    }

    @Test
    void codeThatIsNotJavaIsNoTroubleBeforeTheNodeIsExecuted() throws Exception {
        parameters.loss = LossType.JAVA_CODE;
        parameters.lossCode = "no Java";
        parameters.metrics.code = "no Java either, and not chosen";

        final PortObjectSpec[] specs = node.configure(
                new ModelPortObjectSpec(TrainerFixture.network()),
                new DatasetPortObjectSpec(TrainerFixture.info("Dots", 2, 2)));

        assertThat(specs[1]).isNotNull();
        assertThatThrownBy(() -> node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots")))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("The loss's Java code does not compile: line 1, column ");
    }

    @Test
    void aStepInJavaCanBeCancelled() {
        parameters.step = StepKind.JAVA_CODE;
        parameters.epochs = 1_000_000;
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> watched[0].cancel());

        assertThatThrownBy(() ->
                        watched[0].execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots", 50)))
                .isInstanceOf(CanceledExecutionException.class);
    }
}
