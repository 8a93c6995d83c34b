package org.gradienttape.nodes.tabletodataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.gradienttape.data.Dataset;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.datasettotable.DatasetToTableNodeFactory;
import org.gradienttape.nodes.datasettotable.DatasetToTableNodeParameters;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.table.EncodingParameters.Missing;
import org.gradienttape.nodes.table.TextParameters.Standardize;
import org.gradienttape.nodes.table.TextParameters.Unit;
import org.gradienttape.nodes.tabletodataset.HeldOutParameters.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

/** A column of text becomes a sequence of whole numbers, and what it learned goes along with a model. */
class TextNodeTest {
    private final FileStores stores = new FileStores();
    private final TableToDatasetNodeParameters parameters = new TableToDatasetNodeParameters();
    private final LoneNode node = LoneNode.of(new TableToDatasetNodeFactory(), parameters);

    @BeforeEach
    void readTheText() {
        parameters.heldOut.part = Part.NONE;
        parameters.target.column = "kind";
        parameters.sequence = true;
        parameters.textColumn = "text";
        parameters.text.length = 3;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    private BufferedDataTable mails() {
        return table("Free money! | spam", "the meeting | ham", "FREE the money | spam", "the lunch | ham");
    }

    private BufferedDataTable table(final String... rows) {
        return TableText.table(stores, "text string, kind string", rows);
    }

    @Test
    void wordsBecomeNumbers() throws Exception {
        final PortObject[] outputs = node.execute(stores, mails());

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 4 samples of 3, 2 classes");
        final Dataset read = dataset(outputs);
        // the 3, then money and free twice, from the end of the alphabet
        assertThat(read.numbers(0)).containsExactly(4, 3, 0);
        assertThat(read.numbers(1)).containsExactly(2, 5, 0);
        assertThat(read.numbers(2)).containsExactly(4, 2, 3);
        assertThat(node.warning(stores, mails())).isEmpty();
    }

    @Test
    void theShapeIsKnownAtConfigure() throws Exception {
        final DatasetPortObjectSpec spec = (DatasetPortObjectSpec) node.configure(mails().getDataTableSpec())[0];

        assertThat(spec.info().sampleShape()).isEqualTo(Shape.of(3));
        assertThat(spec).hasToString("Input table: samples of 3");
    }

    @Test
    void charactersMayBeTokensAndTextsMayStayAsTheyAre() throws Exception {
        parameters.text.unit = Unit.CHARACTERS;
        parameters.text.standardize = Standardize.NONE;
        parameters.text.size = 4;

        final Dataset read = dataset(node.execute(stores, table("aA! | spam", "aaB | ham", "A | spam")));

        // a 3, A 2; others are unknown
        assertThat(read.numbers(0)).containsExactly(2, 3, 1);
        assertThat(read.numbers(1)).containsExactly(2, 2, 1);
        assertThat(read.numbers(2)).containsExactly(3, 0, 0);
    }

    @Test
    void wrongChoicesAreErrorsAtConfigure() {
        parameters.textColumn = " ";
        refuses("No text column is chosen; choose the column of text, or switch text as a sequence off.");
        parameters.textColumn = "kind";
        refuses("The text column \"kind\" was expected among the feature columns of Input table, but these are text;"
                + " choose it there, too, or switch text as a sequence off.");
        assertThatThrownBy(() -> {
                    parameters.textColumn = "size";
                    node.configure(TableText.table(stores, "size int, kind string", "1 | ham")
                            .getDataTableSpec());
                })
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The text column \"size\" of Input table should hold text, but it holds numbers; choose"
                        + " another one.");
        parameters.text.size = 2;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("A vocabulary may have the size 3 to 1048576");
        parameters.text.size = 100;
        parameters.text.length = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("A text may become 1 to 1048576 words, but 0 are set");
    }

    private void refuses(final String message) {
        final DataTableSpec spec = mails().getDataTableSpec();
        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(message);
    }

    @Test
    void missingAndEmptyTextsAreRefusedOrSaid() throws Exception {
        assertThatThrownBy(() -> node.execute(stores, table("a | ham", "? | spam")))
                .isInstanceOf(NodeFailure.class)
                .hasMessage(
                        "Row \"Row1\" should have a value in the column \"text\", but it is missing; correct it or remove the"
                                + " row.");
        parameters.encoding.missing = Missing.FILL;
        assertThat(dataset(node.execute(stores, table("a | ham", "? | spam"))).numbers(1))
                .containsExactly(0, 0, 0);
        assertThat(node.warning(stores, table("a | ham", "!!! | spam", "a | ham"))
                        .orElseThrow())
                .contains("has 1 text without words among the rows to train on");
    }

    @Test
    void theTextIsShownAsItWasSplit() throws Exception {
        final PortObject[] outputs = node.execute(stores, mails());
        final LoneNode toTable = LoneNode.of(new DatasetToTableNodeFactory(), new DatasetToTableNodeParameters());

        assertThat(TableText.rows((BufferedDataTable) toTable.execute(stores, outputs[0])[0]))
                .startsWith("free money | spam", "the meeting | ham");
        assertThat(node.view(stores, mails()))
                .contains("\"columns\":[\"kind\",\"text\"]")
                .contains("\"cells\":[\"spam\",\"free money\"]");
    }

    private static Dataset dataset(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[0]).dataset();
    }
}
