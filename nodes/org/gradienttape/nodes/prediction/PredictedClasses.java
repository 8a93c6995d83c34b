package org.gradienttape.nodes.prediction;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.metric.ClassProbabilities;
import org.gradienttape.metric.Outputs;
import org.gradienttape.metric.Predictions;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;

/**
 * The most probable class and, where they are wanted, the probability of each class, in columns that are named as KNIME's own
 * predictors name them, for example "P (Label=cat)".
 */
public final class PredictedClasses implements PredictedColumns {
    /**
     * How the columns are called, and which of them there are.
     *
     * @param prediction the name of the column with the class
     * @param comesFirst whether that column stands before the probabilities
     * @param areProbable whether there are probabilities
     * @param suffix of the names of the probabilities
     */
    public record Form(String prediction, boolean comesFirst, boolean areProbable, String suffix) {}

    private final List<String> classes;
    private final List<DataCell> cells;
    private final String target;
    private final Outputs meaning;
    private final Form form;
    private Predictions probabilities;

    /**
     * @param target what the classes are the classes of
     * @param classes their names, by output
     * @param meaning of the outputs
     */
    public PredictedClasses(final String target, final List<String> classes, final Outputs meaning, final Form form) {
        this.classes = classes;
        this.cells = classes.stream().<DataCell>map(StringCell::new).toList();
        this.target = target;
        this.meaning = meaning;
        this.form = form;
    }

    @Override
    public List<DataColumnSpec> columns() {
        final List<DataColumnSpec> columns = new ArrayList<>();
        if (form.areProbable()) {
            classes.forEach(name -> columns.add(
                    Columns.column(PredictionColumns.probability(target, name) + form.suffix(), DoubleCell.TYPE)));
        }
        columns.add(form.comesFirst() ? 0 : columns.size(), Columns.column(form.prediction(), StringCell.TYPE));
        return columns;
    }

    @Override
    public void look(final PredictedBatch batch) {
        probabilities = ClassProbabilities.of(batch.outputs(), meaning);
    }

    @Override
    public boolean add(final int sample, final List<DataCell> row) {
        if (!probabilities.isNumber(sample)) {
            return false;
        }
        final DataCell prediction = cells.get(probabilities.largest(sample));
        if (form.comesFirst()) {
            row.add(prediction);
        }
        for (int column = 0; form.areProbable() && column < probabilities.columns(); column++) {
            row.add(new DoubleCell(probabilities.value(sample, column)));
        }
        if (!form.comesFirst()) {
            row.add(prediction);
        }
        return true;
    }
}
