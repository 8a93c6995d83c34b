package org.gradienttape.nodes.prediction;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.metric.Predictions;
import org.gradienttape.nodes.table.Columns;
import org.gradienttape.torch.prediction.PredictedBatch;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.def.DoubleCell;

/** Predicted numbers in the units of their targets, for example in the column "Prediction (price)". */
public final class PredictedNumbers implements PredictedColumns {
    private final List<TargetScaling> scalings;
    private final Optional<String> ownName;
    private Predictions outputs;

    /**
     * @param target one number for each output
     * @param ownName of the column; of several columns it is how their names begin
     */
    public PredictedNumbers(final Target.Numbers target, final Optional<String> ownName) {
        this.scalings = target.scalings();
        this.ownName = ownName;
    }

    @Override
    public List<DataColumnSpec> columns() {
        return scalings.stream()
                .map(scaling -> Columns.column(name(scaling.name()), DoubleCell.TYPE))
                .toList();
    }

    private String name(final String target) {
        return ownName.map(own -> scalings.size() == 1 ? own : own + " (" + target + ")")
                .orElse(PredictedColumns.prediction(target));
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
        for (int i = 0; i < scalings.size(); i++) {
            row.add(new DoubleCell(scalings.get(i).unscaled(outputs.value(sample, i))));
        }
        return true;
    }
}
