package org.gradienttape.nodes.prediction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.analysis.ClassPair;
import org.gradienttape.analysis.PredictionReport;
import org.gradienttape.analysis.Score;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.nodes.table.Rows;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * What a view shows of scored predictions, bounded in size: the scores and confusion matrices of the whole table and of at
 * most {@value #MOST_GROUPS} groups, with at most {@value #MOST_CLASSES} classes.
 *
 * <p>One row per number: Group (missing: the whole table), Metric, Class, Predicted class, Value, Low, High, Samples. A
 * matrix is in rows with the metric {@value #COUNT}: first one for every class with itself, in the order of the classes, then
 * one for every other pair that occurs; a missing predicted class stands for all that are not shown. Two more rows say how many
 * {@value #GROUPS} and {@value #CLASSES} there are in all.
 */
public final class KeptScores {
    /** Groups evenly apart, the first and the last among them. */
    public static final int MOST_GROUPS = 100;
    /** Those that are confused most. */
    public static final int MOST_CLASSES = 50;

    public static final String GROUP = "Group";
    public static final String METRIC = "Metric";
    public static final String CLASS = "Class";
    public static final String PREDICTED = PredictionTable.PREDICTED;
    public static final String VALUE = "Value";
    public static final String LOW = "Low";
    public static final String HIGH = "High";
    public static final String SAMPLES = "Samples";
    public static final String COUNT = "Count";
    public static final String GROUPS = "Groups";
    public static final String CLASSES = "Classes";

    private final PredictionReport report;
    private final List<Integer> shown;
    private final Rows rows;

    private KeptScores(final PredictionReport report, final Rows rows) {
        this.report = report;
        this.shown = ClassPair.mostConfused(report.pairs(), report.classes().size(), MOST_CLASSES);
        this.rows = rows;
    }

    /** Writes the table of one run; it is named after the run. */
    public static BufferedDataTable write(final ScoresTable.Run run, final ExecutionContext exec) {
        final DataTableSpec spec = new Columns()
                .text(GROUP)
                .text(METRIC)
                .text(CLASS)
                .text(PREDICTED)
                .number(VALUE)
                .number(LOW)
                .number(HIGH)
                .longInteger(SAMPLES)
                .spec(run.name());
        final Rows rows = new Rows(spec, exec);
        new KeptScores(run.report(), rows).write();
        return rows.close();
    }

    /** Whether a table with these columns is such a one. */
    public static boolean isKept(final DataTableSpec spec) {
        return spec.containsName(METRIC) && spec.getColumnSpec(METRIC).getType().isCompatible(StringValue.class);
    }

    private void write() {
        total(GROUPS, report.groups().size());
        total(CLASSES, report.classes().size());
        part(Optional.empty(), report.all(), report.pairs());
        evenlyApart(report.groups()).forEach(group -> part(Optional.of(group.name()), group.scores(), group.pairs()));
    }

    private void total(final String name, final int number) {
        row(Optional.empty(), name, Optional.empty(), Optional.empty());
        rows.number(number).missing().missing().missing().endRow();
    }

    private void part(final Optional<String> group, final List<Score> scores, final List<ClassPair> pairs) {
        for (final Score score : scores) {
            row(group, score.metric(), Optional.empty(), Optional.empty());
            rows.numberOrMissing(score.value())
                    .numberOrMissing(score.interval().low())
                    .numberOrMissing(score.interval().high())
                    .longInteger(score.samples())
                    .endRow();
        }
        matrix(group, pairs);
    }

    private void matrix(final Optional<String> group, final List<ClassPair> pairs) {
        final long[][] counts = counts(pairs);
        for (int label = 0; label < shown.size(); label++) {
            count(group, label, label, counts);
        }
        for (int label = 0; label < shown.size(); label++) {
            for (int predicted = 0; predicted <= shown.size(); predicted++) {
                if (predicted != label && counts[label][predicted] > 0) {
                    count(group, label, predicted, counts);
                }
            }
        }
    }

    /** How often each shown class was predicted as each shown class and, in the last column, as any other. */
    private long[][] counts(final List<ClassPair> pairs) {
        final Map<Integer, Integer> places = new HashMap<>();
        shown.forEach(place -> places.put(place, places.size()));
        final long[][] counts = new long[shown.size()][shown.size() + 1];
        for (final ClassPair pair : pairs) {
            if (places.containsKey(pair.label())) {
                counts[places.get(pair.label())][places.getOrDefault(pair.predicted(), shown.size())] += pair.samples();
            }
        }
        return counts;
    }

    private void count(final Optional<String> group, final int label, final int predicted, final long[][] counts) {
        row(group, COUNT, name(label), name(predicted));
        rows.number(counts[label][predicted]).missing().missing().missing().endRow();
    }

    private void row(
            final Optional<String> group,
            final String metric,
            final Optional<String> label,
            final Optional<String> predicted) {
        rows.text(group).text(metric).text(label).text(predicted);
    }

    /** The name of a shown class; none for all others. */
    private Optional<String> name(final int place) {
        return place < shown.size() ? Optional.of(report.classes().get(shown.get(place))) : Optional.empty();
    }

    private static <T> List<T> evenlyApart(final List<T> all) {
        if (all.size() <= MOST_GROUPS) {
            return all;
        }
        final List<T> some = new ArrayList<>();
        for (int i = 0; i < MOST_GROUPS; i++) {
            some.add(all.get((int) Math.round(i * (all.size() - 1.0) / (MOST_GROUPS - 1))));
        }
        return some;
    }
}
