package org.gradienttape.nodes.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.table.BackendTable;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.UndefinedMetrics;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What a node gives out that trains one network: the model, the step log and the epoch log, for the ports and the view. */
public record TrainingOutput(ExecuteOutput out, ExecutionContext exec) {
    /**
     * Gives out a run that has ended.
     *
     * @param callbacks decide about columns of the epoch log, as does isKept
     * @param isKept whether the run may go on from a checkpoint
     * @param computedWith what computed it, for the view
     */
    public void give(
            final ModelPortObject model,
            final TrainingLog log,
            final CallbacksConfig callbacks,
            final boolean isKept,
            final Map<String, String> computedWith)
            throws CanceledExecutionException {
        out.setOutData(0, model);
        final BufferedDataTable steps = StepLogTable.write(log, exec);
        final BufferedDataTable epochs = EpochLogTable.write(log, callbacks, isKept, exec);
        out.setOutData(1, steps);
        out.setOutData(2, epochs);
        out.setInternalData(steps, epochs, BackendTable.write(computedWith, exec));
    }

    /**
     * Says what was doubted until now, and what the log shows. A node has one warning, so the first ones are said again.
     *
     * @param callbacks that were at work
     */
    public void warn(final List<Optional<String>> doubts, final TrainingLog log, final CallbacksConfig callbacks) {
        final List<Optional<String>> all = new ArrayList<>(doubts);
        new UndefinedMetrics(log).sentences(callbacks).forEach(sentence -> all.add(Optional.of(sentence)));
        Doubt.say(out::setWarningMessage, all);
    }
}
