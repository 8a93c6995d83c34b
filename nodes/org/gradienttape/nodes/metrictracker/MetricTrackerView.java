package org.gradienttape.nodes.metrictracker;

import java.util.Arrays;
import org.gradienttape.nodes.table.FollowedLog;
import org.gradienttape.nodes.view.CurvesData;
import org.gradienttape.nodes.view.Logs;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What the Metric Tracker shows: the curves of all runs over each other. */
final class MetricTrackerView {
    private static final String TITLE = "Metric Tracker";

    private MetricTrackerView() {}

    static DefaultView declare(final RequireViewParameters view) {
        return ViewPage.CURVES.declare(
                view,
                TITLE,
                "The followed columns of all runs over each other, per step and per epoch: zoom by dragging, values at"
                        + " the cursor, smoothing, logarithmic axis. A table of predictions has no curves.",
                MetricTrackerView::data);
    }

    private static CurvesData data(final PortObject[] kept) {
        return new CurvesData(
                TITLE,
                Arrays.stream(kept)
                        .map(BufferedDataTable.class::cast)
                        .map(MetricTrackerView::log)
                        .toList());
    }

    private static CurvesData.Log log(final BufferedDataTable run) {
        return Logs.of(run.getDataTableSpec().getName(), run, FollowedLog.columns(run.getDataTableSpec()));
    }
}
