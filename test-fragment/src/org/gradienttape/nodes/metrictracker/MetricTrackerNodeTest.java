package org.gradienttape.nodes.metrictracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters.ColumnChoice;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters.Detail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;

class MetricTrackerNodeTest {
    private static final String COLUMNS =
            "Epoch int, Loss double, Accuracy double, Validation loss double, Seconds double";

    private final FileStores stores = new FileStores();
    private final MetricTrackerNodeParameters parameters = new MetricTrackerNodeParameters();
    private final LoneNode node = LoneNode.of(new MetricTrackerNodeFactory(), parameters);
    private final LoneNode comparing = node.with("Second log", BufferedDataTable.TYPE);
    private BufferedDataTable log;

    @BeforeEach
    void makeLog() {
        log = TableText.table(
                stores,
                COLUMNS,
                "0 | 1.0 | 0.5 | 1.0 | 9",
                "1 | 0.5 | 0.7 | 0.8 | 9",
                "2 | 0.25 | 0.8 | 0.9 | 9",
                "3 | 0.125 | 0.9 | 1.0 | 9");
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsAreKnownAtConfigure() throws Exception {
        assertThat(TableText.columns((DataTableSpec) node.configure(log.getSpec())[0]))
                .containsExactly(
                        "Run string",
                        "Series string",
                        "Epoch int",
                        "Points int",
                        "Last double",
                        "Mean double",
                        "Min double",
                        "Max double",
                        "Moving average double",
                        "Best epoch int",
                        "Trend double",
                        "Trend low double",
                        "Trend high double",
                        "Verdict string");
    }

    /** Slopes and intervals worked out by hand with Student's t of 2 degrees of freedom, 4.302653. */
    @Test
    void lossesAndMetricsAreSummedUp() throws Exception {
        final BufferedDataTable metrics = metrics(node.execute(stores, log));

        assertThat(cells(metrics, 1, 13))
                .containsExactly("Loss Improving", "Accuracy Improving", "Validation loss Overfitting");
        assertThat(TableText.numbers(metrics, "Points")).containsExactly(4.0, 4.0, 4.0);
        assertThat(TableText.numbers(metrics, "Last")).containsExactly(0.125, 0.9, 1.0);
        assertThat(TableText.numbers(metrics, "Best epoch")).containsExactly(3.0, 3.0, 1.0);
        assertThat(TableText.numbers(metrics, "Min")).containsExactly(0.125, 0.5, 0.8);
        assertThat(TableText.numbers(metrics, "Max")).containsExactly(1.0, 0.9, 1.0);
        assertClose(TableText.numbers(metrics, "Mean"), 0.46875, 0.725, 0.925);
        assertClose(TableText.numbers(metrics, "Moving average"), 0.46875, 0.725, 0.925);
        assertClose(TableText.numbers(metrics, "Trend").subList(0, 2), -0.2875, 0.13);
        assertClose(TableText.numbers(metrics, "Trend low").subList(0, 2), -0.545435, 0.055476);
        assertClose(TableText.numbers(metrics, "Trend high").subList(0, 2), -0.029565, 0.204524);
    }

    @Test
    void eachEpochCanHaveItsRow() throws Exception {
        parameters.rows = Detail.EACH_EPOCH;
        final BufferedDataTable steps = TableText.table(
                stores, "Epoch int, Step int, Loss double", "0 | 0 | 4", "0 | 200 | 2", "1 | 0 | 1", "1 | 200 | ?");

        assertThat(TableText.rows(metrics(node.execute(stores, steps))))
                .startsWith(
                        "Run 1 | Loss | 0 | 2 | 2.0 | 3.0 | 2.0 | 4.0 | 3.0 | ? | ? | ? | ? | ?",
                        "Run 1 | Loss | 1 | 1 | 1.0 | 1.0 | 1.0 | 1.0 | 2.3333333333333335 | ? | ? | ? | ? | ?")
                .hasSize(3);
    }

    @Test
    void rowsWithoutAFiniteNumberAreCountedAndLeftOut() throws Exception {
        final BufferedDataTable broken = TableText.table(
                stores,
                "Epoch int, Loss double, Accuracy double",
                "0 | 1 | 0.5",
                "1 | 0.5 | ?",
                "2 | NaN | 0.75",
                "3 | Infinity | NaN");

        assertThat(node.warning(stores, broken))
                .contains("In Run 1, NaN or an infinite number stands in 2 rows of Loss, 1 row of Accuracy;"
                        + " what the table says is about the other rows alone.");
        final BufferedDataTable metrics = metrics(node.execute(stores, broken));
        assertThat(TableText.numbers(metrics, "Points")).containsExactly(2.0, 2.0);
        assertThat(TableText.numbers(metrics, "Best epoch")).containsExactly(1.0, 2.0);
        assertThat(node.warning(stores, log)).isEmpty();
    }

    @Test
    void aLogWithoutEpochsHasNoBestOne() throws Exception {
        parameters.rows = Detail.EACH_EPOCH;
        final BufferedDataTable steps = TableText.table(stores, "Step int, Loss double", "0 | 4", "1 | 2", "2 | 3");

        final BufferedDataTable metrics = metrics(node.execute(stores, steps));

        assertThat(TableText.rows(metrics))
                .singleElement()
                .asString()
                .startsWith("Run 1 | Loss | ? | 3 | 3.0 | 3.0 | 2.0 | 4.0 | 3.0 | ? | ");
    }

    @Test
    void columnsCanBeChosen() throws Exception {
        parameters.follow = ColumnChoice.CHOSEN;
        parameters.columns = new String[] {"Seconds", "Epoch"};

        assertThat(cells(metrics(node.execute(stores, log)), 0, 1)).containsExactly("Run 1 Seconds", "Run 1 Epoch");
    }

    @Test
    void theViewDrawsAnEpochThatIsFollowedAlone() throws Exception {
        parameters.follow = ColumnChoice.CHOSEN;
        parameters.columns = new String[] {"Epoch"};

        assertThat(node.view(stores, log)).contains("\"series\":[{\"name\":\"Epoch\"");
    }

    /** As Keras' CSVLogger writes it. */
    @Test
    void theHistoryOfKerasIsUnderstood() throws Exception {
        final BufferedDataTable history = TableText.table(
                stores,
                "epoch int, accuracy double, loss double, val_accuracy double, val_loss double",
                "0 | 0.5 | 1.0 | 0.5 | 1.0",
                "1 | 0.7 | 0.5 | 0.6 | 0.8",
                "2 | 0.8 | 0.25 | 0.6 | 0.9",
                "3 | 0.9 | 0.125 | 0.6 | 1.0");

        final BufferedDataTable metrics = metrics(node.execute(stores, history));

        assertThat(cells(metrics, 1, 13))
                .containsExactly(
                        "accuracy Improving", "loss Improving", "val_accuracy Plateau", "val_loss Overfitting");
        assertThat(TableText.numbers(metrics, "Best epoch")).containsExactly(3.0, 3.0, 1.0, 1.0);
    }

    /** No row, no number, no axis: nothing of it may end in an exception. */
    @Test
    void logsWithoutAnythingInThemAreTables() throws Exception {
        for (final BufferedDataTable nothing : List.of(
                TableText.table(stores, "Epoch int, Step int, Loss double"),
                TableText.table(stores, "Epoch int, Step int, Loss double", "? | ? | ?"),
                TableText.table(stores, "Epoch double, Loss double", "NaN | NaN"),
                TableText.table(stores, "Epoch string, Step string, Loss double", "a | b | 0.5"))) {
            assertThat(TableText.rows(metrics(node.execute(stores, nothing)))).hasSize(1);
            assertThat(node.view(stores, nothing)).contains("\"name\":\"Loss\"");
            assertThat(chart(node.execute(stores, nothing)).getWidth()).isEqualTo(800);
        }
    }

    @Test
    void aSecondLogFollowsUnderItsName() throws Exception {
        parameters.firstRun = "SGD";
        parameters.secondRun = "Adam";

        assertThat(cells(metrics(comparing.execute(stores, log, log)), 0, 1))
                .containsExactly(
                        "SGD Loss",
                        "SGD Accuracy",
                        "SGD Validation loss",
                        "Adam Loss",
                        "Adam Accuracy",
                        "Adam Validation loss");
    }

    @Test
    void runsOfTheSameNameAreRefused() {
        parameters.secondRun = parameters.firstRun;

        assertThatThrownBy(() -> comparing.configure(log.getSpec(), log.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The two runs need different names, but both are called \"Run 1\"; change one of them.");
        assertThatCode(() -> node.configure(log.getSpec())).doesNotThrowAnyException();
    }

    @Test
    void chartIsAPictureOfTheChosenSize() throws Exception {
        parameters.chartWidth = 640;
        parameters.chartHeight = 360;

        final BufferedImage alone = chart(node.execute(stores, log));
        final BufferedImage compared = chart(comparing.execute(stores, log, log));

        assertThat(alone.getWidth()).isEqualTo(640);
        assertThat(alone.getHeight()).isEqualTo(360);
        assertThat(colors(alone)).isGreaterThan(3);
        assertThat(colors(compared)).isGreaterThan(colors(alone));
    }

    @Test
    void aTableWithoutLossesIsRefused() {
        final BufferedDataTable table = TableText.table(stores, "Epoch int, Name string", "0 | a");

        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "A log table needs at least one column of numbers that is named after a loss or a metric, but"
                                + " the columns are [Epoch, Name]; choose the columns in the dialog.");
    }

    @Test
    void aChosenColumnMustBeThereAndHoldNumbers() {
        final BufferedDataTable table = TableText.table(stores, "Loss string", "a");
        parameters.follow = ColumnChoice.CHOSEN;

        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("No column is chosen; choose at least one.");
        parameters.columns = new String[] {"Accuracy"};
        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The chosen column \"Accuracy\" must hold numbers, but the table has no such column; choose"
                        + " another one.");
        parameters.columns = new String[] {"Loss"};
        assertThatThrownBy(() -> node.configure(table.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The chosen column \"Loss\" must hold numbers, but it holds ");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        parameters.chartWidth = 199;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The width of the chart must be from 200 to 10000 pixels, but it is 199.");

        parameters.chartWidth = 200;
        parameters.window = 1;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("The window must hold at least 2 points, but it is 1");
    }

    private static BufferedDataTable metrics(final PortObject[] outputs) {
        return (BufferedDataTable) outputs[0];
    }

    /** Two columns of each row. */
    private static List<String> cells(final BufferedDataTable table, final int first, final int second) {
        return TableText.rows(table).stream()
                .map(row -> row.split(" \\| "))
                .map(row -> row[first] + " " + row[second])
                .toList();
    }

    private static BufferedImage chart(final PortObject[] outputs) throws IOException {
        final PNGImageValue image = (PNGImageValue) ((ImagePortObject) outputs[1]).toDataCell();
        return ImageIO.read(new ByteArrayInputStream(image.getImageContent().getByteArray()));
    }

    /** How many colors are frequent enough to be a curve's or the background's. */
    private static long colors(final BufferedImage image) {
        final Map<Integer, Integer> counts = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counts.merge(image.getRGB(x, y), 1, Integer::sum);
            }
        }
        return counts.values().stream().filter(count -> count > 100).count();
    }

    private static void assertClose(final List<Double> actual, final double... expected) {
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual.get(i)).isCloseTo(expected[i], within(1e-6));
        }
    }
}
