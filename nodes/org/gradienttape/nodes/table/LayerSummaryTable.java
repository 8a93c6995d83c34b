package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.Network;
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

    /** Of a network without layers the only row is its input, since KNIME warns of a table without rows. */
    public static BufferedDataTable write(final Network network, final ExecutionContext exec) {
        final List<LayerSummary.Row> layers = network.nodes().isEmpty()
                ? List.of(new LayerSummary.Row(Network.INPUT, "InputLayer", network.input(), 0, List.of(), false))
                : LayerSummary.of(network).rows();
        final Rows rows = new Rows(spec(), exec);
        for (final LayerSummary.Row layer : layers) {
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
