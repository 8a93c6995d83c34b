package org.gradienttape.nodes.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.LossType;
import org.gradienttape.nodes.training.ScheduleParameters;
import org.gradienttape.nodes.training.WatchParameters;
import org.gradienttape.nodes.training.WatchedNumber;
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

    /** One validation sample has one class: its AUC is undefined, which ends nothing and writes nothing. */
    @Test
    void whatIsUndefinedIsWatchedInVainAndThatIsSaid() throws Exception {
        final Network oneLogit = Network.of(Shape.of(2), List.of(new Layer.Dense(1, Activation.NONE)));
        final ModelPortObject model =
                new ModelPortObject(new Model(oneLogit, Weights.initial(oneLogit, 1), Provenance.of("Test")));
        final DatasetPortObject both = TrainerFixture.dots(stores, "Dots");
        final DatasetPortObject one = TrainerFixture.dots(stores, "One", 1);
        final Path folder = stores.create().create("checkpoints").getFile().toPath();
        parameters.epochs = 3;
        parameters.loss = LossType.BINARY_CROSSENTROPY_FROM_LOGITS;
        parameters.metrics.auc = true;
        parameters.earlyStopping.enabled = true;
        parameters.earlyStopping.keepBestWeights = true;
        parameters.earlyStopping.watch.number = WatchedNumber.AUC;
        parameters.checkpoint.enabled = true;
        parameters.checkpoint.watch.number = WatchedNumber.AUC;
        parameters.checkpoint.folder = folder.toString();

        final BufferedDataTable epochs = (BufferedDataTable) validated.execute(stores, model, both, one)[2];

        final int column = epochs.getSpec().findColumnIndex("Validation AUC");
        assertThat(TableText.rows(epochs)).hasSize(3).allSatisfy(row -> assertThat(row.split(" \\| ")[column])
                .isEqualTo("?"));
        assertThat(folder.resolve("best-model.gradienttape")).doesNotExist();
        assertThat(validated.warning(stores, model, both, one).orElseThrow().lines())
                .satisfiesExactly(
                        metric ->
                                assertThat(metric).startsWith("Validation AUC has no value in epochs 0 to 2, since it"),
                        early -> assertThat(early)
                                .startsWith("Early stopping watches \"Validation AUC\", which is undefined in"),
                        checkpoint -> assertThat(checkpoint)
                                .startsWith("The checkpoint watches \"Validation AUC\", which is undefined in"));
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
