package org.gradienttape.nodes.table;

import org.gradienttape.layer.LayerSummary;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The layer summary: Layer, Type, Output shape, Parameters, Connected to, Trainable. */
public final class LayerSummaryTable {
    private LayerSummaryTable() {}

    public static DataTableSpec spec() {
        return new Columns()
                .text("Layer")
                .text("Type")
                .text("Output shape")
                .longInteger("Parameters")
                .text("Connected to")
                .truth("Trainable")
                .spec();
    }

    public static BufferedDataTable write(final LayerSummary summary, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(), exec);
        for (final LayerSummary.Row layer : summary.rows()) {
            rows.text(layer.name())
                    .text(layer.type())
                    .text(layer.output().toString())
                    .longInteger(layer.parameters())
                    .text(String.join(", ", layer.connectedTo()))
                    .truth(layer.trainable())
                    .endRow();
        }
        return rows.close();
    }
}
