package org.gradienttape.nodes.trainer;

import org.gradienttape.nodes.AdagradParameters;
import org.gradienttape.nodes.AdamParameters;
import org.gradienttape.nodes.AdamWParameters;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ForOptimizers;
import org.gradienttape.nodes.OptimizerNumbers;
import org.gradienttape.nodes.OptimizerType;
import org.gradienttape.nodes.RmsPropParameters;
import org.gradienttape.nodes.SgdParameters;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Objective;
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

    @Advanced
    @Section(title = "Execution")
    @After(MetricsSection.class)
    interface ExecutionSection {}

    static final class OptimizerReference implements ParameterReference<OptimizerType> {}

    static final class LossReference implements ParameterReference<LossType> {}

    static final class IsSgd extends ForOptimizers {
        IsSgd() {
            super(OptimizerReference.class, OptimizerType.SGD);
        }
    }

    static final class IsAnAdam extends ForOptimizers {
        IsAnAdam() {
            super(OptimizerReference.class, OptimizerType.ADAM, OptimizerType.ADAMW, OptimizerType.NADAM);
        }
    }

    static final class IsAdamW extends ForOptimizers {
        IsAdamW() {
            super(OptimizerReference.class, OptimizerType.ADAMW);
        }
    }

    static final class IsRmsProp extends ForOptimizers {
        IsRmsProp() {
            super(OptimizerReference.class, OptimizerType.RMSPROP);
        }
    }

    static final class IsAdagrad extends ForOptimizers {
        IsAdagrad() {
            super(OptimizerReference.class, OptimizerType.ADAGRAD);
        }
    }

    static final class IsHuber implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LossReference.class).isOneOf(LossType.HUBER);
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
    int shuffleBuffer = 1024;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Seed",
            description = "Starts the shuffling and Dropout; the same seed gives the same run on the same machine.")
    long seed;

    @Layout(OptimizerSection.class)
    @Widget(title = "Optimizer", description = "How the gradients change the weights.")
    @ValueReference(OptimizerReference.class)
    OptimizerType optimizer = OptimizerType.SGD;

    @Layout(OptimizerSection.class)
    @Widget(title = "Learning rate", description = "The step size, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double learningRate = 1e-3;

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsSgd.class, type = EffectType.SHOW)
    SgdParameters sgd = new SgdParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsAnAdam.class, type = EffectType.SHOW)
    AdamParameters adam = new AdamParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsAdamW.class, type = EffectType.SHOW)
    AdamWParameters adamW = new AdamWParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsRmsProp.class, type = EffectType.SHOW)
    RmsPropParameters rmsProp = new RmsPropParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsAdagrad.class, type = EffectType.SHOW)
    AdagradParameters adagrad = new AdagradParameters();

    @Layout(LossSection.class)
    @Widget(title = "Loss", description = "What training minimises.")
    @ValueReference(LossReference.class)
    LossType loss = LossType.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS;

    @Layout(LossSection.class)
    @Widget(title = "Delta", description = "The error up to which the Huber loss is squared; above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = IsHuber.class, type = EffectType.SHOW)
    double huberDelta = 1;

    @Layout(MetricsSection.class)
    MetricsParameters metrics = new MetricsParameters();

    @Layout(LossSection.class)
    @Widget(
            title = "Steps between two log rows",
            description = "The step log has a row at step 0 of each epoch and every so many steps.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int logEvery = 200;

    @Layout(ExecutionSection.class)
    @Widget(title = "Device", description = "Where the work is done.")
    @ValueSwitchWidget
    ComputeDevice device = ComputeDevice.AUTOMATIC;

    @Layout(ExecutionSection.class)
    @Widget(
            title = "Threads",
            description =
                    "How many threads the CPU uses within one operation. The last digits of the results depend on it."
                            + " More than 1 pays only for large layers on an idle machine.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int threads = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        EngineCall.configuring(this::trainingConfig);
        EngineCall.configuring(this::optimizerConfig);
        EngineCall.configuring(this::objective);
        EngineCall.configuring(this::compute);
    }

    TrainingConfig trainingConfig() {
        return new TrainingConfig(epochs, batchSize, shuffleBuffer, seed, logEvery);
    }

    OptimizerConfig optimizerConfig() {
        return new OptimizerNumbers(sgd, adam, adamW, rmsProp, adagrad).toConfig(optimizer, learningRate);
    }

    Objective objective() {
        return new Objective(loss.toConfig(huberDelta), metrics.toConfig());
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads);
    }
}
