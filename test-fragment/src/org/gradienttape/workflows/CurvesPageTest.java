package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person can do with the curves of two real runs. */
class CurvesPageTest {
    private static final String TRAINER = "GradientTape Trainer (#3)";
    private static final String PLOT = ".u-over";
    private static final String CHART = ".chart";
    private static final String RANGE = "#range";
    /** Two epochs of 782 steps, logged at 0, 50, 100 up to 750: the second one begins at 782. */
    private static final String ALL = "Step 0 to 1,532";

    private static final String RIGHT = "\uE014";
    private static final String END = "\uE010";

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void runTwoTrainers() throws IOException {
        final Result result = Headless.run(List.of(
                Folders.example("two-trainers").toString(),
                "-viewsDir=" + folder,
                "-tablesDir=" + folder,
                "-option=3,logEvery,50,int",
                "-option=4,logEvery,50,int"));
        assertThat(result.exitCode()).as(result.output()).isZero();
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
    }

    @BeforeEach
    void openTrainer() {
        browser.prefer("light");
        browser.open(folder.resolve(TRAINER + ".html"));
    }

    @Test
    void theCursorShowsTheLoggedValues() throws IOException {
        final String[] fourth = row(TRAINER + "_2.csv", 4);

        browser.press(CHART, RIGHT, RIGHT, RIGHT, RIGHT);

        assertThat(browser.texts(".legend th:nth-child(2)")).containsExactly("At step 150", "At step 150");
        assertThat(shown(".legend .value", 0)).isCloseTo(Double.parseDouble(fourth[3]), relative(fourth[3]));
        assertThat(shown(".legend .value", 1)).isCloseTo(Double.parseDouble(fourth[4]), relative(fourth[4]));
    }

    @Test
    void theMouseMovesTheCursorOfAllCharts() {
        browser.hover(PLOT, 0.5, 0.5);

        final List<String> places = browser.texts(".legend th:nth-child(2)");
        assertThat(places).hasSize(2).doesNotContain("At cursor").containsOnly(places.get(0));
    }

    @Test
    void draggingZoomsAllChartsAndADoubleClickShowsAllAgain() {
        assertThat(browser.text(RANGE)).isEqualTo(ALL);
        final int before = pixels(1, "--series-0").get("count").getAsInt();

        browser.drag(PLOT, 0.25, 0.5);

        assertThat(range()).satisfies(range -> {
            assertThat(range[0]).isCloseTo(0.25 * 1532, within(10.0));
            assertThat(range[1]).isCloseTo(0.5 * 1532, within(10.0));
        });
        assertThat(pixels(1, "--series-0").get("count").getAsInt()).isNotEqualTo(before);
        browser.doubleClick(PLOT);
        assertThat(browser.text(RANGE)).isEqualTo(ALL);
        assertThat(pixels(1, "--series-0").get("count").getAsInt()).isEqualTo(before);
    }

    @Test
    void buttonsAndKeysZoomAndPan() {
        browser.click("[aria-label=\"Zoom in\"]");
        assertThat(range()).containsExactly(383, 1149);
        browser.press(CHART, "-");
        assertThat(range()).containsExactly(0, 1532);
        browser.press(CHART, "+", "+");
        assertThat(range()).containsExactly(575, 958);
        browser.press(CHART, Browser.withShift(RIGHT));
        assertThat(range()).containsExactly(670, 1053);
        browser.click("[aria-label=\"Show all\"]");
        assertThat(range()).containsExactly(0, 1532);
    }

    @Test
    void aCurveIsHiddenAndShown() {
        browser.click("input[value=EPOCH]");
        final JsonObject both = pixels(0, "--series-0");

        browser.click(".legend button");

        assertThat(browser.value("document.querySelector('.legend button').getAttribute('aria-pressed')")
                        .getAsString())
                .isEqualTo("false");
        final JsonObject validation = pixels(0, "--series-0");
        assertThat(validation.get("count").getAsInt())
                .isPositive()
                .isLessThan(both.get("count").getAsInt());
        browser.click(".legend button");
        assertThat(pixels(0, "--series-0")).isEqualTo(both);
    }

    @Test
    void everyHiddenCurveLeavesASentence() {
        browser.click(".legend button");

        assertThat(browser.text(CHART)).isEqualTo("All curves are hidden.");
        assertThat(pixels(0, "--series-0").get("count").getAsInt()).isPositive(); // the accuracy is still there
    }

    /** The loss falls from far above 100 to about 1: the middle of the curve lies at the foot of a linear axis. */
    @Test
    void aLogarithmicAxisLiftsSmallLosses() {
        final double linear = pixels(0, "--series-0").get("row").getAsDouble();

        browser.click("#logarithmic");

        assertThat(pixels(0, "--series-0").get("row").getAsDouble()).isLessThan(linear - 10);
        assertThat(browser.value("document.querySelector('.chart').ariaLabel").getAsString())
                .startsWith("Chart of Loss, logarithmic.");
    }

    @Test
    void smoothingDrawsTheCurveFaintBehindASmoothOne() {
        browser.click("#logarithmic");
        final int rough = pixels(0, "--series-0").get("steepest").getAsInt();

        browser.press("#smoothing", END);

        assertThat(browser.text(".controls label output")).isEqualTo("0.99");
        assertThat(pixels(0, "--series-0").get("steepest").getAsInt()).isLessThan(rough);
    }

    @Test
    void perEpochTheEpochLogIsShown() throws IOException {
        browser.click("input[value=EPOCH]");

        assertThat(browser.text(RANGE)).isEqualTo("Epoch 0 to 1");
        assertThat(browser.texts(".legend button"))
                .containsExactly("Loss", "Validation loss", "Accuracy", "Validation accuracy");
        final String[] last = row(TRAINER + "_3.csv", 2);
        for (int curve = 0; curve < 4; curve++) {
            final String value = last[List.of(2, 4, 3, 5).get(curve)];
            assertThat(shown(".legend td:nth-child(3)", curve)).isCloseTo(Double.parseDouble(value), relative(value));
        }
    }

    @Test
    void theTrackerLaysBothRunsOverEachOther() throws IOException {
        browser.open(folder.resolve("Metric Tracker (#5).html"));

        assertThat(browser.texts(".legend button"))
                .containsExactly("SGD: Loss", "Adam: Loss", "SGD: Accuracy", "Adam: Accuracy");
        assertThat(shown(".legend td:nth-child(3)", 0)).isCloseTo(lastLoss(TRAINER), relative("" + lastLoss(TRAINER)));
        assertThat(shown(".legend td:nth-child(3)", 1))
                .isCloseTo(lastLoss("GradientTape Trainer (#4)"), relative("" + lastLoss("GradientTape Trainer (#4)")));
        assertThat(pixels(0, "--series-0").get("count").getAsInt()).isPositive();
        assertThat(pixels(0, "--series-1").get("count").getAsInt()).isPositive();
    }

    @Test
    void aDarkSystemGetsDarkCharts() {
        assertThat(pixels(0, "--page").get("background").getAsDouble()).isGreaterThan(200);

        browser.prefer("dark");

        assertThat(pixels(0, "--series-0").get("count").getAsInt()).isPositive();
        assertThat(pixels(0, "--page").get("background").getAsDouble()).isLessThan(50);
    }

    private static double lastLoss(final String trainer) throws IOException {
        final List<String> rows = Files.readAllLines(folder.resolve(trainer + "_2.csv"));
        return Double.parseDouble(rows.get(rows.size() - 1).split(",")[3]);
    }

    private static String[] row(final String csv, final int index) throws IOException {
        return Files.readAllLines(folder.resolve(csv)).get(index).split(",");
    }

    private static double shown(final String selector, final int index) {
        return Double.parseDouble(browser.texts(selector).get(index).replace(",", ""));
    }

    /** The page shows four significant digits. */
    private static Offset<Double> relative(final String value) {
        return within(Math.abs(Double.parseDouble(value)) * 5e-4);
    }

    private static double[] range() {
        final String[] ends =
                browser.text(RANGE).replace(",", "").replace("Step ", "").split(" to ");
        return new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
    }

    /** Where a color of the page is in the plotting area of a chart. */
    private static JsonObject pixels(final int chart, final String color) {
        try {
            final String script = Files.readString(Path.of(
                    System.getProperty("gradienttape.root"), "test-fragment/src/org/gradienttape/workflows/pixels.js"));
            return browser.call(script.replace("CHART", "" + chart).replace("COLOR", color))
                    .getAsJsonObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
