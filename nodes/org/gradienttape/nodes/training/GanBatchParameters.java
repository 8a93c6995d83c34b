package org.gradienttape.nodes.training;

import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.AtMostOne;
import org.gradienttape.train.TrainingConfig;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.OptionalWidget.DefaultValueProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How real and generated images come in epochs and batches. */
public abstract class GanBatchParameters implements NodeParameters {
    @Section(title = "Training")
    public interface TrainingSection {}

    /** What the step limit is when somebody switches it on. */
    static final class FirstStepLimit implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(final NodeParametersInput input) {
            return 100;
        }
    }

    @Layout(TrainingSection.class)
    @Widget(
            title = "Epochs",
            description = "How many times training passes over all images. Good digits take 20 or more.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int epochs = 1;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Step limit",
            description = "The most steps of the whole run. Without a limit it ends with the epochs.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstStepLimit.class)
    public Optional<Integer> stepLimit = Optional.empty();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Batch size",
            description =
                    "How many real images, and as many generated ones, make one step. The last batch of an epoch may be"
                            + " smaller.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int batchSize = 64;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Shuffle buffer",
            description =
                    "Each image is drawn at random from a buffer of this many, which is refilled in file order, as in"
                            + " tf.data. 0 shuffles the whole set, 1 keeps the file's order.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    public int shuffleBuffer = 1024;

    @Layout(TrainingSection.class)
    @Widget(title = "Latent dimension", description = "How many random numbers the generator makes one image from.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int latentDimension = 128;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Label noise",
            description = "Random numbers from 0 up to this one are added to the discriminator's labels; from 0 to 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = AtMostOne.class)
    @Advanced
    public double labelNoise = 0.05;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Seed",
            description = "Starts the shuffling and all random numbers; the same seed gives the same run on the same"
                    + " machine.")
    public long seed;

    protected final TrainingConfig trainingConfig(final int logEvery) {
        if (stepLimit.isPresent() && stepLimit.get() < 1) {
            throw new InvalidInputException("The step limit must be at least 1, but it is " + stepLimit.get()
                    + "; switch it off to run all epochs.");
        }
        return new TrainingConfig(epochs, batchSize, shuffleBuffer, seed, logEvery, stepLimit.orElse(0));
    }
}
