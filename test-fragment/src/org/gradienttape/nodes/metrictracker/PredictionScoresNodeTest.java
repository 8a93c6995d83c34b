package org.gradienttape.nodes.metrictracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters.Input;
import org.gradienttape.nodes.metrictracker.PredictionParameters.Predicted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;

/** The Metric Tracker on tables of predictions. */
class PredictionScoresNodeTest {
    private static final String COLUMNS =
            "Epoch int, Label string, Predicted class string, P (Label=no) double, P (Label=yes) double";

    private final FileStores stores = new FileStores();
    private final MetricTrackerNodeParameters parameters = new MetricTrackerNodeParameters();
    private final LoneNode node = LoneNode.of(new MetricTrackerNodeFactory(), parameters);
    private BufferedDataTable table;

    @BeforeEach
    void makePredictions() {
        parameters.input = Input.PREDICTIONS;
        parameters.predictions.topK = 1;
        table = TableText.table(
                stores,
                COLUMNS,
                "0 | no | yes | 0.25 | 0.75",
                "0 | yes | yes | 0.25 | 0.75",
                "1 | no | no | 0.75 | 0.25",
                "1 | yes | yes | 0.25 | 0.75");
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsAreKnownAtConfigure() throws Exception {
        assertThat(TableText.columns((DataTableSpec) node.configure(table.getSpec())[0]))
                .containsExactly(
                        "Run string",
                        "Group string",
                        "Metric string",
                        "Class string",
                        "Predicted class string",
                        "Value double",
                        "Low double",
                        "High double",
                        "Samples long");
    }

    @Test
    void theWholeTableIsScored() throws Exception {
        final List<String> rows = TableText.rows(scores(node.execute(stores, table)));

        assertThat(rows.get(0))
                .startsWith("Run 1 | ? | Accuracy | ? | ? | 0.75 | 0.3006")
                .endsWith(" | 4");
        assertThat(rows.get(1)).startsWith("Run 1 | ? | Top-1 accuracy | ? | ? | 0.75 | ");
        assertThat(rows.get(6)).startsWith("Run 1 | ? | Mean squared error | ? | ? | 0.1875 | ");
        assertThat(rows)
                .contains(
                        "Run 1 | ? | Count | no | no | 1.0 | ? | ? | 2",
                        "Run 1 | ? | Count | no | yes | 1.0 | ? | ? | 2",
                        "Run 1 | ? | Count | yes | no | 0.0 | ? | ? | 2",
                        "Run 1 | ? | Count | yes | yes | 2.0 | ? | ? | 2");
    }

    @Test
    void eachGroupIsScoredBeforeTheWhole() throws Exception {
        parameters.predictions.groupColumn = "Epoch";

        final List<String> rows = TableText.rows(scores(node.execute(stores, table)));

        assertThat(rows.stream()
                        .filter(row -> row.contains("Accuracy |"))
                        .map(row -> row.split(" \\| "))
                        .map(cells -> String.join(" | ", List.of(cells).subList(0, 6))))
                .containsExactly(
                        "Run 1 | 0 | Accuracy | ? | ? | 0.5",
                        "Run 1 | 1 | Accuracy | ? | ? | 1.0",
                        "Run 1 | ? | Accuracy | ? | ? | 0.75");
    }

    @Test
    void aPositiveClassCanBeChosen() throws Exception {
        parameters.predictions.positiveClass = "yes";

        final List<String> rows = TableText.rows(scores(node.execute(stores, table)));

        assertThat(rows).anyMatch(row -> row.startsWith("Run 1 | ? | Recall | ? | ? | 1.0 |") && row.endsWith(" | 2"));
        assertThat(rows).anyMatch(row -> row.startsWith("Run 1 | ? | Precision | ? | ? | 0.666666"));
    }

    @Test
    void aPositiveClassThatIsNotThereIsNamed() {
        parameters.predictions.positiveClass = "maybe";

        assertThatThrownBy(() -> node.execute(stores, table))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining(
                        "The positive class \"maybe\" was expected in the table, but its classes are no, yes");
    }

    @Test
    void rowsWithMissingCellsAreLeftOut() throws Exception {
        final BufferedDataTable holes = TableText.table(
                stores, COLUMNS, "0 | no | no | 0.75 | 0.25", "0 | ? | yes | 0.25 | 0.75", "0 | yes | yes | ? | 0.75");

        assertThat(TableText.rows(scores(node.execute(stores, holes))).get(0))
                .startsWith("Run 1 | ? | Accuracy | ? | ? | 1.0 |")
                .endsWith(" | 1");
        assertThat(node.warning(stores, holes))
                .contains(
                        "In Run 1, 2 of 3 rows lack a target or a prediction, or have NaN or an infinite number there;"
                                + " they are left out, and the scores are those of the other rows alone.");
        assertThat(node.warning(stores, table)).isEmpty();
    }

    @Test
    void numbersThatAreNotFiniteAreLeftOutAndCounted() throws Exception {
        final BufferedDataTable probabilities =
                TableText.table(stores, COLUMNS, "0 | no | no | NaN | NaN", "0 | yes | yes | 0.25 | 0.75");
        assertThat(TableText.rows(scores(node.execute(stores, probabilities))).get(0))
                .endsWith(" | 1");
        assertThat(node.warning(stores, probabilities).orElseThrow()).startsWith("In Run 1, 1 of 2 rows");

        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        final BufferedDataTable numbers =
                TableText.table(stores, "truth double, said double", "1 | 3", "1 | NaN", "Infinity | 1");
        assertThat(TableText.rows(scores(node.execute(stores, numbers))).get(0))
                .isEqualTo("Run 1 | ? | R² | ? | ? | ? | ? | ? | 1");
        assertThat(TableText.rows(scores(node.execute(stores, numbers))).get(2))
                .isEqualTo("Run 1 | ? | Mean squared error | ? | ? | 4.0 | ? | ? | 1");
        assertThat(node.warning(stores, numbers).orElseThrow()).startsWith("In Run 1, 2 of 3 rows");
    }

    /** KNIME's binary predictors may write the positive class alone: what it leaves is the other one's. */
    @Test
    void ofTwoClassesOneColumnOfProbabilitiesIsEnough() throws Exception {
        final String rest = "Label string, Predicted class string, P (Label=yes) double";
        final BufferedDataTable one = TableText.table(
                stores, rest, "no | no | 0.25", "no | yes | 0.75", "yes | yes | 0.75", "yes | yes | 0.75");
        final BufferedDataTable both = TableText.table(
                stores,
                rest + ", P (Label=no) double",
                "no | no | 0.25 | 0.75",
                "no | yes | 0.75 | 0.25",
                "yes | yes | 0.75 | 0.25",
                "yes | yes | 0.75 | 0.25");

        assertThat(TableText.rows(scores(node.execute(stores, one))))
                .containsExactlyInAnyOrderElementsOf(TableText.rows(scores(node.execute(stores, both))));
    }

    /** The Model Predictor and KNIME's predictors number what is there twice. */
    @Test
    void eachOfTwoModelsHasProbabilitiesOfItsOwn() throws Exception {
        final String one = "P (Label=no) double, P (Label=yes) double, Prediction (Label) string";
        final BufferedDataTable both = TableText.table(
                stores,
                "Label string, " + one
                        + ", P (Label=no) (#1) double, P (Label=yes) (#1) double, Prediction (Label) (#1) string",
                "no | 0.25 | 0.75 | yes | 0.875 | 0.125 | no",
                "yes | 0.25 | 0.75 | yes | 0.625 | 0.375 | no");
        final BufferedDataTable first =
                TableText.table(stores, "Label string, " + one, "no | 0.25 | 0.75 | yes", "yes | 0.25 | 0.75 | yes");
        final BufferedDataTable second =
                TableText.table(stores, "Label string, " + one, "no | 0.875 | 0.125 | no", "yes | 0.625 | 0.375 | no");

        parameters.predictions.predictedColumn = "Prediction (Label)";
        final List<String> ofFirst = TableText.rows(scores(node.execute(stores, first)));
        final List<String> ofSecond = TableText.rows(scores(node.execute(stores, second)));
        assertThat(TableText.rows(scores(node.execute(stores, both)))).isEqualTo(ofFirst);
        parameters.predictions.predictedColumn = "Prediction (Label) (#1)";
        assertThat(TableText.rows(scores(node.execute(stores, both)))).isEqualTo(ofSecond);
        assertThat(node.warning(stores, both)).isEmpty();
    }

    /** The suffix is one of the settings of the Model Predictor; names of classes may have parentheses, too. */
    @ParameterizedTest
    @CsvSource({"no, yes, ' (B)'", "no (a), yes (b), (B)", ":(, :), _B", "a) no (1), b) yes (2), _B"})
    void probabilitiesWithASuffixAreThoseOfAnotherModel(final String no, final String yes, final String suffix)
            throws Exception {
        final String one = "P (Label=" + no + ") double, P (Label=" + yes + ") double, Prediction (Label) string";
        final BufferedDataTable both = TableText.table(
                stores,
                "Label string, " + one + ", P (Label=" + no + ")" + suffix + " double, P (Label=" + yes + ")" + suffix
                        + " double, Prediction (Label) (#1) string",
                no + " | 0.25 | 0.75 | " + yes + " | 0.875 | 0.125 | " + no,
                yes + " | 0.25 | 0.75 | " + yes + " | 0.625 | 0.375 | " + no);
        final BufferedDataTable first = TableText.table(
                stores, "Label string, " + one, no + " | 0.25 | 0.75 | " + yes, yes + " | 0.25 | 0.75 | " + yes);

        parameters.predictions.predictedColumn = "Prediction (Label)";
        assertThat(TableText.rows(scores(node.execute(stores, both))))
                .isEqualTo(TableText.rows(scores(node.execute(stores, first))));
        assertThat(node.warning(stores, both)).isEmpty();
    }

    @Test
    void aSuffixOfBothNamesSaysWhichProbabilitiesAreOfAPrediction() throws Exception {
        final BufferedDataTable both = TableText.table(
                stores,
                "Label string, P (Label=no) double, P (Label=yes) double, Prediction (Label) string"
                        + ", P (Label=no) (B) double, P (Label=yes) (B) double, Prediction (Label) (B) string",
                "no | 0.25 | 0.75 | yes | 0.875 | 0.125 | no",
                "yes | 0.25 | 0.75 | yes | 0.625 | 0.375 | no");
        final BufferedDataTable second = TableText.table(
                stores,
                "Label string, P (Label=no) double, P (Label=yes) double, Prediction (Label) string",
                "no | 0.875 | 0.125 | no",
                "yes | 0.625 | 0.375 | no");

        parameters.predictions.predictedColumn = "Prediction (Label)";
        final List<String> wanted = TableText.rows(scores(node.execute(stores, second)));
        parameters.predictions.predictedColumn = "Prediction (Label) (B)";
        assertThat(TableText.rows(scores(node.execute(stores, both)))).isEqualTo(wanted);
        assertThat(node.warning(stores, both)).isEmpty();
    }

    @Test
    void probabilitiesThatSayAnotherClassAreSaid() throws Exception {
        final BufferedDataTable other = TableText.table(
                stores, COLUMNS, "0 | no | no | 0.25 | 0.75", "0 | no | no | 0.75 | 0.25", "1 | yes | yes | 0.5 | 0.5");

        assertThat(node.warning(stores, other))
                .contains(
                        "In Run 1, 1 of 3 rows have a predicted class in the column \"Predicted class\" that is not the most"
                                + " probable one of the columns P (Label=...); accuracy is about the class, and all other scores"
                                + " of the whole table are about the probabilities, so check that both are of one model.");
    }

    @Test
    void classesThatNeverMeetAreSaid() throws Exception {
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        final BufferedDataTable plain = TableText.table(stores, "truth string, said string", "yes | 1", "no | 0");

        assertThat(node.warning(stores, plain))
                .contains(
                        "In Run 1, no class of the column \"truth\" (no, yes) occurs in the column \"said\" (0, 1),"
                                + " so that every prediction counts as wrong; choose columns whose classes have the same names.");
    }

    @Test
    void logitsInThePlaceOfProbabilitiesAreRefused() {
        final BufferedDataTable logits = TableText.table(stores, COLUMNS, "0 | no | no | 3.5 | -1.25");

        assertThatThrownBy(() -> node.execute(stores, logits))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining(
                        "\" should hold probabilities from 0 to 1, but Row0 has 3.5; give the probabilities,"
                                + " or take the column out to score the classes alone.");
    }

    /** All rows are "no": there is no recall of "yes" and no area under a curve. */
    @Test
    void whatIsUndefinedIsMissing() throws Exception {
        parameters.predictions.positiveClass = "yes";
        final BufferedDataTable oneClass =
                TableText.table(stores, COLUMNS, "0 | no | no | 0.75 | 0.25", "0 | no | no | 0.625 | 0.375");

        assertThat(TableText.rows(scores(node.execute(stores, oneClass))))
                .contains(
                        "Run 1 | ? | Precision | ? | ? | ? | ? | ? | 0",
                        "Run 1 | ? | Recall | ? | ? | ? | ? | ? | 0",
                        "Run 1 | ? | F1 | ? | ? | ? | ? | ? | 2",
                        "Run 1 | ? | AUC | ? | ? | ? | ? | ? | 2",
                        "Run 1 | ? | Recall | yes | ? | ? | ? | ? | 0");
    }

    @Test
    void classesOfAnyPredictorAreScoredWithoutProbabilities() throws Exception {
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        final BufferedDataTable plain = TableText.table(stores, "truth int, said int", "10 | 10", "9 | 10", "9 | 9");

        final List<String> rows = TableText.rows(scores(node.execute(stores, plain)));

        assertThat(rows).noneMatch(row -> row.contains("AUC"));
        assertThat(rows.get(0)).contains("Accuracy | ? | ? | 0.6666666666666666");
        assertThat(rows.get(4)).startsWith("Run 1 | ? | Precision | 9 | ? | 1.0");
    }

    /** A column of numbers says 10.0 where the Model Predictor says 10. */
    @Test
    void numbersAndTextsNameTheSameClasses() throws Exception {
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        parameters.predictions.positiveClass = "10.0";
        final BufferedDataTable mixed = TableText.table(
                stores,
                "truth double, said string, P (truth=2) double, P (truth=10) double",
                "10 | 10 | 0.25 | 0.75",
                "2 | 10 | 0.4 | 0.6",
                "2 | 2 | 0.75 | 0.25",
                "-1 | 2 | 0.6 | 0.4");

        final List<String> rows = TableText.rows(scores(node.execute(stores, mixed)));

        assertThat(rows).anyMatch(row -> row.startsWith("Run 1 | ? | Accuracy | ? | ? | 0.5 | "));
        assertThat(rows).anyMatch(row -> row.startsWith("Run 1 | ? | Precision | ? | ? | 0.5 | "));
        assertThat(rows).anyMatch(row -> row.startsWith("Run 1 | ? | Count | -1.0 | 2 | 1.0 | "));
        assertThat(rows.stream().filter(row -> row.contains("| Count |"))).hasSize(9);
    }

    @Test
    void numbersAreScored() throws Exception {
        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        final BufferedDataTable plain = TableText.table(stores, "truth double, said double", "1 | 2", "1 | 0", "0 | 4");

        assertThat(TableText.rows(scores(node.execute(stores, plain))))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("Run 1 | ? | R² | ? | ? | -25.9999999"),
                        row -> assertThat(row).startsWith("Run 1 | ? | Mean absolute error | ? | ? | 2.0 | 0.0 | "),
                        row -> assertThat(row).startsWith("Run 1 | ? | Mean squared error | ? | ? | 6.0 | 0.0 | "),
                        row -> assertThat(row).startsWith("Run 1 | ? | Root mean squared error | ? | ? | 2.449489742"),
                        row -> assertThat(row).startsWith("Run 1 | ? | Mean signed difference | ? | ? | 1.33333"),
                        row -> assertThat(row) // a target is 0
                                .isEqualTo("Run 1 | ? | Mean absolute percentage error | ? | ? | ? | ? | ? | 3"));
    }

    /** What the Model Predictor and KNIME's predictors append, of a target with spaces and parentheses. */
    @Test
    void aNumberIsScoredAgainstItsPrediction() throws Exception {
        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = "price (EUR)";
        parameters.predictions.predictedColumn = "Prediction (price (EUR))";
        parameters.predictions.groupColumn = "city";
        final BufferedDataTable table = TableText.table(
                stores,
                "city string, price (EUR) int, Prediction (price (EUR)) double",
                "A | 10 | 11.5",
                "A | 20 | ?",
                "A | 30 | 30.5",
                "B | 40 | 40",
                "B | ? | 7");

        final List<String> rows = TableText.rows(scores(node.execute(stores, table)));

        assertThat(rows).hasSize(18);
        assertThat(rows.get(0)).startsWith("Run 1 | A | R² | ? | ? | 0.9875 | ");
        assertThat(rows.get(6)).isEqualTo("Run 1 | B | R² | ? | ? | ? | ? | ? | 1");
        assertThat(rows.get(13))
                .startsWith("Run 1 | ? | Mean absolute error | ? | ? | 0.66666")
                .endsWith(" | 3");
        assertThat(node.warning(stores, table).orElseThrow())
                .startsWith("In Run 1, 2 of 5 rows lack a target or a prediction");
    }

    @Test
    void theChartOfNumbersIsTheirPointsOrTheCurvesOfTheGroups() throws Exception {
        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";
        final BufferedDataTable numbers =
                TableText.table(stores, "Epoch int, truth double, said double", "0 | 1 | 2", "0 | 2 | 3", "1 | 1 | 0");
        final BufferedDataTable others =
                TableText.table(stores, "Epoch int, truth double, said double", "0 | 1 | 2", "0 | 2 | 3", "1 | 1 | 4");
        final byte[] points = chart(node.execute(stores, numbers));
        final byte[] otherPoints = chart(node.execute(stores, others));
        parameters.predictions.groupColumn = "Epoch";
        final byte[] curves = chart(node.execute(stores, numbers));

        assertThat(points).isNotEqualTo(otherPoints).isNotEqualTo(curves);
        assertThat(chart(node.execute(stores, numbers))).isEqualTo(curves);
    }

    @Test
    void anEmptyTableOfNumbersHasNoScores() throws Exception {
        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = "truth";
        parameters.predictions.predictedColumn = "said";

        final List<String> rows =
                TableText.rows(scores(node.execute(stores, TableText.table(stores, "truth double, said double"))));

        assertThat(rows).hasSize(6).allSatisfy(row -> assertThat(row).endsWith(" | ? | ? | ? | ? | ? | 0"));
    }

    @Test
    void aSecondTableFollowsUnderItsName() throws Exception {
        parameters.secondRun = "Again";
        final LoneNode comparing = node.with("Second log", BufferedDataTable.TYPE);

        final List<String> rows = TableText.rows(scores(comparing.execute(stores, table, table)));

        assertThat(rows.stream().filter(row -> row.startsWith("Again"))).hasSize(rows.size() / 2);
    }

    @Test
    void theChartIsTheConfusionMatrixOrTheCurvesOfTheGroups() throws Exception {
        final byte[] matrix = chart(node.execute(stores, table));
        parameters.predictions.groupColumn = "Epoch";
        final byte[] curves = chart(node.execute(stores, table));

        for (final byte[] png : List.of(matrix, curves)) {
            final BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(image.getWidth()).isEqualTo(800);
            assertThat(image.getHeight()).isEqualTo(500);
        }
        assertThat(matrix).isNotEqualTo(curves);
    }

    @Test
    void columnsThatAreNotThereAreAnErrorAtConfigure() {
        parameters.predictions.targetColumn = "species";

        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The column \"species\" with the true classes was expected in the table");
        parameters.predictions.predicted = Predicted.NUMBERS;
        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The column \"species\" with the true numbers was expected in the table");
    }

    @Test
    void numbersMustBeNumbers() {
        parameters.predictions.predicted = Predicted.NUMBERS;

        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("\"Label\" must hold numbers");
    }

    @Test
    void wrongNumbersAreRefused() {
        parameters.predictions.confidence = 1;

        assertThatThrownBy(parameters::validate)
                .hasMessageContaining("The confidence level must be above 0 and below 1");
    }

    private static BufferedDataTable scores(final PortObject[] outputs) {
        return (BufferedDataTable) outputs[0];
    }

    private static byte[] chart(final PortObject[] outputs) throws IOException {
        final PNGImageValue image = (PNGImageValue) ((ImagePortObject) outputs[1]).toDataCell();
        return image.getImageContent().getByteArray();
    }
}
