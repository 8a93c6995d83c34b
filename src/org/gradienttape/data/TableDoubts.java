package org.gradienttape.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.gradienttape.column.Column.Kind;

/** Looks for what cannot be meant in a table to learn from: one sentence for each thing that looks wrong. */
final class TableDoubts {
    /** Fewer rows may be like that by chance. */
    private static final int ENOUGH_ROWS = 4;

    private final TableRequest request;
    private final TableScan scan;
    private final SplitPlan plan;
    /** Features whose cell was the target in all rows so far. */
    private final BitSet equal = new BitSet();
    /** Targets that were the same number in all rows so far. */
    private final BitSet constant = new BitSet();

    private int first = -1;

    TableDoubts(final TableRequest request, final TableScan scan, final SplitPlan plan) {
        this.request = request;
        this.scan = scan;
        this.plan = plan;
        equal.set(0, request.targets().isEmpty() ? 0 : request.features().size());
        constant.set(0, request.targets().size());
    }

    /** Looks at a row of the training part. */
    void look(final TableCells cells, final TableRows.Cursor row, final int sample) {
        first = first < 0 ? sample : first;
        final boolean classes = request.goal() instanceof TableRequest.Goal.Classes;
        for (int feature = equal.nextSetBit(0); feature >= 0; feature = equal.nextSetBit(feature + 1)) {
            if (!isTarget(cells, row, feature, classes)) {
                equal.clear(feature);
            }
        }
        if (!classes) {
            for (int i = constant.nextSetBit(0); i >= 0; i = constant.nextSetBit(i + 1)) {
                if (scan.number(sample, i) != scan.number(first, i)) {
                    constant.clear(i);
                }
            }
        }
    }

    private boolean isTarget(
            final TableCells cells, final TableRows.Cursor row, final int feature, final boolean classes) {
        final boolean isNumber = request.features().get(feature).column().kind() == Kind.NUMBER;
        if (classes) {
            final String label = cells.label(row);
            return isNumber
                    ? PlainNumber.of(cells.number(row, feature)).equals(label)
                    : label.equals(cells.text(row, feature));
        }
        return isNumber && cells.number(row, feature) == cells.target(row, 0);
    }

    List<String> sentences() {
        final List<String> sentences = new ArrayList<>();
        final String name = request.training().name();
        final int rows = plan.training().cardinality();
        if (request.goal() instanceof TableRequest.Goal.Classes) {
            final LabelCheck check = new LabelCheck(name, scan.labels(), scan.classNames());
            sentences.addAll(check.labels(plan));
            sentences.addAll(check.parts(plan, request.limit()));
        } else if (rows > 1) {
            constant.stream()
                    .forEach(i -> sentences.add("The target \""
                            + request.targets().get(i) + "\" is "
                            + PlainNumber.of(scan.number(first, i)) + " in all " + rows + " rows to train on of " + name
                            + "; check that it is the right column."));
        }
        if (rows >= ENOUGH_ROWS) {
            equal.stream()
                    .forEach(feature -> sentences.add("The column \""
                            + request.features().get(feature).column().name()
                            + "\" is the target itself in all rows of " + name
                            + "; leave it out unless it is known of new rows, too."));
        }
        return sentences;
    }
}
