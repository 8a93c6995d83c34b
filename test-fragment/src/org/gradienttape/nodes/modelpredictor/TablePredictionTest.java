package org.gradienttape.nodes.modelpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.host.api.node.NodeFailure;
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
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;

/**
 * Models of the columns age, of which (age - 40) / 10 reaches the network, and color, one-hot blue and red. Those that predict
 * give age' + 2 red, so that their answers are known by hand.
 */
class TablePredictionTest {
    private static final Encoding ENCODING = encoding(false);
    private static final Target SPECIES = new Target.Classes("species", List.of("cat", "dog"));
    private static final Target PRICE = new Target.Numbers(List.of(new TargetScaling("price", 100, 50)));
    private static final float[] LOGIT_OF_DOG = {0, 1, 0, 0, 0, 2};
    private static final float[] NUMBER = {1, 0, 2};

    private final FileStores stores = new FileStores();
    private final ModelPredictorNodeParameters parameters = new ModelPredictorNodeParameters();
    private final LoneNode node =
            LoneNode.of(new ModelPredictorNodeFactory(), parameters).with("Dataset", BufferedDataTable.TYPE);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** softmax(0, 2): 0.119203 and 0.880797. */
    @Test
    void classesAreAppendedAsKnimesPredictorsDo() throws Exception {
        final BufferedDataTable input = TableText.table(
                stores, "name string, age int, color string", "Tom | 40 | blue", "Rex | 40 | red", "Ada | 60 | blue");

        final BufferedDataTable table = predict(classifier(), input);

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly(
                        "name string",
                        "age int",
                        "color string",
                        "P (species=cat) double",
                        "P (species=dog) double",
                        "Prediction (species) string");
        assertThat(TableText.rows(table).get(0)).isEqualTo("Tom | 40 | blue | 0.5 | 0.5 | cat");
        assertThat(TableText.rows(table).get(1))
                .startsWith("Rex | 40 | red | 0.1192029")
                .contains(" | 0.880797")
                .endsWith(" | dog");
        assertThat(TableText.rows(table).get(2)).startsWith("Ada | 60 | blue | 0.1192029");
        assertThat(warning(classifier(), input)).isEmpty();
    }

    @Test
    void rowIdsStay() throws Exception {
        final BufferedDataTable input = TableText.table(stores, "age double, color string", "40 | red", "50 | blue");

        assertThat(keys(predict(classifier(), input))).isEqualTo(keys(input));
    }

    /** 100 + 50 (age' + 2 red). */
    @Test
    void numbersAreInTheirOwnUnits() throws Exception {
        final BufferedDataTable table = predict(
                model(PRICE, NUMBER, 0),
                TableText.table(stores, "age double, color string", "40 | red", "60 | blue", "35 | blue"));

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly("age double", "color string", "Prediction (price) double");
        assertThat(TableText.numbers(table, "Prediction (price)")).containsExactly(200.0, 200.0, 75.0);
    }

    @Test
    void severalNumbersHaveAColumnEach() throws Exception {
        final Model model = model(
                new Target.Numbers(List.of(new TargetScaling("price", 100, 50), TargetScaling.none("rooms"))),
                new float[] {1, 2, 0, 0, 2, 3},
                0,
                0);
        final BufferedDataTable input = TableText.table(stores, "age double, color string", "50 | red");

        assertThat(TableText.rows(predict(model, input))).containsExactly("50.0 | red | 250.0 | 5.0");
        parameters.prediction = Optional.of("Guess");
        assertThat(TableText.columns(predict(model, input).getDataTableSpec()))
                .containsExactly("age double", "color string", "Guess (price) double", "Guess (rooms) double");
    }

    /** It always gives 0.5: of (0, 0, 1) that is off by 0.5 each, of (2, 1, 0) by 1.5, 0.5 and 0.5. */
    @Test
    void anAutoencoderSaysHowFarRowsAreFromWhatItKnows() throws Exception {
        final Model model = model(new Target.Features(), new float[9], 0.5f, 0.5f, 0.5f);
        final BufferedDataTable input = TableText.table(stores, "age double, color string", "40 | red", "60 | blue");

        assertThat(TableText.rows(predict(model, input)))
                .containsExactly("40.0 | red | 0.25", "60.0 | blue | 0.9166666666666666");
        parameters.reconstruction = true;
        final BufferedDataTable whole = predict(model, input);
        assertThat(TableText.columns(whole.getDataTableSpec()))
                .containsExactly(
                        "age double",
                        "color string",
                        "Reconstruction error double",
                        "Reconstruction (age) double",
                        "Reconstruction (color=blue) double",
                        "Reconstruction (color=red) double");
        assertThat(TableText.rows(whole).get(0)).isEqualTo("40.0 | red | 0.25 | 45.0 | 0.5 | 0.5");
    }

    @Test
    void anotherOrderAndFurtherColumnsChangeNoBit() throws Exception {
        final String[] rows = new String[1000];
        final String[] others = new String[1000];
        for (int i = 0; i < rows.length; i++) {
            final String age = String.valueOf(Math.sin(i) * 100);
            final String color = i % 3 == 0 ? "red" : "blue";
            rows[i] = age + " | " + color;
            others[i] = color + " | x" + i + " | " + age + " | " + i;
        }
        parameters.batchSize = 64;

        final BufferedDataTable table =
                predict(classifier(), TableText.table(stores, "age double, color string", rows));
        final BufferedDataTable other = predict(
                classifier(), TableText.table(stores, "color string, species string, age double, id int", others));

        assertThat(TableText.numbers(other, "P (species=dog)")).isEqualTo(TableText.numbers(table, "P (species=dog)"));
    }

    @Test
    void rowsThatCannotBeEncodedAreCountedAndTheOthersAreNotTouched() throws Exception {
        final BufferedDataTable sound = TableText.table(
                stores, "age double, color string", "10 | red", "13 | blue", "17 | red", "19 | blue", "23 | red");
        final BufferedDataTable input = TableText.table(
                stores,
                "age double, color string",
                "10 | red",
                "? | blue",
                "17 | green",
                "Infinity | blue",
                "23 | red");

        final List<String> predicted = TableText.rows(predict(classifier(), input));

        assertThat(predicted.get(0))
                .isEqualTo(TableText.rows(predict(classifier(), sound)).get(0));
        assertThat(predicted.subList(1, 4))
                .containsExactly("? | blue | ? | ? | ?", "17.0 | green | ? | ? | ?", "Infinity | blue | ? | ? | ?");
        assertThat(predicted.get(4))
                .isEqualTo(TableText.rows(predict(classifier(), sound)).get(4));
        assertThat(warning(classifier(), input))
                .contains(
                        "3 of 5 rows have no prediction; the first of them is row \"Row1\", where the column \"age\" is"
                                + " missing.");
        assertThat(warning(
                        classifier(),
                        TableText.table(stores, "age double, color string", "17 | green", "Infinity | blue")))
                .contains(
                        "2 of 2 rows have no prediction; the first of them is row \"Row0\", where the column \"color\""
                                + " holds \"green\", which the training data do not have.");
    }

    @Test
    void aColumnThatIsFilledOrHasOthersNeedsNoSense() throws Exception {
        final Model model = classifier(encoding(true), new float[] {0, 1, 0, -1, 0, 2});
        final BufferedDataTable input =
                TableText.table(stores, "age double, color string", "? | ?", "50 | green", "60 | Green");

        // a missing color is blue, a missing age 40; the age alone decides of the others: e / (1 + e)
        assertThat(TableText.rows(predict(model, input)).get(0)).endsWith(" | cat");
        assertThat(TableText.rows(predict(model, input)).get(1))
                .startsWith("50.0 | green | 0.26894")
                .endsWith(" | dog");
        assertThat(warning(model, input))
                .contains("2 of 3 rows have a text that the training data do not have, such as \"green\" in the column"
                        + " \"color\"; all features of such a column are 0.");
    }

    @Test
    void columnsThatAreAbsentOrOfAnotherTypeAreNamed() {
        refuses(
                TableText.table(stores, "age double", "1"),
                "The column \"color\" of the training data was expected in the table, but it is not there; add it.");
        refuses(
                TableText.table(stores, "age double, Color string", "1 | red"),
                "The column \"color\" of the training data was expected in the table, but it is not there; add it.");
        refuses(
                TableText.table(stores, "age string, color string", "1 | red"),
                "The column \"age\" should hold numbers in the table as in the training data, but it holds text; convert"
                        + " it before.");
        final DataTableSpec image = new DataTableSpec(
                new DataColumnSpecCreator("age", PNGImageContent.TYPE).createSpec(),
                TableText.table(stores, "color string").getDataTableSpec().getColumnSpec(0));
        refuses(
                TableText.table(stores, image, "? | red"),
                "The column \"age\" should hold numbers in the table as in the training data, but it holds Image (PNG);"
                        + " convert it before.");
    }

    private void refuses(final BufferedDataTable input, final String sentence) {
        assertThatThrownBy(() -> node.configure(new ModelPortObject(classifier()).getSpec(), input.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void aTableWithoutRowsGivesOneWithoutRows() throws Exception {
        final BufferedDataTable table = predict(classifier(), TableText.table(stores, "age double, color string"));

        assertThat(table.size()).isZero();
        assertThat(TableText.columns(table.getDataTableSpec())).hasSize(5);
    }

    @Test
    void aModelThatDidNotLearnFromColumnsIsRefused() throws Exception {
        final String sentence = "The model did not learn from columns of a table, so rows of a table say nothing to it;"
                + " connect a dataset, or train a model on rows of a table.";
        final BufferedDataTable input = TableText.table(stores, "age double, color string", "1 | red");
        final Model unknown = classifier().with(Preprocessing.UNKNOWN);
        final Model ofPixels = classifier()
                .with(Preprocessing.ofClasses(
                        List.of("a", "b"), Optional.of(new Pixels(Scaling.AS_STORED, PixelRange.ZERO_TO_255))));

        assertThat(node.configure(new ModelPortObject(unknown).getSpec(), input.getSpec()))
                .as("it may be trained yet")
                .containsOnlyNulls();
        assertThatThrownBy(() -> predict(unknown, input))
                .isInstanceOf(NodeFailure.class)
                .hasMessage(sentence);
        assertThatThrownBy(() -> node.configure(new ModelPortObject(ofPixels).getSpec(), input.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void aModelWithAnOutputTooManyIsRefused() {
        final Model model = model(PRICE, new float[6], 0, 0);

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObject(model).getSpec(),
                        TableText.table(stores, "age double, color string").getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The model should give one output for each number of its target (price), but its output has"
                        + " the shape 2; let the model end with a Dense layer of as many units.");
    }

    @Test
    void theColumnsAreKnownAtConfigure() throws Exception {
        final BufferedDataTable input =
                TableText.table(stores, "age double, color string, species string", "1 | red | ?");
        for (final Model model :
                List.of(classifier(), model(PRICE, NUMBER, 0), model(new Target.Features(), new float[9], 0, 0, 0))) {
            final DataTableSpec announced =
                    (DataTableSpec) node.configure(new ModelPortObject(model).getSpec(), input.getSpec())[0];

            assertThat(TableText.columns(announced))
                    .isEqualTo(TableText.columns(predict(model, input).getDataTableSpec()));
        }
    }

    @Test
    void namesThatAreTakenGetANumber() throws Exception {
        final BufferedDataTable once =
                predict(classifier(), TableText.table(stores, "age double, color string", "40 | red"));

        final BufferedDataTable twice = predict(classifier(), once);
        final BufferedDataTable thrice = predict(classifier(), twice);

        assertThat(TableText.columns(thrice.getDataTableSpec()))
                .hasSize(11)
                .contains("P (species=cat) (#1) double", "Prediction (species) (#1) string")
                .endsWith(
                        "P (species=cat) (#2) double",
                        "P (species=dog) (#2) double",
                        "Prediction (species) (#2) string");
    }

    @Test
    void theDialogNamesAndLeavesOutColumns() throws Exception {
        final BufferedDataTable input = TableText.table(stores, "age double, color string", "40 | red");
        parameters.prediction = Optional.of(" pet ");
        parameters.suffix = " by net";

        assertThat(TableText.columns(predict(classifier(), input).getDataTableSpec()))
                .endsWith("P (species=cat) by net double", "P (species=dog) by net double", "pet string");
        parameters.probabilities = false;
        assertThat(TableText.columns(predict(classifier(), input).getDataTableSpec()))
                .containsExactly("age double", "color string", "pet string");
        parameters.prediction = Optional.of(" ");
        assertThatThrownBy(parameters::validate)
                .hasMessage(
                        "The column with the prediction needs a name, but its own name is empty; type one or switch it"
                                + " off.");
    }

    @Test
    void canBeCancelledAndSaysHowFarItIs() throws Exception {
        final List<String> messages = new ArrayList<>();
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> {
            messages.add(message);
            if (message.startsWith("2 of")) {
                watched[0].cancel();
            }
        });
        parameters.batchSize = 1;

        assertThatThrownBy(() -> watched[0].execute(
                        stores,
                        new ModelPortObject(classifier()),
                        TableText.table(stores, "age double, color string", "1 | red", "2 | red", "3 | red")))
                .isInstanceOf(CanceledExecutionException.class);
        assertThat(messages).contains("1 of 3 rows", "2 of 3 rows").doesNotContain("3 of 3 rows");
    }

    /** The dataset's own numbers first, whatever the model's scaling is. */
    @Test
    void aDatasetOfNumbersShowsThemBesideThePrediction() throws Exception {
        final Model model = plain(PRICE, 1);

        final BufferedDataTable table = predictData(model, numbers(PRICE, new double[] {130, 90}, 0.5f, -1));

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly("price double", "Prediction (price) double");
        assertThat(TableText.rows(table)).containsExactly("130.0 | 125.0", "90.0 | 50.0");
    }

    @Test
    void aDatasetWithoutATargetShowsThePredictionsAlone() throws Exception {
        final BufferedDataTable numbers = predictData(plain(PRICE, 1), numbers(Target.NONE, new double[0], 0.5f));
        final BufferedDataTable classes = predictData(plain(SPECIES, 1), numbers(Target.NONE, new double[0], 0));
        final BufferedDataTable samples =
                predictData(plain(new Target.Features(), 0), numbers(Target.NONE, new double[0], 3));

        assertThat(TableText.rows(numbers)).containsExactly("125.0");
        assertThat(TableText.columns(classes.getDataTableSpec()))
                .containsExactly("Predicted class string", "P (species=cat) double", "P (species=dog) double");
        assertThat(TableText.rows(classes)).containsExactly("cat | 0.5 | 0.5");
        assertThat(TableText.columns(samples.getDataTableSpec())).containsExactly("Reconstruction error double");
        assertThat(TableText.rows(samples)).containsExactly("9.0");
    }

    @Test
    void theTrueClassHasTheNameOfTheTarget() throws Exception {
        final Target named = new Target.Classes("kind", List.of("dog", "cat"));
        final Target plain = new Target.Classes(Target.LABEL, List.of("dog", "cat"));

        assertThat(TableText.columns(
                        predictData(plain(SPECIES, 1), labelled(named, 1, 0f)).getDataTableSpec()))
                .containsExactly("kind string", "Predicted class string", "P (kind=cat) double", "P (kind=dog) double");
        final BufferedDataTable table = predictData(plain(SPECIES, 1), labelled(plain, 1, 0f));
        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly(
                        "species string", "Predicted class string", "P (species=cat) double", "P (species=dog) double");
        assertThat(TableText.rows(table)).containsExactly("cat | cat | 0.5 | 0.5");
    }

    private static Encoding encoding(final boolean lenient) {
        return new Encoding(List.of(
                new NumberEncoding(
                        "age",
                        NumberScaling.STANDARDIZED,
                        40,
                        10,
                        lenient ? OptionalDouble.of(40) : OptionalDouble.empty()),
                new OneHotEncoding(
                        "color", List.of("blue", "red"), lenient, lenient ? Optional.of("blue") : Optional.empty())));
    }

    private static Model classifier() {
        return classifier(ENCODING, LOGIT_OF_DOG);
    }

    private static Model classifier(final Encoding encoding, final float[] kernel) {
        return model(new Preprocessing(SPECIES, Optional.empty(), Optional.of(encoding)), kernel, 0, 0);
    }

    private static Model model(final Target target, final float[] kernel, final float... bias) {
        return model(new Preprocessing(target, Optional.empty(), Optional.of(ENCODING)), kernel, bias);
    }

    /** Of samples of one number x: gives factor * x. */
    private static Model plain(final Target target, final float factor) {
        return model(new Preprocessing(target, Optional.empty(), Optional.empty()), new float[] {factor}, 0);
    }

    private static Model model(final Preprocessing learned, final float[] kernel, final float... bias) {
        final Network network = Network.of(
                Shape.of(kernel.length / bias.length), List.of(new Layer.Dense(bias.length, Activation.NONE)));
        return new Model(
                network,
                Weights.of(network, Map.of("dense/kernel", kernel, "dense/bias", bias)),
                learned,
                Provenance.of("test"));
    }

    private BufferedDataTable predict(final Model model, final BufferedDataTable input) throws Exception {
        return (BufferedDataTable) node.execute(stores, new ModelPortObject(model), input)[0];
    }

    private Optional<String> warning(final Model model, final BufferedDataTable input) throws Exception {
        return node.warning(stores, new ModelPortObject(model), input);
    }

    private BufferedDataTable predictData(final Model model, final DatasetPortObject data) throws Exception {
        final LoneNode ofData = LoneNode.of(new ModelPredictorNodeFactory(), parameters);
        final BufferedDataTable table = (BufferedDataTable) ofData.execute(stores, new ModelPortObject(model), data)[0];
        assertThat(TableText.columns(
                        (DataTableSpec) ofData.configure(new ModelPortObject(model).getSpec(), data.getSpec())[0]))
                .isEqualTo(TableText.columns(table.getDataTableSpec()));
        return table;
    }

    private DatasetPortObject labelled(final Target target, final int label, final float number) throws IOException {
        return data(target, writer -> writer.writeLabels(label), number);
    }

    private DatasetPortObject numbers(final Target target, final double[] truth, final float... numbers)
            throws IOException {
        return data(target, writer -> writer.writeNumbers(truth), numbers);
    }

    private interface Truth {
        void write(DatasetWriter writer) throws IOException;
    }

    private DatasetPortObject data(final Target target, final Truth truth, final float... numbers) throws IOException {
        final FileStore store = stores.create().create("data");
        final DatasetInfo info = new DatasetInfo(
                "Numbers",
                numbers.length,
                Shape.of(1),
                ElementType.FLOAT32,
                Scaling.AS_STORED,
                target,
                false,
                Optional.empty());
        final ByteBuffer bytes =
                ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info)) {
            writer.writeFeatures(bytes);
            truth.write(writer);
            return new DatasetPortObject(writer.finish(), store);
        }
    }

    private static List<String> keys(final BufferedDataTable table) {
        final List<String> keys = new ArrayList<>();
        table.forEach(row -> keys.add(row.getKey().getString()));
        return keys;
    }
}
