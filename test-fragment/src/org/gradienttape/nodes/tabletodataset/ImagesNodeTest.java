package org.gradienttape.nodes.tabletodataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.gradienttape.data.Dataset;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.ImageColors;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.PixelScaling;
import org.gradienttape.nodes.PixelsStored;
import org.gradienttape.nodes.SampleForm;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.tabletodataset.HeldOutParameters.Part;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

/** Rows that are images, in one cell or as numbers in many. */
class ImagesNodeTest {
    private final FileStores stores = new FileStores();
    private final TableToDatasetNodeParameters parameters = new TableToDatasetNodeParameters();
    private final LoneNode node = LoneNode.of(new TableToDatasetNodeFactory(), parameters);
    private final LoneNode withValidation = node.with("Validation table", BufferedDataTable.TYPE);

    @BeforeEach
    void readPixels() {
        parameters.samples = Samples.NUMBERS_AS_IMAGE;
        parameters.classColumn = "class";
        parameters.image.height = 1;
        parameters.image.width = 2;
        parameters.heldOut.part = Part.NONE;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void imagesInAColumnAreRead() throws Exception {
        parameters.samples = Samples.IMAGES;
        parameters.classColumn = "Label";
        parameters.image.colors = ImageColors.GRAYSCALE;
        parameters.image.sampleShape = SampleForm.IMAGE;
        final BufferedDataTable table = images(png(1, 2), png(9, 8));

        assertThat(node.configure(table.getSpec())).containsOnlyNulls();
        final PortObject[] outputs = node.execute(stores, table);

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 2 samples of 1 x 2 x 1, 2 classes");
        assertThat(bytes(dataset(outputs, 0), 1)).containsExactly(9, 8);
        assertThat(dataset(outputs, 0).classNames()).containsExactly("class0", "class1");
        assertThat(dataset(outputs, 1).samples()).isZero();

        final PortObject[] both = withValidation.execute(stores, table, images(png(5, 6)));
        assertThat(bytes(dataset(both, 1), 0)).containsExactly(5, 6);
        assertThat(dataset(both, 0).samples()).isEqualTo(2);
    }

    @Test
    void numbersAreThePixelsOfAnImage() throws Exception {
        final BufferedDataTable table = TableText.table(
                stores,
                "a double, class string, b int, c int, d int",
                "0.5 | rose | 1 | 7 | 3",
                "1.5 | lily | 2 | 8 | 4");
        parameters.image.height = 2;
        parameters.image.sampleShape = SampleForm.IMAGE;

        final PortObject[] outputs = node.execute(stores, table);

        assertThat(outputs[0].getSummary()).isEqualTo("Input table: 2 samples of 2 x 2 x 1, 2 classes");
        final Dataset read = dataset(outputs, 0);
        assertThat(read.classNames()).containsExactly("lily", "rose");
        assertThat(labels(read)).containsExactly(1, 0);
        assertThat(read.numbers(1)).containsExactly(1.5f, 2f, 8f, 4f);

        parameters.image.pixelOrder = PixelsStored.COLUMN_BY_COLUMN;
        assertThat(dataset(node.execute(stores, table), 0).numbers(1)).containsExactly(1.5f, 8f, 2f, 4f);
        parameters.image.sampleShape = SampleForm.FLAT;
        assertThat(node.execute(stores, table)[0].getSummary()).isEqualTo("Input table: 2 samples of 4, 2 classes");
        parameters.image.width = 3;
        assertThatThrownBy(() -> node.execute(stores, table))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("should have a multiple of 6 numbers, but those of Input table have 4");
    }

    @Test
    void pixelsAreScaled() throws Exception {
        parameters.image.scaling = PixelScaling.MINUS_ONE_TO_ONE;

        final PortObject[] outputs =
                node.execute(stores, TableText.table(stores, "a int, b int, class string", "0 | 255 | left"));

        assertThat(dataset(outputs, 0).numbers(0)).containsExactly(-1f, 1f);
    }

    /** A column of numbers, and the same numbers as texts. */
    @Test
    void realNumbersNameNoClasses() {
        for (final String type : List.of("double", "string")) {
            fails(
                    "Row \"Row1\" should have the name of a class for a label, but it has the real number 9.64",
                    "a double, b int, class " + type,
                    "0.5 | 1 | 10.0",
                    "1.5 | 1 | 9.64");
        }
    }

    @Test
    void wholeNumbersAreClassesInTheOrderOfNumbers() throws Exception {
        for (final String type : List.of("double", "string")) {
            final Dataset read = dataset(
                    node.execute(
                            stores,
                            TableText.table(
                                    stores,
                                    "a double, b int, class " + type,
                                    "0.5 | 1 | 0.0",
                                    "1.5 | 1 | 1.0",
                                    "2.5 | 1 | 10.0",
                                    "3.5 | 1 | 2.0")),
                    0);

            assertThat(read.classNames()).containsExactly("0", "1", "2", "10");
            assertThat(labels(read)).containsExactly(0, 1, 3, 2);
        }
    }

    @Test
    void missingCellsAreNamedWithRowAndColumn() throws Exception {
        fails(
                "Row \"Row1\" should have a number in the column \"b\", but it holds \"?\"; correct it or remove the"
                        + " row.",
                "a double, b int, class int",
                "0.5 | 1 | 2",
                "1.5 | ? | 0");
        fails(
                "Row \"Row0\" should have a label of one line, but it is missing",
                "a int, b int, class int",
                "1 | 1 | ?");
        parameters.samples = Samples.IMAGES;
        parameters.classColumn = "Label";
        assertThatThrownBy(() -> node.execute(stores, images(png(1), null)))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith("Row \"Row1\" should have an image, but the cell is missing");
    }

    @Test
    void wholeNumbersThatAreRoundedAreTold() throws Exception {
        assertThat(node.warning(
                                stores,
                                TableText.table(stores, "id long, b int, class int", "16777217 | 1 | 0", "5 | 1 | 0"))
                        .orElseThrow())
                .contains("1 whole number in Input table cannot be held exactly in single precision");
    }

    @Test
    void wrongChoicesAreErrorsAtConfigure() {
        final DataTableSpec spec =
                TableText.table(stores, "a double, b string, class int").getDataTableSpec();
        refuses(
                spec,
                "The column \"b\" of Input table should hold numbers, but it holds text; convert it, or choose another"
                        + " one.");
        parameters.features = new ColumnFilter(new String[] {"a"});
        parameters.classColumn = "";
        refuses(spec, "No class column is chosen; choose the column with the classes.");
        parameters.classColumn = "nowhere";
        refuses(
                spec,
                "The column \"nowhere\" was expected in Input table, but its columns are a, b, class; choose the"
                        + " columns again.");
        parameters.classColumn = "class";
        parameters.samples = Samples.IMAGES;
        refuses(
                spec,
                "The table needs a column of PNG images, but its columns are [a, b, class]; connect another table.");
    }

    private void refuses(final DataTableSpec spec, final String message) {
        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(message);
    }

    private void fails(final String message, final String columns, final String... rows) {
        assertThatThrownBy(() -> node.execute(stores, TableText.table(stores, columns, rows)))
                .isInstanceOf(NodeFailure.class)
                .hasMessageStartingWith(message);
    }

    /** @param pngs null for a missing cell */
    private BufferedDataTable images(final byte[]... pngs) throws IOException {
        final DataTableSpec spec = new DataTableSpec(
                new DataColumnSpecCreator("Label", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Picture", PNGImageContent.TYPE).createSpec());
        final BufferedDataContainer container =
                new HostExecutionContext(Progress.unwatched(), stores.create()).createDataContainer(spec);
        for (int i = 0; i < pngs.length; i++) {
            container.addRowToTable(new DefaultRow(
                    RowKey.createRowKey((long) i),
                    new StringCell("class" + i),
                    pngs[i] == null ? DataType.getMissingCell() : new PNGImageContent(pngs[i]).toImageCell()));
        }
        container.close();
        return container.getTable();
    }

    private static byte[] png(final int... pixels) throws IOException {
        final BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, pixels.length, 1, pixels);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Dataset dataset(final PortObject[] outputs, final int output) throws IOException {
        return ((DatasetPortObject) outputs[output]).dataset();
    }

    private static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    private static byte[] bytes(final Dataset dataset, final int sample) {
        final ByteBuffer bytes = ByteBuffer.allocate(dataset.bytesPerSample());
        dataset.copyFeatures(sample, bytes);
        return bytes.array();
    }
}
