package org.gradienttape.nodes.log;

import java.util.List;
import java.util.Locale;
import org.gradienttape.analysis.SeriesReport;
import org.gradienttape.analysis.SeriesReport.EpochSummary;
import org.gradienttape.analysis.SeriesReport.Summary;
import org.gradienttape.analysis.Verdict;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.table.Rows;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * What the Metric Tracker found: one row per run and series over the whole log, where the Epoch is missing, and, if asked
 * for, one row per epoch, where best epoch, trend and verdict are missing. A log
 * without epochs has neither rows for them nor a best one.
 */
public final class MetricsTable {
    /** How many rows a series gets. */
    public enum Detail {
        WHOLE_LOG,
        EACH_EPOCH
    }

    /**
     * One analysed log.
     *
     * @param name of the run
     * @param series what its columns say
     */
    public record Run(String name, List<SeriesReport> series) {
        public Run {
            series = List.copyOf(series);
        }
    }

    private MetricsTable() {}

    public static DataTableSpec spec() {
        return new Columns()
                .text("Run")
                .text("Series")
                .integer(LogColumns.EPOCH)
                .integer("Points")
                .number("Last")
                .number("Mean")
                .number("Min")
                .number("Max")
                .number("Moving average")
                .integer("Best epoch")
                .number("Trend")
                .number("Trend low")
                .number("Trend high")
                .text("Verdict")
                .spec();
    }

    public static BufferedDataTable write(final List<Run> runs, final Detail detail, final ExecutionContext exec) {
        final Rows rows = new Rows(spec(), exec);
        for (final Run run : runs) {
            for (final SeriesReport report : run.series()) {
                if (detail == Detail.EACH_EPOCH) {
                    report.epochs().forEach(epoch -> writeEpoch(run.name(), report.name(), epoch, rows));
                }
                writeWhole(run.name(), report, rows);
            }
        }
        return rows.close();
    }

    private static void writeEpoch(final String run, final String series, final EpochSummary epoch, final Rows rows) {
        rows.text(run).text(series).integer(epoch.epoch());
        writeSummary(epoch.summary(), epoch.movingAverage(), rows);
        rows.missing().missing().missing().missing().missing().endRow();
    }

    private static void writeWhole(final String run, final SeriesReport report, final Rows rows) {
        rows.text(run).text(report.name()).missing();
        writeSummary(report.all(), report.movingAverage(), rows);
        rows.integer(report.bestEpoch())
                .numberOrMissing(report.trend().slope())
                .numberOrMissing(report.trend().low())
                .numberOrMissing(report.trend().high());
        writeVerdict(report.verdict(), rows);
        rows.endRow();
    }

    private static void writeSummary(final Summary summary, final double movingAverage, final Rows rows) {
        rows.integer(summary.count())
                .numberOrMissing(summary.last())
                .numberOrMissing(summary.mean())
                .numberOrMissing(summary.min())
                .numberOrMissing(summary.max())
                .numberOrMissing(movingAverage);
    }

    private static void writeVerdict(final Verdict verdict, final Rows rows) {
        if (verdict == Verdict.NONE) {
            rows.missing();
        } else {
            rows.text(verdict.name().charAt(0) + verdict.name().substring(1).toLowerCase(Locale.ROOT));
        }
    }
}
