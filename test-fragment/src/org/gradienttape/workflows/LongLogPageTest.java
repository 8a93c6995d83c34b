package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeFactory;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of a log that is too long to be drawn whole: of five epochs, with one peak in the third. */
class LongLogPageTest {
    private static final int PEAK = 123_457;
    private static final String LOGS = "JSON.parse(document.getElementById('initial-data').textContent).logs";

    @TempDir
    static Path folder;

    private static final FileStores STORES = new FileStores();
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = new Browser(folder.resolve("profile"));
        browser.open(view(250_000));
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
        STORES.close();
    }

    @Test
    void aSentenceSaysThatItIsThinned() {
        final int drawn = browser.value(LOGS + "[0].x.length").getAsInt();

        assertThat(drawn).isBetween(30_000, 100_000);
        assertThat(browser.text("header .quiet"))
                .isEqualTo("250,000 steps logged in 5 epochs; %,d of them are drawn, with all peaks".formatted(drawn));
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void thePeakIsThere() {
        assertThat(browser.texts(".legend tbody td").subList(2, 7))
                .containsExactly("5", "1", "0", "99", "123,457"); // last, lowest and highest with their steps
    }

    @Test
    void everyEpochIsMarkedWhereItBegins() {
        final JsonArray places = browser.value(
                        "(({x, epochs}) => x.filter((place, i) => i > 0 && epochs[i] !== epochs[i - 1]))(" + LOGS
                                + "[0])")
                .getAsJsonArray();

        assertThat(places.asList().stream().map(place -> place.getAsInt()))
                .containsExactly(50_000, 100_000, 150_000, 200_000);
    }

    /** 3 and once 99 in 50,000 steps: 3.00192. */
    @Test
    void theMeansOfTheEpochsAreThoseOfAllSteps() throws Exception {
        browser.click("input[value=EPOCH]");

        assertThat(browser.text(".legend th")).isEqualTo("Mean of the logged steps");
        assertThat(browser.value(LOGS + "[1].series[0].values[2]").getAsDouble())
                .isEqualTo(3 + 96.0 / 50_000, org.assertj.core.api.Assertions.within(1e-9));
        browser.click("input[value=STEP]");
    }

    @Test
    void aShorterLogIsDrawnWhole() throws Exception {
        browser.open(view(100_000));

        assertThat(browser.value(LOGS + "[0].x.length").getAsInt()).isEqualTo(100_000);
        assertThat(browser.value(LOGS + ".length").getAsInt()).isEqualTo(1);
        assertThat(browser.text("header .quiet")).isEqualTo("100,000 steps logged in 5 epochs");
        browser.open(folder.resolve("250000.html"));
    }

    private static Path view(final int steps) throws Exception {
        final String[] rows = IntStream.range(0, steps)
                .mapToObj(row -> {
                    final int epoch = (int) (5L * row / steps);
                    return epoch + " | " + row % (steps / 5) + " | " + (row == PEAK ? 99 : 1 + epoch);
                })
                .toArray(String[]::new);
        return Files.writeString(
                folder.resolve(steps + ".html"),
                LoneNode.of(new MetricTrackerNodeFactory(), new MetricTrackerNodeParameters())
                        .view(STORES, TableText.table(STORES, "Epoch int, Step int, Loss double", rows)));
    }
}
