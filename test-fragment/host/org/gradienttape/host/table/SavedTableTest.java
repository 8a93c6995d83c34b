package org.gradienttape.host.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.host.api.execution.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;
import org.knime.core.data.MissingValue;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;

/** The files of a saved table. Names, keys and bytes are those that KNIME 5.9.0 reads, taken from its source. */
class SavedTableTest {
    private static final DataTableSpec INTS = new DataTableSpec(new String[] {"Step"}, new DataType[] {IntCell.TYPE});
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    @TempDir
    private Path folder;

    @Test
    void keepsEveryKindOfCell() throws Exception {
        final DataTableSpec spec =
                new DataTableSpec("all", new String[] {"i", "l", "d", "s", "b", "p"}, new DataType[] {
                    IntCell.TYPE,
                    LongCell.TYPE,
                    DoubleCell.TYPE,
                    StringCell.TYPE,
                    BooleanCell.TYPE,
                    PNGImageContent.TYPE
                });
        final BufferedDataTable table = TestTables.of(
                spec,
                new DefaultRow(
                        "first",
                        new IntCell(0x61626162),
                        new LongCell(Long.MIN_VALUE),
                        new DoubleCell(Double.NaN),
                        new StringCell("ab \u0000 ä € \uD83D\uDE00"),
                        BooleanCell.TRUE,
                        TestTables.image(28, 28).toImageCell()),
                new DefaultRow("second", Collections.nCopies(6, DataType.getMissingCell())));

        final BufferedDataTable loaded = saveAndLoad(table);

        assertThat(loaded.getDataTableSpec()).isEqualTo(table.getDataTableSpec());
        assertThat(loaded).containsExactlyElementsOf(table);
        assertThat(loaded.getBufferedTableId()).isEqualTo(table.getBufferedTableId());
    }

    @Test
    void keepsWhyACellIsMissing() throws Exception {
        final BufferedDataTable loaded =
                saveAndLoad(TestTables.of(INTS, new DefaultRow("r", new MissingCell("no step yet"))));

        final MissingValue cell = (MissingValue) loaded.iterator().next().getCell(0);
        assertThat(cell.getError()).isEqualTo("no step yet");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_534, 65_535, 200_000})
    void keepsLongTexts(final int length) throws Exception {
        final DataTableSpec spec = new DataTableSpec(new String[] {"s"}, new DataType[] {StringCell.TYPE});
        final DataRow row = new DefaultRow("r", new StringCell("x".repeat(length)));

        assertThat(saveAndLoad(TestTables.of(spec, row))).containsExactly(row);
    }

    @Test
    void keepsAnEmptyTable() throws Exception {
        assertThat(saveAndLoad(TestTables.of(INTS)).size()).isZero();
    }

    @Test
    void writesRowsAsBlocks() throws Exception {
        save(TestTables.of(
                INTS,
                new DefaultRow("Row0", new IntCell(1)),
                new DefaultRow("ab", DataType.getMissingCell()),
                new DefaultRow("c", new IntCell(0x61))));

        // key: length as a short, bytes, end mark 61; cell: class 82 or missing 80, end mark 61; row mark 83;
        // the bytes 61 and 62 themselves follow the escape mark 62
        assertThat(HEX.formatHex(data()))
                .isEqualTo("00 04 52 6f 77 30 61 82 00 00 00 01 61 83"
                        + " 00 02 62 61 62 62 61 80 61 83"
                        + " 00 01 63 61 82 00 00 00 62 61 61 83");
    }

    @Test
    void numbersCellClassesByFirstAppearance() throws Exception {
        final DataTableSpec spec =
                new DataTableSpec(new String[] {"a", "b"}, new DataType[] {DoubleCell.TYPE, BooleanCell.TYPE});
        save(TestTables.of(
                spec,
                new DefaultRow("", new DoubleCell(0), BooleanCell.TRUE),
                new DefaultRow("x", new IntCell(0), BooleanCell.FALSE)));

        assertThat(HEX.formatHex(data()))
                .isEqualTo("00 00 61 82 00 00 00 00 00 00 00 00 61 83 01 61 83"
                        + " 00 01 78 61 84 00 00 00 00 61 83 00 61 83");
        final NodeSettingsRO classes =
                meta().getNodeSettings("container.format.config").getNodeSettings("table.datacell.classes");
        assertThat(classes.getNodeSettings("element_0").getString("class"))
                .isEqualTo("org.knime.core.data.def.DoubleCell");
        assertThat(classes.getNodeSettings("element_1").getString("class"))
                .isEqualTo("org.knime.core.data.def.BooleanCell");
        assertThat(classes.getNodeSettings("element_2").getString("class"))
                .isEqualTo("org.knime.core.data.def.IntCell");
    }

    @Test
    void describesTheTableAndItsFormat() throws Exception {
        final BufferedDataTable table = TestTables.of(INTS, new DefaultRow("r", new IntCell(1)));
        save(table);

        final NodeSettingsRO description = NodeSettings.loadFromXML(Files.newInputStream(folder.resolve("data.xml")));
        assertThat(description.keySet()).containsExactly("table_ID", "table_type", "table_file_name");
        assertThat(description.getInt("table_ID")).isEqualTo(table.getBufferedTableId());
        assertThat(description.getString("table_type")).isEqualTo("container_table");
        assertThat(description.getString("table_file_name")).isEqualTo("data.zip");
        final NodeSettingsRO meta = meta();
        assertThat(meta.getString("container.version")).isEqualTo("container_12");
        assertThat(meta.getInt("table.size")).isEqualTo(1);
        assertThat(meta.getBoolean("container.contains.blobs")).isFalse();
        assertThat(meta.getString("container.filestores.uuid")).isNull();
        assertThat(meta.getBoolean("container.inmemory")).isTrue();
        assertThat(meta.getInt("container.id")).isEqualTo(table.getBufferedTableId());
        assertThat(meta.getString("container.format"))
                .isEqualTo("org.knime.core.data.container.DefaultTableStoreFormat");
        assertThat(meta.getNodeSettings("container.format.config").getString("container.compression"))
                .isEqualTo("Gzip");
        assertThat(meta.getString("container.compression")).isEqualTo("Gzip");
        assertThat(meta.getNodeSettings("table.datacell.classes").keySet()).containsExactly("element_0");
        assertThat(DataTableSpec.load(NodeSettings.loadFromXML(Files.newInputStream(folder.resolve("spec.xml")))))
                .isEqualTo(table.getDataTableSpec());
    }

    @ParameterizedTest
    @CsvSource({
        "00 04 52 6f 77 30 61 82 00 00 00 01 61, EOFException",
        "00 04 52 6f 77 30 61 82 00 00 00 01 61 83 00, expected the end of the rows",
        "00 04 52 6f 77 30 61 82 00 00 00 01 02 61 83, expected the end of a cell",
        "00 04 52 6f 77 30 61 82 00 00 61 83, EOFException",
        "00 04 52 6f 77 30 61 83 00 00 00 01 61 83, found number 1",
        "00 04 52 6f 77 30 61 80 61 84, expected the end of row",
        "00 02 ff ff 61 80 61 83, expected a text",
        "ff ff 7f ff ff ff ff ff ff ff 61 80 61 83, EOFException"
    })
    void refusesDamagedRows(final String bytes, final String problem) throws Exception {
        save(TestTables.of(INTS, new DefaultRow("Row0", new IntCell(1))));
        replaceData(HEX.parseHex(bytes));

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Unable to read the table in ")
                .hasStackTraceContaining(problem);
    }

    @Test
    void refusesACellThatDoesNotFitItsColumn() throws Exception {
        save(TestTables.of(INTS, new DefaultRow("Row0", new IntCell(1))));
        final NodeSettings spec = new NodeSettings("spec.xml");
        new DataTableSpec(new String[] {"Step"}, new DataType[] {StringCell.TYPE}).save(spec);
        spec.saveToXML(Files.newOutputStream(folder.resolve("spec.xml")));

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a cell of type String in column \"Step\" of row \"Row0\"");
    }

    @Test
    void refusesAMissingFileAndAnotherKindOfTable() throws Exception {
        assertThatThrownBy(this::load).isInstanceOf(IOException.class).hasMessageContaining("data.xml");
        final NodeSettings description = new NodeSettings("table_meta_info");
        description.addInt("table_ID", 1);
        description.addString("table_type", "container_table_custom");
        description.addString("table_file_name", "data.zip");
        description.saveToXML(Files.newOutputStream(folder.resolve("data.xml")));

        assertThatThrownBy(this::load)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found a \"container_table_custom\"");
    }

    @Test
    void stopsWhenCancelled() {
        final Progress progress = Progress.unwatched();
        progress.setExecuteCanceled();
        final BufferedDataTable table = TestTables.of(INTS, new DefaultRow("Row0", new IntCell(1)));

        assertThatThrownBy(() -> SavedTable.save(table, folder, new ExecutionMonitor(progress)))
                .isInstanceOf(CanceledExecutionException.class);
    }

    private BufferedDataTable saveAndLoad(final BufferedDataTable table)
            throws IOException, CanceledExecutionException {
        save(table);
        return load();
    }

    private void save(final BufferedDataTable table) throws IOException, CanceledExecutionException {
        SavedTable.save(table, folder, new ExecutionMonitor());
    }

    private BufferedDataTable load() throws IOException, CanceledExecutionException {
        return SavedTable.load(folder, new ExecutionMonitor());
    }

    private byte[] data() throws IOException {
        try (ZipFile zip = new ZipFile(folder.resolve("data.zip").toFile());
                InputStream in = new GZIPInputStream(zip.getInputStream(zip.getEntry("data.bin")))) {
            return in.readAllBytes();
        }
    }

    private NodeSettingsRO meta() throws IOException, InvalidSettingsException {
        try (ZipFile zip = new ZipFile(folder.resolve("data.zip").toFile())) {
            return NodeSettings.loadFromXML(zip.getInputStream(zip.getEntry("meta.xml")))
                    .getNodeSettings("table.meta.internal");
        }
    }

    private void replaceData(final byte[] rows) throws IOException {
        final byte[] meta;
        try (ZipFile zip = new ZipFile(folder.resolve("data.zip").toFile())) {
            meta = zip.getInputStream(zip.getEntry("meta.xml")).readAllBytes();
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(rows);
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("data.zip")))) {
            zip.putNextEntry(new ZipEntry("data.bin"));
            zip.write(bytes.toByteArray());
            zip.putNextEntry(new ZipEntry("meta.xml"));
            zip.write(meta);
        }
    }
}
