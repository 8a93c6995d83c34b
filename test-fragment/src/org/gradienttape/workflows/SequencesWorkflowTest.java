package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workflows mail-classifier and sea-temperatures, run on real mails and measurements. */
class SequencesWorkflowTest {
    @TempDir
    private Path folder;

    /** 822 of the 1182 mails that are held out are ham: a fifth of 4110 and of 1801. */
    @Test
    void mailsAreToldApartByTheirWords() throws IOException {
        assertThat(run("mail-classifier")).doesNotContain("Warning: ");

        assertThat(Files.readString(folder.resolve("Dataset Reader (#1)_1.txt")))
                .contains("4,729 samples of 200, 2 classes");
        final List<List<String>> scores = table("Metric Tracker (#5)_1.csv");
        assertThat(value(scores, "Most frequent class", "Accuracy")).isCloseTo(822.0 / 1182, within(1e-12));
        assertThat(value(scores, "Words", "Accuracy")).isGreaterThan(0.95);
    }

    /**
     * A linear model of the twelve months before, by least squares in NumPy, has a root mean squared error of 0.512 and the
     * temperature of the year before one of 1.151, on the same 132 months.
     */
    @Test
    void theNextMonthIsForecastBetterThanByTheYearBefore() throws IOException {
        run("sea-temperatures");

        final double network = value(table("Metric Tracker (#9)_1.csv"), "Run 1", "Root mean squared error");
        final double yearBefore = value(table("Metric Tracker (#10)_1.csv"), "Run 1", "Root mean squared error");
        assertThat(yearBefore).isCloseTo(1.1509702757923752, within(1e-6));
        assertThat(network).isLessThan(0.65);
        final List<List<String>> rows = table("Model Predictor (#8)_1.csv");
        assertThat(rows.get(0)).containsExactly("month", "temperature", "year before", "Prediction (temperature)");
        assertThat(rows).hasSize(1 + 144 + 12);
        assertThat(rows.stream().skip(1).limit(12)).allMatch(row -> row.get(3).isEmpty());
        assertThat(rows.get(13).get(0)).isEqualTo("2000-01");
        assertThat(rows.get(156).get(0)).isEqualTo("2011-12");
        // the sea off Peru was never colder than 18 degrees, and never warmer than 30
        assertThat(rows.stream().skip(1 + 144).mapToDouble(row -> Double.parseDouble(row.get(3))))
                .allMatch(degrees -> degrees > 18 && degrees < 30);
    }

    private static double value(final List<List<String>> scores, final String run, final String metric) {
        return scores.stream()
                .filter(row -> row.get(0).equals(run) && row.get(2).equals(metric))
                .mapToDouble(row -> Double.parseDouble(row.get(5)))
                .findFirst()
                .orElseThrow();
    }

    private String run(final String name) throws IOException {
        final Path example = Folders.example(name);
        final Map<String, String> before = Folders.content(example);
        final List<String> arguments = new ArrayList<>(List.of(example.toString(), "-tablesDir=" + folder));
        arguments.addAll(Tables.options(example));

        final Result result = Headless.run(arguments);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Folders.content(example)).isEqualTo(before);
        return result.output();
    }

    private List<List<String>> table(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(row -> Arrays.asList(row.split(",", -1)))
                .toList();
    }
}
