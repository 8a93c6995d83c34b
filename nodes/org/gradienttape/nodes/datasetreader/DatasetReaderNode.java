package org.gradienttape.nodes.datasetreader;

import java.util.Optional;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetInfoPair;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.DatasetOutputs;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Dataset Reader does. */
final class DatasetReaderNode {
    private DatasetReaderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DatasetReaderNodeParameters parameters = in.getParameters();
        final Optional<DatasetInfoPair> found = EngineCall.configuring(parameters::describe);
        if (found.isPresent()) {
            final DatasetInfo training = found.get().training();
            out.setOutSpec(0, new DatasetPortObjectSpec(training));
            out.setOutSpec(1, new DatasetPortObjectSpec(found.get().heldOut().orElse(training.withSamples(0))));
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DatasetReaderNodeParameters parameters = in.getParameters();
        final DatasetPair read = DatasetOutputs.set(in, out, EngineCall.executing(parameters::reading));
        if (!read.warnings().isEmpty()) {
            out.setWarningMessage(String.join("\n", read.warnings()));
        }
    }
}
