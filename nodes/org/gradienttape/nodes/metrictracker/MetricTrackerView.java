package org.gradienttape.nodes.metrictracker;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.nodes.log.FollowedLog;
import org.gradienttape.nodes.prediction.KeptScores;
import org.gradienttape.nodes.view.CurvesData;
import org.gradienttape.nodes.view.Logs;
import org.gradienttape.nodes.view.Scores;
import org.gradienttape.nodes.view.ScoresData;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What the Metric Tracker shows: the curves of all runs over each other, or the scores of predictions. */
final class MetricTrackerView {
    private static final String TITLE = "Metric Tracker";

    private MetricTrackerView() {}

    static DefaultView declare(final RequireViewParameters view) {
        return ViewPage.CURVES_OR_SCORES.declare(
                view,
                TITLE,
                "The followed columns of all runs over each other, per step and per epoch: zoom by dragging, values at"
                        + " the cursor, smoothing, logarithmic axis. Of predictions: the metrics with their confidence"
                        + " intervals and the confusion matrix, or of numbers the predicted against the true ones and the residuals, of the whole table or of one"
                        + " group.",
                MetricTrackerView::data);
    }

    private static Object data(final PortObject[] kept) {
        final List<BufferedDataTable> tables =
                Arrays.stream(kept).map(BufferedDataTable.class::cast).toList();
        return KeptScores.isKept(tables.get(0).getDataTableSpec())
                ? new ScoresData(TITLE, Scores.of(tables))
                : new CurvesData(
                        TITLE, tables.stream().flatMap(MetricTrackerView::logs).toList());
    }

    private static Stream<CurvesData.Log> logs(final BufferedDataTable run) {
        return Logs.withMeans(run.getDataTableSpec().getName(), run, FollowedLog.columns(run.getDataTableSpec()))
                .stream();
    }
}
