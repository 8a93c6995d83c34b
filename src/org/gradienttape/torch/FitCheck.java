package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/** Whether model, data, loss and metrics fit each other. Knows shapes, no tensors. */
final class FitCheck {
    private FitCheck() {}

    /**
     * The labels of a dataset lie within its classes, so a model with an output for each class has one for each label.
     */
    static void shapes(
            final Network network,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final Objective objective) {
        dataset(network, "training", training, objective);
        validation.ifPresent(data -> dataset(network, "validation", data, objective));
    }

    private static void dataset(
            final Network network, final String role, final DatasetInfo data, final Objective objective) {
        final String name = "the " + role + " data " + data.name();
        if (data.samples() == 0) {
            throw new InvalidInputException("Training needs at least 1 sample, but " + name
                    + " has none; choose other data" + (role.equals("validation") ? " or leave them out." : "."));
        }
        input(network, name, data);
        final OutputCheck check = new OutputCheck(network, name, data.classNames());
        check.loss(objective.loss());
        check.metrics(objective);
    }

    /**
     * Whether a model takes the samples.
     *
     * @param name of the data in a sentence
     */
    static void input(final Network network, final String name, final DatasetInfo data) {
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
