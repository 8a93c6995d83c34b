package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeFactory;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;

/** What the axis of steps says of a log that knows how long its epochs are, and of one that does not. */
class StepAxisPageTest {
    private static final String COLUMNS = "Epoch int, Step int, Loss double";
    /** Of the guide's run: 782 steps, every 200th logged; the highest loss is that of the second epoch's first step. */
    private static final String[] GUIDE = {
        "0 | 0 | 2", "0 | 200 | 1", "0 | 400 | 0.5", "0 | 600 | 0.25", "1 | 0 | 3", "1 | 200 | 0.125"
    };

    private static final String RANGE = "#range";
    private static final FileStores STORES = new FileStores();

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
        STORES.close();
    }

    @Test
    void aTrainersLogCountsTheStepsOfTheRun() throws Exception {
        open(TableText.table(STORES, of(782), GUIDE));

        assertThat(browser.texts(".legend th")).containsSubsequence("Highest", "at step");
        assertThat(browser.texts(".legend tbody td").subList(2, 7))
                .containsExactly("0.125", "0.125", "982", "3", "782"); // last, lowest and highest with their steps
        assertThat(browser.text(RANGE)).isEqualTo("Step 0 to 982");
    }

    @Test
    void aLogThatDoesNotSayHowLongItsEpochsAreCountsItsRows() throws Exception {
        open(TableText.table(STORES, COLUMNS, GUIDE));

        assertThat(browser.texts(".legend th")).containsSubsequence("Highest", "at logged step");
        assertThat(browser.texts(".legend tbody td").subList(2, 7)).containsExactly("0.125", "0.125", "5", "3", "4");
        assertThat(browser.text(RANGE)).isEqualTo("Logged step 0 to 5");
        assertThat(browser.text("header .quiet")).isEqualTo("6 steps logged in 2 epochs");
    }

    @Test
    void bothOverEachOtherAreCalledByBothNames() throws Exception {
        open(TableText.table(STORES, of(782), GUIDE), TableText.table(STORES, COLUMNS, GUIDE));

        assertThat(browser.text(RANGE)).isEqualTo("Step or Logged step 0 to 982");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void oneRowIsOnePlace() throws Exception {
        open(TableText.table(STORES, of(1094), "0 | 0 | 0.7"));

        assertThat(browser.text(RANGE)).isEqualTo("Step 0");
        browser.click("[aria-label=\"Zoom out\"]");
        assertThat(browser.text(RANGE)).isEqualTo("Step 0");
        browser.click("input[value=EPOCH]");
        assertThat(browser.text(RANGE)).isEqualTo("Epoch 0");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void curvesWithoutAnyValueLeaveASentence() throws Exception {
        open(TableText.table(
                STORES, "Epoch int, Loss double, Validation AUC double", "0 | 1 | ?", "1 | 0.5 | NaN", "2 | 0.25 | ?"));

        assertThat(browser.texts(".chart .note"))
                .containsExactly("There is nothing to draw: none of the cells holds a finite number.");
        assertThat(browser.text(RANGE)).isEqualTo("Epoch 0 to 2");
        open(TableText.table(STORES, "Epoch int, Loss double"));
        assertThat(browser.texts(".chart .note")).hasSize(1);
        assertThat(browser.text(RANGE)).isEmpty();
        assertThat(browser.problems()).isEmpty();
    }

    private static void open(final BufferedDataTable... logs) throws Exception {
        final LoneNode node = LoneNode.of(new MetricTrackerNodeFactory(), new MetricTrackerNodeParameters());
        browser.open(Files.writeString(
                folder.resolve("view.html"),
                (logs.length == 1 ? node : node.with("Second log", BufferedDataTable.TYPE)).view(STORES, logs)));
    }

    /** The columns of a log whose epochs have so many steps. */
    private static DataTableSpec of(final int stepsPerEpoch) {
        final DataColumnSpec[] columns =
                TableText.table(STORES, COLUMNS).getSpec().stream().toArray(DataColumnSpec[]::new);
        final DataColumnSpecCreator step = new DataColumnSpecCreator(columns[1]);
        step.setProperties(new DataColumnProperties(Map.of("steps-per-epoch", "" + stepsPerEpoch)));
        columns[1] = step.createSpec();
        return new DataTableSpec(columns);
    }
}
