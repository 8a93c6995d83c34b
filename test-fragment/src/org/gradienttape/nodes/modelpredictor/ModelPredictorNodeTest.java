package org.gradienttape.nodes.modelpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
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

    /** 2 times the largest number is infinite, and softmax(0, infinity) is NaN. */
    @Test
    void whatIsNoNumberIsNoPrediction() throws Exception {
        final Model model = model(2, Activation.NONE, 0, Float.MAX_VALUE);

        assertThat(TableText.rows(predict(model, data(0, 2))))
                .containsExactly("no | no | 0.5 | 0.5", "yes | ? | ? | ?");
        assertThat(node.warning(stores, new ModelPortObject(model), data(0, 2)))
                .contains(
                        "The model's outputs are no numbers (NaN) for 1 of 2 samples, so their predictions are missing;"
                                + " check the range of the samples and whether the training went well.");
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
    void outputsAreCalledAsInTheTrainingThenByNumbers() {
        assertThat(names(List.of("a", "b"), 4)).containsExactly("a", "b", "2", "3");
        assertThat(names(List.of("1", "2"), 4)).containsExactly("1", "2", "output 2", "3");
        assertThat(names(List.of(), 1)).containsExactly("0", "1");
        assertThatThrownBy(() -> names(List.of("0", "1", "2"), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("The outputs of the model should tell its 3 classes apart");
    }

    /** The data name other classes in another order: "yes" is the first of them, and "maybe" is unknown to the model. */
    @Test
    void labelsGoByName() throws Exception {
        final DatasetPortObject data =
                data(List.of("yes", "no", "maybe"), Scaling.AS_STORED, new int[] {2, 0, 1}, 0, 1, 2);
        final ModelPortObject model = new ModelPortObject(twoOutputs(Activation.NONE));

        final BufferedDataTable table = (BufferedDataTable) node.execute(stores, model, data)[0];

        assertThat(TableText.rows(table)).hasSize(3);
        assertThat(TableText.rows(table).get(0)).isEqualTo("maybe | no | 0.5 | 0.5");
        assertThat(TableText.rows(table).get(1)).startsWith("yes | yes | ");
        assertThat(TableText.rows(table).get(2)).startsWith("no | yes | ");
        assertThat(node.warning(stores, model, data))
                .contains("1 of 3 samples have classes that the model does not know and cannot predict: maybe.");
        assertThat(node.warning(
                        stores, model, data(List.of("yes", "other"), Scaling.AS_STORED, new int[] {0, 0}, 1, 1)))
                .isEmpty();
    }

    /** Bytes for a model that learned from numbers of 0 to 1, as stored in both. */
    @Test
    void numbersOfAnotherRangeThanTheModelsAreSaid() throws Exception {
        final ModelPortObject unit = new ModelPortObject(twoOutputs(Activation.NONE)
                .with(Preprocessing.ofClasses(
                        List.of("no", "yes"), Optional.of(new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_ONE)))));

        assertThat(node.warning(stores, unit, data(0, 255)))
                .contains("The model learned from numbers that were stored from 0 to 1, but those of the data Bytes are"
                        + " stored beyond -1 to 1, as pixels of 0 to 255 and scaled alike; bring them to the range of the"
                        + " training.");
        assertThat(node.warning(stores, unit, data(0, 1))).isEmpty();
    }

    @Test
    void labelsThatAreNumbersAreCalledAsTheModelCallsThem() throws Exception {
        final Model model =
                twoOutputs(Activation.NONE).with(Preprocessing.ofClasses(List.of("3", "10"), Optional.empty()));

        final BufferedDataTable table =
                predict(model, data(List.of("10.0", "3.0"), Scaling.AS_STORED, new int[] {0, 1}, 1, 0));

        assertThat(TableText.rows(table).get(0)).startsWith("10 | 10 | ");
        assertThat(TableText.rows(table).get(1)).startsWith("3 | 3 | ");
    }

    /** Nothing is guessed from the order of the data's classes. */
    @Test
    void aModelWithoutNamesHasNumbersForThem() throws Exception {
        final Model nameless = twoOutputs(Activation.NONE).with(Preprocessing.UNKNOWN);

        assertThat(TableText.rows(predict(nameless, data(0, 2))).get(1)).startsWith("yes | 1 | ");
        assertThat(node.warning(stores, new ModelPortObject(nameless), data(0, 2))
                        .orElseThrow())
                .isEqualTo("The model does not say what its classes are called, so they are called by numbers. 2 of 2"
                        + " samples have classes that the model does not know and cannot predict: no, yes.");
        assertThat(node.warning(
                        stores,
                        new ModelPortObject(nameless),
                        data(List.of("0", "1"), Scaling.AS_STORED, new int[] {1, 0}, 0, 2)))
                .isEmpty();
        assertThat(node.configure(new ModelPortObject(nameless).getSpec(), data(0).getSpec()))
                .containsOnlyNulls();
    }

    /** 2 / 255 and 2 / 127.5 - 1, whatever the reader was told. */
    @Test
    void pixelsAreScaledAsInTheTraining() throws Exception {
        final double divided = 1 / (1 + Math.exp(-2 / 255.0));
        final double shifted = 1 / (1 + Math.exp(1 - 2 / 127.5));
        for (final Scaling asRead : Scaling.values()) {
            final DatasetPortObject data = data(List.of("no", "yes"), asRead, new int[] {1}, 2);

            assertThat(TableText.numbers(predict(trained(Scaling.DIVIDE_BY_255), data), "P (Label=yes)"))
                    .first()
                    .satisfies(value -> assertThat(value).isCloseTo(divided, within(1e-6)));
            assertThat(TableText.numbers(predict(trained(Scaling.MINUS_ONE_TO_ONE), data), "P (Label=yes)"))
                    .first()
                    .satisfies(value -> assertThat(value).isCloseTo(shifted, within(1e-6)));
        }
    }

    private static Model trained(final Scaling scaling) {
        final Model model = twoOutputs(Activation.NONE);
        return model.with(model.preprocessing().with(Optional.of(new Pixels(scaling, PixelRange.ZERO_TO_255))));
    }

    private static List<String> names(final List<String> trained, final int outputs) {
        return new OutputNames(Preprocessing.ofClasses(trained, Optional.empty()), outputs).names();
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
        return new Model(
                network,
                weights,
                Preprocessing.ofClasses(List.of("no", "yes"), Optional.empty()),
                Provenance.of("test"));
    }

    /** One sample per byte; the label is "yes" for bytes above 0. */
    private DatasetPortObject data(final int... bytes) throws IOException {
        final int[] labels =
                Arrays.stream(bytes).map(value -> value > 0 ? 1 : 0).toArray();
        return data(List.of("no", "yes"), Scaling.AS_STORED, labels, bytes);
    }

    private DatasetPortObject data(
            final List<String> classNames, final Scaling scaling, final int[] labels, final int... bytes)
            throws IOException {
        final FileStore store = stores.create().create("data");
        final Path folder = store.getFile().toPath();
        final DatasetInfo info =
                new DatasetInfo("Bytes", bytes.length, Shape.of(1), ElementType.UINT8, scaling, classNames);
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            for (final int value : bytes) {
                writer.writeFeatures(ByteBuffer.wrap(new byte[] {(byte) value}));
            }
            writer.writeLabels(labels);
            final Dataset written = writer.finish();
            return new DatasetPortObject(written, store);
        }
    }
}
