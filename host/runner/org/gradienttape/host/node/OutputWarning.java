package org.gradienttape.host.node;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/** Warnings that the outputs of a node call for by themselves. */
final class OutputWarning {

    private OutputWarning() {}

    /** A table that configure announced differently, or only empty tables. */
    static Optional<String> of(final PortObject[] outputs, final PortObjectSpec[] configuredSpecs) {
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] instanceof BufferedDataTable table
                    && configuredSpecs[i] instanceof DataTableSpec announced
                    && !columns(announced).equals(columns(table.getDataTableSpec()))) {
                return Optional.of("The table at output " + (i + 1) + " has the columns "
                        + columns(table.getDataTableSpec()) + ", but configure announced " + columns(announced) + ".");
            }
        }
        return emptyTables(outputs);
    }

    private static Optional<String> emptyTables(final PortObject[] outputs) {
        final List<BufferedDataTable> tables = Stream.of(outputs)
                .filter(BufferedDataTable.class::isInstance)
                .map(BufferedDataTable.class::cast)
                .toList();
        if (tables.isEmpty() || tables.stream().anyMatch(table -> table.size() > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                tables.size() == 1
                        ? "Node created an empty data table."
                        : "Node created empty data tables on all out-ports.");
    }

    private static List<String> columns(final DataTableSpec spec) {
        return spec.stream().map(OutputWarning::column).toList();
    }

    private static String column(final DataColumnSpec column) {
        return column.getName() + " (" + column.getType() + ")";
    }
}
