package org.gradienttape.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** Tables as text, so that tests can say in one line what they expect; "?" is a missing cell. */
public final class TableText {
    private TableText() {}

    /** For example "Epoch int". */
    public static List<String> columns(final DataTableSpec spec) {
        final List<String> columns = new ArrayList<>();
        for (final DataColumnSpec column : spec) {
            columns.add(column.getName() + " " + typeName(column.getType()));
        }
        return columns;
    }

    /** For example "0 | 200 | ?". */
    public static List<String> rows(final BufferedDataTable table) {
        final List<String> rows = new ArrayList<>();
        try (CloseableRowIterator iterator = table.iterator()) {
            while (iterator.hasNext()) {
                final List<String> cells = new ArrayList<>();
                for (final DataCell cell : iterator.next()) {
                    cells.add(cell.isMissing() ? "?" : cell.toString());
                }
                rows.add(String.join(" | ", cells));
            }
        }
        return rows;
    }

    /** One column of numbers. */
    public static List<Double> numbers(final BufferedDataTable table, final String column) {
        final int index = table.getDataTableSpec().findColumnIndex(column);
        return rows(table).stream()
                .map(row -> Double.valueOf(row.split(" \\| ")[index]))
                .collect(Collectors.toList());
    }

    /**
     * A table from text.
     *
     * @param columns as {@link #columns} gives them
     * @param rows as {@link #rows} gives them
     */
    public static BufferedDataTable table(final FileStores stores, final String columns, final String... rows) {
        final String[] names = columns.split(", ");
        final DataColumnSpec[] specs = new DataColumnSpec[names.length];
        for (int i = 0; i < names.length; i++) {
            final int space = names[i].lastIndexOf(' ');
            specs[i] = new DataColumnSpecCreator(names[i].substring(0, space), type(names[i].substring(space + 1)))
                    .createSpec();
        }
        return table(stores, new DataTableSpec(specs), rows);
    }

    /** A table with columns that know more than their type. */
    public static BufferedDataTable table(final FileStores stores, final DataTableSpec spec, final String... rows) {
        final ExecutionContext exec = new HostExecutionContext(Progress.unwatched(), stores.create());
        final BufferedDataContainer container = exec.createDataContainer(spec);
        for (int i = 0; i < rows.length; i++) {
            container.addRowToTable(row(i, rows[i].split(" \\| "), spec));
        }
        container.close();
        return container.getTable();
    }

    private static DataRow row(final int number, final String[] texts, final DataTableSpec spec) {
        final DataCell[] cells = new DataCell[texts.length];
        for (int i = 0; i < texts.length; i++) {
            cells[i] = cell(texts[i], typeName(spec.getColumnSpec(i).getType()));
        }
        return new DefaultRow(RowKey.createRowKey((long) number), cells);
    }

    private static DataCell cell(final String text, final String type) {
        if (text.equals("?")) {
            return DataType.getMissingCell();
        }
        return switch (type) {
            case "int" -> new IntCell(Integer.parseInt(text));
            case "long" -> new LongCell(Long.parseLong(text));
            case "double" -> new DoubleCell(Double.parseDouble(text));
            case "boolean" -> BooleanCell.get(Boolean.parseBoolean(text));
            default -> new StringCell(text);
        };
    }

    private static DataType type(final String name) {
        return switch (name) {
            case "int" -> IntCell.TYPE;
            case "long" -> LongCell.TYPE;
            case "double" -> DoubleCell.TYPE;
            case "boolean" -> BooleanCell.TYPE;
            default -> StringCell.TYPE;
        };
    }

    private static String typeName(final DataType type) {
        final String cell = type.getCellClass().getSimpleName();
        return cell.substring(0, cell.length() - "Cell".length()).toLowerCase(Locale.ROOT);
    }
}
