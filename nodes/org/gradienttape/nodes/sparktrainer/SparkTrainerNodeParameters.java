package org.gradienttape.nodes.sparktrainer;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.training.OwnStepParameters;
import org.gradienttape.nodes.training.TrainerParameters;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.train.TrainingConfig;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class SparkTrainerNodeParameters extends TrainerParameters {
    @Section(title = "Spark")
    @After(StepSection.class)
    interface SparkSection {}

    @Layout(LossSection.class)
    @Widget(
            title = "Steps between two log rows",
            description = "The step log has a row at step 0 of each epoch and every so many steps.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int logEvery = 200;

    @Layout(StepSection.class)
    @Widget(title = "Step", description = "What happens with each batch.")
    @ValueReference(StepKind.Reference.class)
    @ValueSwitchWidget
    StepKind step = StepKind.STANDARD;

    @Layout(StepSection.class)
    @Effect(predicate = StepKind.IsJavaCode.class, type = EffectType.SHOW)
    OwnStepParameters ownStep = new OwnStepParameters();

    @Layout(SparkSection.class)
    SparkParameters spark = new SparkParameters();

    @Layout(SparkSection.class)
    @Widget(
            title = "Threads",
            description = "How many threads each worker may use within one operation; it has one core of Spark.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    int threads = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        super.validate();
        EngineCall.configuring(this::trainingConfig);
        EngineCall.configuring(this::compute);
        EngineCall.configuring(spark::toConfig);
    }

    TrainingConfig trainingConfig() {
        return trainingConfig(logEvery);
    }

    /** What of the run is Java code. */
    OwnCode ownCode() {
        return ownCode(Optional.of(ownStep.source()).filter(source -> step == StepKind.JAVA_CODE));
    }

    CallbacksConfig callbacks() {
        return callbacks(Optional.empty());
    }

    Compute compute() {
        return new Compute(Device.CPU, threads, Execution.COMPILED);
    }
}
