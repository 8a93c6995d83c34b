package org.gradienttape.nodes.trainer;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.nodes.AdagradParameters;
import org.gradienttape.nodes.AdamParameters;
import org.gradienttape.nodes.AdamWParameters;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ExecutionMode;
import org.gradienttape.nodes.OptimizerNumbers;
import org.gradienttape.nodes.OptimizerType;
import org.gradienttape.nodes.RmsPropParameters;
import org.gradienttape.nodes.SgdParameters;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.training.ClippingParameters;
import org.gradienttape.nodes.training.RunStateParameters;
import org.gradienttape.nodes.training.ScheduleParameters;
import org.gradienttape.nodes.training.TensorBoardParameters;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.train.TrainingConfig;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class GradientTapeTrainerNodeParameters implements NodeParameters {
    @Section(title = "Training")
    interface TrainingSection {}

    @Section(title = "Optimizer")
    @After(TrainingSection.class)
    interface OptimizerSection {}

    @Section(title = "Loss and logs")
    @After(OptimizerSection.class)
    interface LossSection {}

    @Section(title = "Metrics")
    @After(LossSection.class)
    interface MetricsSection {}

    @Section(title = "Early stopping")
    @After(MetricsSection.class)
    interface EarlyStoppingSection {}

    @Section(title = "Step")
    @After(EarlyStoppingSection.class)
    interface StepSection {}

    @Section(title = "Stop and go on")
    @After(StepSection.class)
    interface RunStateSection {}

    @Section(title = "TensorBoard")
    @After(RunStateSection.class)
    interface TensorBoardSection {}

    @Advanced
    @Section(title = "Learning rate schedule")
    @After(TensorBoardSection.class)
    interface ScheduleSection {}

    @Advanced
    @Section(title = "Checkpoint")
    @After(ScheduleSection.class)
    interface CheckpointSection {}

    @Advanced
    @Section(title = "Execution")
    @After(CheckpointSection.class)
    interface ExecutionSection {}

    static final class LossReference implements ParameterReference<LossType> {}

    static final class IsHuber implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LossReference.class).isOneOf(LossType.HUBER);
        }
    }

    static final class IsLossInJava implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LossReference.class).isOneOf(LossType.JAVA_CODE);
        }
    }

    @Layout(TrainingSection.class)
    @Widget(title = "Epochs", description = "How many times training passes over all samples.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int epochs = 2;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Batch size",
            description = "How many samples make one step. The last batch of an epoch may be smaller.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int batchSize = 64;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Shuffle buffer",
            description =
                    "Each sample is drawn at random from a buffer of this many, which is refilled in file order, as"
                            + " in tf.data. 0 shuffles the whole set, 1 keeps the file's order.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    int shuffleBuffer = 1024;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Seed",
            description = "Starts the shuffling and Dropout; the same seed gives the same run on the same machine.")
    long seed;

    @Layout(OptimizerSection.class)
    @Widget(title = "Optimizer", description = "How the gradients change the weights.")
    @ValueReference(OptimizerEffects.Optimizer.class)
    OptimizerType optimizer = OptimizerType.SGD;

    @Layout(OptimizerSection.class)
    @Widget(title = "Learning rate", description = "The step size, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double learningRate = 1e-3;

    @Layout(OptimizerSection.class)
    @Effect(predicate = OptimizerEffects.IsSgd.class, type = EffectType.SHOW)
    SgdParameters sgd = new SgdParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = OptimizerEffects.IsAnAdam.class, type = EffectType.SHOW)
    AdamParameters adam = new AdamParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = OptimizerEffects.IsAdamW.class, type = EffectType.SHOW)
    AdamWParameters adamW = new AdamWParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = OptimizerEffects.IsRmsProp.class, type = EffectType.SHOW)
    RmsPropParameters rmsProp = new RmsPropParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = OptimizerEffects.IsAdagrad.class, type = EffectType.SHOW)
    AdagradParameters adagrad = new AdagradParameters();

    @Layout(OptimizerSection.class)
    ClippingParameters clipping = new ClippingParameters();

    @Layout(ScheduleSection.class)
    ScheduleParameters schedule = new ScheduleParameters();

    @Layout(ScheduleSection.class)
    PlateauParameters plateau = new PlateauParameters();

    @Layout(LossSection.class)
    @Widget(title = "Loss", description = "What training minimises.")
    @ValueReference(LossReference.class)
    LossType loss = LossType.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS;

    @Layout(LossSection.class)
    @Widget(title = "Delta", description = "The error up to which the Huber loss is squared; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsHuber.class, type = EffectType.SHOW)
    double huberDelta = 1;

    @Layout(LossSection.class)
    @Widget(
            title = "Code of the loss",
            description =
                    "A Java file with one class that implements CustomLoss of org.gradienttape.loss. The first text is"
                            + " the focal loss.")
    @TextAreaWidget(rows = 24)
    @Effect(predicate = IsLossInJava.class, type = EffectType.SHOW)
    String lossCode = StepTemplate.text("FocalLoss");

    @Layout(LossSection.class)
    @Widget(
            title = "Class weights",
            description =
                    "How much each class counts in the loss of the training data; the validation and the metrics count"
                            + " all classes alike.")
    @ValueReference(ClassWeighting.Reference.class)
    @ValueSwitchWidget
    @Advanced
    ClassWeighting classWeights = ClassWeighting.NONE;

    @Layout(LossSection.class)
    @Widget(
            title = "Weight of each class",
            description = "A line for each class, such as cat = 2.5; a class that is not named counts 1.")
    @TextAreaWidget(rows = 5)
    @Effect(predicate = ClassWeighting.IsGiven.class, type = EffectType.SHOW)
    @Advanced
    String weightOfEachClass = "";

    @Layout(MetricsSection.class)
    MetricsParameters metrics = new MetricsParameters();

    @Layout(EarlyStoppingSection.class)
    EarlyStoppingParameters earlyStopping = new EarlyStoppingParameters();

    @Layout(EarlyStoppingSection.class)
    @Widget(
            title = "Stop on NaN",
            description =
                    "Ends training when the loss, or at the end a weight, becomes NaN or infinite: with the model of the"
                            + " last finished epoch, and the epoch log says so. Without this the node fails.")
    @Advanced
    boolean stopOnNan;

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
        EngineCall.configuring(this::trainingConfig);
        EngineCall.configuring(this::update);
        EngineCall.configuring(this::objective);
        EngineCall.configuring(() -> callbacks(Optional.empty()));
        EngineCall.configuring(() -> checkpoint.checked(metrics.toConfig()));
        EngineCall.configuring(runState::checked);
        EngineCall.configuring(this::compute);
    }

    TrainingConfig trainingConfig() {
        return new TrainingConfig(epochs, batchSize, shuffleBuffer, seed, logEvery);
    }

    Update update() {
        return new Update(
                optimizer.toConfig(learningRate, new OptimizerNumbers(sgd, adam, adamW, rmsProp, adagrad)),
                clipping.toConfig());
    }

    CallbacksConfig callbacks() {
        return callbacks(checkpoint.toConfig(metrics.toConfig()));
    }

    private CallbacksConfig callbacks(final Optional<CheckpointConfig> chosenCheckpoint) {
        final MetricsConfig reported = metrics.toConfig();
        return new CallbacksConfig(
                schedule.toConfig(),
                plateau.toConfig(reported),
                earlyStopping.toConfig(reported),
                chosenCheckpoint,
                stopOnNan ? NonFiniteLoss.STOP : NonFiniteLoss.FAIL);
    }

    Objective objective() {
        return new Objective(loss.toConfig(huberDelta), metrics.toConfig(), classWeights.toConfig(weightOfEachClass));
    }

    /** What of the run is Java code. */
    OwnCode ownCode() {
        return new OwnCode(
                Optional.of(ownStep.source()).filter(source -> step == StepKind.JAVA_CODE),
                Optional.of(lossCode).filter(source -> loss == LossType.JAVA_CODE),
                metrics.source());
    }

    RunFiles files() {
        return new RunFiles(runState.toPlan(), tensorBoard.toFolder());
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads, execution.toConfig());
    }
}
