package org.gradienttape.nodes.modelbuilder;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.code.NetworkBuilder;
import org.gradienttape.layer.Branch;
import org.gradienttape.layer.Joint;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeCode;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.ports.NodeNumber;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Layer node does. */
final class LayerNode {
    /** Spreads the numbers of nodes over all seeds. */
    private static final long SPREAD = 0xD1342543DE82EF95L;

    private LayerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final LayerNodeParameters parameters = in.getParameters();
        final PortObjectSpec[] specs = in.getInPortSpecs();
        if (Arrays.asList(specs).contains(null)) {
            return;
        }
        final List<ModelPortObjectSpec> models =
                Stream.of(specs).map(ModelPortObjectSpec.class::cast).toList();
        final Optional<ModelPortObjectSpec> joined = EngineCall.configuring(() -> {
            final Joint joint = joint(models);
            return parameters
                    .known(models.size(), models.get(0).model().preprocessing())
                    .map(layer -> spec(joint, layer, parameters, models));
        });
        if (joined.isPresent()) {
            out.setOutSpec(0, joined.get());
        }
        Doubt.say(out::setWarningMessage, List.of(joined.flatMap(spec -> MaskingLayer.doubtOfLast(spec.network()))));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final LayerNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final List<ModelPortObject> objects = Stream.of(in.getInPortObjects())
                .map(ModelPortObject.class::cast)
                .toList();
        final List<ModelPortObjectSpec> models =
                objects.stream().map(ModelPortObject::getSpec).toList();
        final ModelPortObject model = NodeCode.run(() -> {
            final Joint joint = joint(models);
            final Layer layer = parameters
                    .known(models.size(), models.get(0).model().preprocessing())
                    .orElseGet(() -> NetworkBuilder.build(
                                    models.get(0).network().output(),
                                    List.of(parameters.part()),
                                    () -> NodeProgress.isWanted(exec))
                            .last()
                            .layer());
            final ModelPortObjectSpec spec = spec(joint, layer, parameters, models);
            final Weights weights = joint.weights(
                    objects.stream().map(object -> object.model().weights()).toList(),
                    spec.network(),
                    parameters.seed + SPREAD * NodeNumber.current().hashCode());
            return new ModelPortObject(
                    new Model(
                            spec.network(),
                            weights,
                            spec.model().preprocessing(),
                            objects.get(0).model().provenance()),
                    spec);
        });
        Doubt.say(
                out::setWarningMessage,
                List.of(MaskingLayer.doubtOfLast(model.model().network())));
        out.setOutData(0, model);
        out.setInternalData(model);
    }

    private static Joint joint(final List<ModelPortObjectSpec> models) {
        return new Joint(models.stream().map(ModelPortObjectSpec::branch).toList());
    }

    private static ModelPortObjectSpec spec(
            final Joint joint,
            final Layer layer,
            final LayerNodeParameters parameters,
            final List<ModelPortObjectSpec> models) {
        final Branch drawn = joint.with(layer, parameters.name(), NodeNumber.current());
        return new ModelPortObjectSpec(
                drawn, models.get(0).model().preprocessing().withoutTarget());
    }
}
