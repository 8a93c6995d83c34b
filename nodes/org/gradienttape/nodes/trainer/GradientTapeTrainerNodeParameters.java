package org.gradienttape.nodes.trainer;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.training.OwnStepParameters;
import org.gradienttape.nodes.training.RunStateParameters;
import org.gradienttape.nodes.training.TensorBoardParameters;
import org.gradienttape.nodes.training.TrainerParameters;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
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
public final class GradientTapeTrainerNodeParameters extends TrainerParameters {
    @Section(title = "Stop and go on")
    @After(StepSection.class)
    interface RunStateSection {}

    @Section(title = "TensorBoard")
    @After(RunStateSection.class)
    interface TensorBoardSection {}

    @Advanced
    @Section(title = "Checkpoint")
    @After(TensorBoardSection.class)
    interface CheckpointSection {}

    @Advanced
    @Section(title = "Execution")
    @After(CheckpointSection.class)
    interface ExecutionSection {}

    @Layout(CheckpointSection.class)
    CheckpointParameters checkpoint = new CheckpointParameters();

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

    @Layout(RunStateSection.class)
    RunStateParameters runState = new RunStateParameters();

    @Layout(TensorBoardSection.class)
    TensorBoardParameters tensorBoard = new TensorBoardParameters();

    @Layout(ExecutionSection.class)
    @Widget(title = "Execution", description = "How the operations of a step reach the engine.")
    @ValueReference(ExecutionMode.Reference.class)
    @ValueSwitchWidget
    ExecutionMode execution = ExecutionMode.COMPILED;

    @Layout(ExecutionSection.class)
    @Effect(predicate = ExecutionMode.IsCompiled.class, type = EffectType.SHOW)
    @Widget(
            title = "Show compiled code",
            description =
                    "Keeps the generated code with the trained model: as a view of the output port, and in the file"
                            + " that the Model Writer writes.")
    boolean showCode;

    @Layout(ExecutionSection.class)
    @Widget(title = "Device", description = "Where the work is done.")
    @ValueSwitchWidget
    ComputeDevice device = ComputeDevice.AUTOMATIC;

    @Layout(ExecutionSection.class)
    @Widget(
            title = "Threads",
            description =
                    "How many threads the CPU may use within one operation; where the layers are too small for that to"
                            + " pay, it uses one. The last digits of the results depend on it. More than 1 pays on an"
                            + " idle machine alone.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int threads = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        super.validate();
        EngineCall.configuring(this::trainingConfig);
        EngineCall.configuring(() -> checkpoint.checked(metrics.toConfig()));
        EngineCall.configuring(runState::checked);
        EngineCall.configuring(this::compute);
    }

    TrainingConfig trainingConfig() {
        return trainingConfig(logEvery);
    }

    CallbacksConfig callbacks() {
        return callbacks(checkpoint.toConfig(metrics.toConfig()));
    }

    /** What of the run is Java code. */
    OwnCode ownCode() {
        return ownCode(Optional.of(ownStep.source()).filter(source -> step == StepKind.JAVA_CODE));
    }

    RunFiles files() {
        return new RunFiles(runState.toPlan(), tensorBoard.toFolder());
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads, execution.toConfig());
    }
}
