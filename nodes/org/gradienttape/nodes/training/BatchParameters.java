package org.gradienttape.nodes.training;

import org.gradienttape.train.TrainingConfig;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How the samples come in epochs and batches. */
public abstract class BatchParameters implements NodeParameters {
    @Section(title = "Training")
    public interface TrainingSection {}

    @Layout(TrainingSection.class)
    @Widget(title = "Epochs", description = "How many times training passes over all samples.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int epochs = 2;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Batch size",
            description = "How many samples make one step. The last batch of an epoch may be smaller.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    public int batchSize = 64;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Shuffle buffer",
            description =
                    "Each sample is drawn at random from a buffer of this many, which is refilled in file order, as"
                            + " in tf.data. 0 shuffles the whole set, 1 keeps the file's order.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    public int shuffleBuffer = 1024;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Seed",
            description = "Starts the shuffling and Dropout; the same seed gives the same run on the same machine.")
    public long seed;

    protected final TrainingConfig trainingConfig(final int logEvery) {
        return new TrainingConfig(epochs, batchSize, shuffleBuffer, seed, logEvery);
    }
}
