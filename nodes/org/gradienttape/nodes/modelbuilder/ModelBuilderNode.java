package org.gradienttape.nodes.modelbuilder;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.Branch;
import org.gradienttape.layer.Joint;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeCode;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.ports.NodeNumber;
import org.gradienttape.nodes.table.LayerSummaryTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Builder does. */
final class ModelBuilderNode {
    private ModelBuilderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelBuilderNodeParameters parameters = in.getParameters();
        final Optional<Start> start = Start.of(in.getInPortSpecs());
        if (start.isPresent()) {
            final Optional<ModelPortObjectSpec> built = EngineCall.configuring(() -> {
                final Branch base = parameters.base(start.get(), NodeNumber.current());
                return parameters
                        .known(start.get(), base.network().output())
                        .map(more -> spec(start.get(), parameters, base, more));
            });
            built.ifPresent(spec -> out.setOutSpec(0, spec));
            Doubt.say(out::setWarningMessage, List.of(built.flatMap(spec -> MaskingLayer.doubt(spec.network()))));
        }
        out.setOutSpec(1, LayerSummaryTable.spec());
    }

    private static ModelPortObjectSpec spec(
            final Start start, final ModelBuilderNodeParameters parameters, final Branch base, final Network more) {
        return new ModelPortObjectSpec(base.with(more, NodeNumber.current()), parameters.preprocessing(start));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelBuilderNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final Start start = Start.of(Stream.of(in.getInPortObjects())
                        .map(PortObject::getSpec)
                        .toArray(PortObjectSpec[]::new))
                .orElseThrow();
        final Optional<Model> given = Stream.of(in.getInPortObjects())
                .filter(ModelPortObject.class::isInstance)
                .map(object -> ((ModelPortObject) object).model())
                .findFirst();
        final ModelPortObject model = NodeCode.run(() -> {
            final Branch base = parameters.base(start, NodeNumber.current());
            final Shape end = base.network().output();
            final Optional<Network> known = parameters.known(start, end);
            final Network more = known.isPresent()
                    ? known.get()
                    : NetworkBuilder.build(end, parameters.parts(), () -> NodeProgress.isWanted(exec));
            final ModelPortObjectSpec spec = spec(start, parameters, base, more);
            final Weights weights = new Joint(List.of(base))
                    .weights(
                            List.of(given.map(Model::weights).orElseGet(() -> Weights.initial(base.network(), 0))),
                            spec.network(),
                            parameters.seed);
            final Provenance provenance = given.map(Model::provenance).orElseGet(() -> Provenance.of("Model Builder"));
            return new ModelPortObject(
                    new Model(spec.network(), weights, spec.model().preprocessing(), provenance), spec);
        });
        Doubt.say(
                out::setWarningMessage, List.of(MaskingLayer.doubt(model.model().network())));
        out.setOutData(0, model);
        out.setInternalData(model);
        out.setOutData(1, LayerSummaryTable.write(model.model().network(), exec));
    }
}
