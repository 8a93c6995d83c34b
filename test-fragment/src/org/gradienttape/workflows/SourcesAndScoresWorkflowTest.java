package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workflows predict-and-score, learn-from-a-table and images-from-a-table, run as they are on the real digits. */
class SourcesAndScoresWorkflowTest {
    @TempDir
    private Path folder;

    /** What the Metric Tracker says is counted again from the table of predictions. */
    @Test
    void predictionsAreScored() throws IOException {
        run("predict-and-score");

        final List<String> predictions = Files.readAllLines(folder.resolve("Model Predictor (#4)_1.csv"));
        assertThat(predictions.get(0))
                .startsWith("Label,Predicted class,P (Label=0),")
                .endsWith(",P (Label=9)");
        assertThat(predictions).hasSize(10_001);
        final long hits = predictions.stream()
                .skip(1)
                .map(row -> row.split(","))
                .filter(row -> row[0].equals(row[1]))
                .count();
        final List<String[]> scores = Files.readAllLines(folder.resolve("Metric Tracker (#5)_1.csv")).stream()
                .map(row -> row.split(",", -1))
                .toList();
        assertThat(scores.get(0))
                .containsExactly(
                        "Run", "Group", "Metric", "Class", "Predicted class", "Value", "Low", "High", "Samples");
        final String[] accuracy = scores.get(1);
        assertThat(accuracy[2]).isEqualTo("Accuracy");
        assertThat(Double.parseDouble(accuracy[5])).isCloseTo(hits / 10_000.0, within(1e-12));
        // one epoch of Adam on 10,000 digits reaches some 0.90; guessing, 0.1
        assertThat(Double.parseDouble(accuracy[5])).isGreaterThan(0.85);
        assertThat(Double.parseDouble(accuracy[6])).isLessThan(hits / 10_000.0);
        final double[] counts = scores.stream()
                .filter(row -> row[2].equals("Count"))
                .mapToDouble(row -> Double.parseDouble(row[5]))
                .toArray();
        assertThat(counts).hasSize(100);
        assertThat(Arrays.stream(counts).sum()).isEqualTo(10_000);
        assertThat(folder.resolve("Metric Tracker (#5)_2.png")).isNotEmptyFile();
    }

    /** From a table to scores: learner, predictor and tracker find their columns by name. */
    @Test
    void aColumnOfATableIsLearned() throws IOException {
        run("learn-from-a-table");

        final List<String[]> predictions = Files.readAllLines(folder.resolve("Model Predictor (#5)_1.csv")).stream()
                .map(row -> row.split(",", -1))
                .toList();
        final List<String> names = List.of(predictions.get(0));
        assertThat(names).hasSize(784 + 1 + 10 + 1).contains("P (Label=7)").endsWith("Prediction (Label)");
        final int label = names.indexOf("Label");
        final long hits = predictions.stream()
                .skip(1)
                .filter(row -> row[label].equals(row[row.length - 1]))
                .count();
        final String[] accuracy = Files.readAllLines(folder.resolve("Metric Tracker (#6)_1.csv"))
                .get(1)
                .split(",", -1);
        assertThat(accuracy[2]).isEqualTo("Accuracy");
        assertThat(Double.parseDouble(accuracy[5])).isCloseTo(hits / 2_000.0, within(1e-12));
        assertThat(Double.parseDouble(accuracy[5])).isGreaterThan(0.8);
    }

    /** The labels of the first digits, once as they were read and once through a table of images. */
    @Test
    void imagesOfATableAreTrainedOn() throws IOException {
        run("images-from-a-table");

        assertThat(Files.readString(folder.resolve("Table to Dataset (#3)_1.txt")))
                .contains("Input table: 1,600 samples of 784, 10 classes");
        assertThat(Files.readString(folder.resolve("Table to Dataset (#3)_2.txt")))
                .contains("Input table: 400 samples of 784, 10 classes");
        final String[] epoch = Files.readAllLines(folder.resolve("GradientTape Trainer (#5)_3.csv"))
                .get(1)
                .split(",");
        assertThat(Double.parseDouble(epoch[5])).isGreaterThan(0.5); // validation accuracy
    }

    private void run(final String name) throws IOException {
        final Map<String, String> before = Folders.content(Folders.example(name));

        final Result result = Headless.run(List.of(Folders.example(name).toString(), "-tablesDir=" + folder));

        assertThat(result.output()).doesNotContain("Warning: ");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Folders.content(Folders.example(name))).isEqualTo(before);
    }
}
