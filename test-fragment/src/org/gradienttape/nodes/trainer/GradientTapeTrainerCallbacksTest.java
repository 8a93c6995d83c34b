package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.gradienttape.host.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.model.ModelFile;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

class GradientTapeTrainerCallbacksTest {
    private final FileStores stores = new FileStores();
    private final GradientTapeTrainerNodeParameters parameters = new GradientTapeTrainerNodeParameters();
    private final LoneNode node = LoneNode.of(new GradientTapeTrainerNodeFactory(), parameters);
    private final LoneNode validated = node.with("Validation data", DatasetPortObject.TYPE);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** The learning rate is so small that nothing changes: epoch 0 is best, and 1 ends it. */
    @Test
    void earlyStoppingIsSaidInTheEpochLog() throws Exception {
        parameters.epochs = 5;
        parameters.learningRate = 1e-30;
        parameters.schedule.schedule = ScheduleParameters.ScheduleType.EXPONENTIAL;
        parameters.schedule.decaySteps = 1;
        parameters.schedule.decayRate = 0.5;
        parameters.earlyStopping.enabled = true;

        final PortObject[] outputs = validated.execute(
                stores,
                TrainerFixture.zeros(),
                TrainerFixture.dots(stores, "Dots"),
                TrainerFixture.dots(stores, "Dots"));

        final BufferedDataTable epochs = (BufferedDataTable) outputs[2];
        assertThat(TableText.columns(epochs.getDataTableSpec())).endsWith("Seconds double", "Stop reason string");
        assertThat(TableText.rows(epochs)).hasSize(2);
        assertThat(TableText.rows(epochs).get(0)).endsWith(" | ?");
        assertThat(TableText.rows(epochs).get(1)).endsWith(" | Early stopping");
        assertThat(TableText.numbers(epochs, "Learning rate")).containsExactly(1e-30, 5e-31);
    }

    @Test
    void stopOnNanLeavesTablesAndTheModelOfTheLastFinishedEpoch() throws Exception {
        parameters.learningRate = 1e300;
        parameters.batchSize = 1;
        parameters.stopOnNan = true;
        final ModelPortObject model = TrainerFixture.fresh(1);

        final PortObject[] outputs = node.execute(stores, model, TrainerFixture.dots(stores, "Dots", 50));

        assertThat(TableText.rows((BufferedDataTable) outputs[2])).hasSize(1);
        assertThat(TableText.rows((BufferedDataTable) outputs[2]).get(0)).endsWith(" | Loss is no finite number");
        assertThat(((ModelPortObject) outputs[0]).model().weights())
                .isEqualTo(model.model().weights());
    }

    @Test
    void theCheckpointIsTheBestModel() throws Exception {
        parameters.learningRate = 0.5;
        parameters.checkpoint.enabled = true;
        parameters.checkpoint.watch.data = WatchParameters.Data.TRAINING;
        parameters.checkpoint.folder =
                stores.create().create("checkpoint").getFile().getPath();

        final PortObject[] outputs = node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots"));

        final Path file = Path.of(parameters.checkpoint.folder, "best-model.gradienttape");
        assertThat(ModelFile.read(file).weights())
                .isEqualTo(((ModelPortObject) outputs[0]).model().weights());
        assertThatThrownBy(() -> node.execute(stores, TrainerFixture.zeros(), TrainerFixture.dots(stores, "Dots")))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("but there is one already");
    }

    @Test
    void whatIsWatchedMustBeThereBeforeAnythingRuns() {
        parameters.earlyStopping.enabled = true;

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObjectSpec(TrainerFixture.network()),
                        new DatasetPortObjectSpec(TrainerFixture.info("Dots", 8, 2))))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Early stopping watches \"Validation loss\", but the run reports Loss, Accuracy; connect"
                        + " validation data, or watch another number.");
    }
}
