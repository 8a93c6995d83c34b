package org.gradienttape.nodes.training;

import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.CallbacksConfig.NonFiniteLoss;
import org.gradienttape.callback.CheckpointConfig;
import org.gradienttape.metric.MetricsConfig;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.StepTemplate;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.OwnCode;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.text.TextAreaWidget;

/** What is set of a run with one network, wherever it is computed. */
@LoadDefaultsForAbsentFields
public class TrainerParameters extends OptimizerParameters.OfOneNetwork {
    @Section(title = "Loss and logs")
    @After(OptimizerSection.class)
    public interface LossSection {}

    @Section(title = "Metrics")
    @After(LossSection.class)
    public interface MetricsSection {}

    @Section(title = "Early stopping")
    @After(MetricsSection.class)
    public interface EarlyStoppingSection {}

    @Advanced
    @Section(title = "Learning rate schedule")
    @After(EarlyStoppingSection.class)
    public interface ScheduleSection {}

    @Section(title = "Step")
    @After(ScheduleSection.class)
    public interface StepSection {}

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

    @Layout(OptimizerSection.class)
    public ClippingParameters clipping = new ClippingParameters();

    @Layout(ScheduleSection.class)
    public ScheduleParameters schedule = new ScheduleParameters();

    @Layout(ScheduleSection.class)
    public PlateauParameters plateau = new PlateauParameters();

    @Layout(LossSection.class)
    @Widget(title = "Loss", description = "What training minimises.")
    @ValueReference(LossReference.class)
    public LossType loss = LossType.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS;

    @Layout(LossSection.class)
    @Widget(title = "Delta", description = "The error up to which the Huber loss is squared; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsHuber.class, type = EffectType.SHOW)
    public double huberDelta = 1;

    @Layout(LossSection.class)
    @Widget(
            title = "Code of the loss",
            description =
                    "A Java file with one class that implements CustomLoss of org.gradienttape.loss. The first text is"
                            + " the focal loss.")
    @TextAreaWidget(rows = 24)
    @Effect(predicate = IsLossInJava.class, type = EffectType.SHOW)
    public String lossCode = StepTemplate.text("FocalLoss");

    @Layout(LossSection.class)
    @Widget(
            title = "Class weights",
            description =
                    "How much each class counts in the loss of the training data; the validation and the metrics count"
                            + " all classes alike.")
    @ValueReference(ClassWeighting.Reference.class)
    @ValueSwitchWidget
    @Advanced
    public ClassWeighting classWeights = ClassWeighting.NONE;

    @Layout(LossSection.class)
    @Widget(
            title = "Weight of each class",
            description = "A line for each class, such as cat = 2.5; a class that is not named counts 1.")
    @TextAreaWidget(rows = 5)
    @Effect(predicate = ClassWeighting.IsGiven.class, type = EffectType.SHOW)
    @Advanced
    public String weightOfEachClass = "";

    @Layout(MetricsSection.class)
    public MetricsParameters metrics = new MetricsParameters();

    @Layout(EarlyStoppingSection.class)
    public EarlyStoppingParameters earlyStopping = new EarlyStoppingParameters();

    @Layout(EarlyStoppingSection.class)
    @Widget(
            title = "Stop on NaN",
            description =
                    "Ends training when the loss, or at the end a weight, becomes NaN or infinite: with the model of the"
                            + " last finished epoch, and the epoch log says so. Without this the node fails.")
    @Advanced
    public boolean stopOnNan;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(() -> trainingConfig(1));
        EngineCall.configuring(this::update);
        EngineCall.configuring(this::objective);
        EngineCall.configuring(() -> callbacks(Optional.empty()));
    }

    public final Update update() {
        return new Update(optimizerConfig(), clipping.toConfig());
    }

    protected final CallbacksConfig callbacks(final Optional<CheckpointConfig> checkpoint) {
        final MetricsConfig reported = metrics.toConfig();
        return new CallbacksConfig(
                schedule.toConfig(),
                plateau.toConfig(reported),
                earlyStopping.toConfig(reported),
                checkpoint,
                stopOnNan ? NonFiniteLoss.STOP : NonFiniteLoss.FAIL);
    }

    public final Objective objective() {
        return new Objective(loss.toConfig(huberDelta), metrics.toConfig(), classWeights.toConfig(weightOfEachClass));
    }

    /**
     * What of the run is Java code.
     *
     * @param step the code of the step, if it is
     */
    protected final OwnCode ownCode(final Optional<String> step) {
        return new OwnCode(step, Optional.of(lossCode).filter(source -> loss == LossType.JAVA_CODE), metrics.source());
    }
}
