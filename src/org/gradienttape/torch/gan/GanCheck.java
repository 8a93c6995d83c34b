package org.gradienttape.torch.gan;

import org.gradienttape.data.DatasetInfo;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;

/** Whether generator, discriminator and real images fit each other. Knows shapes, no tensors. */
final class GanCheck {
    private GanCheck() {}

    static void shapes(
            final Network generator, final Network discriminator, final DatasetInfo data, final GanConfig config) {
        images(data);
        final String real = "the training data " + data.name() + " has images of the shape " + data.sampleShape();
        same(
                generator.input(),
                Shape.of(config.latentDimension()),
                "The generator takes samples of the shape " + generator.input() + ", but the latent dimension is "
                        + config.latentDimension() + "; choose the latent dimension "
                        + generator.input().size()
                        + " or another generator.");
        same(
                generator.output(),
                data.sampleShape(),
                "The generator makes images of the shape " + generator.output() + ", but " + real
                        + "; choose other data or another generator.");
        same(
                discriminator.input(),
                data.sampleShape(),
                "The discriminator takes images of the shape " + discriminator.input() + ", but " + real
                        + "; choose other data or another discriminator.");
    }

    /** Whether a discriminator fits the standard step; a step of one's own may do anything with its output. */
    static void standardStep(final Network discriminator) {
        same(
                discriminator.output(),
                Shape.of(1),
                "The discriminator needs one output per image, but its output has the shape " + discriminator.output()
                        + "; let it end with a Dense layer of 1 unit.");
    }

    /** Whether validation images are like those of the training. */
    static void validation(final DatasetInfo validation, final DatasetInfo training) {
        same(
                validation.sampleShape(),
                training.sampleShape(),
                "The training data " + training.name() + " has images of the shape " + training.sampleShape()
                        + ", but the validation data " + validation.name() + " has samples of the shape "
                        + validation.sampleShape() + "; read both in the same way.");
    }

    private static void images(final DatasetInfo data) {
        if (data.samples() == 0) {
            throw new InvalidInputException("Training needs at least 1 image, but the training data " + data.name()
                    + " has none; choose other data.");
        }
        final Shape shape = data.sampleShape();
        if (shape.rank() != 3 || (shape.last() != 1 && shape.last() != 3)) {
            throw new InvalidInputException("Training needs images of height x width x channels with 1 or 3 channels,"
                    + " but the training data " + data.name() + " has samples of the shape " + shape
                    + "; read the data with the sample shape image.");
        }
    }

    private static void same(final Shape found, final Shape expected, final String otherwise) {
        if (!found.equals(expected)) {
            throw new InvalidInputException(otherwise);
        }
    }
}
