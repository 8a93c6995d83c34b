package org.gradienttape.nodes.trainer;

import org.gradienttape.nodes.AdamParameters;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.OptimizerType;
import org.gradienttape.nodes.SgdParameters;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
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
import org.knime.node.parameters.widget.choices.Label;
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

    @Advanced
    @Section(title = "Execution")
    @After(LossSection.class)
    interface ExecutionSection {}

    /** What is minimised. */
    enum Loss {
        @Label(
                value = "Sparse categorical cross-entropy from logits",
                description = "For integer labels and one logit per class, averaged over the batch.")
        SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
        @Label(
                value = "Binary cross-entropy from logits",
                description = "For labels of 0 or 1 and one logit, that of label 1, averaged over the batch.")
        BINARY_CROSSENTROPY_FROM_LOGITS
    }

    static final class OptimizerReference implements ParameterReference<OptimizerType> {}

    static final class IsSgd implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(OptimizerReference.class).isOneOf(OptimizerType.SGD);
        }
    }

    static final class IsAdam implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(OptimizerReference.class).isOneOf(OptimizerType.ADAM);
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
    @ValueSwitchWidget
    OptimizerType optimizer = OptimizerType.SGD;

    @Layout(OptimizerSection.class)
    @Widget(title = "Learning rate", description = "The step size, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double learningRate = 1e-3;

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsSgd.class, type = EffectType.SHOW)
    SgdParameters sgd = new SgdParameters();

    @Layout(OptimizerSection.class)
    @Effect(predicate = IsAdam.class, type = EffectType.SHOW)
    AdamParameters adam = new AdamParameters();

    @Layout(LossSection.class)
    @Widget(title = "Loss", description = "What training minimises.")
    Loss loss = Loss.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS;

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
        EngineCall.configuring(this::compute);
    }

    TrainingConfig trainingConfig() {
        return new TrainingConfig(epochs, batchSize, shuffleBuffer, seed, logEvery);
    }

    OptimizerConfig optimizerConfig() {
        return switch (optimizer) {
            case SGD -> sgd.toConfig(learningRate);
            case ADAM -> adam.toConfig(learningRate);
        };
    }

    org.gradienttape.loss.Loss lossConfig() {
        return org.gradienttape.loss.Loss.valueOf(loss.name());
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads);
    }
}
