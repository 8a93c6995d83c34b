package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.image.LineChart;
import org.gradienttape.nodes.GeneratedFiles;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pictures of example workflows in docs/pictures: the canvas, from the workflow's own files, and what a run has shown. A
 * chart depends on the machine in its last digits, so that it is only drawn, by generate, when it is missing.
 */
class GuidePicturesTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final String FOLDER = "docs/pictures";
    private static final GeneratedFiles PICTURES = new GeneratedFiles(FOLDER);
    private static final String MAILS = "mail-classifier.png";
    private static final String SEA = "sea-temperatures.png";
    private static final long LARGEST_PICTURE = 70_000;
    private static final int MONTHS = 12;
    private static final int FIRST_YEAR = 2000;

    @BeforeAll
    static void drawWhatIsMissing(@TempDir final Path folder) throws IOException {
        if (!Files.exists(png(MAILS))) {
            run("mail-classifier", folder);
            PICTURES.write(MAILS, Files.readAllBytes(folder.resolve("Metric Tracker (#5)_2.png")));
        }
        if (!Files.exists(png(SEA))) {
            run("sea-temperatures", folder);
            PICTURES.write(SEA, forecast(folder.resolve("Model Predictor (#8)_1.csv")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail-classifier", "sea-temperatures", "tumor-anomalies"})
    void theCanvasIsThatOfTheWorkflow(final String name) throws IOException {
        final String file = name + ".svg";
        PICTURES.write(file, WorkflowDrawing.of(Folders.example(name)).svg());

        PICTURES.assertCommitted(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {MAILS, SEA})
    void theChartIsThereAndSmall(final String name) throws IOException {
        assertThat(png(name)).as("./gradienttape generate draws it").exists();
        assertThat(Files.size(png(name))).isBetween(1_000L, LARGEST_PICTURE);
    }

    private static void run(final String name, final Path folder) throws IOException {
        final Path example = Folders.example(name);
        final List<String> arguments = new ArrayList<>(List.of(example.toString(), "-tablesDir=" + folder));
        arguments.addAll(Tables.options(example));
        final Result result = Headless.run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    /**
     * Columns of the table: month, temperature, year before, prediction; a row for each month, one after the other. Nothing was
     * measured in the last twelve, whose predictions come from predictions.
     */
    private static byte[] forecast(final Path table) throws IOException {
        final List<String[]> rows = Files.readAllLines(table).stream()
                .skip(1)
                .map(row -> row.split(",", -1))
                .toList();
        final double[] years = rows.stream().mapToDouble(row -> years(row[0])).toArray();
        final double[] predicted = numbers(rows, 3);
        final double[] ahead = predicted.clone();
        Arrays.fill(ahead, 0, rows.size() - MONTHS, Double.NaN);
        Arrays.fill(predicted, rows.size() - MONTHS, rows.size(), Double.NaN);
        return new LineChart(
                        "",
                        "Years since January 2000",
                        "Sea off Peru in °C",
                        "",
                        List.of(
                                new LineChart.Series("Measured", years, numbers(rows, 1), LineChart.Axis.LEFT),
                                new LineChart.Series("One month ahead", years, predicted, LineChart.Axis.LEFT),
                                new LineChart.Series("Twelve months ahead", years, ahead, LineChart.Axis.LEFT)))
                .png(800, 300);
    }

    /** Since 2000. */
    private static double years(final String month) {
        final String[] parts = month.split("-");
        return Integer.parseInt(parts[0]) - FIRST_YEAR + (Integer.parseInt(parts[1]) - 1) / (double) MONTHS;
    }

    private static double[] numbers(final List<String[]> rows, final int column) {
        return rows.stream()
                .map(row -> row[column])
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
    }

    private static Path png(final String name) {
        return ROOT.resolve(FOLDER).resolve(name);
    }
}
