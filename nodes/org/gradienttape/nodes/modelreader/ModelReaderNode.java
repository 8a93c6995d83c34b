package org.gradienttape.nodes.modelreader;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Reader does. */
final class ModelReaderNode {
    private ModelReaderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelReaderNodeParameters parameters = in.getParameters();
        final Optional<Outline> network = Arrays.stream(in.getInPortSpecs())
                .filter(ModelPortObjectSpec.class::isInstance)
                .map(spec -> ((ModelPortObjectSpec) spec).model())
                .findFirst();
        final PretrainedModel file = EngineCall.configuring(() -> PretrainedModel.of(parameters.file()));
        final Outline model = EngineCall.configuring(() -> file.outline(network));
        for (final PortObjectSpec spec : in.getInPortSpecs()) {
            if (spec instanceof DataTableSpec table) {
                EngineCall.configuring(() -> WeightNames.columns(table));
            }
        }
        Doubt.say(
                out::setWarningMessage,
                List.of(EngineCall.configuring(() -> parameters.doubtfulCode(model)), file.doubtfulSamples(model)));
        out.setOutSpec(0, new ModelPortObjectSpec(model));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out) throws KNIMEException {
        final ModelReaderNodeParameters parameters = in.getParameters();
        final Optional<Model> network = Arrays.stream(in.getInPortObjects())
                .filter(ModelPortObject.class::isInstance)
                .map(object -> ((ModelPortObject) object).model())
                .findFirst();
        final Optional<BufferedDataTable> table = Arrays.stream(in.getInPortObjects())
                .filter(BufferedDataTable.class::isInstance)
                .map(BufferedDataTable.class::cast)
                .findFirst();
        final PretrainedModel file = EngineCall.executing(() -> PretrainedModel.of(parameters.file()));
        final Model model = EngineCall.executing(
                () -> file.read(network, table.map(WeightNames::read), parameters.layout.toConfig()));
        Doubt.say(
                out::setWarningMessage,
                List.of(
                        EngineCall.executing(() -> parameters.doubtfulCode(model.outline())),
                        file.doubtfulSamples(model.outline())));
        out.setOutData(0, new ModelPortObject(model));
    }
}
