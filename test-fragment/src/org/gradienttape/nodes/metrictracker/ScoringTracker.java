package org.gradienttape.nodes.metrictracker;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeParameters.Input;
import org.gradienttape.nodes.metrictracker.PredictionParameters.Predicted;
import org.knime.core.node.BufferedDataTable;

/** A Metric Tracker that scores predictions, without a workflow, for tests of its view. */
public final class ScoringTracker {
    private final MetricTrackerNodeParameters parameters = new MetricTrackerNodeParameters();

    public ScoringTracker() {
        parameters.input = Input.PREDICTIONS;
    }

    public ScoringTracker groupedBy(final String column) {
        parameters.predictions.groupColumn = column;
        return this;
    }

    public ScoringTracker ofNumbers(final String target, final String predicted) {
        parameters.predictions.predicted = Predicted.NUMBERS;
        parameters.predictions.targetColumn = target;
        parameters.predictions.predictedColumn = predicted;
        return this;
    }

    /** Scores a table, or two, and writes the view into a file. */
    public Path view(final Path file, final FileStores stores, final BufferedDataTable... tables) throws Exception {
        final LoneNode node = LoneNode.of(new MetricTrackerNodeFactory(), parameters);
        return Files.writeString(
                file,
                (tables.length == 1 ? node : node.with("Second log", BufferedDataTable.TYPE)).view(stores, tables));
    }
}
