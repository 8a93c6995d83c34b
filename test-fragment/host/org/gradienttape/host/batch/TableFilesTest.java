package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;

class TableFilesTest {

    @TempDir
    private Path folder;

    @Test
    void everyTypeOfCellHasItsText() throws IOException {
        write(
                List.of(
                        column("Int", IntCell.TYPE),
                        column("Long", LongCell.TYPE),
                        column("Double", DoubleCell.TYPE),
                        column("Boolean", BooleanCell.TYPE),
                        column("Text", StringCell.TYPE)),
                new IntCell(-1),
                new LongCell(5_000_000_000L),
                new DoubleCell(0.1),
                BooleanCell.TRUE,
                new StringCell("plain"));

        assertThat(csv()).isEqualTo("Int,Long,Double,Boolean,Text\n-1,5000000000,0.1,true,plain\n");
    }

    @Test
    void doublesCanBeReadBackExactly() throws IOException {
        write(
                List.of(column("A", DoubleCell.TYPE), column("B", DoubleCell.TYPE), column("C", DoubleCell.TYPE)),
                new DoubleCell(1.0 / 3.0),
                new DoubleCell(Double.NaN),
                new DoubleCell(1e-300));

        assertThat(csv()).isEqualTo("A,B,C\n0.3333333333333333,NaN,1.0E-300\n");
    }

    @Test
    void textsAreQuotedWhereTheyMustBeAndMissingCellsAreEmpty() throws IOException {
        write(
                List.of(column("A, B", StringCell.TYPE), column("C", StringCell.TYPE), column("D", IntCell.TYPE)),
                new StringCell("one, \"two\""),
                new StringCell("line\nbreak"),
                DataType.getMissingCell());

        assertThat(csv()).isEqualTo("\"A, B\",C,D\n\"one, \"\"two\"\"\",\"line\nbreak\",\n");
    }

    @Test
    void anEmptyTableIsItsHeader() throws IOException {
        write(List.of(column("A", IntCell.TYPE)));

        assertThat(csv()).isEqualTo("A\n");
    }

    @Test
    void nothingElseIsLeftInTheFolder() throws IOException {
        write(List.of(column("A", IntCell.TYPE)), new IntCell(1));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("Node (#1)_1.csv"));
        }
    }

    private void write(final List<DataColumnSpec> columns, final DataCell... row) throws IOException {
        new TableFiles(folder, "Node (#1)_1")
                .write(table(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)), row));
    }

    private static BufferedDataTable table(final DataTableSpec spec, final DataCell... row) {
        final BufferedDataContainer rows =
                new HostExecutionContext(Progress.unwatched(), new FileStores().create()).createDataContainer(spec);
        if (row.length > 0) {
            rows.addRowToTable(new DefaultRow(new RowKey("Row0"), row));
        }
        rows.close();
        return rows.getTable();
    }

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    private String csv() throws IOException {
        return Files.readString(folder.resolve("Node (#1)_1.csv"));
    }
}
