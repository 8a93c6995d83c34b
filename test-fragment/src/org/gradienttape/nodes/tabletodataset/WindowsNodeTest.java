package org.gradienttape.nodes.tabletodataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.gradienttape.data.Dataset;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;

class WindowsNodeTest {
    private final FileStores stores = new FileStores();
    private final TableToDatasetNodeParameters parameters = new TableToDatasetNodeParameters();
    private final LoneNode node = LoneNode.of(new TableToDatasetNodeFactory(), parameters);

    @BeforeEach
    void chooseColumns() {
        parameters.samples = Samples.WINDOWS;
        parameters.target.column = "sales";
        parameters.windows.orderColumn = "day";
        parameters.windows.length = 2;
        parameters.windows.fraction = 0.4;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    private BufferedDataTable sales() {
        return TableText.table(
                stores,
                "day string, sales double, price int",
                "2020-01-05 | 5 | 50",
                "2020-01-01 | 1 | 10",
                "2020-01-02 | 2 | 20",
                "2020-01-03 | 3 | 30",
                "2020-01-04 | 4 | 40",
                "2020-01-06 | 6 | 60",
                "2020-01-07 | 7 | 70",
                "2020-01-08 | 8 | 80");
    }

    @Test
    void samplesAreWindowsAndTheLastPartInTimeIsHeldOut() throws Exception {
        final PortObject[] outputs = node.execute(stores, sales());

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 3 samples of 2 x 2, target sales");
        final Dataset training = ((DatasetPortObject) outputs[0]).dataset();
        assertThat(training.sampleShape()).isEqualTo(Shape.of(2, 2));
        assertThat(training.info().columns().orElseThrow().encoding().featureNames())
                .containsExactly("sales(-1)", "price(-1)", "sales", "price");
        assertThat(training.number(2, 0)).isEqualTo(5);
        final Dataset heldOut = ((DatasetPortObject) outputs[1]).dataset();
        assertThat(heldOut.samples()).isEqualTo(1);
        assertThat(heldOut.number(0, 0)).isEqualTo(8);
    }

    @Test
    void theShapeIsKnownAtConfigure() throws Exception {
        assertThat(((DatasetPortObjectSpec) node.configure(sales().getSpec())[0])
                        .info()
                        .sampleShape())
                .isEqualTo(Shape.of(2, 2));
        parameters.windows.horizon = 0;
        assertThat(((DatasetPortObjectSpec) node.configure(sales().getSpec())[0])
                        .info()
                        .sampleShape())
                .isEqualTo(Shape.of(2, 1));
    }

    @Test
    void nothingIsHeldOutIfThatIsWanted() throws Exception {
        parameters.windows.lastPart = WindowParameters.LastPart.NONE;

        final PortObject[] outputs = node.execute(stores, sales());

        assertThat(((DatasetPortObject) outputs[0]).dataset().samples()).isEqualTo(6);
        assertThat(((DatasetPortObject) outputs[1]).dataset().samples()).isZero();
    }

    /** As a double, both numbers are 9007199254740992. */
    @Test
    void groupsOfLongNumbersAreToldApart() throws Exception {
        parameters.windows.grouped = true;
        parameters.windows.groupColumn = "shop";
        parameters.windows.lastPart = WindowParameters.LastPart.NONE;
        final BufferedDataTable table = TableText.table(
                stores,
                "day string, sales double, shop long",
                "2020-01-01 | 1 | 9007199254740992",
                "2020-01-02 | 2 | 9007199254740992",
                "2020-01-03 | 3 | 9007199254740992",
                "2020-01-01 | 4 | 9007199254740993",
                "2020-01-02 | 5 | 9007199254740993",
                "2020-01-03 | 6 | 9007199254740993");

        final Dataset training = ((DatasetPortObject) node.execute(stores, table)[0]).dataset();

        assertThat(training.samples()).isEqualTo(2);
        assertThat(training.number(0, 0)).isEqualTo(3);
        assertThat(training.number(1, 0)).isEqualTo(6);
    }

    /** As doubles, nanoseconds since 1970 are 256 apart. */
    @Test
    void timesThatAreLongNumbersAreToldApart() throws Exception {
        parameters.windows.orderColumn = "nanos";
        parameters.windows.lastPart = WindowParameters.LastPart.NONE;
        parameters.windows.gaps = WindowParameters.Gaps.REFUSE;
        final BufferedDataTable table = TableText.table(
                stores,
                "nanos long, sales double",
                "1600000000000000003 | 3",
                "1600000000000000001 | 1",
                "1600000000000000004 | 4",
                "1600000000000000002 | 2");

        final Dataset training = ((DatasetPortObject) node.execute(stores, table)[0]).dataset();

        assertThat(training.samples()).isEqualTo(2);
        assertThat(training.number(0, 0)).isEqualTo(3);
        assertThat(training.number(1, 0)).isEqualTo(4);
    }

    @Test
    void aTableOfWholeTimesHasNoValidationTableOfOthers() {
        parameters.windows.orderColumn = "week";
        final BufferedDataTable whole = TableText.table(stores, "week int, sales double", "1 | 1", "2 | 2", "3 | 3");

        assertThatThrownBy(() -> node.with("Validation table", BufferedDataTable.TYPE)
                        .execute(
                                stores,
                                whole,
                                TableText.table(stores, "week double, sales double", "4 | 4", "4.5 | 5", "5 | 6")))
                .hasMessageContaining(
                        "Row \"Row1\" should have a whole number in the column \"week\", as the rows before"
                                + " do, but it is 4.5");
    }

    @Test
    void theViewShowsWindowsByTheNamesOfTheirFeatures() throws Exception {
        assertThat(node.view(stores, sales()))
                .contains("\"columns\":[\"sales\",\"sales(-1)\",\"price(-1)\",\"sales\",\"price\"]");
    }

    @Test
    void aColumnThatIsNotChosenIsAskedFor() {
        parameters.windows.orderColumn = "";
        assertThatThrownBy(() -> node.configure(sales().getSpec()))
                .hasMessage("No order column is chosen; choose the column that says when a row was.");
        parameters.windows.orderColumn = "day";
        parameters.windows.grouped = true;
        assertThatThrownBy(() -> node.configure(sales().getSpec()))
                .hasMessage("No group column is chosen; choose one, or switch several series off.");
        parameters.windows.groupColumn = "day";
        assertThatThrownBy(() -> node.configure(sales().getSpec()))
                .hasMessage(
                        "The column \"day\" cannot say both when a row was and what it belongs to; choose another column"
                                + " for one of them.");
    }
}
