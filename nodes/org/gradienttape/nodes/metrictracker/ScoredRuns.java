package org.gradienttape.nodes.metrictracker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradienttape.analysis.Direction;
import org.gradienttape.analysis.Point;
import org.gradienttape.analysis.PointSample;
import org.gradienttape.analysis.PredictionReport;
import org.gradienttape.analysis.Score;
import org.gradienttape.image.ConfusionChart;
import org.gradienttape.image.LineChart;
import org.gradienttape.image.LineChart.Axis;
import org.gradienttape.image.PointChart;
import org.gradienttape.nodes.metrictracker.PredictionParameters.Predicted;
import org.gradienttape.nodes.prediction.PredictionReader;
import org.gradienttape.nodes.prediction.ScoresTable;
import org.knime.core.node.CanceledExecutionException;

/**
 * Tables of predictions, scored, with a chart: of their groups, or else of the predicted numbers, or of the confusion matrix of
 * the first table.
 */
final class ScoredRuns {
    private final List<ScoresTable.Run> runs = new ArrayList<>();
    private final PredictionParameters parameters;
    private List<String> classes = List.of();

    ScoredRuns(final PredictionParameters parameters) {
        this.parameters = parameters;
    }

    void add(final String name, final PredictionReader reader) throws CanceledExecutionException {
        if (parameters.predicted == Predicted.NUMBERS) {
            final PointSample sample = new PointSample();
            final PredictionReport report = reader.scoreNumbers(parameters.confidence, sample);
            runs.add(new ScoresTable.Run(name, report, sample.points()));
            return;
        }
        final List<String> found = reader.classes();
        classes = runs.isEmpty() ? found : classes;
        runs.add(new ScoresTable.Run(
                name, reader.scoreClasses(parameters.scoring(found, reader.evidence())), List.of()));
    }

    List<ScoresTable.Run> runs() {
        return runs;
    }

    /** The chart as PNG. */
    byte[] chart(final String title, final int width, final int height) {
        final PredictionReport first = runs.get(0).report();
        final boolean hasMatrix =
                first.details().stream().anyMatch(score -> score.predicted().isPresent());
        if (first.groups().isEmpty() && hasMatrix) {
            return new ConfusionChart(title, classes, counts(first)).png(width, height);
        }
        if (first.groups().isEmpty() && parameters.predicted == Predicted.NUMBERS) {
            return points(title).png(width, height);
        }
        return curves(title).png(width, height);
    }

    private PointChart points(final String title) {
        return new PointChart(
                title,
                runs.stream()
                        .map(run -> new PointChart.Series(
                                run.name(),
                                run.points().stream().mapToDouble(Point::target).toArray(),
                                run.points().stream()
                                        .mapToDouble(Point::predicted)
                                        .toArray()))
                        .toList());
    }

    private LineChart curves(final String title) {
        final List<LineChart.Series> curves = new ArrayList<>();
        for (final ScoresTable.Run run : runs) {
            final String prefix = runs.size() == 1 ? "" : run.name() + ": ";
            final List<PredictionReport.Group> groups = run.report().groups();
            final List<Score> first =
                    groups.isEmpty() ? List.of() : groups.get(0).scores();
            for (int metric = 0; metric < first.size(); metric++) {
                final int place = metric;
                curves.add(new LineChart.Series(
                        prefix + first.get(metric).metric(),
                        x(groups),
                        groups.stream()
                                .mapToDouble(group -> group.scores().get(place).value())
                                .toArray(),
                        axis(first.get(metric).metric())));
            }
        }
        final String xTitle = parameters.groupColumn.isBlank() ? "Group" : parameters.groupColumn;
        return new LineChart(title, xTitle, "Error", "Metrics", curves);
    }

    private Axis axis(final String metric) {
        final boolean isError = parameters.predicted == Predicted.NUMBERS || metric.endsWith("error");
        return isError && Direction.of(metric) != Direction.HIGHER_IS_BETTER ? Axis.LEFT : Axis.RIGHT;
    }

    /** What the groups are called, if these are ascending numbers; their places otherwise. */
    private static double[] x(final List<PredictionReport.Group> groups) {
        final boolean numbers = groups.stream().allMatch(group -> group.name().matches("-?\\d{1,15}(\\.\\d+)?"));
        final double[] x = IntStream.range(0, groups.size())
                .mapToDouble(i -> numbers ? Double.parseDouble(groups.get(i).name()) : i)
                .toArray();
        final boolean ascending = IntStream.range(1, x.length).allMatch(i -> x[i] > x[i - 1]);
        return ascending ? x : IntStream.range(0, x.length).asDoubleStream().toArray();
    }

    private long[][] counts(final PredictionReport report) {
        final Map<String, Integer> places = new HashMap<>();
        classes.forEach(name -> places.put(name, places.size()));
        final long[][] counts = new long[classes.size()][classes.size()];
        for (final Score score : report.details()) {
            if (score.predicted().isPresent()) {
                counts[places.get(score.ofClass().orElseThrow())][
                        places.get(score.predicted().get())] = (long) score.value();
            }
        }
        return counts;
    }
}
