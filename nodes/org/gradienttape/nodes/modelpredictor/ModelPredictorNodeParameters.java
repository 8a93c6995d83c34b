package org.gradienttape.nodes.modelpredictor;

import org.gradienttape.layer.Network;
import org.gradienttape.metric.Outputs;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.torch.Compute;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelPredictorNodeParameters implements NodeParameters {
    @Section(title = "Prediction")
    interface PredictionSection {}

    @Advanced
    @Section(title = "Execution")
    @After(PredictionSection.class)
    interface ExecutionSection {}

    /** What the model's last layer gives. The names of the constants stand in saved workflows. */
    enum ModelOutputs {
        @Label(
                value = "Automatic",
                description = "Probabilities if the model ends in softmax or sigmoid, logits otherwise.")
        AUTOMATIC,
        @Label(
                value = "Logits",
                description = "Softmax makes probabilities of them; sigmoid, if there is a single one.")
        LOGITS,
        @Label(value = "Probabilities", description = "They are taken as they are.")
        PROBABILITIES
    }

    @Layout(PredictionSection.class)
    @Widget(title = "Model outputs", description = "What the last layer of the model gives.")
    @ValueSwitchWidget
    ModelOutputs outputs = ModelOutputs.AUTOMATIC;

    @Layout(ExecutionSection.class)
    @Widget(title = "Batch size", description = "How many samples are computed together; more need more memory.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int batchSize = 256;

    @Layout(ExecutionSection.class)
    @Widget(title = "Device", description = "Where the work is done.")
    @ValueSwitchWidget
    ComputeDevice device = ComputeDevice.AUTOMATIC;

    @Layout(ExecutionSection.class)
    @Widget(
            title = "Threads",
            description =
                    "How many threads the CPU may use within one operation; where the layers are too small for that to"
                            + " pay, it uses one. The last digits of the results depend on it.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int threads = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        EngineCall.configuring(this::compute);
        if (batchSize < 1) {
            throw new InvalidSettingsException("The batch size must be at least 1, but it is " + batchSize + ".");
        }
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads);
    }

    /** What the outputs of this network mean. */
    Outputs meaning(final Network network) {
        final boolean probabilities = outputs == ModelOutputs.PROBABILITIES
                || outputs == ModelOutputs.AUTOMATIC && network.endsInProbabilities();
        if (probabilities) {
            return Outputs.NUMBERS;
        }
        return network.output().last() == 1 ? Outputs.LOGITS : Outputs.CLASS_LOGITS;
    }
}
