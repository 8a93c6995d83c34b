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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example predict-and-score with a second reader, whose data are validated and predicted: they lack a class, and are read
 * with another pixel scaling than the training data.
 */
class MatchingWorkflowTest {
    private static final List<String> TURNS = List.of("r0", "r90", "r180", "r270");
    private static final String CONNECTION = """
                <config key="%s">
                    <entry key="sourceID" type="xint" value="6"/>
                    <entry key="destID" type="xint" value="%d"/>
                    <entry key="sourcePort" type="xint" value="1"/>
                    <entry key="destPort" type="xint" value="%d"/>
                </config>
            """;

    @TempDir
    private Path folder;

    private Path workflow;

    @BeforeEach
    void addASecondReader() throws IOException {
        workflow = folder.resolve("workflow");
        Folders.copy(Folders.example("predict-and-score"), workflow);
        Files.createDirectory(workflow.resolve("Dataset Reader (#6)"));
        Files.copy(
                workflow.resolve("Dataset Reader (#1)/settings.xml"),
                workflow.resolve("Dataset Reader (#6)/settings.xml"));
        final Path description = workflow.resolve("workflow.knime");
        final String text = Files.readString(description);
        final int start = text.indexOf("        <config key=\"node_1\">");
        final String first = text.substring(start, text.indexOf("        <config key=\"node_2\">"));
        Folders.edit(
                description,
                first,
                first + first.replace("node_1", "node_6").replace("#1", "#6").replace("value=\"1\"", "value=\"6\""));
        final String connection = text.substring(
                text.indexOf("        <config key=\"connection_3\">"),
                text.indexOf("        <config key=\"connection_4\">"));
        Folders.edit(
                description,
                connection,
                CONNECTION.formatted("connection_3", 4, 2) + CONNECTION.formatted("connection_5", 3, 3));
        Folders.edit(
                workflow.resolve("GradientTape Trainer (#3)/settings.xml"),
                "<config key=\"Validation data\"/>",
                "<config key=\"Validation data\"><config key=\"port_0\"><entry key=\"object_class\" type=\"xstring\""
                        + " value=\"org.gradienttape.nodes.ports.DatasetPortObject\"/></config></config>");
    }

    @Test
    void classesGoByNameAndPixelsAreScaledAsInTheTraining() throws IOException {
        final Result result = run(csv("train.csv", TURNS), csv("test.csv", List.of("r270", "r0", "r90")));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains(
                        "Warning: GradientTape Trainer (#3): The model knows pixels from 0 to 1, so the validation data"
                                + " test.csv are scaled to that");
        final String[] last = lastRow("GradientTape Trainer (#3)_3.csv");
        assertThat(Double.parseDouble(last[5])).isEqualTo(1.0); // validation accuracy
        assertThat(Double.parseDouble(last[4])).isCloseTo(Double.parseDouble(last[2]), within(0.05));
        final List<String> predictions = Files.readAllLines(folder.resolve("tables/Model Predictor (#4)_1.csv"));
        assertThat(predictions.get(0))
                .isEqualTo("turn,Predicted class,P (turn=r0),P (turn=r180),P (turn=r270),P (turn=r90),"
                        + "P (turn=4),P (turn=5),P (turn=6),P (turn=7),P (turn=8),P (turn=9)");
        assertThat(predictions.get(1)).startsWith("r270,r270,");
        assertThat(Files.readAllLines(folder.resolve("tables/Metric Tracker (#5)_1.csv"))
                        .get(1))
                .startsWith("Run 1,,Accuracy,,,1.0,");
    }

    @Test
    void aClassThatOnlyTheValidationDataHaveIsNamed() throws IOException {
        final Result result = run(csv("train.csv", TURNS.subList(0, 3)), csv("test.csv", TURNS));

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output())
                .contains("The model knows the classes r0, r180, r90, but the validation data test.csv has samples of"
                        + " r270; leave them out, or train a new model with them.");
    }

    @Test
    void labelsThatAreRealNumbersAreRefused() throws IOException {
        final Result result = run(csv("train.csv", List.of("9.64", "2.31", "-2.05", "10.0")), csv("test.csv", TURNS));

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.output()).contains("it has the real number 9.64, and all labels are numbers");
    }

    private Result run(final Path train, final Path test) throws IOException {
        return Headless.run(List.of(
                workflow.toString(),
                "-nosave",
                "-tablesDir=" + Files.createDirectories(folder.resolve("tables")),
                "-option=1,source,CSV_FILE,String",
                "-option=1,csv/file," + train + ",String",
                "-option=1,csv/samples,NUMBERS_AS_IMAGE,String",
                "-option=1,heldOut,NONE,String",
                "-option=1,scaling,DIVIDE_BY_255,String",
                "-option=6,source,CSV_FILE,String",
                "-option=6,csv/file," + test + ",String",
                "-option=6,csv/samples,NUMBERS_AS_IMAGE,String",
                "-option=6,heldOut,NONE,String",
                "-option=6,scaling,AS_STORED,String",
                "-option=3,epochs,30,int",
                "-option=3,learningRate,0.01,double",
                "-option=5,predictions/targetColumn,turn,String"));
    }

    private String[] lastRow(final String table) throws IOException {
        final List<String> rows = Files.readAllLines(folder.resolve("tables").resolve(table));
        return rows.get(rows.size() - 1).split(",", -1);
    }

    /** Ten rows of each class, of 784 pixels; those of its quarter are white. */
    private Path csv(final String name, final List<String> classes) throws IOException {
        final List<String> lines = new ArrayList<>();
        final String[] cells = new String[785];
        Arrays.setAll(cells, pixel -> "p" + pixel);
        cells[784] = "turn";
        lines.add(String.join(",", cells));
        for (int row = 0; row < 10 * classes.size(); row++) {
            final String turn = classes.get(row % classes.size());
            final int quarter = Math.max(0, TURNS.indexOf(turn));
            Arrays.setAll(cells, pixel -> pixel / 196 == quarter ? "255" : "0");
            cells[784] = turn;
            lines.add(String.join(",", cells));
        }
        return Files.write(folder.resolve(name), lines);
    }
}
