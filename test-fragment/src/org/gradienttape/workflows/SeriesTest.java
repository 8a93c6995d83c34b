package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages/series.js and pages/dom.js make of numbers. */
class SeriesTest {
    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        final Path pages = Path.of(System.getProperty("gradienttape.root"), "pages");
        final Path page = Files.writeString(
                folder.resolve("series.html"),
                "<script>" + Files.readString(pages.resolve("dom.js")) + Files.readString(pages.resolve("series.js"))
                        + "</script>");
        browser = new Browser(folder.resolve("profile"));
        browser.open(page);
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
    }

    /** By hand: the weights of 1, 3 and 5 at the end are 1/7, 2/7 and 4/7, so 27/7. */
    @Test
    void smoothingWeighsThePastAndStartsAtTheFirstValue() {
        assertThat(json("smoothed([1, null, 3, 5], 0.5).map(v => v === null ? null : v * 21)"))
                .isEqualTo("[21,null,49,81]");
        assertThat(json("smoothed([4, 2], 0)")).isEqualTo("[4,2]");
    }

    @Test
    void anEpochsMeanLeavesMissingValuesOut() {
        assertThat(json("meanPerEpoch([0, 0, 1, 1, 2], [1, 2, null, 4, null])")).isEqualTo("[1.5,4,null]");
    }

    @Test
    void extremesSayWhereTheyAre() {
        assertThat(json("extremes([0, 5, 10, 15], [null, 3, 1, 2])"))
                .isEqualTo("{\"low\":{\"x\":10,\"value\":1},\"high\":{\"x\":5,\"value\":3},"
                        + "\"last\":{\"x\":15,\"value\":2}}");
        assertThat(json("extremes([0], [null])")).isEqualTo("null");
    }

    @Test
    void aRunWithALogOfEpochsNeedsNoMeans() {
        final String steps =
                "{run: 'a', level: 'STEP', x: [0, 1], epochs: [0, 0], series: [{name: 'Loss', values: [4, 2]}]}";
        final String epochs =
                "{run: 'a', level: 'EPOCH', x: [0], epochs: [0], series: [{name: 'Loss', values: [3.5]}]}";
        final String values = ".map(curve => curve.values)";

        assertThat(json("curvesOf([" + steps + "], 'EPOCH')" + values)).isEqualTo("[[3]]");
        assertThat(json("curvesOf([" + steps + ", " + epochs + "], 'EPOCH')" + values))
                .isEqualTo("[[3.5]]");
        assertThat(json("curvesOf([" + steps + ", " + epochs + "], 'STEP')" + values))
                .isEqualTo("[[4,2]]");
    }

    @Test
    void onlyWhatIsAboveZeroHasALogarithm() {
        assertThat(json("aboveZero([1, 0, -1, null, 1e-9])")).isEqualTo("[1,null,null,null,1e-9]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "154.7863 | 154.8",
                "0.09213456 | 0.09213",
                "0 | 0",
                "1.234e-7 | 1.23e-7",
                "1e-9 | 1e-9",
                "12864 | 12,860",
                "-2.5e9 | -2.5e9"
            })
    void numbersAreShort(final String number, final String text) {
        assertThat(browser.value("measure(" + number + ")").getAsString()).isEqualTo(text);
    }

    private static String json(final String expression) {
        return browser.value("JSON.stringify(" + expression + ")").getAsString();
    }
}
