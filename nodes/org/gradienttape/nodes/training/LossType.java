package org.gradienttape.nodes.training;

import org.gradienttape.loss.CustomLoss;
import org.gradienttape.loss.Loss;
import org.gradienttape.tensor.Tensor;
import org.knime.node.parameters.widget.choices.Label;

/** What is minimised. The names of the constants stand in saved workflows. */
public enum LossType {
    @Label(
            value = "Sparse categorical cross-entropy from logits",
            description = "For integer labels and one logit per class, averaged over the batch.")
    SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
    @Label(
            value = "Categorical cross-entropy from logits",
            description = "The same number, computed with one-hot targets, for one logit per class.")
    CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
    @Label(
            value = "Binary cross-entropy from logits",
            description =
                    "For labels of 0 or 1 and one logit, that of label 1; or, for an autoencoder, for samples of 0 to 1 and a"
                            + " logit for each of their numbers. Averaged over the batch.")
    BINARY_CROSSENTROPY_FROM_LOGITS,
    @Label(
            value = "Mean squared error",
            description =
                    "Between the outputs and numbers, one-hot targets, or the label as a number for a single output.")
    MEAN_SQUARED_ERROR,
    @Label(
            value = "Mean absolute error",
            description =
                    "Between the outputs and numbers, one-hot targets, or the label as a number for a single output.")
    MEAN_ABSOLUTE_ERROR,
    @Label(
            value = "Huber",
            description = "Squared for small errors and linear for large ones; targets as for the mean squared error.")
    HUBER,
    @Label(value = "Hinge", description = "For one score per class, or a single one for two classes; above 0 says yes.")
    HINGE,
    @Label(
            value = "Kullback-Leibler divergence",
            description = "Between one-hot targets and one probability per class; the model ends with softmax.")
    KL_DIVERGENCE,
    @Label(
            value = "Java code",
            description =
                    "A loss of your own, written in Java; compiled when the node is executed, never before. The model"
                            + " has one output per class, or a single one for the label as a number.")
    JAVA_CODE;

    /**
     * @param huberDelta of the Huber loss
     */
    public Loss toConfig(final double huberDelta) {
        return switch (this) {
            case SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS -> new Loss.SparseCategoricalCrossentropy();
            case CATEGORICAL_CROSSENTROPY_FROM_LOGITS -> new Loss.CategoricalCrossentropy();
            case BINARY_CROSSENTROPY_FROM_LOGITS -> new Loss.BinaryCrossentropy();
            case MEAN_SQUARED_ERROR -> new Loss.MeanSquaredError();
            case MEAN_ABSOLUTE_ERROR -> new Loss.MeanAbsoluteError();
            case HUBER -> new Loss.Huber(huberDelta);
            case HINGE -> new Loss.Hinge();
            case KL_DIVERGENCE -> new Loss.KlDivergence();
            case JAVA_CODE -> (CustomLoss) LossType::notCompiled;
        };
    }

    /** Stands in the place of a loss in Java until the node is executed. */
    private static Tensor notCompiled(final Tensor y, final Tensor predictions) {
        throw new IllegalStateException("the loss in Java is not compiled yet");
    }
}
