package org.gradienttape.nodes.modelbuilder;

import java.util.List;
import java.util.Optional;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.LayerSummary;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeCode;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.table.LayerSummaryTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Builder does. */
final class ModelBuilderNode {
    private ModelBuilderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelBuilderNodeParameters parameters = in.getParameters();
        final Optional<Network> known = EngineCall.configuring(parameters::known);
        known.ifPresent(network -> out.setOutSpec(0, new ModelPortObjectSpec(network)));
        Doubt.say(out::setWarningMessage, List.of(known.flatMap(MaskingLayer::doubt)));
        out.setOutSpec(1, LayerSummaryTable.spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelBuilderNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final Network network = NodeCode.run(
                () -> NetworkBuilder.build(parameters.input(), parameters.parts(), () -> NodeProgress.isWanted(exec)));
        Doubt.say(out::setWarningMessage, List.of(MaskingLayer.doubt(network)));
        final Weights weights = Weights.initial(network, parameters.seed);
        final ModelPortObject model = new ModelPortObject(new Model(network, weights, Provenance.of("Model Builder")));
        out.setOutData(0, model);
        out.setInternalData(model);
        out.setOutData(1, LayerSummaryTable.write(LayerSummary.of(network), exec));
    }
}
