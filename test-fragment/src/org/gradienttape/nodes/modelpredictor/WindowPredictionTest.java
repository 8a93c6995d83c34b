package org.gradienttape.nodes.modelpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.Windows;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

/** Models that see two rows and predict twice the last one less the one before: a straight line goes on. */
class WindowPredictionTest {
    private final FileStores stores = new FileStores();
    private final ModelPredictorNodeParameters parameters = new ModelPredictorNodeParameters();
    private final LoneNode node =
            LoneNode.of(new ModelPredictorNodeFactory(), parameters).with("Dataset", BufferedDataTable.TYPE);
    private Column order = new Column("day", Kind.TEXT);
    private Optional<Column> group = Optional.empty();
    private int horizon = 1;
    private boolean areGapsRefused;

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void eachRowIsPredictedFromThoseBeforeIt() throws Exception {
        final BufferedDataTable table = table("2020-01-01 | 1", "2020-01-02 | 2", "2020-01-03 | 9", "2020-01-04 | 5");

        assertThat(TableText.rows(predict(line(), table)))
                .containsExactly(
                        "2020-01-01 | 1.0 | ?",
                        "2020-01-02 | 2.0 | ?",
                        "2020-01-03 | 9.0 | 3.0",
                        "2020-01-04 | 5.0 | 16.0");
        assertThat(node.warning(stores, new ModelPortObject(line()), table))
                .contains(
                        "2 of 4 rows have no prediction; the first of them is row \"Row0\", where a window needs 2 rows"
                                + " before it, but there are 0.");
    }

    @Test
    void atALongerHorizonTheWindowIsFurtherAway() throws Exception {
        horizon = 2;

        assertThat(TableText.rows(
                        predict(line(), table("2020-01-01 | 1", "2020-01-02 | 2", "2020-01-03 | 9", "2020-01-04 | 5"))))
                .containsExactly(
                        "2020-01-01 | 1.0 | ?",
                        "2020-01-02 | 2.0 | ?",
                        "2020-01-03 | 9.0 | ?",
                        "2020-01-04 | 5.0 | 3.0");
    }

    @Test
    void predictionsAreFedBackBehindTheLastRow() throws Exception {
        parameters.stepsAhead = Optional.of(3);

        final BufferedDataTable table = predict(line(), table("2020-01-30 | 1", "2020-01-31 | 3", "2020-02-01 | 4"));

        assertThat(TableText.rows(table))
                .containsExactly(
                        "2020-01-30 | 1.0 | ?",
                        "2020-01-31 | 3.0 | ?",
                        "2020-02-01 | 4.0 | 5.0",
                        "2020-02-02 | ? | 5.0",
                        "2020-02-03 | ? | 6.0",
                        "2020-02-04 | ? | 7.0");
        final List<String> keys = new ArrayList<>();
        table.forEach(row -> keys.add(row.getKey().getString()));
        assertThat(keys).endsWith("Forecast 1", "Forecast 2", "Forecast 3");
    }

    @Test
    void aLongForecastGoesOnInTheSameWay() throws Exception {
        parameters.stepsAhead = Optional.of(40);
        parameters.batchSize = 3;

        final List<String> rows =
                TableText.rows(predict(line(), table("2020-01-31 | 10", "2020-02-29 | 20", "2020-03-31 | 30")));

        assertThat(rows).hasSize(43);
        assertThat(rows.get(3)).isEqualTo("2020-04-30 | ? | 40.0");
        assertThat(rows.get(42)).isEqualTo("2023-07-31 | ? | 430.0");
    }

    @Test
    void eachGroupHasWindowsAndAForecastOfItsOwn() throws Exception {
        group = Optional.of(new Column("shop", Kind.TEXT));
        order = new Column("week", Kind.NUMBER);
        parameters.stepsAhead = Optional.of(2);
        final BufferedDataTable table = TableText.table(
                stores,
                "shop string, sales double, week int",
                "a | 1 | 1",
                "b | 10 | 1",
                "a | 2 | 2",
                "b | 30 | 3",
                "c | 5 | 1",
                "a | 4 | 3");

        assertThat(TableText.rows(predict(line(), table)))
                .containsExactly(
                        "a | 1.0 | 1 | ?",
                        "b | 10.0 | 1 | ?",
                        "a | 2.0 | 2 | ?",
                        "b | 30.0 | 3 | ?",
                        "c | 5.0 | 1 | ?",
                        "a | 4.0 | 3 | 3.0",
                        "a | ? | 4 | 6.0",
                        "b | ? | 5 | 50.0",
                        "a | ? | 5 | 8.0",
                        "b | ? | 7 | 70.0");
    }

    /** As a double, both numbers are 9007199254740992. */
    @Test
    void groupsOfLongNumbersAreToldApart() throws Exception {
        group = Optional.of(new Column("shop", Kind.NUMBER));
        parameters.stepsAhead = Optional.of(1);
        final BufferedDataTable table = TableText.table(
                stores,
                "shop long, sales double, day string",
                "9007199254740992 | 1 | 2020-01-01",
                "9007199254740993 | 10 | 2020-01-01",
                "9007199254740992 | 2 | 2020-01-02",
                "9007199254740993 | 20 | 2020-01-02");

        assertThat(TableText.rows(predict(line(), table)))
                .endsWith("9007199254740992 | ? | 2020-01-03 | 3.0", "9007199254740993 | ? | 2020-01-03 | 30.0");
    }

    @Test
    void whatCannotBeGoneOnWithIsSaid() throws Exception {
        parameters.stepsAhead = Optional.of(1);

        assertThat(node.warning(stores, new ModelPortObject(line()), table("2020-01-01 | 1"))
                        .orElseThrow())
                .endsWith("The table has a single row, so that it is not known when the next one would be; no rows are"
                        + " appended.");

        group = Optional.of(new Column("shop", Kind.TEXT));
        assertThat(node.warning(
                                stores,
                                new ModelPortObject(line()),
                                TableText.table(
                                        stores,
                                        "day string, sales double, shop string",
                                        "2020-01-01 | 1 | a",
                                        "2020-01-01 | 2 | b",
                                        "2020-01-02 | 3 | a",
                                        "2020-01-02 | 4 | c"))
                        .orElseThrow())
                .endsWith(
                        "2 of 3 groups have a single row, so that it is not known when the next one would be; no rows are"
                                + " appended to them. The first of them is \"b\".");
    }

    /** Nanoseconds since 1970 are more than a double counts one by one. */
    @Test
    void largeWholeNumbersGoOnAsSuch() throws Exception {
        order = new Column("nanos", Kind.NUMBER);
        parameters.stepsAhead = Optional.of(1);
        final BufferedDataTable table = TableText.table(
                stores, "nanos long, sales double", "1600000000000000000 | 1", "1600000001000000000 | 2");

        assertThat(TableText.rows(predict(line(), table))).endsWith("1600000002000000000 | ? | 3.0");
    }

    @Test
    void wholeNumbersThatNoDoubleTellsApartAreTimesOfTheirOwn() throws Exception {
        order = new Column("nanos", Kind.NUMBER);
        parameters.stepsAhead = Optional.of(1);
        final BufferedDataTable table = TableText.table(
                stores, "nanos long, sales double", "1600000000000000001 | 1", "1600000000000000002 | 2");

        assertThat(TableText.rows(predict(line(), table))).endsWith("1600000000000000003 | ? | 3.0");
    }

    /** The clocks of New York go on 8 March, those of Berlin on 29 March. */
    @Test
    void eachGroupHasAClockOfItsOwn() throws Exception {
        group = Optional.of(new Column("shop", Kind.TEXT));
        parameters.stepsAhead = Optional.of(1);
        final BufferedDataTable table = TableText.table(
                stores,
                "shop string, sales double, day string",
                "a | 1 | 2020-03-06T00:00-05:00[America/New_York]",
                "a | 2 | 2020-03-07T00:00-05:00[America/New_York]",
                "a | 3 | 2020-03-08T00:00-05:00[America/New_York]",
                "b | 1 | 2020-03-27T00:00+01:00[Europe/Berlin]",
                "b | 2 | 2020-03-28T00:00+01:00[Europe/Berlin]",
                "b | 3 | 2020-03-29T00:00+01:00[Europe/Berlin]");

        assertThat(TableText.rows(predict(line(), table)))
                .endsWith(
                        "a | ? | 2020-03-09T00:00-04:00[America/New_York] | 4.0",
                        "b | ? | 2020-03-30T00:00+02:00[Europe/Berlin] | 4.0");
    }

    /** There was no 02:30 in Berlin on 29 March. */
    @Test
    void aTimeThatADayDoesNotHaveComesBackADayLater() throws Exception {
        parameters.stepsAhead = Optional.of(3);

        assertThat(TableText.rows(predict(
                        line(),
                        table(
                                "2020-03-27T02:30+01:00[Europe/Berlin] | 1",
                                "2020-03-28T02:30+01:00[Europe/Berlin] | 2"))))
                .endsWith(
                        "2020-03-29T03:30+02:00[Europe/Berlin] | ? | 3.0",
                        "2020-03-30T02:30+02:00[Europe/Berlin] | ? | 4.0",
                        "2020-03-31T02:30+02:00[Europe/Berlin] | ? | 5.0");
    }

    @Test
    void aRowThatCannotBeSeenIsInNoWindow() throws Exception {
        parameters.stepsAhead = Optional.of(1);

        assertThat(TableText.rows(predict(
                        line(),
                        table(
                                "2020-01-01 | 1",
                                "2020-01-02 | ?",
                                "2020-01-03 | 3",
                                "2020-01-04 | 5",
                                "2020-01-05 | ?"))))
                .containsExactly(
                        "2020-01-01 | 1.0 | ?",
                        "2020-01-02 | ? | ?",
                        "2020-01-03 | 3.0 | ?",
                        "2020-01-04 | 5.0 | ?",
                        "2020-01-05 | ? | 7.0",
                        "2020-01-06 | ? | ?");
    }

    /** Which stand in another order than the columns, in units of their own. */
    @Test
    void severalTargetsGoOnTogether() throws Exception {
        parameters.stepsAhead = Optional.of(3);
        final NumberEncoding price =
                new NumberEncoding("price", NumberScaling.STANDARDIZED, 10, 5, OptionalDouble.empty());
        // the window is sales, price, sales, price; a price of 5 z + 10 goes on with 2 (5 z2 + 10) - (5 z1 + 10)
        final Model both = model(
                List.of(number("sales"), price),
                List.of(new TargetScaling("price", 0, 1), new TargetScaling("sales", 2, 4)),
                new float[] {0, -1, -5, 0, 0, 2, 10, 0},
                new float[] {10, 0});

        assertThat(TableText.rows(predict(
                        both,
                        TableText.table(
                                stores,
                                "price double, day string, sales double",
                                "10 | 2020-01-01 | 1",
                                "20 | 2020-01-02 | 2",
                                "40 | 2020-01-03 | 4"))))
                .containsExactly(
                        "10.0 | 2020-01-01 | 1.0 | ? | ?",
                        "20.0 | 2020-01-02 | 2.0 | ? | ?",
                        "40.0 | 2020-01-03 | 4.0 | 30.0 | 3.0",
                        "? | 2020-01-04 | ? | 60.0 | 6.0",
                        "? | 2020-01-05 | ? | 80.0 | 8.0",
                        "? | 2020-01-06 | ? | 100.0 | 10.0");
    }

    @Test
    void predictingTheSameRowsTwiceNeedsNewRowIds() throws Exception {
        parameters.stepsAhead = Optional.of(1);
        parameters.prediction = Optional.of("Forecast");
        final BufferedDataTable once = predict(line(), table("2020-01-01 | 1", "2020-01-02 | 2"));

        final List<String> keys = new ArrayList<>();
        predict(line(), once).forEach(row -> keys.add(row.getKey().getString()));

        assertThat(keys).containsExactly("Row0", "Row1", "Forecast 1", "_Forecast 1");
    }

    @Test
    void stepsAheadThatNoTimeSaysAreRefused() {
        parameters.stepsAhead = Optional.of(3);
        assertRefused(
                table("1900-01-01T00:00 | 1", "2020-01-01T00:00 | 2"),
                "The time 3 steps after 2020-01-01T00:00 was expected to be one that the column \"day\" can say, but it is too"
                        + " late for that; go fewer steps ahead.");
        order = new Column("week", Kind.NUMBER);
        assertRefused(
                TableText.table(stores, "week int, sales double", "2147483645 | 1", "2147483646 | 2"),
                "Rows behind the last one should have times that fit into the column \"week\" of the type Number (Integer),"
                        + " but 2147483648 does not; go fewer steps ahead, or convert the column before.");
        assertRefused(
                TableText.table(stores, "week long, sales double", "1 | 1", "9223372036854775806 | 2"),
                "The time 1 step after 9223372036854775806 was expected to be one that the column \"week\" can say, but it"
                        + " is too late for that; go fewer steps ahead.");
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        assertRefused(
                table("2020-01-02 | 1", "2020-01-01 | 2"),
                "The rows of the table should come in the order of the column \"day\", but 2020-01-01 comes after 2020-01-02;"
                        + " sort the table by that column, ascending.");
        assertRefused(
                table("2020-01-02 | 1", "2020-01-02 | 2"),
                "Each row of the table should have a time of its own in the column \"day\", but 2020-01-02 comes twice; leave"
                        + " one of the rows out.");
        assertRefused(
                table("2020-01-02 | 1", "? | 2"),
                "Each row of the table should have a time in the column \"day\", which puts rows in order, but it is missing;"
                        + " correct the column, or leave such rows out.");
        areGapsRefused = true;
        assertRefused(
                table("2020-01-01 | 1", "2020-01-02 | 2", "2020-01-04 | 2"),
                "The rows of the table should be evenly spaced in the column \"day\" as those of the training data, but"
                        + " 2020-01-04 comes next after 2020-01-02; add the rows between.");
    }

    @Test
    void missingColumnsAreRefusedAtConfigure() {
        group = Optional.of(new Column("shop", Kind.TEXT));

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObject(line()).getSpec(),
                        table("2020-01-01 | 1").getSpec()))
                .hasMessageContaining(
                        "The column \"shop\" of the training data was expected in the table, but it is not there");
    }

    @Test
    void aModelThatSeesWhatItDoesNotPredictCannotGoOn() {
        parameters.stepsAhead = Optional.of(1);
        final Model model = model(List.of(number("sales"), number("price")), new float[] {0, 0, 1, 1});

        assertThatThrownBy(() -> node.configure(
                        new ModelPortObject(model).getSpec(),
                        TableText.table(stores, "day string, sales double, price double", "2020-01-01 | 1 | 1")
                                .getSpec()))
                .hasMessageContaining(
                        "To go on behind the last row, a model should predict each column that it looks at, but"
                                + " \"price\" is not among its targets");
    }

    private void assertRefused(final BufferedDataTable table, final String message) {
        assertThatThrownBy(() -> predict(line(), table)).hasMessageContaining(message);
    }

    private BufferedDataTable table(final String... rows) {
        return TableText.table(stores, "day string, sales double", rows);
    }

    private BufferedDataTable predict(final Model model, final BufferedDataTable table) throws Exception {
        return (BufferedDataTable) node.execute(stores, new ModelPortObject(model), table)[0];
    }

    private static NumberEncoding number(final String name) {
        return new NumberEncoding(name, NumberScaling.STANDARDIZED, 2, 4, OptionalDouble.empty());
    }

    /** At the network, (x - 2) / 4 of both rows; the target is scaled alike, so that the line is the same there. */
    private Model line() {
        return model(List.of(number("sales")), new float[] {-1, 2});
    }

    private Model model(final List<ColumnEncoding> columns, final float[] kernel) {
        return model(columns, List.of(new TargetScaling("sales", 2, 4)), kernel, new float[] {0});
    }

    private Model model(
            final List<ColumnEncoding> columns,
            final List<TargetScaling> targets,
            final float[] kernel,
            final float[] bias) {
        final Encoding encoding =
                new Encoding(columns, Optional.of(new Windows(order, group, 2, horizon, areGapsRefused)));
        final Network network = Network.of(
                Shape.of(2, columns.size()),
                List.of(new Layer.Flatten(), new Layer.Dense(targets.size(), Activation.NONE)));
        return new Model(
                network,
                Weights.of(network, Map.of("dense/kernel", kernel, "dense/bias", bias)),
                new Preprocessing(new Target.Numbers(targets), Optional.empty(), Optional.of(encoding)),
                Provenance.of("test"));
    }
}
