package org.gradienttape.nodes.table;

import org.gradienttape.gan.GanLog;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/** The step log of two networks: Epoch, Step, Discriminator loss, Generator loss. */
public final class GanStepLogTable {
    private GanStepLogTable() {}

    public static DataTableSpec spec() {
        return new Columns()
                .integer(LogColumns.EPOCH)
                .integer(LogColumns.STEP)
                .number("Discriminator loss")
                .number("Generator loss")
                .spec();
    }

    public static BufferedDataTable write(final GanLog log, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(), exec);
        for (final GanLog.StepRow step : log.steps()) {
            rows.integer(step.epoch())
                    .integer(step.step())
                    .number(step.discriminatorLoss())
                    .number(step.generatorLoss())
                    .endRow();
        }
        return rows.close();
    }
}
