package org.gradienttape.nodes.prediction;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Target;
import org.gradienttape.metric.Predictions;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.def.DoubleCell;

/** Predicted numbers in the units of their targets, for example in the column "Prediction (price)". */
public final class PredictedNumbers implements PredictedColumns {
    private final Target.Numbers target;
    private final Optional<String> ownName;
    private Predictions outputs;

    /**
     * @param target one number for each output
     * @param ownName of the column; of several columns it is how their names begin
     */
    public PredictedNumbers(final Target.Numbers target, final Optional<String> ownName) {
        this.target = target;
        this.ownName = ownName;
    }

    @Override
    public List<DataColumnSpec> columns() {
        return target.scalings().stream()
                .map(scaling -> Columns.column(name(scaling.name()), DoubleCell.TYPE))
                .toList();
    }

    private String name(final String number) {
        return ownName.map(own -> target.scalings().size() == 1 ? own : own + " (" + number + ")")
                .orElse(PredictedColumns.prediction(number));
    }

    @Override
    public void look(final PredictedBatch batch) {
        outputs = batch.outputs();
    }

    @Override
    public boolean add(final int sample, final List<DataCell> row) {
        if (!outputs.isNumber(sample)) {
            return false;
        }
        for (final double number : target.unscaled(i -> outputs.value(sample, i))) {
            row.add(new DoubleCell(number));
        }
        return true;
    }
}
