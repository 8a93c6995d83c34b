package org.gradienttape.data.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.OrderReader;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.data.source.BadRows;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.error.MemoryNeed;

/**
 * The first look at the rows of a table: which of them are samples, and what there is to learn about these. That is on the Java
 * heap; the features are not.
 */
final class TableScan {
    private static final int ROWS_PER_QUESTION = 1 << 10;
    private static final int LONGEST_SHOWN = 40;

    private final TableRequest request;
    /** Which rows are samples, by their number through both tables. */
    private final BitSet taken = new BitSet();

    private final ClassLabels labels = new ClassLabels();
    /** The rows, where samples are windows over them; each row is taken then. */
    private final Optional<WindowRows> windows;

    private double[] numbers = new double[1 << 10];
    private float[] weights = new float[1 << 10];
    private int samples;
    private int trainingSamples;
    private int rows;
    private final List<String> warnings = new ArrayList<>();
    /** Of the current table, as the next two. */
    private int withoutTarget;

    private int leftOut;
    private long filled;
    /** Why the current row cannot be taken, for a sentence; null if it can. */
    private String trouble;

    /**
     * Goes through all rows once.
     *
     * @throws InvalidInputException for rows that cannot be taken, or if none is left to learn from
     * @throws CancellationException if the monitor says so
     */
    TableScan(final TableRequest request, final ReadMonitor monitor) throws IOException {
        this.request = request;
        this.windows = request.windows().map(known -> new WindowRows(new OrderReader(known.order())));
        final double part = request.second().isPresent() ? 0.5 : 1;
        scan(request.training(), done -> monitor.goOn(part * done));
        trainingSamples = samples;
        if (samples == 0) {
            throw new InvalidInputException(
                    "At least one row was expected in " + request.training().name() + ", but "
                            + (rows == 0 ? "there is none" : "all " + rows + " lack a value") + "; choose other data"
                            + (rows == 0 ? "." : ", or let missing cells be filled in."));
        }
        if (request.second().isPresent()) {
            scan(request.second().get(), done -> monitor.goOn(part * (1 + done)));
        }
        if (weighted() && allZero()) {
            throw new InvalidInputException("Some weight above 0 was expected in the column \""
                    + request.weight().orElseThrow() + "\", but all are 0; choose another column.");
        }
    }

    /** In both tables. */
    int rows() {
        return rows;
    }

    /** Whether a row is a sample, by its number through both tables. */
    boolean takes(final int row) {
        return taken.get(row);
    }

    int samples() {
        return samples;
    }

    int trainingSamples() {
        return trainingSamples;
    }

    boolean weighted() {
        return request.weight().isPresent();
    }

    /** The classes by label; none if there are none. */
    List<String> classNames() {
        return request.goal() instanceof TableRequest.Goal.Classes ? labels.names() : List.of();
    }

    /** The label of each sample; 0 where the target is not classes. */
    int[] labels() {
        if (!(request.goal() instanceof TableRequest.Goal.Classes)) {
            return new int[samples];
        }
        if (windows.isEmpty()) {
            return labels.labels();
        }
        final int[] known = labels.labels();
        final int[] byRow = new int[samples];
        int label = 0;
        for (int row = 0; row < samples; row++) {
            byRow[row] = windows.get().hasTarget(row) ? known[label++] : 0;
        }
        return byRow;
    }

    /** The rows, where samples are windows over them. */
    Optional<WindowRows> windows() {
        return windows;
    }

    /** A target of a sample. */
    double number(final int sample, final int target) {
        return numbers[sample * request.targets().size() + target];
    }

    float weight(final int sample) {
        return weights[sample];
    }

    /** What a person should hear, one sentence each. */
    List<String> warnings() {
        return warnings;
    }

    /** @param name of the table that was scanned */
    private void warn(final String name) {
        if (withoutTarget > 0) {
            warnings.add(rows(withoutTarget) + " of " + name + " without a target " + were(withoutTarget) + " left out"
                    + (windows.isEmpty() ? "." : " of what is predicted."));
        }
        if (leftOut > 0) {
            warnings.add(
                    windows.isPresent()
                            ? "Windows over " + rows(leftOut) + " of " + name + " with missing cells were left out."
                            : rows(leftOut) + " of " + name + " with missing cells " + were(leftOut) + " left out.");
        }
        if (filled > 0 && !(request.goal() instanceof TableRequest.Goal.None)) {
            warnings.add((filled == 1 ? "1 missing cell of " : filled + " missing cells of ") + name + " "
                    + (filled == 1 ? "was" : "were")
                    + " filled in with the mean or the most frequent text of the training data"
                    + (request.features().stream()
                                    .anyMatch(rule -> rule.tokens().isPresent())
                            ? ", or with an empty text to split."
                            : "."));
        }
    }

    private static String rows(final int count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private static String were(final int count) {
        return count == 1 ? "was" : "were";
    }

    private boolean allZero() {
        for (int sample = 0; sample < trainingSamples; sample++) {
            if (weights[sample] > 0) {
                return false;
            }
        }
        return true;
    }

    private void scan(final TableRows table, final ReadMonitor monitor) throws IOException {
        final TableCells cells = new TableCells(table, request);
        final BadRows bad = new BadRows("row");
        withoutTarget = 0;
        leftOut = 0;
        filled = 0;
        try (TableRows.Cursor row = table.open()) {
            while (row.next()) {
                if (rows % ROWS_PER_QUESTION == 0 && !monitor.goOn(row.fraction())) {
                    throw new CancellationException("The reading of the table was cancelled.");
                }
                if (rows == Integer.MAX_VALUE) {
                    throw new InvalidInputException("At most " + Integer.MAX_VALUE + " rows can be read, but "
                            + table.name() + " has more; filter it.");
                }
                trouble = null;
                final boolean hasTarget = !cells.lacksTarget(row);
                withoutTarget += hasTarget ? 0 : 1;
                final boolean isWindowed = windows.isPresent();
                if (hasTarget || isWindowed) {
                    final boolean isComplete = isComplete(cells, row);
                    if (isWindowed) {
                        takeRow(cells, row, isComplete, hasTarget);
                    }
                    if (isComplete || isWindowed) {
                        takeTargets(cells, row, hasTarget);
                        taken.set(rows);
                        samples++;
                    }
                }
                if (trouble != null) {
                    bad.add(trouble);
                }
                rows++;
            }
        }
        bad.check();
        warn(table.name());
    }

    private void takeRow(
            final TableCells cells, final TableRows.Cursor row, final boolean isComplete, final boolean hasTarget) {
        final WindowRows ordered = windows.orElseThrow();
        if (!cells.readOrder(ordered.order(), row)) {
            refuse(row, ordered.order().trouble());
        }
        final Optional<String> group = cells.groups().read(row);
        if (group.isEmpty()) {
            refuse(row, cells.groups().wanted());
        }
        ordered.add(group.orElse(""), isComplete, hasTarget);
    }

    private boolean isComplete(final TableCells cells, final TableRows.Cursor row) {
        long missing = 0;
        boolean complete = true;
        for (int feature = 0; feature < request.features().size(); feature++) {
            final ColumnRule rule = request.features().get(feature);
            if (cells.isMissing(row, feature)) {
                if (rule.missing() == MissingRule.REFUSE) {
                    refuse(row, "a value in the column \"" + rule.column().name() + "\", but it is missing");
                }
                complete &= rule.missing() != MissingRule.LEAVE_OUT;
                missing++;
            } else if (rule.column().kind() == Kind.NUMBER) {
                check(row, cells.number(row, feature), rule.column().name());
            }
        }
        if (!complete) {
            leftOut++;
            return false;
        }
        filled += missing;
        return true;
    }

    private void takeTargets(final TableCells cells, final TableRows.Cursor row, final boolean hasTarget) {
        final int targets = request.targets().size();
        if (request.goal() instanceof TableRequest.Goal.Classes && hasTarget) {
            final String label = cells.label(row);
            if (label.isBlank() || label.contains("\n")) {
                refuse(
                        row,
                        "the name of a class in the column \""
                                + request.targets().get(0) + "\", but it holds \"" + shown(label) + "\"");
            }
            labels.add(label, row::place);
        } else if (!(request.goal() instanceof TableRequest.Goal.Classes)) {
            final long needed = (samples + 1L) * targets;
            if (needed > numbers.length) {
                numbers = Arrays.copyOf(numbers, MemoryNeed.grown(numbers.length, needed, "The targets of all rows"));
            }
            for (int target = 0; target < targets; target++) {
                final double number = cells.target(row, target);
                check(row, number, request.targets().get(target));
                numbers[samples * targets + target] = number;
            }
        }
        if (weighted()) {
            weights = samples == weights.length
                    ? Arrays.copyOf(weights, MemoryNeed.grown(samples, samples + 1L, "The weights of all rows"))
                    : weights;
            final double weight = cells.weight(row);
            if (hasTarget && !(weight >= 0 && weight <= Float.MAX_VALUE)) {
                refuse(
                        row,
                        "a weight of at least 0 in the column \""
                                + request.weight().orElseThrow() + "\", but it "
                                + (Double.isNaN(weight) ? "is missing" : "is " + PlainNumber.of(weight)));
            }
            weights[samples] = hasTarget ? (float) weight : 0;
        }
    }

    private void check(final TableRows.Cursor row, final double number, final String column) {
        if (Math.abs(number) > Float.MAX_VALUE) {
            refuse(
                    row,
                    "a finite number of single precision in the column \"" + column + "\", but it is "
                            + (Double.isInfinite(number) ? "infinite" : number));
        }
    }

    /** The first trouble of a row is told. */
    private void refuse(final TableRows.Cursor row, final String expectedAndFound) {
        trouble = trouble == null ? row.place() + " should have " + expectedAndFound : trouble;
    }

    private static String shown(final String text) {
        final String line = text.replace("\n", " ");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + " ..." : line;
    }
}
