package org.gradienttape.data.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.EncodingLearner;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.NumberSummary;
import org.gradienttape.column.TokenCounts;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetFolder;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.SplitPlan;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/** Reads the rows of a table and writes them as {@link Dataset}s, in two passes and memory that the features do not fill. */
public final class TableReader {
    private static final int ROWS_PER_QUESTION = 1 << 10;

    private final TableRequest request;
    private final TableScan scan;
    private final Optional<WindowPlan> windows;
    private final SplitPlan plan;
    private final Target classes;
    private final TableDoubts doubts;
    private final EncodingLearner learner;
    private final List<NumberSummary> targets;

    private TableReader(final TableRequest request, final TableScan scan) {
        this.request = request;
        this.scan = scan;
        this.windows = scan.windows().map(rows -> new WindowPlan(request, scan, rows));
        this.plan = windows.map(WindowPlan::targets).orElseGet(() -> plan(request, scan));
        this.classes = request.goal() instanceof TableRequest.Goal.Classes goal
                ? new Target.Classes(goal.column(), scan.classNames())
                : Target.NONE;
        this.doubts = new TableDoubts(request, scan, plan);
        this.learner = new EncodingLearner(request.features(), request.windows());
        this.targets =
                request.targets().stream().map(name -> new NumberSummary()).toList();
    }

    /**
     * Reads and writes both parts. How cells become features, and the scaling of targets, is learned from the training part
     * alone.
     *
     * @param trainingFolder where the training data goes; must not exist or be empty
     * @param heldOutFolder where the held-out data goes, as well; untouched when nothing is held out
     * @throws InvalidInputException for a table that does not fit the request
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the monitor says so; nothing is left behind
     */
    public static DatasetPair read(
            final TableRequest request, final Path trainingFolder, final Path heldOutFolder, final ReadMonitor monitor)
            throws IOException {
        final TableScan scan = new TableScan(request, done -> monitor.goOn(done / 2));
        return new TableReader(request, scan).copy(trainingFolder, heldOutFolder, done -> monitor.goOn(0.5 + done / 2));
    }

    private static SplitPlan plan(final TableRequest request, final TableScan scan) {
        final boolean hasClasses = request.goal() instanceof TableRequest.Goal.Classes;
        return SplitPlan.of(
                request.split(),
                scan.trainingSamples(),
                scan.labels(),
                hasClasses ? scan.classNames() : List.of("all"));
    }

    private DatasetPair copy(final Path trainingFolder, final Path heldOutFolder, final ReadMonitor monitor)
            throws IOException {
        final boolean weighted = scan.weighted();
        checkSize(trainingFolder);
        try (TablePart training = new TablePart(trainingFolder, request, classes, weighted)) {
            if (plan.heldOut().isEmpty()) {
                copyRows(training, Optional.empty(), monitor);
                final Encoding encoding = learner.learn(training.columns(), training.tokens());
                return pair(finish(training, encoding), Optional.empty(), training.tokens());
            }
            try (TablePart heldOut = new TablePart(heldOutFolder, request, classes, weighted)) {
                copyRows(training, Optional.of(heldOut), monitor);
                final Encoding encoding = learner.learn(training.columns(), training.tokens());
                final Dataset second = heldOut.finish(
                        encoding,
                        target(),
                        weighted,
                        windows.map(WindowPlan::heldOutRows),
                        windows.map(WindowPlan::haveHeldOutGaps).orElse(false),
                        name("the held-out part"));
                try {
                    return pair(finish(training, encoding), Optional.of(second), training.tokens());
                } catch (final IOException | RuntimeException incomplete) {
                    DatasetWriter.delete(new DatasetFolder(heldOutFolder));
                    throw incomplete;
                }
            }
        }
    }

    private Dataset finish(final TablePart training, final Encoding encoding) throws IOException {
        return training.finish(
                encoding,
                target(),
                scan.weighted(),
                windows.map(WindowPlan::trainingRows),
                windows.map(WindowPlan::haveTrainingGaps).orElse(false),
                name("the training part"));
    }

    private void checkSize(final Path folder) throws IOException {
        final long samples =
                plan.training().cardinality() + (long) plan.heldOut().cardinality();
        final long targetBytes = request.goal() instanceof TableRequest.Goal.Classes
                ? Integer.BYTES
                : (long) targets.size() * Double.BYTES;
        final long windowBytes = windows.isPresent() ? Integer.BYTES : 0;
        final long kept = samples * (targetBytes + windowBytes + (scan.weighted() ? Float.BYTES : 0));
        final long rows = windows.isPresent() ? scan.rows() : samples;
        final int cells =
                ColumnRule.firstCells(request.features())[request.features().size()];
        final long features = rows * cells * Double.BYTES;
        DatasetReader.checkMemory(request.training().name(), kept);
        DatasetReader.checkSpace(request.training().name(), features + kept, folder);
    }

    private String name(final String part) {
        return part + " of " + request.training().name();
    }

    private DatasetPair pair(final Dataset training, final Optional<Dataset> heldOut, final List<TokenCounts> tokens) {
        final List<String> warnings = new ArrayList<>(scan.warnings());
        windows.ifPresent(known -> warnings.addAll(known.warnings()));
        warnings.addAll(doubts.sentences(training, heldOut, targets));
        warnings.addAll(TokenDoubts.sentences(training, tokens));
        return new DatasetPair(training, heldOut, warnings);
    }

    private Target target() {
        if (request.goal() instanceof TableRequest.Goal.Classes) {
            return classes;
        }
        if (request.goal() instanceof TableRequest.Goal.Numbers numbers) {
            final NumberScaling scaling = numbers.standardized() ? NumberScaling.STANDARDIZED : NumberScaling.AS_IT_IS;
            final List<TargetScaling> scalings = new ArrayList<>();
            for (int i = 0; i < targets.size(); i++) {
                scalings.add(new TargetScaling(
                        numbers.columns().get(i),
                        targets.get(i).shift(scaling),
                        targets.get(i).divisor(scaling)));
            }
            return new Target.Numbers(scalings);
        }
        return request.goal() instanceof TableRequest.Goal.Features ? new Target.Features() : Target.NONE;
    }

    private void copyRows(final TablePart training, final Optional<TablePart> heldOut, final ReadMonitor monitor)
            throws IOException {
        final List<TableRows> tables = new ArrayList<>(List.of(request.training()));
        request.second().ifPresent(tables::add);
        final int[] labels = scan.labels();
        int row = 0;
        int sample = 0;
        for (int i = 0; i < tables.size(); i++) {
            final TableCells cells = new TableCells(tables.get(i), request);
            try (TableRows.Cursor cursor = tables.get(i).open()) {
                while (cursor.next()) {
                    if (row % ROWS_PER_QUESTION == 0 && !monitor.goOn((i + cursor.fraction()) / tables.size())) {
                        throw new CancellationException("The reading of the table was cancelled.");
                    }
                    if (windows.isPresent()) {
                        copyRow(row++, cells, cursor, windows.get(), training, heldOut);
                    } else if (scan.takes(row++)) {
                        if (plan.training().get(sample)) {
                            learn(training.take(cells, cursor), sample);
                            writeTargets(training.writer(), labels, sample);
                        } else if (plan.heldOut().get(sample)) {
                            heldOut.orElseThrow().take(cells, cursor);
                            writeTargets(heldOut.orElseThrow().writer(), labels, sample);
                        }
                        sample++;
                    }
                }
            }
        }
        if (row != scan.rows()) {
            throw new InvalidInputException(scan.rows() + " rows were expected, but there were " + row
                    + " when they were read again; change nothing while a table is read.");
        }
        if (windows.isPresent()) {
            copyWindows(training, windows.get().training(), false);
            if (heldOut.isPresent()) {
                copyWindows(heldOut.get(), windows.get().heldOut(), true);
            }
        }
    }

    /** How cells become features is learned from all rows of the training part; their targets from those that are predicted. */
    private void copyRow(
            final int row,
            final TableCells cells,
            final TableRows.Cursor cursor,
            final WindowPlan known,
            final TablePart training,
            final Optional<TablePart> heldOut)
            throws IOException {
        if (known.isHeldOut(row)) {
            heldOut.orElseThrow().take(cells, cursor, known.place(row));
            return;
        }
        final double[] taken = training.take(cells, cursor, known.place(row));
        learner.add(taken);
        if (plan.training().get(row)) {
            learnTargets(taken, row);
        }
    }

    private void copyWindows(final TablePart part, final int[] firstPlaces, final boolean isHeldOut)
            throws IOException {
        final int[] labels = scan.labels();
        for (final int first : firstPlaces) {
            part.takeWindow(first);
            writeTargets(part.writer(), labels, windows.orElseThrow().target(first, isHeldOut));
        }
    }

    private void learn(final double[] cells, final int sample) {
        learner.add(cells);
        learnTargets(cells, sample);
    }

    private void learnTargets(final double[] cells, final int sample) {
        doubts.look(cells, sample);
        if (request.goal() instanceof TableRequest.Goal.Numbers) {
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).add(scan.number(sample, i));
            }
        }
    }

    private void writeTargets(final DatasetWriter writer, final int[] labels, final int sample) throws IOException {
        if (request.goal() instanceof TableRequest.Goal.Classes) {
            writer.writeLabels(labels[sample]);
        } else if (request.goal() instanceof TableRequest.Goal.Numbers) {
            for (int i = 0; i < targets.size(); i++) {
                writer.writeNumbers(scan.number(sample, i));
            }
        }
        if (scan.weighted()) {
            writer.writeWeights(scan.weight(sample));
        }
    }
}
