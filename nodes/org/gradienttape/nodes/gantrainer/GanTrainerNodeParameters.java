package org.gradienttape.nodes.gantrainer;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.training.ClippingParameters;
import org.gradienttape.nodes.training.EarlyStoppingNumbers;
import org.gradienttape.nodes.training.OptimizerParameters;
import org.gradienttape.nodes.training.PlateauNumbers;
import org.gradienttape.nodes.training.RunStateParameters;
import org.gradienttape.nodes.training.ScheduleParameters;
import org.gradienttape.nodes.training.TensorBoardParameters;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.RunFiles;
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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets; the defaults are the guide's. */
@LoadDefaultsForAbsentFields
public final class GanTrainerNodeParameters extends OptimizerParameters.OfTwoNetworks {
    @Advanced
    @Section(title = "Both optimizers")
    @After(GeneratorSection.class)
    interface BothSection {}

    @Section(title = "Logs and images")
    @After(BothSection.class)
    interface LogSection {}

    @Section(title = "Step")
    @After(LogSection.class)
    interface StepSection {}

    @Section(title = "Stop and go on")
    @After(StepSection.class)
    interface RunStateSection {}

    @Section(title = "TensorBoard")
    @After(RunStateSection.class)
    interface TensorBoardSection {}

    @Advanced
    @Section(title = "Early stopping and checkpoint")
    @After(TensorBoardSection.class)
    interface CallbacksSection {}

    @Advanced
    @Section(title = "Execution")
    @After(CallbacksSection.class)
    interface ExecutionSection {}

    @Layout(BothSection.class)
    ClippingParameters clipping = new ClippingParameters();

    @Layout(BothSection.class)
    ScheduleParameters schedule = new ScheduleParameters();

    @Layout(CallbacksSection.class)
    GanWatchParameters watch = new GanWatchParameters();

    @Layout(CallbacksSection.class)
    PlateauNumbers plateau = new PlateauNumbers();

    @Layout(CallbacksSection.class)
    EarlyStoppingNumbers earlyStopping = new EarlyStoppingNumbers();

    @Layout(CallbacksSection.class)
    @Widget(
            title = "Stop on NaN",
            description =
                    "Ends training when a loss, or at the end a weight, becomes NaN or infinite: with the networks of the"
                            + " last finished epoch, and the epoch log says so. Without this the node fails.")
    boolean stopOnNan;

    @Layout(CallbacksSection.class)
    GanCheckpointParameters checkpoint = new GanCheckpointParameters();

    @Layout(LogSection.class)
    @Widget(
            title = "Steps between two log rows",
            description = "The step log has a row at step 0 of each epoch and every so many steps.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int logEvery = 200;

    @Layout(LogSection.class)
    @Widget(
            title = "Steps between two images",
            description = "An image is kept at step 0 of each epoch and every so many steps.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int imageEvery = 200;

    @Layout(LogSection.class)
    @Widget(
            title = "Images from fixed noise",
            description =
                    "How many images are made each time from random numbers that stay the same during the run, so that"
                            + " progress can be compared. They stand in a grid, in a column of their own; 0 for none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int fixedImages;

    @Layout(StepSection.class)
    @Widget(title = "Step", description = "What happens with each batch of images.")
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
                    "Keeps the generated code with the trained generator: as a view of the output port, and in the file"
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
                            + " pay, it uses one. The last digits of the results depend on it."
                            + " Convolutions are nearly twice as fast with 2 on an idle machine.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int threads = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(this::ganConfig);
        EngineCall.configuring(this::discriminatorUpdate);
        EngineCall.configuring(this::generatorUpdate);
        EngineCall.configuring(() -> callbacks(Optional.empty()));
        EngineCall.configuring(checkpoint::checked);
        EngineCall.configuring(runState::checked);
        EngineCall.configuring(this::compute);
    }

    GanConfig ganConfig() {
        return new GanConfig(
                trainingConfig(logEvery),
                latentDimension,
                labelNoise,
                new GanConfig.KeptImages(imageEvery, fixedImages));
    }

    Update discriminatorUpdate() {
        return new Update(discriminatorConfig(), clipping.toConfig());
    }

    Update generatorUpdate() {
        return new Update(generatorConfig(), clipping.toConfig());
    }

    CallbacksConfig callbacks() {
        return callbacks(checkpoint.toConfig(watch.toConfig(0)));
    }

    private CallbacksConfig callbacks(final Optional<CheckpointConfig> chosenCheckpoint) {
        return new CallbacksConfig(
                schedule.toConfig(),
                plateau.toConfig(watch::toConfig),
                earlyStopping.toConfig(watch::toConfig),
                chosenCheckpoint,
                stopOnNan ? NonFiniteLoss.STOP : NonFiniteLoss.FAIL);
    }

    RunFiles files() {
        return new RunFiles(runState.toPlan(), tensorBoard.toFolder());
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads, execution.toConfig());
    }
}
