package org.gradienttape.nodes.modelreader;

import java.util.List;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Reader does. */
final class ModelReaderNode {
    private ModelReaderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelReaderNodeParameters parameters = in.getParameters();
        final Outline model = EngineCall.configuring(() -> ModelFile.readOutline(parameters.file()));
        Doubt.say(out::setWarningMessage, List.of(EngineCall.configuring(() -> parameters.doubtfulCode(model))));
        out.setOutSpec(0, new ModelPortObjectSpec(model));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out) throws KNIMEException {
        final ModelReaderNodeParameters parameters = in.getParameters();
        final Model model = EngineCall.executing(() -> ModelFile.read(parameters.file()));
        Doubt.say(
                out::setWarningMessage, List.of(EngineCall.executing(() -> parameters.doubtfulCode(model.outline()))));
        out.setOutData(0, new ModelPortObject(model));
    }
}
