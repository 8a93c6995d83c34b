package org.gradienttape.host.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.host.table.KnimeTable.cell;
import static org.gradienttape.host.table.KnimeTable.missing;
import static org.gradienttape.host.table.KnimeTable.png;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.gradienttape.host.table.KnimeTable.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.NodeSettings;

/** Tables that KNIME has saved, in each of its compressions. */
class KnimeTableTest {
    private static final DataTableSpec ALL =
            new DataTableSpec("all", new String[] {"i", "l", "d", "s", "b", "p"}, new DataType[] {
                IntCell.TYPE, LongCell.TYPE, DoubleCell.TYPE, StringCell.TYPE, BooleanCell.TYPE, PNGImageContent.TYPE
            });
    private static final DataTableSpec IMAGES =
            new DataTableSpec(new String[] {"step", "image"}, new DataType[] {IntCell.TYPE, PNGImageContent.TYPE});
    private static final DataTableSpec TEXTS = new DataTableSpec(new String[] {"s"}, new DataType[] {StringCell.TYPE});

    @TempDir
    private Path folder;

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"None", "Gzip", "Snappy"})
    void readsEveryKindOfCell(final String compression) throws Exception {
        final PNGImageContent image = TestTables.image(28, 28);
        new KnimeTable(ALL, compression)
                .row(
                        "ab",
                        cell("IntCell", out -> out.writeInt(0x61626162)),
                        cell("LongCell", out -> out.writeLong(Long.MIN_VALUE)),
                        cell("DoubleCell", out -> out.writeDouble(0.1)),
                        cell("StringCell", out -> out.writeUTF("ab \u0000 ä € \uD83D\uDE00")),
                        cell("BooleanCell", out -> out.writeBoolean(true)),
                        png(image.getByteArray()))
                .row("gone", missing(), missing(), missing(), missing(), missing(), missing())
                .row(
                        "c",
                        cell("IntCell", out -> out.writeInt(-1)),
                        new Cell("org.knime.core.data.MissingCell", out -> {
                            out.writeBoolean(true);
                            out.writeUTF("no step yet");
                        }),
                        cell("IntCell", out -> out.writeInt(7)),
                        cell("StringCell", out -> out.writeUTF("")),
                        cell("BooleanCell", out -> out.writeBoolean(false)),
                        missing())
                .save(folder);

        final BufferedDataTable table = load();

        assertThat(table.getDataTableSpec()).isEqualTo(ALL);
        assertThat(table.getBufferedTableId()).isEqualTo(27);
        assertThat(table)
                .containsExactly(
                        new DefaultRow(
                                "ab",
                                new IntCell(0x61626162),
                                new LongCell(Long.MIN_VALUE),
                                new DoubleCell(0.1),
                                new StringCell("ab \u0000 ä € \uD83D\uDE00"),
                                BooleanCell.TRUE,
                                image.toImageCell()),
                        new DefaultRow("gone", Collections.nCopies(6, DataType.getMissingCell())),
                        new DefaultRow(
                                "c",
                                new IntCell(-1),
                                DataType.getMissingCell(),
                                new IntCell(7),
                                new StringCell(""),
                                BooleanCell.FALSE,
                                DataType.getMissingCell()));
        assertThat(rows(table)[2].getCell(1))
                .isInstanceOfSatisfying(MissingValue.class, missing -> assertThat(missing.getError())
                        .isEqualTo("no step yet"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"None", "Gzip", "Snappy"})
    void readsAnEmptyTable(final String compression) throws Exception {
        new KnimeTable(ALL, compression).save(folder);

        assertThat(load().size()).isZero();
    }

    /** More than one block of snappy-java, what repeats and what does not, blocks of each size that it may have. */
    @ParameterizedTest
    @CsvSource({"1024", "32768", "65536", "1048576"})
    void readsManyBlocks(final int blockSize) throws Exception {
        final KnimeTable table = new KnimeTable(TEXTS, "Snappy").blockSize(blockSize);
        final Random random = new Random(3);
        final String[] texts = IntStream.range(0, 3000)
                .mapToObj(i -> i % 2 == 0 ? "the same words again and again " + i : noise(random))
                .toArray(String[]::new);
        for (int i = 0; i < texts.length; i++) {
            final String text = texts[i];
            table.row("Row" + i, cell("StringCell", out -> out.writeUTF(text)));
        }
        table.save(folder);

        assertThat(load()).extracting(row -> row.getCell(0).toString()).containsExactly(texts);
    }

    private static String noise(final Random random) {
        return random.ints(200, ' ', 0x2000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, (a, b) -> {})
                .toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsImagesThatLieBesideTheRows(final boolean gzip) throws Exception {
        final PNGImageContent large = noisyImage();
        final PNGImageContent other = TestTables.image(300, 2);
        final KnimeTable table = new KnimeTable(IMAGES, "Snappy");
        table.row("a", cell("IntCell", out -> out.writeInt(1)), table.largePng(1, 0, gzip, large.getByteArray()))
                .row(
                        "b",
                        cell("IntCell", out -> out.writeInt(2)),
                        png(TestTables.image(1, 1).getByteArray()))
                .row(
                        "c",
                        cell("IntCell", out -> out.writeInt(3)),
                        table.largePng(1, 2_003_004, gzip, other.getByteArray()))
                .save(folder);
        assertThat(large.getByteArray()).hasSizeGreaterThan(40 * 1024);

        final BufferedDataTable loaded = load();

        assertThat(loaded)
                .extracting(row -> row.getCell(1))
                .containsExactly(large.toImageCell(), TestTables.image(1, 1).toImageCell(), other.toImageCell());
    }

    /** In this language Java writes numbers with other digits. */
    @Test
    void imagesAreFoundWhateverTheLanguage() throws Exception {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            readsImagesThatLieBesideTheRows(true);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anImageOfAnotherTableIsRefused() throws Exception {
        final KnimeTable table = new KnimeTable(IMAGES, "Snappy");
        final byte[] image = TestTables.image(1, 1).getByteArray();
        table.row("a", missing(), table.largePng(26, 1, 0, true, image)).save(folder);

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found one of table 26; run the workflow with -reset.");
    }

    @Test
    void streamsOneAfterAnotherAreOne() throws Exception {
        final KnimeTable first =
                new KnimeTable(TEXTS, "Snappy").row("a", cell("StringCell", out -> out.writeUTF("first")));
        final KnimeTable both = new KnimeTable(TEXTS, "Snappy")
                .row("a", cell("StringCell", out -> out.writeUTF("first")))
                .row("b", cell("StringCell", out -> out.writeUTF("second")));
        final KnimeTable second =
                new KnimeTable(TEXTS, "Snappy").row("b", cell("StringCell", out -> out.writeUTF("second")));
        final ByteArrayOutputStream streams = new ByteArrayOutputStream();
        streams.write(first.compressed());
        streams.write(second.compressed());
        both.saveCompressed(folder, streams.toByteArray());

        assertThat(load()).extracting(row -> row.getCell(0).toString()).containsExactly("first", "second");
    }

    @Test
    void aDamagedSnappyStreamIsRefusedWhereverTheDamageIs() throws Exception {
        final KnimeTable table = new KnimeTable(TEXTS, "Snappy");
        for (int i = 0; i < 12; i++) {
            final String text = "text number " + i;
            table.row("Row" + i, cell("StringCell", out -> out.writeUTF(text)));
        }
        final byte[] whole = table.compressed();
        table.save(folder);
        final DataRow[] rows = rows(load());

        for (int length = 0; length < whole.length; length++) {
            table.saveCompressed(folder, Arrays.copyOf(whole, length));
            assertThatThrownBy(this::load).as("cut at %d", length).isInstanceOf(IOException.class);
        }
        for (int at = 0; at < whole.length; at++) {
            for (final int change : new int[] {1, 0x80, 0xff}) {
                final byte[] damaged = whole.clone();
                damaged[at] ^= (byte) change;
                table.saveCompressed(folder, damaged);
                assertReadableOrRefused(at, rows.length);
            }
        }
    }

    /** A changed letter cannot be noticed, since Snappy has no checksum; nothing else may come of damage. */
    private void assertReadableOrRefused(final int at, final int rows) throws Exception {
        try {
            assertThat(load().size()).as("changed at %d", at).isEqualTo(rows);
        } catch (final IOException e) {
            assertThat(e).hasMessageStartingWith("Unable to read the table in ");
        }
    }

    @Test
    void aLengthThatNoFileHasTakesNoMemory() throws Exception {
        final KnimeTable table = new KnimeTable(TEXTS, "Snappy").row("a", cell("StringCell", out -> out.writeUTF("x")));
        final byte[] whole = table.compressed();
        final byte[] longChunk = whole.clone();
        ByteBuffer.wrap(longChunk).putInt(16, Integer.MAX_VALUE);
        table.saveCompressed(folder, longChunk);
        assertThatThrownBy(this::load).hasMessageContaining("expected a Snappy block of 2147483647 bytes, found ");

        // the block says that it holds 2^31 - 1 bytes
        final ByteBuffer longBlock = ByteBuffer.allocate(16 + 4 + 5);
        longBlock.put(whole, 0, 16).putInt(5).put(new byte[] {-1, -1, -1, -1, 7});
        table.saveCompressed(folder, longBlock.array());
        assertThatThrownBy(this::load).hasMessageContaining("expected a Snappy block of at most 67108864 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "container_table_custom, found a \"container_table_custom\"",
        "extension_table, found one of the columnar backend; run the workflow with -reset",
        "rearrange_columns_table_compressed, found a \"rearrange_columns_table_compressed\""
    })
    void tablesOfOtherKindsAreNamed(final String type, final String sentence) throws Exception {
        new KnimeTable(TEXTS, "Snappy").save(folder);
        final NodeSettings description = new NodeSettings("table_meta_info");
        description.addInt("table_ID", 1);
        description.addString("table_type", type);
        description.addString("table_file_name", "data.zip");
        description.saveToXML(Files.newOutputStream(folder.resolve("data.xml")));

        assertThatThrownBy(this::load).isInstanceOf(IOException.class).hasMessageContaining(sentence);
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        final KnimeTable table = new KnimeTable(TEXTS, "Snappy");
        table.row("a", cell("StringCell", out -> out.writeUTF("x"))).save(folder);
        final byte[] rows = table.compressed();
        table.row("b", cell("StringCell", out -> out.writeUTF("y"))).saveCompressed(folder, rows);
        assertThatThrownBy(this::load)
                .hasMessage("Unable to read the table in " + folder
                        + ": expected 2 rows, found the end of the file in row 2; run the workflow with -reset.");

        final KnimeTable images = new KnimeTable(IMAGES, "Snappy");
        images.row("a", missing(), new Cell("org.knime.core.data.image.png.PNGImageBlobCell", out -> out.writeInt(27)))
                .save(folder);
        assertThatThrownBy(this::load)
                .hasMessage("Unable to read the table in " + folder
                        + ": expected 1 rows, found the end of the file in row 1; run the workflow with -reset.");

        Files.delete(folder.resolve("data.zip"));
        assertThatThrownBy(this::load)
                .hasMessage("Unable to read the table in " + folder
                        + ": expected the rows in data.zip, found no such file; run the workflow with -reset.");
    }

    @Test
    void anUnknownCompressionIsNamed() throws Exception {
        new KnimeTable(TEXTS, "Zstd").save(folder);

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected None, Gzip or Snappy as container.compression, found \"Zstd\"; run");
    }

    @Test
    void whatWasReadCanBeSavedAndReadAgain() throws Exception {
        final KnimeTable table = new KnimeTable(IMAGES, "Snappy");
        table.row("a", missing(), table.largePng(1, 0, true, noisyImage().getByteArray()))
                .save(folder);
        final BufferedDataTable loaded = load();

        SavedTable.save(loaded, folder, new ExecutionMonitor());

        assertThat(load()).containsExactlyElementsOf(loaded);
    }

    private BufferedDataTable load() throws Exception {
        return SavedTable.load(folder, new ExecutionMonitor());
    }

    private static DataRow[] rows(final BufferedDataTable table) {
        final List<DataRow> rows = new ArrayList<>();
        table.forEach(rows::add);
        return rows.toArray(DataRow[]::new);
    }

    private static PNGImageContent noisyImage() {
        return TestTables.image(200, 300, new Random(7));
    }
}
