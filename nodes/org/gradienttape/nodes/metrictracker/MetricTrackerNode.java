package org.gradienttape.nodes.metrictracker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.analysis.SeriesAnalysis;
import org.gradienttape.analysis.SeriesReport;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.log.FollowedLog;
import org.gradienttape.nodes.log.KeptPoints;
import org.gradienttape.nodes.log.LogCurves;
import org.gradienttape.nodes.log.LogReader;
import org.gradienttape.nodes.log.MetricsTable;
import org.gradienttape.nodes.prediction.KeptScores;
import org.gradienttape.nodes.prediction.PredictionColumns;
import org.gradienttape.nodes.prediction.PredictionReader;
import org.gradienttape.nodes.prediction.ScoresTable;
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
        if (in.getInTableSpecs().length > 1 && parameters.firstRun.equals(parameters.secondRun)) {
            throw new InvalidSettingsException("The two runs need different names, but both are called \""
                    + parameters.firstRun + "\"; change one of them.");
        }
        for (final DataTableSpec spec : in.getInTableSpecs()) {
            EngineCall.configuring(() ->
                    parameters.isLog() ? parameters.columnsOf(spec) : List.of(parameters.predictions.columnsOf(spec)));
        }
        out.setOutSpec(0, parameters.isLog() ? MetricsTable.spec() : ScoresTable.spec());
        out.setOutSpec(1, new ImagePortObjectSpec(PNGImageContent.TYPE));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MetricTrackerNodeParameters parameters = in.getParameters();
        final byte[] png = parameters.isLog() ? followLogs(in, out) : scorePredictions(in, out);
        out.setOutData(1, new ImagePortObject(new PNGImageContent(png), new ImagePortObjectSpec(PNGImageContent.TYPE)));
    }

    /** Fills the table and returns the chart. */
    private static byte[] followLogs(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MetricTrackerNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final List<Curves> runs = new ArrayList<>();
        final List<LogCurves> logs = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final List<BufferedDataTable> kept = new ArrayList<>();
        for (final BufferedDataTable table : in.getInTables()) {
            final String name = runs.isEmpty() ? parameters.firstRun : parameters.secondRun;
            final List<String> columns = EngineCall.executing(() -> parameters.columnsOf(table.getDataTableSpec()));
            final LogCurves log = LogReader.read(table, columns, exec);
            logs.add(log);
            log.warning(name).ifPresent(warnings::add);
            runs.add(new Curves(name, log.series()));
            kept.add(FollowedLog.write(name, table, columns, exec));
        }
        warn(warnings, out);
        out.setInternalData(kept.toArray(BufferedDataTable[]::new));
        final List<MetricsTable.Run> reports = EngineCall.executing(() -> analyse(runs, logs, parameters));
        out.setOutData(0, MetricsTable.write(reports, parameters.detail(), exec));
        return Curves.chart(runs, parameters.chartTitle, LogCurves.axisTitle(logs.stream()))
                .png(parameters.chartWidth, parameters.chartHeight);
    }

    /** Fills the table and returns the chart. */
    private static byte[] scorePredictions(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final MetricTrackerNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final ScoredRuns scored = new ScoredRuns(parameters.predictions);
        final List<String> warnings = new ArrayList<>();
        try {
            for (final BufferedDataTable table : in.getInTables()) {
                final String name = scored.runs().isEmpty() ? parameters.firstRun : parameters.secondRun;
                final PredictionColumns columns = parameters.predictions.columnsOf(table.getDataTableSpec());
                final PredictionReader reader = new PredictionReader(table, columns, exec);
                scored.add(name, reader);
                warnings.addAll(reader.warnings(name));
            }
        } catch (final InvalidInputException e) {
            throw new KNIMEException(e.getMessage(), e);
        }
        warn(warnings, out);
        out.setInternalData(scored.runs().stream()
                .flatMap(
                        run -> Stream.of(KeptScores.write(run, exec), KeptPoints.write(run.name(), run.points(), exec)))
                .toArray(BufferedDataTable[]::new));
        out.setOutData(0, ScoresTable.write(scored.runs(), exec));
        return scored.chart(parameters.chartTitle, parameters.chartWidth, parameters.chartHeight);
    }

    private static void warn(final List<String> warnings, final ExecuteOutput out) {
        if (!warnings.isEmpty()) {
            out.setWarningMessage(String.join("\n", warnings));
        }
    }

    private static List<MetricsTable.Run> analyse(
            final List<Curves> runs, final List<LogCurves> logs, final MetricTrackerNodeParameters parameters) {
        final List<MetricsTable.Run> reports = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            final boolean hasEpochs = logs.get(run).hasEpochs();
            final List<SeriesReport> series = SeriesAnalysis.of(logs.get(run).series(), parameters.analysisConfig());
            reports.add(new MetricsTable.Run(
                    runs.get(run).name(),
                    series.stream()
                            .map(report -> hasEpochs ? report : report.withoutEpochs())
                            .toList()));
        }
        return reports;
    }
}
