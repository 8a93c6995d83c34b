package org.gradienttape.nodes.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.modelpredictor.ModelPredictorNodeFactory;
import org.gradienttape.nodes.modelpredictor.ModelPredictorNodeParameters;
import org.gradienttape.nodes.table.EncodingParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

/** From a table to predictions: what learner and predictor make of tables that people have. */
class LearnedTablesTest {
    private final FileStores stores = new FileStores();
    private final NeuralNetworkLearnerNodeParameters parameters = new NeuralNetworkLearnerNodeParameters();
    private final LoneNode learner = LoneNode.of(new NeuralNetworkLearnerNodeFactory(), parameters);
    private final LoneNode predictor = LoneNode.of(new ModelPredictorNodeFactory(), new ModelPredictorNodeParameters())
            .with("Dataset", BufferedDataTable.TYPE);

    @BeforeEach
    void learnFast() {
        parameters.targetColumn = "y";
        parameters.hiddenLayers = "";
        parameters.learningRate = 0.05;
        parameters.epochs = 5;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    /** y = 2 f0 - f1 + 3. Taken for classes, the best mean absolute error was 4.85. */
    @Test
    void numbersAreLearnedAsNumbers() throws Exception {
        parameters.epochs = 400;
        parameters.patience = 400;
        final SplittableRandom random = new SplittableRandom(1);
        final BufferedDataTable table = table("f0 double, f1 double, f2 double, y double", 64, i -> {
            final double f0 = 4 * random.nextDouble() - 2;
            final double f1 = 4 * random.nextDouble() - 2;
            return f0 + " | " + f1 + " | " + random.nextDouble() + " | " + (2 * f0 - f1 + 3);
        });

        final BufferedDataTable predicted = predict(learn(table), table);

        final List<Double> truth = TableText.numbers(table, "y");
        final List<Double> found = TableText.numbers(predicted, "Prediction (y)");
        assertThat(IntStream.range(0, 64)
                        .mapToDouble(i -> Math.abs(truth.get(i) - found.get(i)))
                        .average()
                        .orElseThrow())
                .isLessThan(0.01);
    }

    /** The rows to predict have other columns first, one more, and not all classes. */
    @Test
    void classesAndColumnsGoByName() throws Exception {
        parameters.epochs = 40;
        final BufferedDataTable table = table("a double, b double, y string", 80, i -> corner(i % 4, "%s | %s | r%s"));
        final BufferedDataTable some = table(
                "more string, b double, a double", 30, i -> corner(new int[] {3, 0, 1}[i % 3], "x | %2$s | %1$s"));

        final List<String> rows = TableText.rows(predict(learn(table), some));

        assertThat(rows.get(0)).endsWith(" | r270").startsWith("x | 1.0 | 1.0");
        assertThat(rows.get(1)).endsWith(" | r0");
        assertThat(rows.get(2)).endsWith(" | r90");
        assertThat(TableText.columns(predict(learn(table), some).getDataTableSpec()))
                .containsExactly(
                        "more string",
                        "b double",
                        "a double",
                        "P (y=r0) double",
                        "P (y=r180) double",
                        "P (y=r270) double",
                        "P (y=r90) double",
                        "Prediction (y) string");
    }

    private static String corner(final int corner, final String format) {
        return String.format(format, corner & 1, corner >> 1, 90 * corner);
    }

    @Test
    void theTargetOfRowsToPredictMayBeMissingOrNotThereOrUnknown() throws Exception {
        final PortObject model = learn(table("a double, y string", 20, i -> i + " | " + (i < 10 ? "low" : "high")));

        final List<Double> without = TableText.numbers(predict(model, table("a double", 2, i -> i + "")), "P (y=low)");

        for (final String target : List.of("?", "high", "a class that nobody knows")) {
            final BufferedDataTable table = table("a double, y string", 2, i -> i + " | " + target);
            assertThat(TableText.numbers(predict(model, table), "P (y=low)")).isEqualTo(without);
            assertThat(predictor.warning(stores, model, table)).isEmpty();
        }
    }

    /** There is nothing to learn but the number itself. R2 is undefined. */
    @Test
    void aConstantTargetIsLearnedAndTold() throws Exception {
        parameters.epochs = 400;
        parameters.patience = 400;
        final BufferedDataTable table = table("a double, y double", 20, i -> i + " | 7.5");

        final PortObject[] outputs = learner.execute(stores, table);

        assertThat(learner.warning(stores, table).orElseThrow())
                .contains("The target \"y\" is 7.5 in all 16 rows to train on of the table; check that it is the right"
                        + " column.")
                .contains("R²");
        assertThat(TableText.numbers(predict(outputs[0], table), "Prediction (y)"))
                .allSatisfy(number -> assertThat(number).isCloseTo(7.5, within(0.5)));
    }

    @Test
    void rowsThatAllLackACellCannotBeLearnedButFilledOnesArePredicted() throws Exception {
        final BufferedDataTable lacking = table("a double, b double, y double", 4, i -> "? | " + i + " | " + i);
        fails(
                lacking,
                "The column \"a\" should have a value in some row of the training data, but it is missing in all");
        parameters.encoding.missing = EncodingParameters.Missing.LEAVE_OUT;
        fails(lacking, "At least one row was expected in the table, but all 4 lack a value");
        final BufferedDataTable sound = table("a double, b double, y double", 20, i -> i + " | " + i + " | " + i);

        final PortObject strict = learn(sound);
        assertThat(TableText.rows(predict(strict, lacking)))
                .allSatisfy(row -> assertThat(row).endsWith(" | ?"));
        assertThat(predictor.warning(stores, strict, lacking).orElseThrow())
                .contains("4 of 4 rows have no prediction; the first of them is row \"Row0\", where the column \"a\" is"
                        + " missing.");
        parameters.encoding.missing = EncodingParameters.Missing.FILL;
        assertThat(TableText.numbers(predict(learn(sound), lacking), "Prediction (y)"))
                .hasSize(4)
                .doesNotContainNull();
    }

    @Test
    void tooManyTextsAreRefusedInTrainingAloneAndInfiniteNumbersNamed() throws Exception {
        fails(
                table("a string, y double", 13_000, i -> "t" + i + " | 1"), // a fifth is held out
                "A column may have at most 10000 different texts, but \"a\" has more");
        fails(
                table("a double, y double", 4, i -> (i == 2 ? "-Infinity" : i) + " | 1"),
                "Row \"Row2\" should have a finite number of single precision in the column \"a\", but it is infinite");
        fails(
                table("a double, y double", 4, i -> "1 | " + (i == 2 ? "Infinity" : i)),
                "Row \"Row2\" should have a finite number of single precision in the column \"y\", but it is infinite");

        final PortObject model = learn(table("a string, y double", 20, i -> "t" + i % 2 + " | " + i % 2));
        final BufferedDataTable many = table("a string", 10_001, i -> "new " + i);
        assertThat(TableText.numbers(predict(model, many), "Prediction (y)").stream()
                        .distinct())
                .hasSize(1);
        assertThat(predictor.warning(stores, model, many).orElseThrow())
                .startsWith(
                        "10001 of 10001 rows have a text that the training data do not have, such as \"new 0\" in the"
                                + " column \"a\"");
    }

    @Test
    void weightsMustNotBeNegativeOrAllZero() {
        parameters.weighted = true;
        parameters.weightColumn = "w";

        fails(
                table("a double, w double, y double", 4, i -> i + " | " + (i == 1 ? -0.5 : 1) + " | 1"),
                "Row \"Row1\" should have a weight of at least 0 in the column \"w\", but it is -0.5");
        fails(
                table("a double, w double, y double", 4, i -> i + " | ? | 1"),
                "Row \"Row0\" should have a weight of at least 0 in the column \"w\", but it is missing");
        fails(
                table("a double, w double, y double", 4, i -> i + " | 0 | 1"),
                "Some weight above 0 was expected in the column \"w\", but all are 0");
    }

    @Test
    void aClassOfTheValidationTableAloneIsTold() throws Exception {
        final LoneNode validated = learner.with("Validation table", BufferedDataTable.TYPE);
        final BufferedDataTable table = table("a double, y string", 20, i -> i + " | c" + i % 2);
        final BufferedDataTable other = table("a double, y string", 20, i -> i + " | c" + i % 3);

        assertThat(validated.warning(stores, table, other).orElseThrow())
                .contains("The training data lack c2 among the classes of the held-out data");
    }

    private PortObject learn(final BufferedDataTable table) throws Exception {
        return learner.execute(stores, table)[0];
    }

    private BufferedDataTable predict(final PortObject model, final BufferedDataTable table) throws Exception {
        return (BufferedDataTable) predictor.execute(stores, model, table)[0];
    }

    private void fails(final BufferedDataTable table, final String message) {
        assertThatThrownBy(() -> learner.execute(stores, table))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith(message);
    }

    private BufferedDataTable table(final String columns, final int rows, final IntFunction<String> row) {
        return TableText.table(
                stores, columns, IntStream.range(0, rows).mapToObj(row).toArray(String[]::new));
    }
}
