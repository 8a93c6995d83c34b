package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;

/** Networks that are ready to use. */
public final class Presets {
    private static final int LATENT_DIMENSION = 128;
    /** Of Keras' GAN guide; not the default of LeakyReLU. */
    private static final ActivationLayer LEAKY = new ActivationLayer.LeakyReLU(0.2);

    /** Those of the deepest network of the paper, with 1,202 layers. */
    private static final int MOST_BLOCKS = 200;

    private static final WeightSettings HE =
            new WeightSettings(Initializer.HE_NORMAL, Initializer.ZEROS, Penalty.NONE, Penalty.NONE, Penalty.NONE);

    private Presets() {}

    /**
     * Tells generated digits from real ones, 28 x 28 x 1 to one logit: the discriminator of Keras' guide "Writing a
     * training loop from scratch", 74,625 parameters.
     */
    public static Network dcganDiscriminator() {
        final Window window = Window.square(3, 2, Padding.SAME);
        return Network.of(
                Shape.of(28, 28, 1),
                List.of(
                        new ImageLayer.Conv2D(64, window, Activation.NONE),
                        LEAKY,
                        new ImageLayer.Conv2D(128, window, Activation.NONE),
                        LEAKY,
                        new ImageLayer.GlobalMaxPooling2D(),
                        new Layer.Dense(1, Activation.NONE)));
    }

    /**
     * Makes digits of latent points, 128 to 28 x 28 x 1: the generator of the same guide, 1,339,905 parameters. Pixels
     * lie between 0 and 1.
     */
    public static Network dcganGenerator() {
        final Window doubling = Window.square(4, 2, Padding.SAME);
        return Network.of(
                Shape.of(LATENT_DIMENSION),
                List.of(
                        new Layer.Dense(7 * 7 * 128, Activation.NONE),
                        LEAKY,
                        new Layer.Reshape(Shape.of(7, 7, 128)),
                        new ImageLayer.Conv2DTranspose(128, doubling, Activation.NONE),
                        LEAKY,
                        new ImageLayer.Conv2DTranspose(128, doubling, Activation.NONE),
                        LEAKY,
                        new ImageLayer.Conv2D(1, Window.square(7, 1, Padding.SAME), Activation.SIGMOID)));
    }

    /**
     * A residual network for small images: He, Zhang, Ren and Sun, Deep residual learning for image recognition (2016),
     * section 4.2, with 1 x 1 convolutions where shapes change. It has 6 x blocks + 2 layers with kernels on its longest way.
     *
     * @param input height x width x channels
     * @param blocks of each of the three stages, 1 to 200
     * @param classes one logit for each
     */
    public static Network residual(final Shape input, final int blocks, final int classes) {
        if (input.rank() != 3 || blocks < 1 || blocks > MOST_BLOCKS) {
            throw new InvalidInputException(
                    "A residual network needs images of height x width x channels and 1 to " + MOST_BLOCKS
                            + " blocks per stage, but the samples have the shape " + input + " and there are " + blocks
                            + " blocks; correct the input shape or the blocks.");
        }
        final NetworkDrawing drawing = new NetworkDrawing(input);
        normalized(drawing, 3, 16, 1, drawing.last());
        drawing.add(new Layer.ReLU());
        for (int block = 0; block < 3 * blocks; block++) {
            final int filters = 16 << block / blocks;
            final boolean narrows = block > 0 && block % blocks == 0;
            final String before = drawing.last();
            normalized(drawing, 3, filters, narrows ? 2 : 1, before);
            drawing.add(new Layer.ReLU());
            final String changed = normalized(drawing, 3, filters, 1, drawing.last());
            final String shortcut = narrows ? normalized(drawing, 1, filters, 2, before) : before;
            drawing.add(new JoinLayer.Add(), changed, shortcut);
            drawing.add(new Layer.ReLU());
        }
        drawing.add(new ImageLayer.GlobalAveragePooling2D());
        drawing.add(new Layer.Dense(classes, Activation.NONE));
        return drawing.network();
    }

    private static String normalized(
            final NetworkDrawing drawing, final int size, final int filters, final int stride, final String from) {
        final String convolution = drawing.add(
                new ImageLayer.Conv2D(
                        filters,
                        Window.square(size, stride, Padding.SAME),
                        new Size(1, 1),
                        1,
                        Activation.NONE,
                        false,
                        HE),
                from);
        return drawing.add(new NormalizationLayer.BatchNormalization(), convolution);
    }

    /**
     * Ends what a model has learned to see in new classes: keras.io/guides/transfer_learning.
     *
     * @param features the shape of one sample of what it sees
     */
    public static Network newHead(final Shape features, final int classes) {
        final List<Layer> layers = new ArrayList<>();
        if (features.rank() == 3) {
            layers.add(new ImageLayer.GlobalAveragePooling2D());
        } else if (features.rank() != 1) {
            layers.add(new Layer.Flatten());
        }
        layers.add(new Layer.Dropout(0.2));
        layers.add(new Layer.Dense(classes, Activation.NONE));
        return Network.of(features, layers);
    }
}
