package org.gradienttape.nodes.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.nodes.table.KeptScores;
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

    /** The scores of one run. */
    public static ScoresData.Run of(final BufferedDataTable kept) {
        final Scores scores = new Scores(kept.getDataTableSpec());
        try (CloseableRowIterator rows = kept.iterator()) {
            while (rows.hasNext()) {
                scores.take(rows.next());
            }
        }
        return new ScoresData.Run(
                kept.getDataTableSpec().getName(), scores.groupsInAll, scores.classesInAll, scores.names, scores.parts);
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
