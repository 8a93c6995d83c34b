package org.gradienttape.nodes.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.data.Target;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.learner.NeuralNetworkLearnerNodeParameters.Weighting;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomainCreator;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

class NeuralNetworkLearnerNodeTest {
    private static final int ROWS = 100;

    private final FileStores stores = new FileStores();
    private final NeuralNetworkLearnerNodeParameters parameters = new NeuralNetworkLearnerNodeParameters();
    private final LoneNode node = LoneNode.of(new NeuralNetworkLearnerNodeFactory(), parameters);

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Test
    void aColumnOfTextIsClasses() throws Exception {
        parameters.targetColumn = "kind";

        final PortObject[] results = node.execute(stores, flowers());

        final Model model = ((ModelPortObject) results[0]).model();
        assertThat(model.preprocessing().target()).isEqualTo(new Target.Classes("kind", List.of("long", "short")));
        // size standardized, color one-hot
        assertThat(model.network().input().size()).isEqualTo(3);
        assertThat(model.preprocessing().encoding().orElseThrow().featureNames())
                .containsExactly("size", "color=blue", "color=red");
        final BufferedDataTable epochs = (BufferedDataTable) results[2];
        assertThat(TableText.columns(epochs.getDataTableSpec()))
                .contains("Validation accuracy double", "Stop reason string");
        final List<Double> accuracies = TableText.numbers(epochs, "Validation accuracy");
        assertThat(accuracies.stream().mapToDouble(Double::doubleValue).max().orElse(0))
                .isEqualTo(1);
    }

    @Test
    void trueAndFalseAreClasses() throws Exception {
        parameters.targetColumn = "sold";
        parameters.epochs = 1;
        parameters.classWeights = NeuralNetworkLearnerNodeParameters.Weighting.BALANCED;
        final BufferedDataTable table = TableText.table(
                stores,
                "size double, sold boolean",
                IntStream.range(0, 20).mapToObj(i -> i + " | " + (i >= 10)).toArray(String[]::new));

        final LoneNode validated = node.with("Validation table", BufferedDataTable.TYPE);

        assertThat(((ModelPortObject) node.execute(stores, table)[0])
                        .model()
                        .preprocessing()
                        .target())
                .isEqualTo(new Target.Classes("sold", List.of("false", "true")));
        assertThat(validated.configure(table.getSpec(), table.getSpec())).hasSize(3);
    }

    @Test
    void columnsThatAreLeftOutAreTold() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 1;
        final DataTableSpec spec = new DataTableSpec(
                new DataColumnSpecCreator("picture", PNGImageContent.TYPE).createSpec(),
                new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("kind", StringCell.TYPE).createSpec());

        assertThat(node.warning(
                                stores,
                                TableText.table(
                                        stores, spec, "? | 1 | cat", "? | 2 | dog", "? | 3 | cat", "? | 4 | dog"))
                        .orElseThrow())
                .contains("1 column was left out, since a network learns from numbers and text alone: picture.");
    }

    @Test
    void aColumnOfNumbersIsNumbers() throws Exception {
        parameters.targetColumn = "size";

        final PortObject[] results = node.execute(stores, flowers());

        final Model model = ((ModelPortObject) results[0]).model();
        assertThat(model.preprocessing().target().columns()).containsExactly("size");
        assertThat(model.network().output().size()).isEqualTo(1);
        final BufferedDataTable epochs = (BufferedDataTable) results[2];
        assertThat(TableText.columns(epochs.getDataTableSpec()))
                .contains(
                        "Validation mean absolute error double",
                        "Validation root mean squared error double",
                        "Validation R² double");
    }

    @Test
    void theSameSeedGivesTheSameModel() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 3;

        final Model once = ((ModelPortObject) node.execute(stores, flowers())[0]).model();
        final Model again = ((ModelPortObject) node.execute(stores, flowers())[0]).model();
        parameters.seed = 1;
        final Model other = ((ModelPortObject) node.execute(stores, flowers())[0]).model();

        assertThat(again.weights()).isEqualTo(once.weights());
        assertThat(other.weights()).isNotEqualTo(once.weights());
    }

    @Test
    void theModelHasLearnedFromAllRowsUnlessThatIsSwitchedOff() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 3;
        final double mean = Stream.of(rows())
                .mapToDouble(row -> Double.parseDouble(row.split(" ")[0]))
                .average()
                .orElseThrow();

        final PortObject[] twice = node.execute(stores, flowers());
        parameters.trainAgain = false;
        final PortObject[] once = node.execute(stores, flowers());

        assertThat(meanOfSize(twice)).isCloseTo(mean, within(1e-9));
        assertThat(meanOfSize(once)).isNotCloseTo(mean, within(1e-9));
        assertThat(TableText.numbers((BufferedDataTable) twice[2], "Validation loss"))
                .as("the log of the run that is measured")
                .hasSize(3)
                .isEqualTo(TableText.numbers((BufferedDataTable) once[2], "Validation loss"));
    }

    private static double meanOfSize(final PortObject[] results) {
        final Encoding encoding = ((ModelPortObject) results[0])
                .model()
                .preprocessing()
                .encoding()
                .orElseThrow();
        return ((NumberEncoding) encoding.columns().get(0)).shift();
    }

    @Test
    void theColumnsOfTheLogsAreKnownAtConfigure() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 1;

        final PortObjectSpec[] specs = node.configure(flowers().getSpec());
        final PortObject[] results = node.execute(stores, flowers());

        assertThat(TableText.columns((DataTableSpec) results[1].getSpec()))
                .isEqualTo(TableText.columns((DataTableSpec) specs[1]));
        assertThat(TableText.columns((DataTableSpec) results[2].getSpec()))
                .isEqualTo(TableText.columns((DataTableSpec) specs[2]));
    }

    /** As far as the domains of the table say what there may be; a predictor behind it needs no execution to know its columns. */
    @Test
    void theModelIsKnownAtConfigure() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 1;
        final DataTableSpec table = new DataTableSpec(
                new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec(),
                text("color", "red", "blue"),
                text("kind", "short", "long"));

        final ModelPortObjectSpec expected = (ModelPortObjectSpec) node.configure(table)[0];
        final Model model = ((ModelPortObject) node.execute(stores, flowers())[0]).model();

        assertThat(expected.model().network()).isEqualTo(model.network());
        assertThat(expected.model().preprocessing().target())
                .isEqualTo(model.preprocessing().target());
        assertThat(expected.model().preprocessing().encoding().orElseThrow().featureNames())
                .isEqualTo(model.preprocessing().encoding().orElseThrow().featureNames());

        parameters.targetColumn = "size";
        final ModelPortObjectSpec numbers = (ModelPortObjectSpec) node.configure(table)[0];
        assertThat(numbers.model().preprocessing().target().columns()).containsExactly("size");
        assertThat(numbers.model().network().output().size()).isEqualTo(1);
    }

    @Test
    void aModelOfWhichTheInputsOrClassesAreNotKnownIsNotKnown() throws Exception {
        parameters.targetColumn = "kind";
        final DataColumnSpec size = new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec();

        assertThat(node.configure(new DataTableSpec(size, text("color"), text("kind", "short", "long")))[0])
                .isNull();
        assertThat(node.configure(new DataTableSpec(size, text("color", "red"), text("kind")))[0])
                .isNull();
        assertThat(node.configure(new DataTableSpec(size, text("color", "red"), text("kind", "short")))[0])
                .isNull();
    }

    private static DataColumnSpec text(final String name, final String... values) {
        final DataColumnSpecCreator creator = new DataColumnSpecCreator(name, StringCell.TYPE);
        if (values.length > 0) {
            final Set<DataCell> cells = new LinkedHashSet<>();
            Stream.of(values).map(StringCell::new).forEach(cells::add);
            creator.setDomain(new DataColumnDomainCreator(cells).createDomain());
        }
        return creator.createSpec();
    }

    @Test
    void aValidationTableTakesThePlaceOfTheHeldOutPart() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 1;

        final PortObject[] results =
                node.with("Validation table", BufferedDataTable.TYPE).execute(stores, flowers(), flowers());

        final Model model = ((ModelPortObject) results[0]).model();
        assertThat(model.preprocessing().classNames()).containsExactly("long", "short");
        final List<String> epochs = TableText.rows((BufferedDataTable) results[2]);
        assertThat(epochs.get(0)).startsWith("0 | 4 |"); // all 100 rows are for training: three times 32, and 4
    }

    @Test
    void missingCellsAreFilledInAndSaid() throws Exception {
        parameters.targetColumn = "kind";
        parameters.epochs = 1;
        final String[] rows = rows();
        rows[3] = "? | red | short";
        rows[5] = "1.5 | red | ?";

        assertThat(node.warning(stores, table(rows))).hasValueSatisfying(warning -> assertThat(warning)
                .contains(
                        "1 missing cell of the table was filled in with the mean or the most frequent text",
                        "1 row of the table without a target was left out."));
    }

    @Test
    void whatDoesNotFitIsAnErrorAtConfigure() {
        final DataTableSpec spec = flowers().getDataTableSpec();

        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("No target column is chosen; choose the column to learn.");
        parameters.targetColumn = "sort";
        assertThatThrownBy(() -> node.configure(spec))
                .hasMessage(
                        "The column \"sort\" was expected in the table, but its columns are size, color, kind; choose the"
                                + " columns again.");
        parameters.targetColumn = "size";
        parameters.classWeights = Weighting.BALANCED;
        assertThatThrownBy(() -> node.configure(spec)).hasMessageContaining("Class weights need classes");
        parameters.classWeights = Weighting.NONE;
        parameters.hiddenLayers = "64; 64";
        assertThatThrownBy(() -> node.configure(spec))
                .hasMessage(
                        "The hidden layers must be whole numbers with commas between them, such as \"64, 64\", but they are"
                                + " \"64; 64\"; correct them.");
        parameters.hiddenLayers = "";
        parameters.heldOut = 1;
        assertThatThrownBy(() -> node.configure(spec)).hasMessageContaining("The held-out fraction must be above 0");
    }

    @Test
    void oneClassAloneCannotBeLearned() {
        parameters.targetColumn = "kind";
        final String[] rows =
                IntStream.range(0, 10).mapToObj(i -> i + ".5 | red | short").toArray(String[]::new);

        assertThatThrownBy(() -> node.execute(stores, table(rows)))
                .hasMessageContaining(
                        "At least two classes were expected in the table, but it has the class short alone");
    }

    @Test
    void aTableWithoutRowsCannotBeLearned() {
        parameters.targetColumn = "kind";

        assertThatThrownBy(() -> node.execute(stores, table()))
                .hasMessageContaining("At least one row was expected in the table, but there is none");
    }

    private BufferedDataTable flowers() {
        return table(rows());
    }

    /** Long ones are above 2. */
    private static String[] rows() {
        final SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> {
                    final double size = 4 * random.nextDouble();
                    return size + " | " + (random.nextBoolean() ? "red" : "blue") + " | "
                            + (size > 2 ? "long" : "short");
                })
                .toArray(String[]::new);
    }

    private BufferedDataTable table(final String... rows) {
        return TableText.table(stores, "size double, color string, kind string", rows);
    }
}
