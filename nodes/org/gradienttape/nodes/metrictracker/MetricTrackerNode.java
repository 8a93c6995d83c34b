package org.gradienttape.nodes.metrictracker;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.analysis.Series;
import org.gradienttape.analysis.SeriesAnalysis;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.table.LogReader;
import org.gradienttape.nodes.table.MetricsTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Metric Tracker does. */
final class MetricTrackerNode {
    private MetricTrackerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final MetricTrackerNodeParameters parameters = in.getParameters();
        parameters.validate();
        for (final DataTableSpec spec : in.getInTableSpecs()) {
            EngineCall.configuring(() -> parameters.columnsOf(spec));
        }
        out.setOutSpec(0, MetricsTable.spec());
        out.setOutSpec(1, new ImagePortObjectSpec(PNGImageContent.TYPE));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MetricTrackerNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final List<Curves> runs = new ArrayList<>();
        for (final BufferedDataTable table : in.getInTables()) {
            final String name = runs.isEmpty() ? parameters.firstRun : parameters.secondRun;
            final List<String> columns = EngineCall.executing(() -> parameters.columnsOf(table.getDataTableSpec()));
            runs.add(new Curves(name, LogReader.read(table, columns, exec)));
        }
        final List<MetricsTable.Run> reports = EngineCall.executing(() -> analyse(runs, parameters));
        out.setOutData(0, MetricsTable.write(reports, parameters.detail(), exec));
        final String axisTitle = LogReader.axisTitle(in.getInTable(0).getDataTableSpec());
        final byte[] png =
                Curves.chart(runs, parameters.chartTitle, axisTitle).png(parameters.chartWidth, parameters.chartHeight);
        out.setOutData(1, new ImagePortObject(new PNGImageContent(png), new ImagePortObjectSpec(PNGImageContent.TYPE)));
    }

    private static List<MetricsTable.Run> analyse(
            final List<Curves> runs, final MetricTrackerNodeParameters parameters) {
        final List<MetricsTable.Run> reports = new ArrayList<>();
        for (final Curves run : runs) {
            final List<Series> series = run.series();
            reports.add(new MetricsTable.Run(run.name(), SeriesAnalysis.of(series, parameters.analysisConfig())));
        }
        return reports;
    }
}
