package org.gradienttape.nodes.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.analysis.Point;
import org.gradienttape.nodes.log.KeptPoints;
import org.gradienttape.nodes.prediction.KeptScores;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;

/** Reads {@link KeptScores} for the page of scores. */
public final class Scores {
    private static final int NOT_SHOWN = -1;

    private final DataTableSpec spec;
    private final Map<String, Integer> classes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<ScoresData.Part> parts = new ArrayList<>();
    private long groupsInAll;
    private long classesInAll;

    private Scores(final DataTableSpec spec) {
        this.spec = spec;
    }

    /**
     * The scores of all runs.
     *
     * @param kept of each run the scores and, after them, the points; nodes that an older version executed kept no points
     */
    public static List<ScoresData.Run> of(final List<BufferedDataTable> kept) {
        final List<ScoresData.Run> runs = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (KeptScores.isKept(kept.get(i).getDataTableSpec())) {
                final boolean hasPoints =
                        i + 1 < kept.size() && KeptPoints.isKept(kept.get(i + 1).getDataTableSpec());
                runs.add(run(kept.get(i), hasPoints ? KeptPoints.read(kept.get(i + 1)) : List.of()));
            }
        }
        return runs;
    }

    private static ScoresData.Run run(final BufferedDataTable kept, final List<Point> points) {
        final Scores scores = new Scores(kept.getDataTableSpec());
        try (CloseableRowIterator rows = kept.iterator()) {
            while (rows.hasNext()) {
                scores.take(rows.next());
            }
        }
        return new ScoresData.Run(
                kept.getDataTableSpec().getName(),
                scores.groupsInAll,
                scores.classesInAll,
                scores.names,
                scores.parts,
                scores.points(points));
    }

    private ScoresData.Points points(final List<Point> points) {
        final Map<String, Integer> places = new HashMap<>();
        for (int i = 1; i < parts.size(); i++) {
            places.put(parts.get(i).group(), i);
        }
        return new ScoresData.Points(
                points.stream()
                        .mapToInt(point -> point.group()
                                .map(group -> places.getOrDefault(group, NOT_SHOWN))
                                .orElse(0))
                        .toArray(),
                points.stream().mapToDouble(Point::target).toArray(),
                points.stream().mapToDouble(Point::predicted).toArray());
    }

    private void take(final DataRow row) {
        switch (text(row, KeptScores.METRIC)) {
            case KeptScores.GROUPS ->
                groupsInAll = number(row, KeptScores.VALUE).longValue();
            case KeptScores.CLASSES ->
                classesInAll = number(row, KeptScores.VALUE).longValue();
            case KeptScores.COUNT -> part(row).pairs().add(pair(row));
            default -> part(row).scores().add(score(row));
        }
    }

    /** The part that a row belongs to; those of a part follow one another. */
    private ScoresData.Part part(final DataRow row) {
        final String group = text(row, KeptScores.GROUP);
        final boolean isNew = parts.isEmpty()
                || group != null && !group.equals(parts.get(parts.size() - 1).group());
        if (isNew) {
            parts.add(new ScoresData.Part(group, new ArrayList<>(), new ArrayList<>()));
        }
        return parts.get(parts.size() - 1);
    }

    private ScoresData.Score score(final DataRow row) {
        return new ScoresData.Score(
                text(row, KeptScores.METRIC),
                number(row, KeptScores.VALUE),
                number(row, KeptScores.LOW),
                number(row, KeptScores.HIGH),
                ((LongValue) cell(row, KeptScores.SAMPLES)).getLongValue());
    }

    private long[] pair(final DataRow row) {
        final String predicted = text(row, KeptScores.PREDICTED);
        return new long[] {
            place(text(row, KeptScores.CLASS)),
            predicted == null ? NOT_SHOWN : place(predicted),
            number(row, KeptScores.VALUE).longValue()
        };
    }

    private int place(final String name) {
        return classes.computeIfAbsent(name, absent -> {
            names.add(absent);
            return names.size() - 1;
        });
    }

    private String text(final DataRow row, final String column) {
        final DataCell cell = cell(row, column);
        return cell.isMissing() ? null : cell.toString();
    }

    private Double number(final DataRow row, final String column) {
        return cell(row, column) instanceof DoubleValue value ? (Double) value.getDoubleValue() : null;
    }

    private DataCell cell(final DataRow row, final String column) {
        return row.getCell(spec.findColumnIndex(column));
    }
}
