package org.gradienttape.testflows;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** KNIME's Table Difference Checker: fails if the first table is not the second one. */
final class TableDifferenceChecker extends KnimeNode {
    static final String FACTORY = "org.knime.testing.internal.nodes.differ.DifferenceCheckerNodeFactory";
    static final String COLUMN = "columnConfig_";

    private final Map<String, Checker> checkers = new LinkedHashMap<>();
    private boolean ignoreRowIds;

    @Override
    void read(final NodeSettingsRO model) throws InvalidSettingsException {
        ignoreRowIds = model.getBoolean("ignoreRowIds");
        checkers.clear();
        for (final String key : model.keySet()) {
            if (key.startsWith(COLUMN)) {
                checkers.put(key.substring(COLUMN.length()), Checker.load(model.getNodeSettings(key)));
            }
        }
    }

    @Override
    public List<PortType> inputs() {
        return List.of(BufferedDataTable.TYPE, BufferedDataTable.TYPE);
    }

    @Override
    public List<PortType> outputs() {
        return List.of();
    }

    @Override
    public Configured configure(final PortObjectSpec[] inputs) throws InvalidSettingsException {
        for (final DataColumnSpec column : (DataTableSpec) inputs[1]) {
            if (!checkers.containsKey(column.getName())) {
                throw new InvalidSettingsException("No checker configured for column '" + column.getName() + "'");
            }
        }
        return new Configured(new PortObjectSpec[0], Optional.empty());
    }

    @Override
    public Executed execute(final PortObject[] inputs, final PortObjectSpec[] specs, final ExecutionContext context)
            throws NodeFailure {
        final BufferedDataTable found = (BufferedDataTable) inputs[0];
        final BufferedDataTable expected = (BufferedDataTable) inputs[1];
        compareSpecs(expected.getDataTableSpec(), found.getDataTableSpec());
        if (found.size() != expected.size()) {
            throw new NodeFailure("Wrong number of rows: expected " + expected.size() + ", got " + found.size());
        }
        final Iterator<DataRow> foundRows = found.iterator();
        for (final DataRow row : expected) {
            compareRows(expected.getDataTableSpec(), row, foundRows.next());
        }
        return new Executed(new PortObject[0], Optional.empty(), Optional.empty());
    }

    private void compareSpecs(final DataTableSpec expected, final DataTableSpec found) throws NodeFailure {
        if (!names(expected).equals(names(found))) {
            throw new NodeFailure("Expected the columns " + names(expected) + ", got " + names(found));
        }
        for (int i = 0; i < expected.getNumColumns(); i++) {
            final DataColumnSpec column = expected.getColumnSpec(i);
            final DataColumnSpec other = found.getColumnSpec(i);
            if (!column.getType().equals(other.getType())) {
                throw new NodeFailure("Expected type '" + column.getType() + "' for column " + column.getName()
                        + " in test table, got '" + other.getType() + "'");
            }
            compareDomains(column.getName(), column.getDomain(), other.getDomain());
        }
    }

    private static List<String> names(final DataTableSpec spec) {
        return List.of(spec.getColumnNames());
    }

    private void compareDomains(final String name, final DataColumnDomain expected, final DataColumnDomain found)
            throws NodeFailure {
        final Checker checker = checkers.get(name);
        if (checker instanceof Checker.Ignored || expected.equals(found)) {
            return;
        }
        if (expected.hasValues() != found.hasValues()
                || expected.hasValues()
                        && !new HashSet<>(expected.getValues()).equals(new HashSet<>(found.getValues()))) {
            throw new NodeFailure("Wrong possible values in column '" + name + "': expected " + expected.getValues()
                    + ", got " + found.getValues());
        }
        compareCells("lower bound of column '" + name + "'", checker, expected.getLowerBound(), found.getLowerBound());
        compareCells("upper bound of column '" + name + "'", checker, expected.getUpperBound(), found.getUpperBound());
    }

    private void compareRows(final DataTableSpec spec, final DataRow expected, final DataRow found) throws NodeFailure {
        if (!ignoreRowIds && !expected.getKey().equals(found.getKey())) {
            throw new NodeFailure("Wrong row key: expected '" + expected.getKey() + "', got '" + found.getKey() + "'");
        }
        for (int i = 0; i < spec.getNumColumns(); i++) {
            final String name = spec.getColumnSpec(i).getName();
            final Checker checker = checkers.get(name);
            if (!(checker instanceof Checker.Ignored)) {
                compareCells(
                        "row '" + expected.getKey() + "' and column '" + name + "'",
                        checker,
                        expected.getCell(i),
                        found.getCell(i));
            }
        }
    }

    private static void compareCells(
            final String place, final Checker checker, final DataCell expected, final DataCell found)
            throws NodeFailure {
        final boolean none = expected == null || expected.isMissing();
        if (none != (found == null || found.isMissing())) {
            throw new NodeFailure("Wrong value in " + place + ": expected '" + expected + "', got '" + found + "'");
        }
        final Optional<String> difference = none ? Optional.empty() : checker.difference(expected, found);
        if (difference.isPresent()) {
            throw new NodeFailure("Wrong value in " + place + ": " + difference.get());
        }
    }
}
