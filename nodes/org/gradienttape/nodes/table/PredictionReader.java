package org.gradienttape.nodes.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.gradienttape.analysis.PredictionAnalysis;
import org.gradienttape.analysis.PredictionAnalysis.ClassRow;
import org.gradienttape.analysis.PredictionAnalysis.NumberRow;
import org.gradienttape.analysis.PredictionReport;
import org.gradienttape.analysis.Scoring;
import org.gradienttape.analysis.Scoring.Evidence;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** Reads a table of predictions and scores it. Rows with a missing cell among those that count are left out. */
public final class PredictionReader {
    /** Numbers as numbers, then other texts by the alphabet. */
    private static final Comparator<String> ORDER = Comparator.comparing((String name) -> !name.matches("\\d+"))
            .thenComparing(name -> name.matches("\\d+") ? name.length() : 0)
            .thenComparing(Comparator.naturalOrder());

    private final BufferedDataTable table;
    private final DataTableSpec spec;
    private final PredictionColumns columns;
    private final ExecutionMonitor exec;

    public PredictionReader(
            final BufferedDataTable table, final PredictionColumns columns, final ExecutionMonitor exec) {
        this.table = table;
        this.spec = table.getDataTableSpec();
        this.columns = columns;
        this.exec = exec;
    }

    /**
     * The classes: those with a column of probabilities first, then all others that are true or predicted somewhere.
     */
    public List<String> classes() throws CanceledExecutionException {
        final List<String> classes = new ArrayList<>(columns.classesWithProbabilities(spec));
        final Set<String> seen = new TreeSet<>(ORDER);
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            text(row, target).ifPresent(seen::add);
            text(row, predicted).ifPresent(seen::add);
        });
        seen.removeAll(classes);
        classes.addAll(seen);
        return classes;
    }

    /** What is known of each prediction. */
    public Evidence evidence() {
        return columns.classesWithProbabilities(spec).isEmpty() ? Evidence.CLASSES : Evidence.PROBABILITIES;
    }

    /** Scores predicted classes. */
    public PredictionReport scoreClasses(final Scoring scoring) throws CanceledExecutionException {
        final PredictionAnalysis<ClassRow> analysis = PredictionAnalysis.ofClasses(scoring);
        final Map<String, Integer> places = new HashMap<>();
        scoring.classes().forEach(name -> places.put(name, places.size()));
        final int[] probabilities = scoring.classes().stream()
                .mapToInt(name -> spec.findColumnIndex(PredictionColumns.probability(columns.target(), name)))
                .toArray();
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            final Optional<Integer> label = text(row, target).map(places::get);
            final Optional<Integer> said = text(row, predicted).map(places::get);
            if (label.isPresent() && said.isPresent()) {
                final float[] numbers = scoring.evidence() == Evidence.PROBABILITIES
                        ? probabilities(row, probabilities)
                        : oneHot(said.get(), probabilities.length);
                if (numbers.length > 0) {
                    analysis.update(new ClassRow(label.get(), said.get(), numbers), group(row));
                }
            }
        });
        return analysis.report();
    }

    /** Scores predicted numbers. */
    public PredictionReport scoreNumbers(final double confidence) throws CanceledExecutionException {
        final PredictionAnalysis<NumberRow> analysis = PredictionAnalysis.ofNumbers(confidence);
        final int target = spec.findColumnIndex(columns.target());
        final int predicted = spec.findColumnIndex(columns.predicted());
        forEachRow(row -> {
            if (row.getCell(target) instanceof DoubleValue truth
                    && row.getCell(predicted) instanceof DoubleValue said) {
                analysis.update(new NumberRow(truth.getDoubleValue(), said.getDoubleValue()), group(row));
            }
        });
        return analysis.report();
    }

    /** The place of a class among others. */
    public static int place(final String name, final List<String> classes) {
        final int place = classes.indexOf(name);
        if (place < 0) {
            throw new InvalidInputException("The positive class \"" + name + "\" was expected in the table, but its"
                    + " classes are " + String.join(", ", classes) + "; choose one of them or none.");
        }
        return place;
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

    /** One per class, 0 for a class without a column; none if one is missing. */
    private static float[] probabilities(final DataRow row, final int[] columns) {
        final float[] numbers = new float[columns.length];
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] >= 0) {
                if (!(row.getCell(columns[i]) instanceof DoubleValue value)) {
                    return new float[0];
                }
                numbers[i] = (float) value.getDoubleValue();
            }
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
