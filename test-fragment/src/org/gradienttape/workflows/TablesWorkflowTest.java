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

/** The example workflows wine-classifier, diabetes-regression and tumor-anomalies, run as they are on real tables. */
class TablesWorkflowTest {
    @TempDir
    private Path folder;

    /** A linear model tells these wines apart with an accuracy of 0.95 or more. */
    @Test
    void winesAreToldApart() throws IOException {
        run("wine-classifier");

        final List<List<String>> predictions = table("Model Predictor (#5)_1.csv");
        assertThat(predictions.get(0))
                .startsWith("alcohol", "malic_acid")
                .endsWith("class", "P (class=class_0)", "P (class=class_1)", "P (class=class_2)", "Prediction (class)");
        assertThat(predictions).hasSize(1 + 36); // a fifth of 178
        final long hits = predictions.stream()
                .skip(1)
                .filter(row -> row.get(13).equals(row.get(17)))
                .count();
        assertThat(hits).isGreaterThanOrEqualTo(34);
        assertThat(score("Accuracy")).isCloseTo(hits / 36.0, within(1e-12));
    }

    /** The mean alone has an R² of 0, linear regression one of 0.48 on average over many splits. */
    @Test
    void theProgressOfADiseaseIsPredictedInItsOwnUnits() throws IOException {
        run("diabetes-regression");

        final List<List<String>> predictions = table("Model Predictor (#5)_1.csv");
        assertThat(predictions.get(0)).endsWith("progression", "Prediction (progression)");
        final List<double[]> numbers = predictions.stream()
                .skip(1)
                .map(row -> new double[] {Double.parseDouble(row.get(10)), Double.parseDouble(row.get(11))})
                .toList();
        assertThat(numbers).hasSize(88); // a fifth of 442
        final double mean =
                numbers.stream().mapToDouble(row -> row[0]).average().orElseThrow();
        final double left =
                numbers.stream().mapToDouble(row -> square(row[0] - row[1])).sum();
        final double all =
                numbers.stream().mapToDouble(row -> square(row[0] - mean)).sum();
        assertThat(1 - left / all).isGreaterThan(0.35);
        assertThat(score("R²")).isCloseTo(1 - left / all, within(1e-9));
    }

    /** A malignant tumor has the larger error than a benign one in nine of ten pairs or more. */
    @Test
    void whatIsUnlikeTheRowsOfTheTrainingHasALargeError() throws IOException {
        run("tumor-anomalies");

        assertThat(Files.readString(folder.resolve("Dataset Reader (#1)_1.txt")))
                .contains("286 samples of 30");
        final List<List<String>> rows = table("Model Predictor (#6)_1.csv");
        assertThat(rows.get(0)).endsWith("diagnosis", "Reconstruction error");
        final double[] benign = errors(rows, "benign");
        final double[] malignant = errors(rows, "malignant");
        assertThat(benign).hasSize(71);
        assertThat(malignant).hasSize(212);
        final long larger = Arrays.stream(malignant)
                .mapToLong(error ->
                        Arrays.stream(benign).filter(other -> error > other).count())
                .sum();
        final double area = (double) larger / (71 * 212);
        assertThat(area).isGreaterThan(0.9);
        assertThat(score("Metric Tracker (#9)_1.csv", "AUC", "")).isCloseTo(area, within(0.005)); // from 200 limits
    }

    /** What is learned of one number without hidden layers rises with it or falls with it, so that it is one limit. */
    @Test
    void theTableCountsEachDiagnosisOnBothSidesOfALimit() throws IOException {
        run("tumor-anomalies");

        final List<List<String>> rows = table("Model Predictor (#8)_1.csv");
        assertThat(rows.get(0))
                .endsWith(
                        "Reconstruction error",
                        "P (diagnosis=benign)",
                        "P (diagnosis=malignant)",
                        "Prediction (diagnosis)");
        final double largestBelow = largestError(rows, "benign");
        final double[] benign = errors(rows, "benign");
        final double[] malignant = errors(rows, "malignant");
        final String scores = "Metric Tracker (#9)_1.csv";
        assertThat(score(scores, "Recall", "benign"))
                .isCloseTo(1 - above(benign, largestBelow), within(1e-9))
                .isGreaterThan(0.9);
        assertThat(score(scores, "Recall", "malignant"))
                .isCloseTo(above(malignant, largestBelow), within(1e-9))
                .isGreaterThan(0.5);
    }

    private static double largestError(final List<List<String>> rows, final String prediction) {
        return rows.stream()
                .skip(1)
                .filter(row -> row.get(34).equals(prediction))
                .mapToDouble(row -> Double.parseDouble(row.get(31)))
                .max()
                .orElseThrow();
    }

    private static double above(final double[] errors, final double limit) {
        return Arrays.stream(errors).filter(error -> error > limit).count() / (double) errors.length;
    }

    private static double[] errors(final List<List<String>> rows, final String diagnosis) {
        return rows.stream()
                .filter(row -> row.get(30).equals(diagnosis))
                .mapToDouble(row -> Double.parseDouble(row.get(31)))
                .toArray();
    }

    private static double square(final double number) {
        return number * number;
    }

    private double score(final String metric) throws IOException {
        return score("Metric Tracker (#6)_1.csv", metric, "");
    }

    /** @param ofClass empty for all classes */
    private double score(final String file, final String metric, final String ofClass) throws IOException {
        return table(file).stream()
                .filter(row -> row.get(2).equals(metric) && row.get(3).equals(ofClass))
                .mapToDouble(row -> Double.parseDouble(row.get(5)))
                .findFirst()
                .orElseThrow();
    }

    private void run(final String name) throws IOException {
        final Path example = Folders.example(name);
        final Map<String, String> before = Folders.content(example);
        final List<String> arguments = new ArrayList<>(List.of(example.toString(), "-tablesDir=" + folder));
        arguments.addAll(Tables.options(example));

        final Result result = Headless.run(arguments);

        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Folders.content(example)).isEqualTo(before);
    }

    private List<List<String>> table(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(row -> Arrays.asList(row.split(",", -1)))
                .toList();
    }
}
