package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;

/**
 * Layers that change each image at random while training, from the run's own generator, and pass it on otherwise: more
 * images than there are (keras.io/api/layers/preprocessing_layers/image_augmentation).
 */
public sealed interface AugmentationLayer extends Layer {
    /** Which edges are exchanged. */
    enum Flip {
        HORIZONTAL,
        VERTICAL,
        HORIZONTAL_AND_VERTICAL
    }

    /** What lies beyond an image's edges. */
    enum Fill {
        /** d c b a | a b c d | d c b a. */
        REFLECT,
        /** a b c d | a b c d | a b c d. */
        WRAP,
        /** a a a a | a b c d | d d d d. */
        NEAREST,
        /** One number. */
        CONSTANT
    }

    @Override
    default Shape outputShape(final Shape input) {
        ImageLayer.checkImage(this, input);
        return input;
    }

    @Override
    default boolean passesOn() {
        return true;
    }

    @Override
    default Tensor call(final LayerCall call, final Tensor x) {
        return call.isTraining() ? changed(call, x) : x;
    }

    /** The images of a batch, changed. */
    Tensor changed(LayerCall call, Tensor x);

    /**
     * Turns half of the images round. As in Keras, those that are turned both ways are the same for both, so that they stand on
     * their heads.
     *
     * @param mode Keras' default HORIZONTAL_AND_VERTICAL
     */
    record RandomFlip(Flip mode) implements AugmentationLayer {
        @Override
        public Tensor changed(final LayerCall call, final Tensor x) {
            final Tensor chosen =
                    call.random().uniform(0, 1, x.size(0), 1, 1, 1).gt(0.5);
            return x.flip(axes()).where(chosen, x);
        }

        private int[] axes() {
            return switch (mode) {
                case VERTICAL -> new int[] {1};
                case HORIZONTAL -> new int[] {2};
                case HORIZONTAL_AND_VERTICAL -> new int[] {1, 2};
            };
        }
    }

    /**
     * Moves each image.
     *
     * @param heightFactor the largest way downwards or upwards, as a part of the height, at least 0
     * @param widthFactor the largest way to the right or left, as a part of the width, at least 0
     * @param fillMode Keras' default REFLECT
     * @param fillValue for CONSTANT; Keras' default 0
     */
    record RandomTranslation(double heightFactor, double widthFactor, Fill fillMode, double fillValue)
            implements AugmentationLayer {
        public RandomTranslation {
            checkFactor("RandomTranslation", heightFactor);
            checkFactor("RandomTranslation", widthFactor);
        }

        @Override
        public Tensor changed(final LayerCall call, final Tensor x) {
            final PickedPixels.Place[] places = new PickedPixels.Place[(int) x.size(0)];
            for (int i = 0; i < places.length; i++) {
                final double down = between(call.random(), heightFactor) * x.size(1);
                final double right = between(call.random(), widthFactor) * x.size(2);
                places[i] = new PickedPixels.Place(1, 0, -right, 0, 1, -down);
            }
            return PickedPixels.of(call, x, places, fillMode, fillValue);
        }
    }

    /**
     * Turns each image about its middle.
     *
     * @param factor the largest angle both ways, as a part of a full turn, at least 0
     * @param fillMode Keras' default REFLECT
     * @param fillValue for CONSTANT; Keras' default 0
     */
    record RandomRotation(double factor, Fill fillMode, double fillValue) implements AugmentationLayer {
        public RandomRotation {
            checkFactor("RandomRotation", factor);
        }

        @Override
        public Tensor changed(final LayerCall call, final Tensor x) {
            final double middleX = (x.size(2) - 1) / 2.0;
            final double middleY = (x.size(1) - 1) / 2.0;
            final PickedPixels.Place[] places = new PickedPixels.Place[(int) x.size(0)];
            for (int i = 0; i < places.length; i++) {
                final double angle = 2 * Math.PI * between(call.random(), factor);
                final double cos = Math.cos(angle);
                final double sin = Math.sin(angle);
                places[i] = new PickedPixels.Place(
                        cos,
                        -sin,
                        middleX - cos * middleX + sin * middleY,
                        sin,
                        cos,
                        middleY - sin * middleX - cos * middleY);
            }
            return PickedPixels.of(call, x, places, fillMode, fillValue);
        }
    }

    /**
     * Shows more or less of each image about its middle; below 0 is nearer.
     *
     * @param heightFactor the largest change of the height both ways, at least 0, below 1
     * @param widthFactor the largest change of the width both ways, at least 0, below 1; -1 for the same as that of the
     *     height, Keras' None
     * @param fillMode Keras' default REFLECT
     * @param fillValue for CONSTANT; Keras' default 0
     */
    record RandomZoom(double heightFactor, double widthFactor, Fill fillMode, double fillValue)
            implements AugmentationLayer {
        private static final double LIKE_HEIGHT = -1;

        public RandomZoom {
            checkZoom(heightFactor);
            if (widthFactor != LIKE_HEIGHT) {
                checkZoom(widthFactor);
            }
        }

        private static void checkZoom(final double factor) {
            if (!(factor >= 0 && factor < 1)) {
                throw new InvalidInputException(
                        "RandomZoom needs factors of at least 0 and below 1, but a factor is " + factor + ".");
            }
        }

        @Override
        public Tensor changed(final LayerCall call, final Tensor x) {
            final double middleX = (x.size(2) - 1) / 2.0;
            final double middleY = (x.size(1) - 1) / 2.0;
            final PickedPixels.Place[] places = new PickedPixels.Place[(int) x.size(0)];
            for (int i = 0; i < places.length; i++) {
                final double height = 1 + between(call.random(), heightFactor);
                final double width = widthFactor == LIKE_HEIGHT ? height : 1 + between(call.random(), widthFactor);
                places[i] = new PickedPixels.Place(width, 0, middleX * (1 - width), 0, height, middleY * (1 - height));
            }
            return PickedPixels.of(call, x, places, fillMode, fillValue);
        }
    }

    /**
     * Brings the pixels of each image nearer to the mean of their channel or farther from it.
     *
     * @param factor the largest change both ways, at least 0, at most 1
     * @param smallest below which no pixel falls; Keras' default 0
     * @param largest above which no pixel rises; Keras' default 255
     */
    record RandomContrast(double factor, double smallest, double largest) implements AugmentationLayer {
        public RandomContrast {
            checkFactor("RandomContrast", factor);
            if (!(smallest < largest)) {
                throw new InvalidInputException("RandomContrast needs a smallest pixel below the largest, but they are "
                        + smallest + " and " + largest + ".");
            }
        }

        @Override
        public Tensor changed(final LayerCall call, final Tensor x) {
            final Tensor factors = call.random().uniform(1 - factor, 1 + factor, x.size(0), 1, 1, 1);
            final Tensor mean = x.meanKeeping(1, 2);
            return x.sub(mean).mul(factors).add(mean).clip(smallest, largest);
        }
    }

    private static void checkFactor(final String layer, final double factor) {
        if (!(factor >= 0 && factor <= 1)) {
            throw new InvalidInputException(
                    layer + " needs factors of at least 0 and at most 1, but a factor is " + factor + ".");
        }
    }

    private static double between(final RandomSource random, final double factor) {
        return factor * (2 * random.uniform() - 1);
    }
}
