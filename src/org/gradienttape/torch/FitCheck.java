package org.gradienttape.torch;

import java.util.Optional;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.loss.Loss;

/** Whether model, data and loss fit each other. Knows shapes, no tensors. */
final class FitCheck {
    private FitCheck() {}

    /**
     * The labels of a dataset lie within its classes, so a model with an output for each class has one for each label.
     */
    static void shapes(
            final Network network,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final Loss loss) {
        dataset(network, "training", training, loss);
        validation.ifPresent(data -> dataset(network, "validation", data, loss));
    }

    private static void dataset(final Network network, final String role, final DatasetInfo data, final Loss loss) {
        final String name = "the " + role + " data " + data.name();
        if (data.samples() == 0) {
            throw new InvalidInputException("Training needs at least 1 sample, but " + name
                    + " has none; choose other data" + (role.equals("validation") ? " or leave them out." : "."));
        }
        if (!network.input().equals(data.sampleShape())) {
            throw new InvalidInputException("The model takes samples of the shape " + network.input() + ", but " + name
                    + " has samples of the shape " + data.sampleShape() + "; "
                    + remedy(network.input(), data.sampleShape()) + ".");
        }
        output(network.output(), name, data, loss);
    }

    private static void output(final Shape output, final String name, final DatasetInfo data, final Loss loss) {
        if (loss == Loss.BINARY_CROSSENTROPY_FROM_LOGITS) {
            binaryOutput(output, name, data);
            return;
        }
        final int needed = Math.max(1, data.classes());
        if (output.rank() != 1 || output.last() < needed) {
            throw new InvalidInputException("The loss needs one output per class, so at least " + needed + " for "
                    + name
                    + ", but the model's output has the shape " + output + "; let the model end with a Dense layer of "
                    + needed + " units.");
        }
    }

    private static void binaryOutput(final Shape output, final String name, final DatasetInfo data) {
        if (!output.equals(Shape.of(1))) {
            throw new InvalidInputException("The binary loss needs one output, but the model's output has the shape "
                    + output + "; let the model end with a Dense layer of 1 unit.");
        }
        if (data.classes() > 2) {
            throw new InvalidInputException("The binary loss tells 2 classes apart, but " + name + " has "
                    + data.classes() + "; choose sparse categorical cross-entropy or other data.");
        }
    }

    private static String remedy(final Shape model, final Shape data) {
        return model.size() == data.size()
                ? "read the data with the sample shape " + (model.rank() == 1 ? "flat" : "image")
                        + ", or build the model for the input shape " + data
                : "build the model for the input shape " + data + " or read other data";
    }
}
