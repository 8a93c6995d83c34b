package org.gradienttape.nodes.tabletodataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.table.EncodingParameters.Missing;
import org.gradienttape.nodes.table.EncodingParameters.Scaling;
import org.gradienttape.nodes.table.EncodingParameters.Unknown;
import org.gradienttape.nodes.table.TargetParameters.What;
import org.gradienttape.nodes.tabletodataset.HeldOutParameters.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

class TableToDatasetNodeTest {
    private static final String COLUMNS = "age int, color string, price double, kind string, weight double";

    private final FileStores stores = new FileStores();
    private final TableToDatasetNodeParameters parameters = new TableToDatasetNodeParameters();
    private final LoneNode node = LoneNode.of(new TableToDatasetNodeFactory(), parameters);
    private final LoneNode withValidation = node.with("Validation table", BufferedDataTable.TYPE);

    @BeforeEach
    void holdNothingOut() {
        parameters.heldOut.part = Part.NONE;
        parameters.target.column = "kind";
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    private BufferedDataTable things() {
        return TableText.table(
                stores, COLUMNS, "1 | red | 10 | cat | 1", "3 | blue | 20 | dog | 2", "5 | red | 30 | cat | 0.5");
    }

    @Test
    void allColumnsButTheTargetBecomeFeatures() throws Exception {
        final BufferedDataTable table = things();

        assertThat(node.configure(table.getSpec())).containsOnlyNulls();
        final PortObject[] outputs = node.execute(stores, table);

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 3 samples of 5, 2 classes");
        final Dataset read = training(outputs);
        assertThat(read.target()).isEqualTo(new Target.Classes("kind", List.of("cat", "dog")));
        assertThat(read.info().columns().orElseThrow().encoding().featureNames())
                .containsExactly("age", "color=blue", "color=red", "price", "weight");
        // age: mean 3, deviation sqrt(8 / 3); price: mean 20, deviation sqrt(200 / 3)
        final float step = (float) (2 / Math.sqrt(8.0 / 3));
        assertThat(read.numbers(0)).startsWith(-step, 0, 1, -step);
        assertThat(read.numbers(1)).startsWith(0, 1, 0, 0);
        assertThat(labels(read)).containsExactly(0, 1, 0);
        assertThat(read.info().weighted()).isFalse();
        assertThat(heldOut(outputs).samples()).isZero();
        assertThat(heldOut(outputs).target()).isEqualTo(read.target());
        assertThat(node.warning(stores, table)).isEmpty();
    }

    /** Where all features are numbers, a trainer can check its model before anything is read. */
    @Test
    void theDatasetIsKnownAtConfigureIfItsFeaturesAreNumbers() throws Exception {
        parameters.target.column = "price";
        final BufferedDataTable table =
                TableText.table(stores, "age double, price double, size double", "1 | 10 | 2", "3 | 20 | 4");

        final DatasetInfo expected = ((DatasetPortObjectSpec) node.configure(table.getSpec())[0]).info();
        final DatasetInfo read = training(node.execute(stores, table)).info();

        assertThat(node.configure(table.getSpec())[0]).hasToString("Input table: samples of 2, target price");
        assertThat(node.configure(table.getSpec())[1]).hasToString("Input table: samples of 2, target price");
        assertThat(expected.sampleShape()).isEqualTo(read.sampleShape());
        assertThat(expected.target().columns()).isEqualTo(read.target().columns());
        assertThat(expected.columns().orElseThrow().encoding().inputs())
                .isEqualTo(read.columns().orElseThrow().encoding().inputs());

        parameters.target.what = What.CLASSES;
        final DatasetInfo classes = ((DatasetPortObjectSpec) node.configure(table.getSpec())[0]).info();
        assertThat(classes.target()).isEqualTo(new Target.Classes("price", List.of()));
    }

    /** As KNIME's own learners and the Scorer see it. */
    @Test
    void trueAndFalseAreClasses() throws Exception {
        parameters.target.column = "sold";
        final BufferedDataTable table =
                TableText.table(stores, "age int, sold boolean", "1 | true", "2 | false", "3 | true");

        assertThat(((DatasetPortObjectSpec) node.configure(table.getSpec())[0])
                        .info()
                        .target())
                .isEqualTo(new Target.Classes("sold", List.of()));
        final Dataset read = training(node.execute(stores, table));

        assertThat(read.target()).isEqualTo(new Target.Classes("sold", List.of("false", "true")));
        assertThat(labels(read)).containsExactly(1, 0, 1);

        parameters.target.what = What.NUMBERS;
        parameters.target.columns = new String[] {"sold"};
        assertThat(training(node.execute(stores, table)).number(1, 0)).isZero();
    }

    @Test
    void aColumnOfNumbersIsLearnedAsNumbers() throws Exception {
        parameters.target.column = "price";

        final PortObject[] outputs = node.execute(stores, things());

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 3 samples of 6, target price");
        final Target.Numbers target = (Target.Numbers) training(outputs).target();
        assertThat(target.scalings().get(0).shift()).isEqualTo(20);
        assertThat(target.scalings().get(0).divisor()).isCloseTo(Math.sqrt(200.0 / 3), within(1e-12));
        assertThat(training(outputs).number(2, 0)).isEqualTo(30);

        parameters.target.standardize = false;
        assertThat(training(node.execute(stores, things())).target())
                .isEqualTo(new Target.Numbers(List.of(TargetScaling.none("price"))));
    }

    @Test
    void severalNumbersAreLearnedTogether() throws Exception {
        parameters.target.what = What.NUMBERS;
        parameters.target.columns = new String[] {"price", "age"};

        final Dataset read = training(node.execute(stores, things()));

        assertThat(read.target().columns()).containsExactly("price", "age");
        assertThat(read.number(2, 0)).isEqualTo(30);
        assertThat(read.number(2, 1)).isEqualTo(5);
        assertThat(names(read)).containsExactly("color", "kind", "weight");
    }

    @Test
    void numbersMayNameClasses() throws Exception {
        parameters.target.what = What.CLASSES;
        parameters.target.column = "age";

        final Dataset read = training(node.execute(stores, things()));

        assertThat(read.target()).isEqualTo(new Target.Classes("age", List.of("1", "3", "5")));
    }

    @Test
    void anAutoencoderAndNewRowsNeedNoTarget() throws Exception {
        parameters.target.what = What.FEATURES;
        assertThat(training(node.execute(stores, things())).target()).isEqualTo(new Target.Features());
        assertThat(names(training(node.execute(stores, things())))).hasSize(5);

        parameters.target.what = What.NONE;
        assertThat(training(node.execute(stores, things())).target()).isEqualTo(Target.NONE);
    }

    @Test
    void rowsCountAsTheirWeightSaysWhichIsNoFeature() throws Exception {
        parameters.weighted = true;
        parameters.weightColumn = "weight";

        final Dataset read = training(node.execute(stores, things()));

        assertThat(read.weight(1)).isEqualTo(2);
        assertThat(read.weight(2)).isEqualTo(0.5f);
        assertThat(names(read)).containsExactly("age", "color", "price");
    }

    @Test
    void columnsCanBeChosen() throws Exception {
        parameters.features = new ColumnFilter(new String[] {"price", "age", "kind"});

        final Dataset read = training(node.execute(stores, things()));

        assertThat(names(read)).containsExactly("age", "price");
    }

    @Test
    void numbersCanBeScaledFromZeroToOneOrStay() throws Exception {
        parameters.encoding.numbers = Scaling.ZERO_TO_ONE;
        parameters.features = new ColumnFilter(new String[] {"age"});
        assertThat(training(node.execute(stores, things())).numbers(1)).containsExactly(0.5f);

        parameters.encoding.numbers = Scaling.AS_IT_IS;
        assertThat(training(node.execute(stores, things())).numbers(1)).containsExactly(3);
    }

    @Test
    void whatIsLearnedComesFromTheTrainingPart() throws Exception {
        parameters.heldOut.part = Part.LAST_ROWS;
        parameters.heldOut.lastRows = 1;
        parameters.features = new ColumnFilter(new String[] {"age"});

        final PortObject[] outputs = node.execute(stores, things());

        // mean 2, deviation 1
        assertThat(training(outputs).numbers(0)).containsExactly(-1);
        assertThat(heldOut(outputs).numbers(0)).containsExactly(3);
    }

    @Test
    void aSecondTableIsTheHeldOutData() throws Exception {
        parameters.heldOut.part = Part.STRATIFIED_FRACTION;
        // the columns in another order, with one that nobody asked for
        final BufferedDataTable second = TableText.table(
                stores,
                "kind string, more int, weight double, price double, color string, age int",
                "dog | 7 | 1 | 40 | red | 9");

        assertThat(withValidation.configure(things().getSpec(), second.getSpec()))
                .containsOnlyNulls();
        final PortObject[] outputs = withValidation.execute(stores, things(), second);

        assertThat(training(outputs).samples()).isEqualTo(3);
        final Dataset validation = heldOut(outputs);
        assertThat(validation.classNames()).containsExactly("cat", "dog");
        assertThat(labels(validation)).containsExactly(1);
        // age: (9 - 3) / sqrt(8 / 3)
        assertThat(validation.numbers(0)[0]).isCloseTo((float) (6 / Math.sqrt(8.0 / 3)), within(1e-6f));
        assertThat(validation.numbers(0)[2]).isEqualTo(1);
    }

    @Test
    void aSecondTableNeedsTheColumnsOfTheFirst() {
        final BufferedDataTable lacking = TableText.table(stores, "age int, color string, kind string, weight double");
        final BufferedDataTable other =
                TableText.table(stores, "age string, color string, price double, kind string, weight double");

        assertThatThrownBy(() -> withValidation.configure(things().getSpec(), lacking.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The column \"price\" was expected in Validation table, but its columns are age, color, kind,"
                                + " weight; choose the columns again.");
        assertThatThrownBy(() -> withValidation.configure(things().getSpec(), new DataTableSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(
                        "was expected in Validation table, but it has no columns; choose the columns again.");
        assertThatThrownBy(() -> withValidation.configure(things().getSpec(), other.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The column \"age\" of Validation table should hold numbers, but it holds text; convert it, or"
                                + " choose another one.");
    }

    @Test
    void missingCellsAreRefusedLeftOutOrFilledIn() throws Exception {
        final BufferedDataTable table = TableText.table(
                stores, "age int, color string, kind string", "1 | red | cat", "? | red | dog", "3 | ? | cat");
        assertThatThrownBy(() -> node.execute(stores, table))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith(
                        "Row \"Row1\" should have a value in the column \"age\", but it is missing; 2 rows in all");

        parameters.encoding.missing = Missing.LEAVE_OUT;
        assertThat(training(node.execute(stores, table)).samples()).isEqualTo(1);
        assertThat(node.warning(stores, table)).get().asString().contains("2 rows of Input table with missing cells");

        parameters.encoding.missing = Missing.FILL;
        final Dataset filled = training(node.execute(stores, table));
        assertThat(filled.numbers(1)[0]).isZero();
        assertThat(filled.numbers(2)[1]).isEqualTo(1);
    }

    @Test
    void unknownTextsAreRefusedOrOther() throws Exception {
        final BufferedDataTable table =
                TableText.table(stores, "color string, kind string", "red | cat", "blue | dog", "green | cat");
        parameters.heldOut.part = Part.LAST_ROWS;
        parameters.heldOut.lastRows = 1;
        assertThat(heldOut(node.execute(stores, table)).numbers(0)).containsExactly(0, 0);
        assertThat(node.warning(stores, table).orElseThrow())
                .contains("The column \"color\" of the held-out data holds green, which the training data do not have");

        parameters.encoding.unknown = Unknown.REFUSE;
        assertThatThrownBy(() -> node.execute(stores, table))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("\"color\"")
                .hasMessageContaining("\"green\"");
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedIfChosenAndToldIfNot() throws Exception {
        final DataTableSpec spec = new DataTableSpec(
                new DataColumnSpecCreator("picture", PNGImageContent.TYPE).createSpec(),
                new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("kind", StringCell.TYPE).createSpec());
        final BufferedDataTable table = TableText.table(stores, spec, "? | 1 | cat", "? | 2 | dog");

        assertThat(node.warning(stores, table))
                .contains("1 column was left out, since a network learns from numbers and text alone: picture.");
        assertThat(names(training(node.execute(stores, table)))).containsExactly("size");

        parameters.features = new ColumnFilter(new String[] {"picture", "size"});
        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The column \"picture\" of Input table should hold numbers or text, but it holds "
                        + PNGImageContent.TYPE + "; convert it, or leave it out.");
    }

    @Test
    void wrongChoicesAreErrorsAtConfigure() {
        final DataTableSpec spec = things().getDataTableSpec();
        parameters.target.column = "";
        refuses(spec, "No target column is chosen; choose the column to learn.");
        parameters.target.column = "sort";
        refuses(
                spec,
                "The column \"sort\" was expected in Input table, but its columns are age, color, price, kind, weight;"
                        + " choose the columns again.");
        parameters.target.what = What.NUMBERS;
        refuses(spec, "No target column is chosen; choose the column to learn.");
        parameters.target.columns = new String[] {"kind"};
        refuses(
                spec,
                "The column \"kind\" of Input table should hold numbers, but it holds text; convert it, or choose"
                        + " another one.");
        parameters.target.what = What.NONE;
        parameters.features = new ColumnFilter();
        refuses(
                spec,
                "At least one column of Input table was expected to learn from, but none of numbers or text is chosen"
                        + " beside those to be learned; choose one.");
        parameters.features = new ColumnFilter(new String[] {"age", "gone"});
        refuses(
                spec,
                "The column \"gone\" was expected in Input table, but its columns are age, color, price, kind, weight;"
                        + " choose the columns again.");
        parameters.features = new ColumnFilter(new String[] {"age"});
        parameters.weighted = true;
        parameters.weightColumn = "";
        refuses(spec, "No weight column is chosen; choose one, or switch it off.");
        parameters.weighted = true;
        parameters.weightColumn = "color";
        refuses(
                spec,
                "The column \"color\" of Input table should hold numbers, but it holds text; convert it, or choose"
                        + " another one.");
        parameters.weighted = false;
        parameters.limit = Optional.of(0);
        assertThatThrownBy(parameters::validate)
                .hasMessage("The limit must be at least 1, but it is 0; switch it off to read all samples.");
    }

    private void refuses(final DataTableSpec spec, final String message) {
        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(message);
    }

    @Test
    void badCellsAreRefusedByRowAndColumn() {
        parameters.target.column = "y";
        fails(
                "a double, y double",
                "Row \"Row0\" should have a finite number of single precision in the column \"a\"",
                "Infinity | 1");
        fails(
                "a double, y double",
                "Row \"Row1\" should have a finite number of single precision in the column \"y\"",
                "1 | 1",
                "1 | -Infinity");
        parameters.weighted = true;
        parameters.weightColumn = "w";
        fails(
                "a int, w double, y double",
                "Row \"Row0\" should have a weight of at least 0 in the column \"w\", but it is" + " -1",
                "1 | -1 | 2");
        fails("a int, w double, y double", "Some weight above 0 was expected in the column \"w\"", "1 | 0 | 2");
        parameters.weighted = false;
        fails("a int, y double", "At least one row was expected in Input table, but there is none");
        parameters.encoding.missing = Missing.LEAVE_OUT;
        fails(
                "a int, y double",
                "At least one row was expected in Input table, but all 2 lack a value",
                "? | 1",
                "? | 2");
        fails(
                "a int, y double",
                "At least one row was expected in Input table, but all 2 lack a value",
                "1 | ?",
                "2 | ?");
        fails(
                "a string, y double",
                "A column may have at most 10000 different texts, but \"a\" has more",
                IntStream.range(0, 10_001).mapToObj(i -> "t" + i + " | 1").toArray(String[]::new));
    }

    private void fails(final String columns, final String message, final String... rows) {
        assertThatThrownBy(() -> node.execute(stores, TableText.table(stores, columns, rows)))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aConstantTargetIsTold() throws Exception {
        parameters.target.column = "y";

        assertThat(node.warning(stores, TableText.table(stores, "a int, y double", "1 | 5", "2 | 5", "3 | 5")))
                .get()
                .asString()
                .contains("The target \"y\" is 5 in all 3 rows");
    }

    /** Rows that are sorted by class: every class is in both parts, and a limit draws evenly. */
    @Test
    void everyClassIsInBothParts() throws Exception {
        parameters.heldOut.part = Part.STRATIFIED_FRACTION;
        final BufferedDataTable table = TableText.table(
                stores,
                "a int, kind string",
                IntStream.range(0, 40).mapToObj(i -> i + " | class" + i / 10).toArray(String[]::new));

        final PortObject[] outputs = node.execute(stores, table);

        assertThat(training(outputs).samplesPerClass()).containsExactly(8, 8, 8, 8);
        assertThat(heldOut(outputs).samplesPerClass()).containsExactly(2, 2, 2, 2);

        parameters.limit = Optional.of(8);
        final PortObject[] limited = node.execute(stores, table);
        assertThat(training(limited).samplesPerClass()).containsExactly(2, 2, 2, 2);

        final List<Double> zero = cells(training(limited));
        assertThat(cells(training(node.execute(stores, table)))).isEqualTo(zero);
        parameters.heldOut.seed = 1;
        assertThat(cells(training(node.execute(stores, table)))).isNotEqualTo(zero);

        parameters.heldOut.part = Part.LAST_ROWS;
        parameters.heldOut.lastRows = 10;
        parameters.limit = Optional.empty();
        assertThat(node.warning(stores, table)).get().asString().contains("The training data lack class3");
    }

    /** y = 2 f0 - f1 + 3 with 63 different numbers: no classes, and never the order of texts. */
    @Test
    void realNumbersAreNoClasses() throws Exception {
        parameters.target.column = "y";
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            final double f0 = Math.sin(i);
            final double f1 = Math.cos(3 * i);
            rows.add(f0 + " | " + f1 + " | " + (2 * f0 - f1 + 3));
        }

        final Dataset read = training(node.execute(
                stores, TableText.table(stores, "f0 double, f1 double, y double", rows.toArray(String[]::new))));

        assertThat(read.hasClasses()).isFalse();
        for (int i = 0; i < 65; i++) {
            assertThat(read.number(i, 0)).isEqualTo(2 * Math.sin(i) - Math.cos(3 * i) + 3);
        }
    }

    /** A label in the first column and a pixel that is always 0 in the last one. */
    @Test
    void nothingIsTakenForTheTargetUnlessSomebodySaysSo() throws Exception {
        final BufferedDataTable table = TableText.table(
                stores, "label int, pixel0 int, pixel5 int", "8 | 34 | 0", "3 | 182 | 0", "4 | 140 | 0", "5 | 177 | 0");
        parameters.target.column = "";
        refuses(table.getDataTableSpec(), "No target column is chosen; choose the column to learn.");

        parameters.target.column = "pixel5";
        parameters.target.what = What.CLASSES;
        assertThat(node.warning(stores, table))
                .get()
                .asString()
                .contains("All 4 samples of Input table have the label 0; check that the labels are the right ones.");

        parameters.target.column = "label";
        assertThat(names(training(node.execute(stores, table)))).containsExactly("pixel0", "pixel5");
    }

    /** A validation table that lacks a class, and then one that has another. */
    @Test
    void classesAreMatchedByName() throws Exception {
        final BufferedDataTable table =
                TableText.table(stores, "f double, kind string", "0 | r0", "1 | r90", "2 | r180", "3 | r270");

        final PortObject[] outputs = withValidation.execute(
                stores, table, TableText.table(stores, "f double, kind string", "3 | r270", "0 | r0"));

        assertThat(training(outputs).classNames()).containsExactly("r0", "r180", "r270", "r90");
        assertThat(heldOut(outputs).classNames()).isEqualTo(training(outputs).classNames());
        assertThat(labels(heldOut(outputs))).containsExactly(2, 0);
    }

    /** All labels of the validation table are 1. */
    @Test
    void aPartWithOneClassKeepsTheOthersNames() throws Exception {
        parameters.target.what = What.CLASSES;
        parameters.target.column = "y";
        final PortObject[] outputs = withValidation.execute(
                stores,
                TableText.table(stores, "f double, y int", "1 | 0", "2 | 1", "3 | 0", "4 | 1"),
                TableText.table(stores, "f double, y int", "5 | 1", "6 | 1"));

        assertThat(heldOut(outputs).classNames()).containsExactly("0", "1");
        assertThat(heldOut(outputs).samplesPerClass()).containsExactly(0, 2);
    }

    @Test
    void theViewShowsTheFirstRowsAndTheTargetsDistribution() throws Exception {
        parameters.target.column = "price";
        parameters.encoding.missing = Missing.FILL;
        parameters.heldOut.part = Part.LAST_ROWS;
        parameters.heldOut.lastRows = 1;
        final String page = node.view(
                stores,
                TableText.table(
                        stores,
                        "age int, color string, price double",
                        "1 | red | 10",
                        "? | blue | 20",
                        "5 | red | 30"));

        assertThat(page)
                .contains("\"columns\":[\"price\",\"age\",\"color\"]")
                .contains("\"cells\":[10.0,1.0,\"red\"]")
                .contains("\"cells\":[20.0,null,\"blue\"]")
                .contains("{\"name\":\"10 to 11\",\"samples\":1}")
                .contains("{\"name\":\"19 to 20\",\"samples\":1}")
                .contains("{\"name\":\"30\",\"samples\":1}");
    }

    private static Dataset training(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[0]).dataset();
    }

    private static Dataset heldOut(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[1]).dataset();
    }

    private static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    private static List<Double> cells(final Dataset dataset) {
        return IntStream.range(0, dataset.samples())
                .mapToObj(sample -> (Double) dataset.cell(sample, 0))
                .toList();
    }

    private static List<String> names(final Dataset dataset) {
        return dataset.info().columns().orElseThrow().stored().stream()
                .map(column -> column.name())
                .toList();
    }
}
