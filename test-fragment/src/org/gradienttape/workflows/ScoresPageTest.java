package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.metrictracker.ScoringTracker;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.BufferedDataTable;

/** The Metric Tracker's view of predictions: those of a real run on the real digits, and made ones of many classes. */
class ScoresPageTest {
    private static final String TRACKER = "Metric Tracker (#5)";
    private static final String METRICS = "section:nth-of-type(1) ";
    private static final String GROUPS = "section:nth-of-type(2) ";
    private static final String MATRIX = ".matrix ";

    @TempDir
    static Path folder;

    private static final FileStores STORES = new FileStores();
    private static Browser browser;
    /** True and predicted class of each sample. */
    private static List<String> predictions;

    @BeforeAll
    static void runWorkflow() throws Exception {
        final Result result = Headless.run(List.of(
                Folders.example("predict-and-score").toString(),
                "-viewsDir=" + folder.resolve("views"),
                "-tablesDir=" + folder.resolve("tables"),
                "-destDir=" + folder.resolve("saved")));
        assertThat(result.exitCode()).as(result.output()).isZero();
        predictions = Files.readAllLines(folder.resolve("tables").resolve("Model Predictor (#4)_1.csv")).stream()
                .skip(1)
                .map(row -> row.split(","))
                .map(row -> row[0] + " | " + row[1])
                .toList();
        browser = new Browser(folder.resolve("profile"));
        grouped();
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
        STORES.close();
    }

    @BeforeEach
    void light() {
        browser.prefer("light");
    }

    @Test
    void theMetricsStandBesideTheirIntervals() throws IOException {
        browser.open(tracker());

        final String[] accuracy = Files.readAllLines(folder.resolve("tables").resolve(TRACKER + "_1.csv"))
                .get(1)
                .split(",", -1);
        assertThat(browser.text("header .quiet")).isEqualTo("10,000 samples, 10 classes");
        assertThat(browser.texts(METRICS + "tbody th"))
                .containsExactly(
                        "Accuracy",
                        "Top-3 accuracy",
                        "Precision",
                        "Recall",
                        "F1",
                        "AUC",
                        "Mean squared error",
                        "Mean absolute error");
        assertThat(browser.text(METRICS + ".value")).isEqualTo(rounded(accuracy[5]));
        assertThat(browser.text(METRICS + ".ends")).isEqualTo(rounded(accuracy[6]) + " – " + rounded(accuracy[7]));
        // the mark lies at the value's share of the line
        assertThat(browser.value("(() => { const line = document.querySelector(\".line\").getBoundingClientRect();"
                                + " const mark = document.querySelector(\".mark\").getBoundingClientRect();"
                                + " return ((mark.left + mark.right) / 2 - line.left) / line.width; })()")
                        .getAsDouble())
                .isCloseTo(Double.parseDouble(accuracy[5]), org.assertj.core.api.Assertions.within(0.005));
        assertThat(browser.value("document.querySelector('select')").isJsonNull())
                .isTrue();
    }

    @Test
    void theMatrixCountsEveryPair() {
        browser.open(tracker());

        assertThat(browser.texts(MATRIX + "tbody th"))
                .isEqualTo(IntStream.range(0, 10).mapToObj(Integer::toString).toList());
        assertThat(browser.texts(MATRIX + "thead tr:nth-child(2) th"))
                .startsWith("True class", "0", "1")
                .endsWith("9", "Recall")
                .hasSize(12);
        final List<String> cells = browser.texts(MATRIX + ".hit, .matrix .miss");
        assertThat(cells).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(cells.get(i)).isEqualTo(count(i / 10 + " | " + i % 10));
        }
    }

    /** The most frequent prediction of a class is the darkest cell of its row. */
    @Test
    void theShadeFollowsTheShareOfTheRow() {
        browser.open(tracker());

        final double hit = brightness(MATRIX + "tbody tr:nth-child(2) .hit");
        final double miss = brightness(MATRIX + "tbody tr:nth-child(2) .miss");

        assertThat(hit).isLessThan(miss - 50);
    }

    @Test
    void aWorkflowThatIsLoadedAsExecutedShowsTheSame() throws IOException {
        final Result result =
                Headless.run(List.of(folder.resolve("saved").toString(), "-viewsDir=" + folder.resolve("reloaded")));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Files.readString(folder.resolve("reloaded").resolve(TRACKER + ".html")))
                .isEqualTo(Files.readString(tracker()));
    }

    /** The true digit as group: its matrix has one row, and accuracy is its recall. */
    @Test
    void aGroupCanBePicked() {
        browser.open(folder.resolve("grouped.html"));
        assertThat(browser.text("header .quiet")).isEqualTo("10,000 samples, 10 classes, 10 groups");
        assertThat(browser.texts(GROUPS + "tbody th"))
                .isEqualTo(IntStream.range(0, 10).mapToObj(Integer::toString).toList());

        browser.press("#group", "3");

        assertThat(browser.text("h2")).isEqualTo("Metrics of group 3");
        final long samples =
                predictions.stream().filter(row -> row.startsWith("3 |")).count();
        final long hits = predictions.stream().filter("3 | 3"::equals).count();
        assertThat(browser.text(METRICS + ".value")).isEqualTo(rounded("" + (double) hits / samples));
        assertThat(browser.texts(MATRIX + "tbody tr:nth-child(4) .hit")).containsExactly(count("3 | 3"));
        assertThat(browser.texts(MATRIX + "tbody tr:nth-child(1) td")).containsOnly("0", "–");
        assertThat(browser.texts("[aria-current] th")).containsExactly("3");
    }

    @Test
    void anotherMetricOfAllGroupsCanBePicked() {
        browser.open(folder.resolve("grouped.html"));

        browser.press("#metric", "R");

        assertThat(browser.texts("h2")).containsExactly("Metrics", "Recall of all groups", "Confusion matrix");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void allPagesAreDrawnFromTheirFilesAloneAndCanBeRead(final String scheme) throws Exception {
        browser.prefer(scheme);
        final String contrasts = Files.readString(Path.of(
                System.getProperty("gradienttape.root"), "test-fragment/src/org/gradienttape/workflows/contrast.js"));

        final Path numbers = view(
                "drawn.html",
                new ScoringTracker().ofNumbers("truth", "said"),
                TableText.table(STORES, "truth double, said double", "1 | 2", "10 | 9"));

        for (final Path page : List.of(tracker(), folder.resolve("grouped.html"), numbers)) {
            browser.open(page);

            assertThat(browser.problems()).isEmpty();
            assertThat(browser.value("performance.getEntriesByType('resource').length")
                            .getAsInt())
                    .isZero();
            assertThat(browser.call(contrasts).getAsJsonArray()).isEmpty();
        }
    }

    /** 1,000 classes, each predicted once as itself; 60 to 109 also as the next one. */
    @Test
    void ofManyClassesTheMostConfusedAreShown() throws Exception {
        final String[] rows = IntStream.concat(IntStream.range(0, 1000), IntStream.range(60, 109))
                .mapToObj(i -> i + " | " + i)
                .toArray(String[]::new);
        for (int i = 1000; i < rows.length; i++) {
            final int label = 60 + i - 1000;
            rows[i] = label + " | " + (label + 1);
        }

        final Path page = view("classes.html", new ScoringTracker(), table(rows));

        browser.open(page);
        assertThat(browser.text("header .quiet")).isEqualTo("1,049 samples, 1,000 classes");
        assertThat(browser.texts("section .quiet").get(1))
                .endsWith("The 50 of 1,000 classes that are confused most are shown.");
        assertThat(browser.texts(MATRIX + "tbody th"))
                .isEqualTo(IntStream.range(60, 110).mapToObj(Integer::toString).toList());
        assertThat(browser.texts(MATRIX + "thead tr:nth-child(2) th")).contains("Others");
        assertThat(Files.size(page)).isLessThan(300_000);
    }

    @Test
    void ofManyGroupsSomeAreShown() throws Exception {
        final String[] rows = IntStream.range(0, 1000)
                .mapToObj(i -> i + " | " + i % 3 + " | " + i % 2)
                .toArray(String[]::new);

        browser.open(view(
                "groups.html",
                new ScoringTracker().groupedBy("Epoch"),
                TableText.table(STORES, "Epoch int, Label string, Predicted class string", rows)));

        assertThat(browser.text(GROUPS + ".quiet")).isEqualTo("100 of 1,000 groups are shown, evenly apart.");
        assertThat(browser.texts(GROUPS + "tbody th"))
                .hasSize(100)
                .startsWith("0", "10")
                .endsWith("999");
    }

    @Test
    void twoRunsStandBesideEachOther() throws Exception {
        browser.open(view("two.html", new ScoringTracker(), table("a | a", "b | a"), table("a | a", "b | b")));

        assertThat(browser.texts(METRICS + "tbody tr").subList(0, 2))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Accuracy\tRun 1").contains("0.5"),
                        second ->
                                assertThat(second).startsWith("Accuracy\tRun 2").contains("1"));
        assertThat(browser.texts("h2"))
                .containsExactly("Metrics", "Confusion matrix, Run 1", "Confusion matrix, Run 2");
    }

    @Test
    void numbersHaveErrorsAndNoMatrix() throws Exception {
        browser.open(view(
                "numbers.html",
                new ScoringTracker().ofNumbers("truth", "said"),
                TableText.table(STORES, "truth double, said double", "1 | 2", "1 | 0", "0 | 4")));

        assertThat(browser.texts("h2")).containsExactly("Metrics", "Predicted against true", "Residuals");
        assertThat(browser.texts(METRICS + ".value")).containsExactly("-26", "2", "6", "2.449", "1.333", "–");
        assertThat(browser.texts(METRICS + ".ends").get(1)).startsWith("0 – ");
        // the negative R² is the mark at the left end of its line, which begins at its interval's low
        assertThat(browser.value("parseFloat(document.querySelector('.mark').style.left) < 100")
                        .getAsBoolean())
                .isTrue();
        assertThat(browser.problems()).isEmpty();
    }

    /** 6,000 rows in two groups; predictions of the first are a tenth too low, those of the second right. */
    @Test
    void predictedNumbersAreDrawnAsPoints() throws Exception {
        final String[] rows = IntStream.range(0, 6000)
                .mapToObj(i -> (i < 1000 ? "low" : "right") + " | " + i + " | " + (i < 1000 ? i * 0.9 : i))
                .toArray(String[]::new);
        browser.open(view(
                "points.html",
                new ScoringTracker().ofNumbers("truth", "said").groupedBy("part"),
                TableText.table(STORES, "part string, truth double, said double", rows)));

        assertThat(browser.texts("h2"))
                .containsExactly("Metrics", "R² of all groups", "Predicted against true", "Residuals");
        assertThat(browser.texts(".points ~ p"))
                .containsExactly(
                        "Move the pointer over a chart to read its points.",
                        "5,100 of 6,000 rows are drawn, a random sample and the rows with the largest errors.");
        assertThat(inked(0)).isPositive();
        assertThat(inked(1)).isPositive();

        browser.press("#group", "l");

        assertThat(browser.texts("h2"))
                .containsExactly(
                        "Metrics of group low",
                        "R² of all groups",
                        "Predicted against true of group low",
                        "Residuals of group low");
        assertThat(browser.text(METRICS + "tbody tr:nth-child(6) .value")).isEqualTo("–"); // the first target is 0
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void thePointAtThePointerIsRead() throws Exception {
        browser.open(view(
                "two-numbers.html",
                new ScoringTracker().ofNumbers("truth", "said"),
                TableText.table(STORES, "truth double, said double", "1 | 2", "10 | 9"),
                TableText.table(STORES, "truth double, said double", "1 | 1", "10 | 10")));

        assertThat(browser.texts(".clouds span > span + *, .clouds > span")).containsExactly("Run 1", "Run 2");
        pointAt(0, 0.95, 0.02);
        assertThat(browser.text(".points ~ p[aria-live]")).isEqualTo("Run 2: true 10, predicted 10, difference 0");
        pointAt(1, 0.1, 0.1);
        assertThat(browser.text(".points ~ p[aria-live]")).isEqualTo("Run 1: true 1, predicted 2, difference 1");
    }

    /** Moves the pointer over a chart, to shares of its width and height. */
    private static void pointAt(final int chart, final double right, final double down) {
        browser.value("(() => { const over = document.querySelectorAll('.points .u-over')[" + chart + "];"
                + " const box = over.getBoundingClientRect();"
                + " over.dispatchEvent(new MouseEvent('mouseenter', {}));"
                + " over.dispatchEvent(new MouseEvent('mousemove', {bubbles: true, clientX: box.left + " + right
                + " * box.width, clientY: box.top + " + down + " * box.height})); return 0; })()");
    }

    /** How many pixels of a chart have the color of the first run, through which others may shine. */
    private static int inked(final int chart) {
        return browser.value("(() => { const canvas = document.querySelectorAll('.points canvas')[" + chart + "];"
                        + " const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                        + " let found = 0;"
                        + " for (let i = 0; i < data.length; i += 4) { found += data[i + 3] > 100 && data[i + 2] - data[i] > 80; }"
                        + " return found; })()")
                .getAsInt();
    }

    private static void grouped() throws Exception {
        final String[] rows = predictions.stream()
                .sorted(Comparator.comparing(row -> row.split(" \\| ")[0]))
                .toArray(String[]::new);
        view("grouped.html", new ScoringTracker().groupedBy("Label"), table(rows));
    }

    private static Path view(final String file, final ScoringTracker tracker, final BufferedDataTable... tables)
            throws Exception {
        return tracker.view(folder.resolve(file), STORES, tables);
    }

    private static BufferedDataTable table(final String... rows) {
        return TableText.table(STORES, "Label string, Predicted class string", rows);
    }

    private static Path tracker() {
        return folder.resolve("views").resolve(TRACKER + ".html");
    }

    private static String count(final String pair) {
        return "%,d".formatted(predictions.stream().filter(pair::equals).count());
    }

    /** As the page shows it. */
    private static String rounded(final String number) {
        return browser.value("Number(" + number + ").toLocaleString('en', {maximumSignificantDigits: 4})")
                .getAsString();
    }

    /** Of a background, 0 to 765. */
    private static double brightness(final String selector) {
        return browser.value(
                        "(() => { const canvas = new OffscreenCanvas(1, 1).getContext(\"2d\");"
                                + " canvas.fillStyle = getComputedStyle(document.querySelector(\"" + selector
                                + "\")).backgroundColor; canvas.fillRect(0, 0, 1, 1);"
                                + " return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, part) => sum + part); })()")
                .getAsDouble();
    }
}
