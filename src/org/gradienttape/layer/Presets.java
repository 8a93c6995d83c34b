package org.gradienttape.layer;

import java.util.List;

/** Networks that are ready to use. */
public final class Presets {
    private static final int LATENT_DIMENSION = 128;
    /** Of Keras' GAN guide; not the default of LeakyReLU. */
    private static final ActivationLayer LEAKY = new ActivationLayer.LeakyReLU(0.2);

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
}
