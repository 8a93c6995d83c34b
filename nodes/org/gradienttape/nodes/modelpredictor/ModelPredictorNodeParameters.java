package org.gradienttape.nodes.modelpredictor;

import java.util.Optional;
import org.gradienttape.layer.Network;
import org.gradienttape.metric.Outputs;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.WhenChecked;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.prediction.PredictedColumns;
import org.gradienttape.torch.Compute;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.OptionalWidget.DefaultValueProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelPredictorNodeParameters implements NodeParameters {
    @Section(title = "Prediction")
    interface PredictionSection {}

    @Section(title = "Columns")
    @After(PredictionSection.class)
    interface ColumnsSection {}

    @Advanced
    @Section(title = "Execution")
    @After(ColumnsSection.class)
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
    @Widget(title = "Model outputs", description = "What the last layer of a model gives that tells classes apart.")
    @ValueSwitchWidget
    ModelOutputs outputs = ModelOutputs.AUTOMATIC;

    /** How many steps when somebody switches them on. */
    static final class FirstSteps implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(final NodeParametersInput input) {
            return 12;
        }
    }

    @Layout(PredictionSection.class)
    @Widget(title = "Steps ahead", description = """
                    For a model that predicts numbers from windows over time, and a table: so many rows are appended for each
                    group, one step after the other. What is predicted of a row is what the model sees of it in the windows
                    of later rows; so it must predict each column that it looks at.""")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstSteps.class)
    Optional<Integer> stepsAhead = Optional.empty();

    static final class ProbabilitiesReference implements ParameterReference<Boolean> {}

    static final class HasProbabilities extends WhenChecked {
        HasProbabilities() {
            super(ProbabilitiesReference.class);
        }
    }

    /** What KNIME's predictors call it, when somebody switches the own name on. */
    static final class UsualName implements DefaultValueProvider<String> {
        @Override
        public String computeState(final NodeParametersInput input) {
            return input.getInPortSpec(0)
                    .filter(ModelPortObjectSpec.class::isInstance)
                    .map(spec -> ((ModelPortObjectSpec) spec)
                            .model()
                            .preprocessing()
                            .target()
                            .columns())
                    .filter(columns -> columns.size() == 1)
                    .map(columns -> PredictedColumns.prediction(columns.get(0)))
                    .orElse("Prediction");
        }
    }

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Own name of the prediction",
            description = "What the column with the prediction is called, instead of <i>Prediction (target)</i>,"
                    + " <i>Predicted class</i> or <i>Reconstruction error</i>. Where several numbers are predicted,"
                    + " the name is followed by that of the target.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    @OptionalWidget(defaultProvider = UsualName.class)
    Optional<String> prediction = Optional.empty();

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Probabilities",
            description = "One column for each class, with its probability: <i>P (target=class)</i>.")
    @ValueReference(ProbabilitiesReference.class)
    boolean probabilities = true;

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Suffix of the probabilities",
            description = "What the names of these columns end with, to tell those of several models apart.")
    @Effect(predicate = HasProbabilities.class, type = EffectType.SHOW)
    String suffix = "";

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Reconstruction",
            description = "What an autoencoder makes of each sample, one column for each number: of rows of a table in"
                    + " the units of their columns, of other samples as they are at the network.")
    boolean reconstruction;

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
        UnsetText.refuse(this);
        EngineCall.configuring(this::compute);
        if (batchSize < 1) {
            throw new InvalidSettingsException("The batch size must be at least 1, but it is " + batchSize + ".");
        }
        if (stepsAhead.isPresent() && stepsAhead.get() < 1) {
            throw new InvalidSettingsException("The steps ahead must be at least 1, but they are " + stepsAhead.get()
                    + "; change them or switch them off.");
        }
        if (prediction.isPresent() && prediction.get().isBlank()) {
            throw new InvalidSettingsException(
                    "The column with the prediction needs a name, but its own name is empty; type one or switch it off.");
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
