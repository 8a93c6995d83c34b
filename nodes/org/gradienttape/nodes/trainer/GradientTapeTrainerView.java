package org.gradienttape.nodes.trainer;

import java.util.List;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.view.CurvesData;
import org.gradienttape.nodes.view.Logs;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What the GradientTape Trainer shows: losses and metrics of its two logs. */
final class GradientTapeTrainerView {
    private static final String TITLE = "GradientTape Trainer";

    private GradientTapeTrainerView() {}

    static DefaultView declare(final RequireViewParameters view) {
        return ViewPage.CURVES.declare(
                view,
                TITLE,
                "Loss and metrics per step and per epoch, with those of the validation data: zoom by dragging, values at"
                        + " the cursor, smoothing, logarithmic axis; and what computed them.",
                GradientTapeTrainerView::data);
    }

    private static CurvesData data(final PortObject[] kept) {
        return new CurvesData(TITLE, List.of(log((BufferedDataTable) kept[0]), log((BufferedDataTable) kept[1])))
                .computedWith(kept, 2);
    }

    private static CurvesData.Log log(final BufferedDataTable table) {
        return Logs.of("Training", table, LogColumns.lossesAndMetrics(table.getDataTableSpec()));
    }
}
