package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that take images: height x width x channels. */
public sealed interface ImageLayer extends Layer {
    /**
     * Slides filters over the image (keras.io/api/layers/convolution_layers/convolution2d).
     *
     * @param filters channels of the output, at least 1
     * @param window size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param activation applied to the output
     * @param useBias whether a bias is added
     */
    record Conv2D(int filters, Window window, Activation activation, boolean useBias) implements ImageLayer {
        public Conv2D {
            checkFilters("Conv2D", filters);
        }

        public Conv2D(final int filters, final Window window, final Activation activation) {
            this(filters, window, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return window.over(type(), input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return activation.of(Images.convolve(this, call, x));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return convolution(
                    Shape.of(window.height(), window.width(), input.last(), filters),
                    window.area() * input.last(),
                    window.area() * filters,
                    useBias ? filters : 0);
        }
    }

    /**
     * The way back of a convolution: each input pixel adds a window to the output, which grows by the strides
     * (keras.io/api/layers/convolution_layers/convolution2d_transpose).
     *
     * @param filters channels of the output, at least 1
     * @param window size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param activation applied to the output
     * @param useBias whether a bias is added
     */
    record Conv2DTranspose(int filters, Window window, Activation activation, boolean useBias) implements ImageLayer {
        public Conv2DTranspose {
            checkFilters("Conv2DTranspose", filters);
        }

        public Conv2DTranspose(final int filters, final Window window, final Activation activation) {
            this(filters, window, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return window.under(input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return activation.of(Images.spread(this, call, x));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return convolution(
                    Shape.of(window.height(), window.width(), filters, input.last()),
                    window.area() * filters,
                    window.area() * input.last(),
                    useBias ? filters : 0);
        }
    }

    /**
     * The largest number of each window, channel by channel.
     *
     * @param window Keras' default is 2 x 2, strides as large as the window, padding "valid"
     */
    record MaxPooling2D(Window window) implements ImageLayer {
        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return window.over(type(), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.last(Images.padded(Images.first(x), window, call.input(), Double.NEGATIVE_INFINITY)
                    .largestOfWindows(Images.pooling(window)));
        }
    }

    /**
     * The mean of each window, channel by channel; padding does not count.
     *
     * @param window Keras' default is 2 x 2, strides as large as the window, padding "valid"
     */
    record AveragePooling2D(Window window) implements ImageLayer {
        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return window.over(type(), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.means(window, call, x);
        }
    }

    /** The largest number of each channel. */
    record GlobalMaxPooling2D() implements ImageLayer {
        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return Shape.of(input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.max(1, 2);
        }
    }

    /** The mean of each channel. */
    record GlobalAveragePooling2D() implements ImageLayer {
        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return Shape.of(input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.mean(1, 2);
        }
    }

    private static void checkFilters(final String layer, final int filters) {
        if (filters < 1) {
            throw new InvalidInputException(layer + " needs at least 1 filter, but filters is " + filters + ".");
        }
    }

    private static void checkImage(final Layer layer, final Shape input) {
        if (input.rank() != 3) {
            throw new InvalidInputException(layer.type() + " expects images of height x width x channels, but its input"
                    + " has the shape " + input + "; put a Reshape layer before it, or read the data as images.");
        }
    }

    /** A kernel and, if it has any numbers, a bias. */
    private static List<WeightSpec> convolution(
            final Shape kernel, final int fanIn, final int fanOut, final int biases) {
        final List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("kernel", kernel, Initializer.GLOROT_UNIFORM, fanIn, fanOut, true));
        if (biases > 0) {
            weights.add(new WeightSpec("bias", Shape.of(biases), Initializer.ZEROS, biases, biases, true));
        }
        return weights;
    }
}
