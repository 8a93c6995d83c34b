package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workflow predict-and-score on real tables: CSV file, network, trainer, predictions, scores. */
class CsvWorkflowTest {
    @TempDir
    private Path folder;

    /** A linear model tells iris apart with an accuracy of 0.93 or more. */
    @Test
    void flowersAreToldApart() throws IOException {
        final List<List<String>> scores = run(
                "iris.csv",
                4,
                3,
                "-option=3,learningRate,0.01,double",
                "-option=5,predictions/targetColumn,species,String");

        assertThat(predictions().get(0))
                .containsExactly(
                        "species",
                        "Predicted class",
                        "P (species=setosa)",
                        "P (species=versicolor)",
                        "P (species=virginica)");
        assertThat(predictions()).hasSize(1 + 30);
        final long hits = predictions().stream()
                .skip(1)
                .filter(row -> row.get(0).equals(row.get(1)))
                .count();
        assertThat(scores.get(1)).startsWith("Run 1", "", "Accuracy");
        assertThat(Double.parseDouble(scores.get(1).get(5))).isCloseTo(hits / 30.0, within(1e-12));
        assertThat(hits).isGreaterThan(26);
    }

    /** The mean alone has an R2 of 0; a linear model reaches some 0.45. */
    @Test
    void theProgressionOfADiseaseIsPredicted() throws IOException {
        final List<List<String>> scores = run(
                "diabetes.csv",
                10,
                1,
                "-option=3,loss,MEAN_SQUARED_ERROR,String",
                "-option=3,metrics/accuracy,false,boolean",
                "-option=3,metrics/r2,true,boolean",
                "-option=5,predictions/predicted,NUMBERS,String",
                "-option=5,predictions/targetColumn,progression,String",
                "-option=5,predictions/predictedColumn,Prediction (progression),String");

        assertThat(predictions().get(0)).containsExactly("progression", "Prediction (progression)");
        final List<String> r2 = scores.stream()
                .filter(row -> row.get(2).startsWith("R"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(r2.get(5))).isGreaterThan(0.2);
    }

    private List<List<String>> predictions() throws IOException {
        return table("Model Predictor (#4)_1.csv");
    }

    private List<List<String>> run(final String file, final int inputs, final int outputs, final String... more)
            throws IOException {
        final List<String> arguments = new ArrayList<>(List.of(
                Folders.example("predict-and-score").toString(),
                "-nosave",
                "-tablesDir=" + folder,
                "-option=1,source,CSV_FILE,String",
                "-option=1,csv/file," + Path.of(System.getProperty("gradienttape.datasets"), "tables", file)
                        + ",String",
                "-option=1,heldOut,STRATIFIED_FRACTION,String",
                "-option=1,fraction,0.2,double",
                "-option=1,limit_is_present,false,boolean",
                "-option=2,preset,CUSTOM,String",
                "-option=2,inputShape," + inputs + ",String",
                "-option=2,layers/2/units," + outputs + ",int",
                "-option=3,epochs,40,int"));
        arguments.addAll(List.of(more));

        final Result result = Headless.run(arguments);

        assertThat(result.exitCode()).as(result.output()).isZero();
        return table("Metric Tracker (#5)_1.csv");
    }

    private List<List<String>> table(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(row -> Arrays.asList(row.split(",", -1)))
                .toList();
    }
}
