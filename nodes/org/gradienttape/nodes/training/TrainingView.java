package org.gradienttape.nodes.training;

import java.util.List;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.view.CurvesData;
import org.gradienttape.nodes.view.Logs;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What a node that trains one network shows: losses and metrics of its two logs, and what computed them. */
public final class TrainingView {
    private TrainingView() {}

    /**
     * Declares the view; the node keeps step log, epoch log and backend.
     *
     * @param title the node's name
     */
    public static DefaultView declare(final RequireViewParameters view, final String title) {
        return ViewPage.CURVES.declare(
                view,
                title,
                "Loss and metrics per step and per epoch, with those of the validation data: zoom by dragging, values at"
                        + " the cursor, smoothing, logarithmic axis; and what computed them.",
                kept -> data(kept, title));
    }

    private static CurvesData data(final PortObject[] kept, final String title) {
        return new CurvesData(title, List.of(log((BufferedDataTable) kept[0]), log((BufferedDataTable) kept[1])))
                .computedWith(kept, 2);
    }

    private static CurvesData.Log log(final BufferedDataTable table) {
        return Logs.of("Training", table, LogColumns.lossesAndMetrics(table.getDataTableSpec()));
    }
}
