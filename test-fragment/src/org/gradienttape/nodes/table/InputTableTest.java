package org.gradienttape.nodes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.source.TableRows.Cursor;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.TableText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;

class InputTableTest {
    private static final DataTableSpec SPEC = new DataTableSpec(
            new DataColumnSpecCreator("picture", PNGImageContent.TYPE).createSpec(),
            new DataColumnSpecCreator("size", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("name", StringCell.TYPE).createSpec(),
            new DataColumnSpecCreator("count", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("id", LongCell.TYPE).createSpec(),
            new DataColumnSpecCreator("sold", BooleanCell.TYPE).createSpec());

    private final FileStores stores = new FileStores();

    @AfterEach
    void close() throws IOException {
        stores.close();
    }

    @Test
    void columnsOfNumbersAndTextAreSeenAndOthersAreNot() {
        final InputTable table = new InputTable(TableText.table(stores, SPEC), "the input table");

        assertThat(table.name()).isEqualTo("the input table");
        assertThat(table.columns())
                .containsExactly(
                        new Column("size", Kind.NUMBER),
                        new Column("name", Kind.TEXT),
                        new Column("count", Kind.NUMBER),
                        new Column("id", Kind.NUMBER),
                        new Column("sold", Kind.NUMBER));
    }

    @Test
    void everyKindOfCellIsReadAndMissingOnesAreNeitherNumberNorText() throws IOException {
        final DataCell missing = DataType.getMissingCell();
        final InputTable table = new InputTable(
                table(
                        List.of(
                                missing,
                                new DoubleCell(0.5),
                                new StringCell(" a rose "),
                                new IntCell(-3),
                                new LongCell(1L << 40),
                                BooleanCell.TRUE),
                        List.of(missing, missing, missing, missing, missing, missing)),
                "the input table");

        try (Cursor row = table.open()) {
            assertThat(row.fraction()).isZero();
            assertThat(row.next()).isTrue();
            assertThat(row.place()).isEqualTo("Row \"Row0\"");
            assertThat(row.fraction()).isEqualTo(0.5);
            assertThat(row.number(0)).isEqualTo(0.5);
            assertThat(row.text(1)).isEqualTo(" a rose ");
            assertThat(row.number(2)).isEqualTo(-3);
            assertThat(row.number(3)).isEqualTo(1L << 40);
            assertThat(row.number(4)).isEqualTo(1);
            assertThat(row.next()).isTrue();
            assertThat(row.place()).isEqualTo("Row \"Row1\"");
            assertThat(row.number(0)).isNaN();
            assertThat(row.text(1)).isNull();
            assertThat(row.number(2)).isNaN();
            assertThat(row.number(3)).isNaN();
            assertThat(row.number(4)).isNaN();
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void rowsCanBeReadTwice() throws IOException {
        final InputTable table = new InputTable(TableText.table(stores, "a int", "1", "2"), "the input table");
        for (int pass = 0; pass < 2; pass++) {
            final List<Double> numbers = new ArrayList<>();
            try (Cursor row = table.open()) {
                while (row.next()) {
                    numbers.add(row.number(0));
                }
            }
            assertThat(numbers).containsExactly(1.0, 2.0);
        }
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedByName() {
        assertThatThrownBy(() -> InputTable.check(SPEC, List.of("size", "picture"), "the input table"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The column \"picture\" of the input table should hold numbers or text, but it holds "
                        + PNGImageContent.TYPE + "; convert it, or leave it out.");
        assertThatCode(() -> InputTable.check(SPEC, List.of("size", "name", "elsewhere"), "the input table"))
                .doesNotThrowAnyException();
    }

    @SafeVarargs
    private BufferedDataTable table(final List<DataCell>... rows) {
        final BufferedDataContainer container =
                new HostExecutionContext(Progress.unwatched(), stores.create()).createDataContainer(SPEC);
        for (int i = 0; i < rows.length; i++) {
            container.addRowToTable(new DefaultRow("Row" + i, rows[i].toArray(DataCell[]::new)));
        }
        container.close();
        return container.getTable();
    }
}
