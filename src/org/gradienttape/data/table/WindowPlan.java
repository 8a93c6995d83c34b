package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.gradienttape.column.Spacing;
import org.gradienttape.column.Windows;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.SplitPlan;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/**
 * Which rows follow one another, which part they are in, and the windows over them. All rows of one group in one part are a
 * series; each window, with the row that it predicts, lies in one series. Therefore none reaches over the split, or from one
 * group into another.
 */
final class WindowPlan {
    private static final int TRAINING = 0;
    private static final int HELD_OUT = 1;
    private static final int PARTS = 2;

    private final TableRequest request;
    private final Windows windows;
    private final WindowRows rows;
    private final int trainingRows;
    /** How many rows behind the last row of a window its target is. */
    private final int ahead;

    private final boolean needsTarget;
    /** From this key on, rows of the first table are held out. */
    private final long split;
    /** All rows, series by series, in the order of time. */
    private final int[] ordered;
    /** Where each series begins in there, and behind them all rows; that of a group in a part is at part x groups + group. */
    private final int[] begins;
    /** Where each row stands in there. */
    private final int[] places;

    /** Which rows are more than a step behind the one before, by their place in there. */
    private final BitSet behindGaps = new BitSet();

    private final SplitPlan targets;
    private final List<int[]> firstPlaces;
    private final List<String> warnings = new ArrayList<>();

    /**
     * Divides the rows and finds the windows.
     *
     * @throws InvalidInputException if a time comes twice in a group, a group is shorter than a window, there are gaps that are
     *     refused, or a part has no window
     */
    WindowPlan(final TableRequest request, final TableScan scan, final WindowRows rows) {
        this.request = request;
        this.windows = request.windows().orElseThrow();
        this.rows = rows;
        this.trainingRows = scan.trainingSamples();
        this.needsTarget = request.goal() instanceof TableRequest.Goal.Classes
                || request.goal() instanceof TableRequest.Goal.Numbers;
        this.ahead = needsTarget ? windows.horizon() : 0;
        this.split = split();
        this.begins = new int[PARTS * rows.groups() + 1];
        this.ordered = ordered();
        this.places = new int[ordered.length];
        for (int place = 0; place < ordered.length; place++) {
            places[ordered[place]] = place;
        }
        checkTimes();
        checkLengths();
        checkGaps();
        final BitSet training = lastRows(TRAINING);
        final BitSet heldOut = lastRows(HELD_OUT);
        checkPart(training, TRAINING);
        if (hasHeldOut()) {
            checkPart(heldOut, HELD_OUT);
        }
        final int[] labels = scan.labels();
        final BitSet limitedTraining = limited(training, labels, scan);
        final BitSet limitedHeldOut = limited(heldOut, labels, scan);
        this.targets = new SplitPlan(targetRows(limitedTraining), targetRows(limitedHeldOut));
        this.firstPlaces = List.of(firstPlaces(limitedTraining, TRAINING), firstPlaces(limitedHeldOut, HELD_OUT));
    }

    /** The rows that are predicted, in each part; of windows that predict nothing, their last rows. */
    SplitPlan targets() {
        return targets;
    }

    List<String> warnings() {
        return warnings;
    }

    boolean isHeldOut(final int row) {
        return part(row) == HELD_OUT;
    }

    /** Where a row stands among all of its part. */
    int place(final int row) {
        return places[row] - firstPlace(part(row));
    }

    int trainingRows() {
        return firstPlace(HELD_OUT);
    }

    boolean haveTrainingGaps() {
        return behindGaps.length() > 0 && behindGaps.nextSetBit(0) < trainingRows();
    }

    boolean haveHeldOutGaps() {
        return behindGaps.length() > trainingRows();
    }

    int heldOutRows() {
        return ordered.length - firstPlace(HELD_OUT);
    }

    /** The places of the first rows of the windows to train on. */
    int[] training() {
        return firstPlaces.get(TRAINING);
    }

    int[] heldOut() {
        return firstPlaces.get(HELD_OUT);
    }

    /** The row that a window predicts. */
    int target(final int firstPlace, final boolean isHeldOut) {
        return ordered[firstPlace(isHeldOut ? HELD_OUT : TRAINING) + firstPlace + windows.length() - 1 + ahead];
    }

    private boolean hasHeldOut() {
        return !(request.split().heldOut() instanceof HeldOut.None);
    }

    private int firstPlace(final int part) {
        return begins[part * rows.groups()];
    }

    private int part(final int row) {
        return row >= trainingRows || rows.key(row) >= split ? HELD_OUT : TRAINING;
    }

    private int series(final int row) {
        return part(row) * rows.groups() + rows.group(row);
    }

    private long split() {
        final HeldOut heldOut = request.split().heldOut();
        if (heldOut instanceof HeldOut.None || heldOut instanceof HeldOut.SourceTestFiles) {
            return Long.MAX_VALUE;
        }
        if (!(heldOut instanceof HeldOut.LastFraction || heldOut instanceof HeldOut.LastSamples)) {
            throw new InvalidInputException("The last part in time was expected to be held out, since windows over time"
                    + " cannot be divided at random; hold out the last rows.");
        }
        final int count = SplitPlan.sizes(new ReadRequest.Split(heldOut, false, new Limit.None()), trainingRows, 0)
                .heldOut();
        final long[] keys = new long[trainingRows];
        for (int row = 0; row < trainingRows; row++) {
            keys[row] = rows.key(row);
        }
        Arrays.sort(keys);
        return keys[trainingRows - count];
    }

    private int[] ordered() {
        for (int row = 0; row < rows.rows(); row++) {
            begins[series(row) + 1]++;
        }
        for (int series = 1; series < begins.length; series++) {
            begins[series] += begins[series - 1];
        }
        final int[] next = begins.clone();
        final int[] inOrder = new int[rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            inOrder[next[series(row)]++] = row;
        }
        for (int series = 0; series + 1 < begins.length; series++) {
            sort(inOrder, begins[series], begins[series + 1]);
        }
        return inOrder;
    }

    /** Rows mostly come in the order of time, and then nothing is to be done. */
    private void sort(final int[] inOrder, final int from, final int to) {
        boolean isSorted = true;
        for (int place = from + 1; place < to; place++) {
            isSorted &= rows.key(inOrder[place - 1]) <= rows.key(inOrder[place]);
        }
        if (!isSorted) {
            final int[] sorted = Arrays.stream(inOrder, from, to)
                    .boxed()
                    .sorted(Comparator.comparingLong(rows::key))
                    .mapToInt(Integer::intValue)
                    .toArray();
            System.arraycopy(sorted, 0, inOrder, from, sorted.length);
        }
    }

    /** Two rows of a series of which one follows the other. */
    @FunctionalInterface
    private interface Neighbours {
        void look(int before, int row);
    }

    private void forNeighbours(final Neighbours neighbours) {
        for (int series = 0; series + 1 < begins.length; series++) {
            for (int place = begins[series] + 1; place < begins[series + 1]; place++) {
                neighbours.look(ordered[place - 1], ordered[place]);
            }
        }
    }

    private void checkTimes() {
        forNeighbours((before, row) -> {
            final long key = rows.key(row);
            if (rows.key(before) == key) {
                throw new InvalidInputException("Each row of " + name(row)
                        + " should have a time of its own in the column \""
                        + windows.order().name() + "\", but " + rows.order().text(key) + " comes twice" + ofGroup(row)
                        + (windows.group().isEmpty()
                                ? "; leave one of the rows out, or choose the column that tells series apart."
                                : "; leave one of the rows out."));
            }
        });
    }

    private String name(final int row) {
        return row < trainingRows
                ? request.training().name()
                : request.second().orElseThrow().name();
    }

    private String ofGroup(final int row) {
        return windows.group().isEmpty() ? "" : " in the group \"" + rows.groupName(rows.group(row)) + "\"";
    }

    private void checkLengths() {
        final int needed = windows.length() + ahead;
        final int[] ofFirst = new int[rows.groups()];
        final int[] ofSecond = new int[rows.groups()];
        for (int row = 0; row < rows.rows(); row++) {
            (row < trainingRows ? ofFirst : ofSecond)[rows.group(row)]++;
        }
        for (int row = 0; row < rows.rows(); row++) {
            final int found = (row < trainingRows ? ofFirst : ofSecond)[rows.group(row)];
            if (found < needed) {
                throw new InvalidInputException((windows.group().isEmpty()
                                ? "At least " + needed + " rows were expected in " + name(row)
                                : "At least " + needed + " rows were expected in the group \""
                                        + rows.groupName(rows.group(row)) + "\" of " + name(row))
                        + " for a window of " + windows.length() + " rows"
                        + (ahead > 0 ? " and a target " + ahead + (ahead == 1 ? " row" : " rows") + " later" : "")
                        + ", but it has " + found + "; make the window shorter"
                        + (windows.group().isEmpty() ? "." : ", or leave the group out."));
            }
        }
    }

    private void checkGaps() {
        final Spacing spacing = new Spacing(rows.order());
        forNeighbours((before, row) -> spacing.look(rows.time(before), rows.time(row)));
        forNeighbours((before, row) -> behindGaps.set(places[row], spacing.isGap(rows.time(before), rows.time(row))));
        tell(behindGaps.stream().filter(place -> ordered[place] < trainingRows).toArray());
        tell(behindGaps.stream().filter(place -> ordered[place] >= trainingRows).toArray());
    }

    /** @param gaps places of rows behind them, of one table */
    private void tell(final int[] gaps) {
        if (gaps.length == 0) {
            return;
        }
        final int behind = ordered[gaps[0]];
        final String first = rows.order().text(rows.key(behind)) + " comes next after "
                + rows.order().text(rows.key(ordered[gaps[0] - 1])) + ofGroup(behind);
        if (windows.areGapsRefused()) {
            throw new InvalidInputException("The rows of " + name(behind)
                    + " should be evenly spaced in the column \""
                    + windows.order().name() + "\", but " + first
                    + "; add the rows between, or let gaps be kept.");
        }
        warnings.add("The rows of " + name(behind) + " are not evenly spaced in the column \""
                + windows.order().name() + "\" (" + gaps.length + (gaps.length == 1 ? " gap" : " gaps")
                + "): " + first + ".");
    }

    /** The places of the last rows of all windows of a part. */
    private BitSet lastRows(final int part) {
        final BitSet last = new BitSet();
        for (int series = part * rows.groups(); series < (part + 1) * rows.groups(); series++) {
            int complete = 0;
            for (int place = begins[series]; place + ahead < begins[series + 1]; place++) {
                complete = rows.isComplete(ordered[place]) ? complete + 1 : 0;
                last.set(
                        place,
                        complete >= windows.length() && (!needsTarget || rows.hasTarget(ordered[place + ahead])));
            }
        }
        return last;
    }

    private void checkPart(final BitSet lastRows, final int part) {
        if (lastRows.isEmpty()) {
            final String table = request.training().name();
            final String name = part == TRAINING
                    ? "the training part of " + table
                    : request.second().map(TableRows::name).orElse("the held-out part of " + table);
            final int count = part == TRAINING ? trainingRows() : heldOutRows();
            throw new InvalidInputException("At least one window of " + windows.length() + " rows"
                    + (ahead > 0 ? " with its target" : "") + " was expected in " + name + ", but its "
                    + (count == 1 ? "row has" : count + " rows have")
                    + " none; make the window shorter or that part larger, or fill in what is missing.");
        }
    }

    private BitSet limited(final BitSet lastRows, final int[] labels, final TableScan scan) {
        if (lastRows.isEmpty()) {
            return lastRows;
        }
        final int[] all = lastRows.stream().toArray();
        final boolean areClasses = request.goal() instanceof TableRequest.Goal.Classes;
        final SplitPlan kept = SplitPlan.of(
                new ReadRequest.Split(new HeldOut.None(), false, request.split().limit()),
                all.length,
                IntStream.of(all)
                        .map(place -> areClasses ? labels[ordered[place + ahead]] : 0)
                        .toArray(),
                areClasses ? scan.classNames() : List.of("all"));
        final BitSet limited = new BitSet();
        kept.training().stream().forEach(i -> limited.set(all[i]));
        return limited;
    }

    private BitSet targetRows(final BitSet lastRows) {
        final BitSet target = new BitSet(rows.rows());
        lastRows.stream().forEach(place -> target.set(ordered[place + ahead]));
        return target;
    }

    private int[] firstPlaces(final BitSet lastRows, final int part) {
        return lastRows.stream()
                .map(place -> place - windows.length() + 1 - firstPlace(part))
                .toArray();
    }
}
