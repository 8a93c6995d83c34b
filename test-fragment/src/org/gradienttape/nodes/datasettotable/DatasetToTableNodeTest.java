package org.gradienttape.nodes.datasettotable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.datasettotable.DatasetToTableNodeParameters.SamplesAs;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;

class DatasetToTableNodeTest {
    private static final List<String> CLASSES = List.of("cat", "dog");

    private final FileStores stores = new FileStores();
    private final DatasetToTableNodeParameters parameters = new DatasetToTableNodeParameters();
    private final LoneNode node = LoneNode.of(new DatasetToTableNodeFactory(), parameters);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void imagesBecomeImages() throws Exception {
        final DatasetPortObject data = bytes(Shape.of(1, 2, 1), Scaling.DIVIDE_BY_255, 0, 255, 128, 1);

        assertThat(TableText.columns((DataTableSpec) node.configure(data.getSpec())[0]))
                .containsExactly("Image pngimage", "Label string");
        final BufferedDataTable table = (BufferedDataTable) node.execute(stores, data)[0];

        assertThat(TableText.rows(table)).hasSize(2);
        assertThat(pixels(table, 0)).containsExactly(0, 255);
        assertThat(pixels(table, 1)).containsExactly(128, 1);
        assertThat(TableText.rows(table).get(1)).endsWith("| dog");
    }

    @Test
    void numbersFromZeroToOneAreShownBrightestAtOne() throws Exception {
        final BufferedDataTable table =
                (BufferedDataTable) node.execute(stores, floats(Shape.of(1, 2, 1), 0f, 0.5f, 1f, 0f))[0];

        assertThat(pixels(table, 0)).containsExactly(0, 128);
        assertThat(pixels(table, 1)).containsExactly(255, 0);
    }

    @Test
    void numbersFromMinusOneToOneAreShownBlackAtMinusOne() throws Exception {
        final BufferedDataTable table =
                (BufferedDataTable) node.execute(stores, floats(Shape.of(1, 2, 1), -1f, 0f, 1f, -1f))[0];
        final BufferedDataTable scaled = (BufferedDataTable)
                node.execute(stores, bytes(Shape.of(1, 2, 1), Scaling.MINUS_ONE_TO_ONE, 0, 255, 128, 1))[0];

        assertThat(pixels(table, 0)).containsExactly(0, 128);
        assertThat(pixels(table, 1)).containsExactly(255, 0);
        assertThat(pixels(scaled, 0)).containsExactly(0, 255);
        assertThat(pixels(scaled, 1)).containsExactly(128, 1);
    }

    @Test
    void largerNumbersAreShownAsBytes() throws Exception {
        final BufferedDataTable table =
                (BufferedDataTable) node.execute(stores, floats(Shape.of(1, 2, 1), 0f, 100f, 300f, 1f))[0];

        assertThat(pixels(table, 0)).containsExactly(0, 100);
        assertThat(pixels(table, 1)).containsExactly(255, 1);
    }

    @Test
    void flatSamplesBecomeColumnsOfNumbersAsTheNetworkGetsThem() throws Exception {
        final BufferedDataTable table =
                (BufferedDataTable) node.execute(stores, bytes(Shape.of(2), Scaling.DIVIDE_BY_255, 0, 255, 51, 0))[0];

        assertThat(TableText.columns(table.getDataTableSpec()))
                .containsExactly("Feature 1 double", "Feature 2 double", "Label string");
        assertThat(TableText.rows(table).get(0)).isEqualTo("0.0 | 1.0 | cat");
        assertThat(TableText.rows(table).get(1)).startsWith("0.2000000").endsWith(" | 0.0 | dog");
    }

    @Test
    void imagesCanBecomeNumbersAndRowsCanBeLimited() throws Exception {
        parameters.samplesAs = SamplesAs.NUMBERS;
        parameters.limit = Optional.of(1);

        final BufferedDataTable table =
                (BufferedDataTable) node.execute(stores, bytes(Shape.of(1, 2, 1), Scaling.AS_STORED, 7, 8, 9, 10))[0];

        assertThat(TableText.rows(table)).containsExactly("7.0 | 8.0 | cat");
    }

    @Test
    void tooManyColumnsAreRefusedAtConfigure() {
        final DatasetPortObjectSpec spec = new DatasetPortObjectSpec(
                new DatasetInfo("Big", 1, Shape.of(10_001), ElementType.UINT8, Scaling.AS_STORED, CLASSES));

        assertThatThrownBy(() -> node.configure(spec))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("at most 10000 columns of numbers, but the samples of Big have 10001");
    }

    @Test
    void limitsBelowOneAreRefused() {
        parameters.limit = Optional.of(0);

        assertThatThrownBy(parameters::validate).hasMessageContaining("The limit must be at least 1, but it is 0");
    }

    private DatasetPortObject bytes(final Shape shape, final Scaling scaling, final int... pixels) throws IOException {
        final ByteBuffer stored = ByteBuffer.allocate(pixels.length);
        for (final int pixel : pixels) {
            stored.put((byte) pixel);
        }
        return data(new DatasetInfo("Test", 2, shape, ElementType.UINT8, scaling, CLASSES), stored.flip());
    }

    private DatasetPortObject floats(final Shape shape, final float... numbers) throws IOException {
        final ByteBuffer stored = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (final float number : numbers) {
            stored.putFloat(number);
        }
        return data(new DatasetInfo("Test", 2, shape, ElementType.FLOAT32, Scaling.AS_STORED, CLASSES), stored.flip());
    }

    private DatasetPortObject data(final DatasetInfo info, final ByteBuffer stored) throws IOException {
        final FileStore store = stores.create().create("data");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info)) {
            writer.writeFeatures(stored);
            writer.writeLabels(0, 1);
            return new DatasetPortObject(writer.finish(), store);
        }
    }

    private static int[] pixels(final BufferedDataTable table, final int row) throws IOException {
        try (CloseableRowIterator rows = table.iterator()) {
            DataRow found = rows.next();
            for (int i = 0; i < row; i++) {
                found = rows.next();
            }
            final byte[] png =
                    ((PNGImageValue) found.getCell(0)).getImageContent().getByteArray();
            final BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            return image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
        }
    }
}
