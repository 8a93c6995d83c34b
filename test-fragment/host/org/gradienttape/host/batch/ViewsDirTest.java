package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.gradienttape.host.workflow.WorkflowFolder;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.knime.node.DefaultModel;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.DefaultView.ViewInput;

class ViewsDirTest extends BatchRunFixture {

    private static final DataTableSpec WORDS =
            new DataTableSpec("words", new DataColumnSpecCreator("Word", StringCell.TYPE).createSpec());

    /** What the view of {@link ViewedFactory} is given. */
    public record Shown(List<String> tables, String image, double[] numbers) {}

    /** Keeps a table of its own and both of its outputs for its view. */
    public static final class ViewedFactory extends DefaultNodeFactory {
        public ViewedFactory() {
            super(node("<html><head><title>A view</title></head><body></body></html>"));
        }
    }

    /** Has a page that its data find no place in. */
    public static final class HeadlessFactory extends DefaultNodeFactory {
        public HeadlessFactory() {
            super(node("<html></html>"));
        }
    }

    /** Has two scripts that only KNIME needs. */
    public static final class KnimeFactory extends DefaultNodeFactory {
        public KnimeFactory() {
            super(node("""
                    <html><head></head><body>
                    <script data-only-in="knime">
                    ask("KNIME");
                    </script>
                    <script>draw();</script>
                    <script data-only-in="knime">more();</script></body></html>"""));
        }
    }

    private static DefaultNode node(final String page) {
        return DefaultNode.create()
                .name("Viewed")
                .icon("icon.png")
                .shortDescription("A node for tests")
                .fullDescription("A node for tests")
                .sinceVersion(0, 1, 0)
                .ports(ports -> ports.addOutputTable("Words", "A table")
                        .addOutputPort("Image", "An image", ImagePortObject.TYPE))
                .model(model ->
                        model.withoutParameters().configure((in, out) -> {}).execute(ViewsDirTest::execute))
                .addView(view -> view.withoutParameters()
                        .description("Shows what the node kept.")
                        .page(start -> start.fromString(() -> page).relativePath("index.html"))
                        .initialData(start -> start.data(ViewsDirTest::shown)));
    }

    private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out) {
        final BufferedDataTable output = table(in, "an output");
        final ImagePortObject image =
                new ImagePortObject(new PNGImageContent(onePixel()), new ImagePortObjectSpec(PNGImageContent.TYPE));
        out.setOutData(output, image);
        out.setInternalData(table(in, "kept </script> & <b>"), output, image);
    }

    private static byte[] onePixel() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static BufferedDataTable table(final DefaultModel.ExecuteInput in, final String word) {
        final BufferedDataContainer rows = in.getExecutionContext().createDataContainer(WORDS);
        rows.addRowToTable(new DefaultRow(new RowKey("Row"), new StringCell(word)));
        rows.close();
        return rows.getTable();
    }

    private static Shown shown(final ViewInput input) {
        final PortObject[] kept = input.getInternalPortObjects();
        return new Shown(
                List.of(word(kept[0]), word(kept[1])), kept[2].getClass().getSimpleName(), new double[] {1.5, Double.NaN
                });
    }

    private static String word(final PortObject table) {
        final BufferedDataTable words = (BufferedDataTable) table;
        return words.getDataTableSpec().getName() + ": "
                + words.iterator().next().getCell(0);
    }

    @Test
    void aViewIsItsPageWithItsData() throws IOException {
        final Path views = temp.resolve("new/views");

        assertThat(run(List.of(viewed(ViewedFactory.class).toString(), "-viewsDir=" + views)))
                .isEqualTo(ExitCode.SUCCESS);

        assertThat(files(views)).isEqualTo(Map.of("Viewed (#1).html", """
                <html><head><title>A view</title>\
                <script type="application/json" id="initial-data">\
                {"tables":["words: kept \\u003c/script> & \\u003cb>","words: an output"],\
                "image":"ImagePortObject","numbers":[1.5,"NaN"]}</script>
                </head><body></body></html>"""));
    }

    @Test
    void whatAPageNeedsInKnimeAloneIsLeftOut() throws IOException {
        final Path views = temp.resolve("views");

        assertThat(run(List.of(viewed(KnimeFactory.class).toString(), "-viewsDir=" + views)))
                .isEqualTo(ExitCode.SUCCESS);

        assertThat(files(views).get("Viewed (#1).html")).endsWith("""
                </head><body>
                <script>draw();</script>
                </body></html>""");
    }

    @Test
    void aNodeThatIsLoadedAsExecutedShowsTheSame() throws IOException {
        final Path saved = temp.resolve("saved");
        final Path before = temp.resolve("before");
        final Path after = temp.resolve("after");
        final String path = viewed(ViewedFactory.class).toString();
        assertThat(run(List.of(path, "-viewsDir=" + before, "-destDir=" + saved)))
                .isEqualTo(ExitCode.SUCCESS);

        assertThat(run(List.of(saved.toString(), "-viewsDir=" + after))).isEqualTo(ExitCode.SUCCESS);

        assertThat(printed()).containsOnlyOnce("executed in");
        assertThat(files(after)).isEqualTo(files(before)).hasSize(1);
        // as KNIME writes it: an output is not written twice
        assertThat(files(saved.resolve("Viewed (#1)/internalTables")))
                .containsOnlyKeys(
                        "object_0/spec.xml",
                        "object_0/data.xml",
                        "object_0/data.zip",
                        "object_1/spec.xml",
                        "object_1/data.xml")
                .hasEntrySatisfying(
                        "object_1/data.xml", text -> assertThat(text).contains("reference_from_same_node_table"));
        assertThat(Files.readString(saved.resolve("Viewed (#1)/settings.xml")))
                .contains("key=\"type\" type=\"xstring\" value=\"referenced_output\"")
                .contains("key=\"outport\" type=\"xint\" value=\"2\"");
    }

    @Test
    void nodesWithoutAViewLeaveNoFile() throws IOException {
        final Path views = temp.resolve("views");

        assertThat(runWorkflow("-viewsDir=" + views)).isEqualTo(ExitCode.SUCCESS);

        assertThat(files(views)).isEmpty();
    }

    @Test
    void aPageThatCannotTakeItsDataIsAnError() throws IOException {
        final Path views = temp.resolve("views");

        assertThat(run(List.of(viewed(HeadlessFactory.class).toString(), "-viewsDir=" + views)))
                .isEqualTo(ExitCode.EXECUTION);

        assertThat(errors()).contains("Viewed (#1): The page of the view has no </head>");
        assertThat(files(views)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        final Path file = Files.createFile(temp.resolve("file"));

        assertThat(runWorkflow("-viewsDir=" + file.resolve("views"))).isEqualTo(ExitCode.PARAMETERS);

        assertThat(errors()).contains("The folder of -viewsDir, " + file.resolve("views"));
    }

    private Path viewed(final Class<? extends DefaultNodeFactory> factory) throws IOException {
        return new WorkflowFolder(temp.resolve("viewed"))
                .node(1, "Viewed", factory)
                .write()
                .path();
    }
}
