package org.gradienttape.host.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.gradienttape.host.api.table.DuplicateRowKeyException;
import org.gradienttape.host.api.table.TableDomains;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;

/** The refusals and domains are those of KNIME 5.9.0. */
class BufferedDataContainerTest {
    private static final DataTableSpec SPEC =
            new DataTableSpec(new String[] {"Loss", "Name"}, new DataType[] {DoubleCell.TYPE, StringCell.TYPE});

    private final BufferedDataContainer container = TestTables.context().createDataContainer(SPEC);

    @Test
    void givesTheRowsInTheirOrder() {
        add("Row1", new DoubleCell(0.5), new StringCell("b"));
        add("Row0", new IntCell(2), DataType.getMissingCell());
        container.close();

        final BufferedDataTable table = container.getTable();

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.getSummary()).isEqualTo("Rows: 2, Cols: 2");
        assertThat(table)
                .containsExactly(
                        new DefaultRow("Row1", new DoubleCell(0.5), new StringCell("b")),
                        new DefaultRow("Row0", new IntCell(2), DataType.getMissingCell()));
    }

    @Test
    void refusesADuplicateKey() {
        add("Row0", new DoubleCell(1), new StringCell(""));

        assertThatThrownBy(() -> add("Row0", new DoubleCell(2), new StringCell("")))
                .isInstanceOf(DuplicateRowKeyException.class)
                .hasMessage("Encountered duplicate row ID \"Row0\"");
    }

    @Test
    void refusesAWrongNumberOfCells() {
        assertThatThrownBy(() -> add("Row0", new DoubleCell(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Row0")
                .hasMessageContaining("1 vs. 2");
    }

    @Test
    void refusesACellThatDoesNotFit() {
        assertThatThrownBy(() -> add("Row0", new DoubleCell(1), new IntCell(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"7\" (index 1) in row \"Row0\" is Number (Integer)");
    }

    @Test
    void refusesRowsOnceClosedAndTheTableBefore() {
        assertThatThrownBy(container::getTable).isInstanceOf(IllegalStateException.class);
        container.close();

        assertThat(container.isClosed()).isTrue();
        assertThatThrownBy(() -> add("Row0", new DoubleCell(1), new StringCell("")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void computesTheDomains() {
        add("Row0", new DoubleCell(3), new StringCell("b"));
        add("Row1", new DoubleCell(Double.NaN), new StringCell("a"));
        add("Row2", DataType.getMissingCell(), new StringCell("b"));
        add("Row3", new DoubleCell(-1), DataType.getMissingCell());
        container.close();

        final DataTableSpec spec = container.getTable().getDataTableSpec();
        final DataColumnDomain loss = spec.getColumnSpec("Loss").getDomain();
        final DataColumnDomain name = spec.getColumnSpec("Name").getDomain();

        assertThat(loss.getLowerBound()).isEqualTo(new DoubleCell(-1));
        assertThat(loss.getUpperBound()).isEqualTo(new DoubleCell(3));
        assertThat(loss.hasValues()).isFalse();
        assertThat(name.getValues()).containsExactly(new StringCell("b"), new StringCell("a"));
        assertThat(name.hasBounds()).isFalse();
    }

    @Test
    void listsNoValuesOfAColumnWithMoreThanSixty() {
        for (int i = 0; i < 60; i++) {
            add("Row" + i, new DoubleCell(i), new StringCell("v" + i));
        }
        final TableDomains sixty = new TableDomains(SPEC);
        for (int i = 0; i < 60; i++) {
            sixty.add(new DefaultRow("Row" + i, new DoubleCell(i), new StringCell("v" + i)));
        }
        add("Row60", new DoubleCell(60), new StringCell("v60"));
        container.close();

        assertThat(sixty.spec().getColumnSpec("Name").getDomain().getValues()).hasSize(60);
        assertThat(container.getTableSpec().getColumnSpec("Name").getDomain().hasValues())
                .isFalse();
    }

    @Test
    void aBooleanColumnHasBoundsAndValues() {
        final DataTableSpec spec = new DataTableSpec(new String[] {"Good"}, new DataType[] {BooleanCell.TYPE});

        final DataColumnDomain domain = TestTables.of(spec, new DefaultRow("Row0", BooleanCell.TRUE))
                .getSpec()
                .getColumnSpec(0)
                .getDomain();

        assertThat(domain.getLowerBound()).isEqualTo(BooleanCell.TRUE);
        assertThat(domain.getValues()).containsExactly(BooleanCell.TRUE);
    }

    @Test
    void aClosedIteratorHasNoMoreRows() {
        add("Row0", new DoubleCell(1), new StringCell(""));
        container.close();

        final CloseableRowIterator rows = container.getTable().iterator();
        assertThat(rows.hasNext()).isTrue();
        rows.close();
        assertThat(rows.hasNext()).isFalse();
        assertThatThrownBy(rows::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void everyTableHasItsOwnId() {
        assertThat(TestTables.of(SPEC).getBufferedTableId())
                .isNotEqualTo(TestTables.of(SPEC).getBufferedTableId());
    }

    private void add(final String key, final DataCell... cells) {
        container.addRowToTable(new DefaultRow(new RowKey(key), cells));
    }
}
