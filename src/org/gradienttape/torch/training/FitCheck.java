package org.gradienttape.torch.training;

import java.util.Optional;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Outline;

/** Whether model, data, loss and metrics fit each other. Knows shapes, no tensors. */
public final class FitCheck {
    private FitCheck() {}

    /**
     * The labels of all data lie within the classes that the model knows, or else within those of the training data, so a model
     * with an output for each class has one for each label.
     */
    static void shapes(
            final Outline model,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final Objective objective) {
        final Network network = model.network();
        final String name = "the training data " + training.name();
        samples(network, name, training, ".");
        final OutputCheck check = new OutputCheck(
                network, name, model.preprocessing().of(training).target());
        check.loss(objective.loss());
        check.metrics(objective);
        check.weights(objective.classWeights());
        validation.ifPresent(
                data -> samples(network, "the validation data " + data.name(), data, " or leave them out."));
    }

    private static void samples(
            final Network network, final String name, final DatasetInfo data, final String alternative) {
        if (data.samples() == 0) {
            throw new InvalidInputException(
                    "Training needs at least 1 sample, but " + name + " has none; choose other data" + alternative);
        }
        input(network, name, data);
    }

    /**
     * Whether a model takes the samples.
     *
     * @param name of the data in a sentence
     */
    public static void input(final Network network, final String name, final DatasetInfo data) {
        if (!network.input().equals(data.sampleShape())) {
            throw new InvalidInputException("The model takes samples of the shape " + network.input() + ", but " + name
                    + " has samples of the shape " + data.sampleShape() + "; "
                    + remedy(network.input(), data.sampleShape()) + ".");
        }
    }

    private static String remedy(final Shape model, final Shape data) {
        return model.size() == data.size()
                ? "read the data with the sample shape " + (model.rank() == 1 ? "flat" : "image")
                        + ", or build the model for the input shape " + data
                : "build the model for the input shape " + data + " or read other data";
    }
}
