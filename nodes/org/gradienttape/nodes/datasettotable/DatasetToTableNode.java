package org.gradienttape.nodes.datasettotable;

import org.gradienttape.data.Dataset;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.table.DatasetTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What Dataset to Table does. */
final class DatasetToTableNode {
    private DatasetToTableNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DatasetToTableNodeParameters parameters = in.getParameters();
        parameters.validate();
        final DatasetPortObjectSpec data = in.getInPortSpec(0);
        out.setOutSpec(0, EngineCall.configuring(() -> DatasetTable.spec(data.info(), parameters.samples())));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DatasetToTableNodeParameters parameters = in.getParameters();
        final DatasetPortObject data = in.getInPortObject(0);
        final Dataset dataset = EngineCall.executing(data::dataset);
        out.setOutData(
                0, DatasetTable.write(dataset, parameters.samples(), parameters.mostRows(), in.getExecutionContext()));
    }
}
