package org.gradienttape.testflows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** KNIME's Table Creator: a table whose cells stand in the settings; a cell without an entry is missing. */
final class TableCreator extends KnimeNode {
    static final String FACTORY = "org.knime.base.node.io.tablecreator.TableCreator2NodeFactory";

    private final List<DataColumnSpec> columns = new ArrayList<>();
    private String[][] cells = {};
    private String prefix = "Row";
    private String suffix = "";
    private int start;

    @Override
    void read(final NodeSettingsRO model) throws InvalidSettingsException {
        prefix = model.getString("rowIdPrefix");
        suffix = model.getString("rowIdSuffix");
        start = model.getInt("rowIdStartValue");
        model.getBoolean("highlightOutputTable");
        readColumns(model.getNodeSettings("columnProperties"));
        final int[] rows = model.getIntArray("rowIndices");
        final int[] places = model.getIntArray("columnIndices");
        final String[] values = model.getStringArray("values");
        if (rows.length != values.length || places.length != values.length) {
            throw new InvalidSettingsException("Each value needs a row and a column.");
        }
        cells = new String[Arrays.stream(rows).max().orElse(-1) + 1][columns.size()];
        for (int i = 0; i < values.length; i++) {
            // KNIME goes through the values only once
            if (i > 0 && rows[i] * columns.size() + places[i] <= rows[i - 1] * columns.size() + places[i - 1]) {
                throw new InvalidSettingsException("The values must be in the order of rows and columns.");
            }
            cells[rows[i]][places[i]] = values[i];
        }
    }

    private void readColumns(final NodeSettingsRO all) throws InvalidSettingsException {
        columns.clear();
        for (int i = 0; i < all.keySet().size(); i++) {
            final NodeSettingsRO column = all.getNodeSettings(Integer.toString(i));
            column.getBoolean("UserSetValues");
            if (column.getBoolean("ReadPossValsFromFile") || column.getBoolean("SkipThisColumn")) {
                throw new InvalidSettingsException("No column is left out here.");
            }
            if (!column.getString("MissValuePattern").isEmpty()) {
                throw new InvalidSettingsException("An empty cell is missing, nothing else.");
            }
            columns.add(new DataColumnSpecCreator(
                            column.getString("ColumnName"), DataType.load(column.getNodeSettings("ColumnClass")))
                    .createSpec());
        }
    }

    private DataTableSpec spec() {
        return new DataTableSpec("default", columns.toArray(DataColumnSpec[]::new));
    }

    @Override
    public List<PortType> inputs() {
        return List.of();
    }

    @Override
    public List<PortType> outputs() {
        return List.of(BufferedDataTable.TYPE);
    }

    @Override
    public Configured configure(final PortObjectSpec[] inputs) {
        return new Configured(new PortObjectSpec[] {spec()}, Optional.empty());
    }

    @Override
    public Executed execute(final PortObject[] inputs, final PortObjectSpec[] specs, final ExecutionContext context) {
        final BufferedDataContainer container = context.createDataContainer(spec());
        for (int row = 0; row < cells.length; row++) {
            final DataCell[] made = new DataCell[columns.size()];
            for (int i = 0; i < made.length; i++) {
                made[i] = cell(columns.get(i).getType(), cells[row][i]);
            }
            container.addRowToTable(new DefaultRow(prefix + (row + start) + suffix, made));
        }
        container.close();
        return new Executed(new PortObject[] {container.getTable()}, Optional.empty(), Optional.empty());
    }

    private static DataCell cell(final DataType type, final String value) {
        if (value == null || value.isEmpty()) {
            return DataType.getMissingCell();
        } else if (type.equals(IntCell.TYPE)) {
            return new IntCell(Integer.parseInt(value));
        } else if (type.equals(LongCell.TYPE)) {
            return new LongCell(Long.parseLong(value));
        } else if (type.equals(DoubleCell.TYPE)) {
            return new DoubleCell(Double.parseDouble(value));
        } else if (type.equals(BooleanCell.TYPE)) {
            return BooleanCell.get(Boolean.parseBoolean(value));
        } else if (type.equals(StringCell.TYPE)) {
            return new StringCell(value);
        }
        throw new IllegalStateException("The Table Creator makes no cells of the type " + type + ".");
    }
}
