package org.gradienttape.nodes.imagewriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.imagewriter.ImageWriterNodeParameters.FileFormat;
import org.gradienttape.nodes.imagewriter.ImageWriterNodeParameters.NameSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;

class ImageWriterNodeTest {
    private static final DataTableSpec SPEC = new DataTableSpec(
            new String[] {"Step", "Name", "Image"},
            new DataType[] {IntCell.TYPE, StringCell.TYPE, PNGImageContent.TYPE});

    private final FileStores stores = new FileStores();
    private final ImageWriterNodeParameters parameters = new ImageWriterNodeParameters();
    private final LoneNode node = LoneNode.of(new ImageWriterNodeFactory(), parameters);

    @TempDir
    private Path folder;

    private DataCell red;
    private DataCell blue;

    @BeforeEach
    void prepare() throws IOException {
        parameters.folder = folder.toString();
        red = image(Color.RED);
        blue = image(Color.BLUE);
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void pathAndStatusFollowTheColumnsOfTheInput() throws Exception {
        assertThat(TableText.columns((DataTableSpec) node.configure(SPEC)[0]))
                .containsExactly("Step int", "Name string", "Image pngimage", "Path string", "Status string");
    }

    @Test
    void columnsOfTheInputKeepTheirNames() throws Exception {
        final DataTableSpec spec = new DataTableSpec(
                new String[] {"Step", "Path", "Image"},
                new DataType[] {IntCell.TYPE, StringCell.TYPE, PNGImageContent.TYPE});

        assertThat(((DataTableSpec) node.configure(spec)[0]).getColumnNames())
                .containsExactly("Step", "Path", "Image", "Path (#1)", "Status");
    }

    @Test
    void writesOneFilePerRowAndMakesTheFolder() throws Exception {
        parameters.folder = folder.resolve("new/folder").toString();

        final BufferedDataTable written = execute(row(0, "a", red), row(200, "b", blue));

        final Path first = folder.resolve("new/folder/generated_img0.png");
        final Path second = folder.resolve("new/folder/generated_img200.png");
        assertThat(lastTwo(written)).containsExactly(first + " | Created", second + " | Created");
        assertThat(new Color(ImageIO.read(first.toFile()).getRGB(1, 1))).isEqualTo(Color.RED);
        assertThat(new Color(ImageIO.read(second.toFile()).getRGB(1, 1))).isEqualTo(Color.BLUE);
        assertThat(folder.resolve("new/folder").toFile().list()).hasSize(2);
    }

    @Test
    void namesCanComeFromAColumn() throws Exception {
        parameters.nameSource = NameSource.COLUMN;
        parameters.nameColumn = "Name";

        execute(row(0, "a", red), row(200, "b.png", blue));

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a.png", "b.png");
    }

    @Test
    void jpegFilesAreWritten() throws Exception {
        parameters.format = FileFormat.JPEG;

        execute(row(0, "a", red));

        assertThat(folder.toFile().list()).containsExactly("generated_img0.jpg");
        assertThat(Files.readAllBytes(folder.resolve("generated_img0.jpg"))).startsWith(0xFF, 0xD8, 0xFF);
    }

    @Test
    void aContactSheetShowsAllImages() throws Exception {
        parameters.contactSheet = true;
        parameters.sheetName = "all.png";
        parameters.sheetColumns = 1;

        execute(row(0, "a", red), row(200, "b", blue));

        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("generated_img0.png", "generated_img200.png", "all.png");
        final BufferedImage sheet = ImageIO.read(folder.resolve("all.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(8);
        assertThat(sheet.getHeight()).isEqualTo(14);
        assertThat(new Color(sheet.getRGB(3, 3))).isEqualTo(Color.RED);
        assertThat(new Color(sheet.getRGB(3, 9))).isEqualTo(Color.BLUE);
    }

    @Test
    void aFileThatIsThereFailsTheNodeAndNothingIsWritten() throws IOException {
        final Path there = Files.writeString(folder.resolve("generated_img200.png"), "precious");

        assertThatThrownBy(() -> execute(row(0, "a", red), row(200, "b", blue)))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Row \"Row1\": the file " + there
                        + " exists already, and it is to stay; nothing was written, choose another name.");
        assertThat(there).hasContent("precious");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFileThatIsThereCanBeSkippedOrOverwritten() throws Exception {
        final Path there = Files.writeString(folder.resolve("generated_img200.png"), "old");
        parameters.ifExists = ImageWriterNodeParameters.ExistingImage.SKIP;

        assertThat(lastTwo(execute(row(0, "a", red), row(200, "b", blue))))
                .containsExactly(folder.resolve("generated_img0.png") + " | Created", there + " | Skipped");
        assertThat(there).hasContent("old");

        parameters.ifExists = ImageWriterNodeParameters.ExistingImage.OVERWRITE;
        assertThat(lastTwo(execute(row(0, "a", red), row(200, "b", blue))))
                .containsExactly(folder.resolve("generated_img0.png") + " | Overwritten", there + " | Overwritten");
        assertThat(new Color(ImageIO.read(there.toFile()).getRGB(1, 1))).isEqualTo(Color.BLUE);
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefusedWithTheRow() {
        parameters.nameSource = NameSource.COLUMN;
        parameters.nameColumn = "Name";

        for (final String name : List.of("../b", "/etc/b", "C:b", "NUL", "b\0", "A")) {
            assertThatThrownBy(() -> execute(row(0, "a", red), row(200, name, blue)))
                    .isInstanceOf(NodeFailure.class)
                    .hasMessageStartingWith("Row \"Row1\": the file name \"");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rowsWithoutImageOrNameAreNamed() {
        assertThatThrownBy(() -> execute(row(0, "a", red), row(200, "b", DataType.getMissingCell())))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Row \"Row1\" has no image; nothing was written, filter such rows out before.");

        parameters.pattern = "${Name}";
        assertThatThrownBy(() -> execute(new DataCell[] {new IntCell(0), DataType.getMissingCell(), red}))
                .isInstanceOf(NodeFailure.class)
                .hasMessage(
                        "Row \"Row0\": the column \"Name\" has no value for the file name; nothing was written, fill"
                                + " it or filter such rows out before.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void cancellingLeavesNothing() {
        final LoneNode[] cancelled = new LoneNode[1];
        cancelled[0] = node.watchedBy((fraction, message) -> cancelled[0].cancel());

        assertThatThrownBy(() -> cancelled[0].execute(stores, table(row(0, "a", red), row(200, "b", blue))))
                .isInstanceOf(CanceledExecutionException.class);
        assertThat(folder).isEmptyDirectory();
    }

    /** It takes long, too, and comes before two equal names are seen. */
    @Test
    void theFirstLookAtTheImagesCanBeCancelled() {
        final LoneNode[] cancelled = new LoneNode[1];
        cancelled[0] = node.watchedBy((fraction, message) -> cancelled[0].cancel());

        assertThatThrownBy(() -> cancelled[0].execute(stores, table(row(0, "a", red), row(0, "b", blue))))
                .isInstanceOf(CanceledExecutionException.class);
    }

    @Test
    void columnsThatDoNotFitAreRefusedBeforeAnythingRuns() {
        parameters.imageColumn = "Name";
        assertNotConfigured("The image column \"Name\" must hold PNG images, but it holds " + StringCell.TYPE
                + "; choose another one.");

        parameters.imageColumn = "";
        parameters.pattern = "${digit}.png";
        assertNotConfigured("The column \"digit\" of the file name must hold text or numbers, but the table has no such"
                + " column; choose another one.");

        parameters.pattern = "${image}.png";
        assertNotConfigured("The column \"image\" of the file name must hold text or numbers, but it holds "
                + PNGImageContent.TYPE + "; choose another one.");

        parameters.nameSource = NameSource.COLUMN;
        assertNotConfigured("No column is chosen for the file names; choose one.");
    }

    @Test
    void aTableWithoutImagesIsRefused() {
        assertThatThrownBy(
                        () -> node.configure(new DataTableSpec(new String[] {"Step"}, new DataType[] {IntCell.TYPE})))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The table needs a column of PNG images, but its columns are [Step]; connect another table.");
    }

    @Test
    void aFolderIsNeededAndMayHaveToExist() {
        parameters.createMissingFolders = false;
        parameters.folder = folder.resolve("new").toString();
        assertNotConfigured("The images should go into the folder " + parameters.folder
                + ", but there is no such folder; create it, choose another one, or let the node create it.");

        parameters.folder = " ";
        assertNotConfigured("The folder of the images is empty; choose one.");
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        parameters.pattern = "img${step";
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("A placeholder of the file name pattern is written ${column}");

        parameters.pattern = "img";
        parameters.contactSheet = true;
        parameters.sheetColumns = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The images per row of the contact sheet must be at least 1, but they are 0.");
    }

    private void assertNotConfigured(final String sentence) {
        assertThatThrownBy(() -> node.configure(SPEC))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(sentence);
    }

    private BufferedDataTable execute(final DataCell[]... rows) throws Exception {
        return (BufferedDataTable) node.execute(stores, table(rows))[0];
    }

    private BufferedDataTable table(final DataCell[]... rows) {
        final BufferedDataContainer container =
                new HostExecutionContext(Progress.unwatched(), stores.create()).createDataContainer(SPEC);
        for (int i = 0; i < rows.length; i++) {
            container.addRowToTable(new DefaultRow(RowKey.createRowKey((long) i), rows[i]));
        }
        container.close();
        return container.getTable();
    }

    private static DataCell[] row(final int step, final String name, final DataCell image) {
        return new DataCell[] {new IntCell(step), new StringCell(name), image};
    }

    private static List<String> lastTwo(final BufferedDataTable table) {
        return TableText.rows(table).stream()
                .map(row -> row.split(" \\| "))
                .map(cells -> cells[3] + " | " + cells[4])
                .toList();
    }

    private static DataCell image(final Color color) throws IOException {
        final BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 16; i++) {
            image.setRGB(i % 4, i / 4, color.getRGB());
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return new PNGImageContent(bytes.toByteArray()).toImageCell();
    }
}
