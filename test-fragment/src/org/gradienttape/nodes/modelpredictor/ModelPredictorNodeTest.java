package org.gradienttape.nodes.modelpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelpredictor.ModelPredictorNodeParameters.ModelOutputs;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;

/** Samples of one byte x; the models give 0 and x, or x alone, so that probabilities are known by hand. */
class ModelPredictorNodeTest {
    private final FileStores stores = new FileStores();
    private final ModelPredictorNodeParameters parameters = new ModelPredictorNodeParameters();
    private final LoneNode node = LoneNode.of(new ModelPredictorNodeFactory(), parameters);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** softmax(0, x): 1 / 2 for 0, and 1 / (1 + exp(-2)) = 0.880797 for 2. */
    @Test
    void logitsBecomeProbabilities() throws Exception {
        final BufferedDataTable table = predict(twoOutputs(Activation.NONE), data(0, 2, 1));

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly(
                        "Label string", "Predicted class string", "P (Label=no) double", "P (Label=yes) double");
        assertThat(TableText.rows(table).get(0)).isEqualTo("no | no | 0.5 | 0.5");
        assertThat(TableText.rows(table).get(1))
                .startsWith("yes | yes | 0.1192029")
                .contains(" | 0.880797");
        assertThat(TableText.numbers(table, "P (Label=yes)").get(2)).isEqualTo(0.7310585975646973);
    }

    @Test
    void probabilitiesOfASoftmaxLayerAreTakenAsTheyAre() throws Exception {
        final BufferedDataTable automatic = predict(twoOutputs(Activation.SOFTMAX), data(0, 2));
        parameters.outputs = ModelOutputs.LOGITS;
        final BufferedDataTable forced = predict(twoOutputs(Activation.SOFTMAX), data(0, 2));

        assertThat(TableText.numbers(automatic, "P (Label=yes)").get(1)).isBetween(0.880796, 0.880798);
        // softmax of 0.119203 and 0.880797
        assertThat(TableText.numbers(forced, "P (Label=yes)").get(1)).isBetween(0.681698, 0.681701);
    }

    @Test
    void aSingleOutputIsTheLogitOfTheSecondClass() throws Exception {
        final Model model = model(1, Activation.NONE, 1);

        final BufferedDataTable table = predict(model, data(0, 2));

        assertThat(TableText.columns(table.getDataTableSpec())).hasSize(4);
        assertThat(TableText.numbers(table, "P (Label=yes)").get(0)).isEqualTo(0.5);
        assertThat(TableText.numbers(table, "P (Label=yes)").get(1)).isBetween(0.880796, 0.880798);
        assertThat(TableText.numbers(table, "P (Label=no)").get(1)).isBetween(0.119202, 0.119204);
    }

    @Test
    void batchesFollowOneAnother() throws Exception {
        final BufferedDataTable whole = predict(twoOutputs(Activation.NONE), data(0, 1, 2, 3, 4));
        parameters.batchSize = 2;
        final BufferedDataTable batches = predict(twoOutputs(Activation.NONE), data(0, 1, 2, 3, 4));

        assertThat(TableText.rows(batches)).hasSize(5).isEqualTo(TableText.rows(whole));
    }

    @Test
    void columnsAreKnownAtConfigureIfTheClassesAre() throws Exception {
        final ModelPortObject model = new ModelPortObject(twoOutputs(Activation.NONE));

        assertThat(TableText.columns((DataTableSpec) node.configure(model.getSpec(), data(1).getSpec())[0]))
                .containsExactly(
                        "Label string", "Predicted class string", "P (Label=no) double", "P (Label=yes) double");
    }

    @Test
    void aModelThatDoesNotTakeTheSamplesIsAnErrorAtConfigure() {
        final Network network = Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.NONE)));
        final ModelPortObject model =
                new ModelPortObject(new Model(network, Weights.initial(network, 0), Provenance.of("test")));

        assertThatThrownBy(() -> node.configure(model.getSpec(), data(1).getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The model takes samples of the shape 3")
                .hasMessageContaining("has samples of the shape 1");
    }

    @Test
    void aModelThatEndsInAnImageIsAnErrorAtConfigure() {
        final Network network = Network.of(Shape.of(1), List.of(new Layer.Reshape(Shape.of(1, 1, 1))));
        final ModelPortObject model =
                new ModelPortObject(new Model(network, Weights.initial(network, 0), Provenance.of("test")));

        assertThatThrownBy(() -> node.configure(model.getSpec(), data(1).getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("its output has the shape 1 x 1 x 1");
    }

    @Test
    void canBeCancelled() throws Exception {
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> watched[0].cancel());
        parameters.batchSize = 1;

        assertThatThrownBy(
                        () -> watched[0].execute(stores, new ModelPortObject(twoOutputs(Activation.NONE)), data(0, 1)))
                .isInstanceOf(CanceledExecutionException.class);
    }

    @Test
    void namesComeFromTheTrainingThenFromTheDataThenFromNumbers() {
        assertThat(ClassNames.of(List.of("a", "b"), List.of("a", "b", "c"), 4))
                .isEqualTo(new ClassNames(List.of("a", "b", "c", "3"), true));
        assertThat(ClassNames.of(List.of("a", "b"), List.of("b", "a"), 2))
                .isEqualTo(new ClassNames(List.of("a", "b"), false));
        assertThat(ClassNames.of(List.of(), List.of(), 1)).isEqualTo(new ClassNames(List.of("0", "1"), true));
    }

    @Test
    void wrongNumbersAreRefused() {
        parameters.batchSize = 0;

        assertThatThrownBy(parameters::validate).hasMessage("The batch size must be at least 1, but it is 0.");
    }

    private BufferedDataTable predict(final Model model, final DatasetPortObject data) throws Exception {
        return (BufferedDataTable) node.execute(stores, new ModelPortObject(model), data)[0];
    }

    private static Model twoOutputs(final Activation activation) {
        return model(2, activation, 0, 1);
    }

    private static Model model(final int units, final Activation activation, final float... kernel) {
        final Network network = Network.of(Shape.of(1), List.of(new Layer.Dense(units, activation)));
        final Weights weights = Weights.of(network, Map.of("dense/kernel", kernel, "dense/bias", new float[units]));
        return new Model(network, weights, new Provenance("test", Optional.empty(), List.of("no", "yes"), Map.of()));
    }

    /** One sample per byte; the label is "yes" for bytes above 0. */
    private DatasetPortObject data(final int... bytes) throws IOException {
        final FileStore store = stores.create().create("data");
        final Path folder = store.getFile().toPath();
        final DatasetInfo info = new DatasetInfo(
                "Bytes", bytes.length, Shape.of(1), ElementType.UINT8, Scaling.AS_STORED, List.of("no", "yes"));
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            for (final int value : bytes) {
                writer.writeFeatures(ByteBuffer.wrap(new byte[] {(byte) value}));
                writer.writeLabels(value > 0 ? 1 : 0);
            }
            final Dataset written = writer.finish();
            return new DatasetPortObject(written, store);
        }
    }
}
