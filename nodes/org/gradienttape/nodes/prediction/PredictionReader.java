package org.gradienttape.nodes.prediction;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.analysis.Point;
import org.gradienttape.analysis.PointSample;
import org.gradienttape.analysis.PredictionAnalysis;
import org.gradienttape.analysis.PredictionAnalysis.ClassRow;
import org.gradienttape.analysis.PredictionAnalysis.NumberRow;
import org.gradienttape.analysis.PredictionReport;
import org.gradienttape.analysis.Scoring;
import org.gradienttape.analysis.Scoring.Evidence;
import org.gradienttape.data.ClassNames;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/**
 * Reads a table of predictions and scores it. Rows with a missing cell or a number that is not finite among those that count
 * are left out, and counted.
 */
public final class PredictionReader {
    private static final int MOST_NAMED = 5;
    /** By so much a probability may miss its range. */
    private static final double ROUNDING = 1e-3;

    private final BufferedDataTable table;
    private final DataTableSpec spec;
    private final PredictionColumns columns;
    private final ExecutionMonitor exec;
    private final Set<String> targets = new TreeSet<>(ClassNames.ORDER);
    private final Set<String> predictions = new TreeSet<>(ClassNames.ORDER);
    private long leftOut;
    /** Rows of which another class than the predicted one has the largest probability. */
    private long unlikely;

    public PredictionReader(
            final BufferedDataTable table, final PredictionColumns columns, final ExecutionMonitor exec) {
        this.table = table;
        this.spec = table.getDataTableSpec();
        this.columns = columns;
        this.exec = exec;
    }

    /**
     * The classes: those with a column of probabilities first, then all others that are true or predicted somewhere. The
     * number 3.0 and the text 3 are the same class.
     */
    public List<String> classes() throws CanceledExecutionException {
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            text(row, target).ifPresent(targets::add);
            text(row, predicted).ifPresent(predictions::add);
        });
        final Set<String> seen = new TreeSet<>(ClassNames.ORDER);
        seen.addAll(targets);
        seen.addAll(predictions);
        return ClassNames.joined(List.copyOf(columns.probabilities(spec).keySet()), seen);
    }

    /** What is known of each prediction. */
    public Evidence evidence() {
        return columns.probabilities(spec).isEmpty() ? Evidence.CLASSES : Evidence.PROBABILITIES;
    }

    /** Scores predicted classes. */
    public PredictionReport scoreClasses(final Scoring scoring) throws CanceledExecutionException {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(scoring);
        final ClassNames classes = new ClassNames(scoring.classes());
        final Map<String, Integer> places = columns.probabilities(spec);
        final int[] probabilities = scoring.classes().stream()
                .mapToInt(name -> places.getOrDefault(name, -1))
                .toArray();
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            final Optional<Integer> label = text(row, target).flatMap(classes::find);
            final Optional<Integer> said = text(row, predicted).flatMap(classes::find);
            if (label.isEmpty() || said.isEmpty()) {
                leftOut++;
                return;
            }
            final float[] numbers = scoring.evidence() == Evidence.PROBABILITIES
                    ? probabilities(row, probabilities)
                    : oneHot(said.get(), probabilities.length);
            if (numbers.length == 0) {
                leftOut++;
                return;
            }
            unlikely += isUnlikely(numbers, said.get()) ? 1 : 0;
            analysis.update(new ClassRow(label.get(), said.get(), numbers), group(row));
        });
        return analysis.report();
    }

    private static boolean isUnlikely(final float[] probabilities, final int said) {
        for (final float probability : probabilities) {
            if (probability > probabilities[said] + ROUNDING) {
                return true;
            }
        }
        return false;
    }

    /**
     * Scores predicted numbers.
     *
     * @param sample takes those in that may be drawn
     */
    public PredictionReport scoreNumbers(final double confidence, final PointSample sample)
            throws CanceledExecutionException {
        final PredictionAnalysis<NumberRow> analysis = PredictionAnalysis.ofNumbers(confidence);
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            final double truth = number(row, target);
            final double said = number(row, predicted);
            if (Double.isFinite(truth) && Double.isFinite(said)) {
                final Optional<String> group = group(row);
                analysis.update(new NumberRow(truth, said), group);
                sample.update(new Point(group, truth, said));
            } else {
                leftOut++;
            }
        });
        return analysis.report();
    }

    /** Sentences about what looks wrong, when the table has been scored. */
    public List<String> warnings(final String run) {
        return Stream.of(leftOutWarning(run), namesWarning(run), unlikelyWarning(run))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> namesWarning(final String run) {
        final ClassNames known = new ClassNames(List.copyOf(targets));
        if (targets.isEmpty()
                || predictions.isEmpty()
                || predictions.stream().anyMatch(name -> known.find(name).isPresent())) {
            return Optional.empty();
        }
        return Optional.of("In " + run + ", no class of the column \"" + columns.target() + "\" (" + some(targets)
                + ") occurs in the column \"" + columns.predicted() + "\" (" + some(predictions)
                + "), so that every prediction counts as wrong; choose columns whose classes have the same names.");
    }

    private Optional<String> unlikelyWarning(final String run) {
        return unlikely == 0
                ? Optional.empty()
                : Optional.of("In " + run + ", " + unlikely + " of " + table.size()
                        + " rows have a predicted class in the column \"" + columns.predicted()
                        + "\" that is not the most probable one of the columns "
                        + PredictionColumns.probability(columns.target(), "...")
                        + "; accuracy is about the class, and all other scores of the whole table are about the"
                        + " probabilities, so check that both are of one model.");
    }

    private static String some(final Set<String> names) {
        final String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? first + ", ..." : first;
    }

    private Optional<String> leftOutWarning(final String run) {
        return leftOut == 0
                ? Optional.empty()
                : Optional.of("In " + run + ", " + leftOut + " of " + table.size()
                        + " rows lack a target or a prediction, or have NaN or an infinite number there; they are left"
                        + " out, and the scores are those of the other rows alone.");
    }

    /** The place of a class among others. */
    public static int place(final String name, final List<String> classes) {
        return new ClassNames(classes)
                .find(name)
                .orElseThrow(() -> new InvalidInputException("The positive class \"" + name
                        + "\" was expected in the table, but its classes are " + String.join(", ", classes)
                        + "; choose one of them or none."));
    }

    private void forEachRow(final Consumer<DataRow> taker) throws CanceledExecutionException {
        try (CloseableRowIterator rows = table.iterator()) {
            while (rows.hasNext()) {
                exec.checkCanceled();
                taker.accept(rows.next());
            }
        }
    }

    private Optional<String> group(final DataRow row) {
        return columns.groupColumn(spec).map(column -> row.getCell(column).toString());
    }

    /** NaN where there is none. */
    private static double number(final DataRow row, final int column) {
        return row.getCell(column) instanceof DoubleValue value ? value.getDoubleValue() : Double.NaN;
    }

    /**
     * One per class; none if one is missing or not finite. A class without a column has the probability 0, but of two classes
     * what the other one leaves.
     *
     * @throws InvalidInputException if one is no probability, such as a logit
     */
    private float[] probabilities(final DataRow row, final int[] places) {
        final float[] numbers = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= 0) {
                final double probability = number(row, places[i]);
                if (probability < -ROUNDING || probability > 1 + ROUNDING) { // false for NaN
                    throw new InvalidInputException("The column \""
                            + spec.getColumnSpec(places[i]).getName() + "\" should hold probabilities from 0 to 1, but "
                            + row.getKey() + " has " + probability
                            + "; give the probabilities, or take the column out to score the classes alone.");
                }
                if (!Double.isFinite(probability)) {
                    return new float[0];
                }
                numbers[i] = (float) probability;
            }
        }
        for (int i = 0; places.length == 2 && i < places.length; i++) {
            numbers[i] = places[i] < 0 ? 1 - numbers[1 - i] : numbers[i];
        }
        return numbers;
    }

    private static float[] oneHot(final int said, final int classes) {
        final float[] numbers = new float[classes];
        numbers[said] = 1;
        return numbers;
    }

    private static Optional<String> text(final DataRow row, final int column) {
        final DataCell cell = row.getCell(column);
        return cell.isMissing() ? Optional.empty() : Optional.of(cell.toString());
    }
}
