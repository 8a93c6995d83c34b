package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that look at images, height x width x channels, through windows. */
public sealed interface ImageLayer extends Layer {
    /**
     * Slides filters over the image (keras.io/api/layers/convolution_layers/convolution2d).
     *
     * @param filters channels of the output, at least 1
     * @param kernel size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param dilationRate how far apart the pixels of a window are; Keras' default 1 x 1
     * @param groups into how many groups the channels are divided, each with filters of its own; Keras' default 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record Conv2D(
            int filters,
            Window kernel,
            Size dilationRate,
            int groups,
            Activation activation,
            boolean useBias,
            WeightSettings settings)
            implements ImageLayer {
        public Conv2D {
            checkFilters("Conv2D", filters);
            checkWindow("Conv2D", kernel, dilationRate);
            checkGroups("Conv2D", filters, groups);
        }

        public Conv2D(final int filters, final Window kernel, final Activation activation, final boolean useBias) {
            this(filters, kernel, Size.ONE, 1, activation, useBias, WeightSettings.DEFAULT);
        }

        public Conv2D(final int filters, final Window kernel, final Activation activation) {
            this(filters, kernel, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            checkChannels("Conv2D", input.last(), groups);
            return kernel.dilated(dilationRate).over(type(), input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return activation.of(Images.convolve(
                    new Images.Sliding(kernel, dilationRate, groups),
                    call.input(),
                    x,
                    call.weight("kernel"),
                    useBias ? call.weight("bias") : null));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(
                    Shape.of(kernel.height(), kernel.width(), input.last() / groups, filters), useBias ? filters : 0);
        }
    }

    /**
     * The way back of a convolution: each input pixel adds a window to the output, which grows by the strides
     * (keras.io/api/layers/convolution_layers/convolution2d_transpose).
     *
     * @param filters channels of the output, at least 1
     * @param kernel size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record Conv2DTranspose(int filters, Window kernel, Activation activation, boolean useBias, WeightSettings settings)
            implements ImageLayer {
        public Conv2DTranspose {
            checkFilters("Conv2DTranspose", filters);
            checkWindow("Conv2DTranspose", kernel, Size.ONE);
        }

        public Conv2DTranspose(
                final int filters, final Window kernel, final Activation activation, final boolean useBias) {
            this(filters, kernel, activation, useBias, WeightSettings.DEFAULT);
        }

        public Conv2DTranspose(final int filters, final Window kernel, final Activation activation) {
            this(filters, kernel, activation, true);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return kernel.under(input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return activation.of(Images.spread(
                    kernel, call.output(), x, call.weight("kernel"), useBias ? call.weight("bias") : null));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(
                    Shape.of(kernel.height(), kernel.width(), filters, input.last()), useBias ? filters : 0);
        }
    }

    /**
     * Slides filters over each channel alone (keras.io/api/layers/convolution_layers/depthwise_convolution2d).
     *
     * @param kernel size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param depthMultiplier how many filters each channel has, at least 1; Keras' default 1
     * @param dilationRate how far apart the pixels of a window are; Keras' default 1 x 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record DepthwiseConv2D(
            Window kernel,
            int depthMultiplier,
            Size dilationRate,
            Activation activation,
            boolean useBias,
            WeightSettings settings)
            implements ImageLayer {
        public DepthwiseConv2D {
            checkMultiplier("DepthwiseConv2D", depthMultiplier);
            checkWindow("DepthwiseConv2D", kernel, dilationRate);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return kernel.dilated(dilationRate).over(type(), input, channels(input, depthMultiplier));
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return activation.of(byChannel(
                    call,
                    new Images.Sliding(kernel, dilationRate, call.input().last()),
                    x,
                    "kernel",
                    useBias ? call.weight("bias") : null));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(
                    Shape.of(kernel.height(), kernel.width(), input.last(), depthMultiplier),
                    useBias ? channels(input, depthMultiplier) : 0);
        }
    }

    /**
     * Filters of each channel alone, whose results are mixed pixel by pixel
     * (keras.io/api/layers/convolution_layers/separable_convolution2d).
     *
     * @param filters channels of the output, at least 1
     * @param kernel size, strides and padding; Keras' default is stride 1 and padding "valid"
     * @param depthMultiplier how many filters each channel has, at least 1; Keras' default 1
     * @param dilationRate how far apart the pixels of a window are; Keras' default 1 x 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights; both kernels start and cost alike
     */
    record SeparableConv2D(
            int filters,
            Window kernel,
            int depthMultiplier,
            Size dilationRate,
            Activation activation,
            boolean useBias,
            WeightSettings settings)
            implements ImageLayer {
        public SeparableConv2D {
            checkFilters("SeparableConv2D", filters);
            checkMultiplier("SeparableConv2D", depthMultiplier);
            checkWindow("SeparableConv2D", kernel, dilationRate);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            channels(input, depthMultiplier);
            return kernel.dilated(dilationRate).over(type(), input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor channels = byChannel(
                    call, new Images.Sliding(kernel, dilationRate, call.input().last()), x, "depthwise_kernel", null);
            final Tensor mixed = channels.matmul(call.weight("pointwise_kernel").reshape(channels.size(3), filters));
            return activation.of(useBias ? mixed.add(call.weight("bias")) : mixed);
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            final List<WeightSpec> weights = new ArrayList<>();
            weights.add(settings.kernel(
                    "depthwise_kernel", Shape.of(kernel.height(), kernel.width(), input.last(), depthMultiplier)));
            weights.add(settings.kernel("pointwise_kernel", Shape.of(1, 1, channels(input, depthMultiplier), filters)));
            if (useBias) {
                weights.add(settings.bias(filters));
            }
            return weights;
        }
    }

    /**
     * The largest number of each window, channel by channel.
     *
     * @param pool Keras' default is 2 x 2, strides as large as the window, padding "valid"
     */
    record MaxPooling2D(Window pool) implements ImageLayer {
        public MaxPooling2D {
            checkWindow("MaxPooling2D", pool, Size.ONE);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return pool.over(type(), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.largest(pool, call.input(), x);
        }
    }

    /**
     * The mean of each window, channel by channel; padding does not count.
     *
     * @param pool Keras' default is 2 x 2, strides as large as the window, padding "valid"
     */
    record AveragePooling2D(Window pool) implements ImageLayer {
        public AveragePooling2D {
            checkWindow("AveragePooling2D", pool, Size.ONE);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkImage(this, input);
            return pool.over(type(), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.means(call, pool, call.input(), x);
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

    static void checkFilters(final String layer, final int filters) {
        if (filters < 1) {
            throw new InvalidInputException(layer + " needs at least 1 filter, but filters is " + filters + ".");
        }
    }

    static void checkGroups(final String layer, final int filters, final int groups) {
        if (groups < 1 || filters % groups != 0) {
            throw new InvalidInputException(layer + " needs a number of filters that its groups divide, but filters is "
                    + filters + " and groups is " + groups + ".");
        }
    }

    static void checkChannels(final String layer, final int channels, final int groups) {
        if (channels % groups != 0) {
            throw new InvalidInputException(layer + " with " + groups + " groups needs a number of channels that they"
                    + " divide, but its input has " + channels + " channels; choose another number of groups.");
        }
    }

    static void checkImage(final Layer layer, final Shape input) {
        if (input.rank() != 3) {
            throw new InvalidInputException(layer.type() + " expects images of height x width x channels, but its input"
                    + " has the shape " + input + "; put a Reshape layer before it, or read the data as images.");
        }
    }

    private static void checkMultiplier(final String layer, final int multiplier) {
        if (multiplier < 1) {
            throw new InvalidInputException(
                    layer + " needs a depth multiplier of at least 1, but it is " + multiplier + ".");
        }
    }

    private static void checkWindow(final String layer, final Window window, final Size dilation) {
        if (window.padding() == Padding.CAUSAL) {
            throw new InvalidInputException(
                    layer + " needs the padding \"valid\" or \"same\", but it is \"causal\", which Conv1D alone has.");
        }
        if (Math.max(window.strideHeight(), window.strideWidth()) > 1 && !dilation.equals(Size.ONE)) {
            throw new InvalidInputException(layer + " cannot have strides and a dilation rate above 1 at once, but they"
                    + " are " + window.strideHeight() + " x " + window.strideWidth() + " and " + dilation.height()
                    + " x " + dilation.width() + ".");
        }
    }

    private static int channels(final Shape input, final int multiplier) {
        return Shape.of(input.last(), multiplier).size();
    }

    /** Filters of each channel alone; the results of one channel lie side by side. */
    private static Tensor byChannel(
            final LayerCall call,
            final Images.Sliding sliding,
            final Tensor x,
            final String kernel,
            final Tensor bias) {
        final Tensor filters = call.weight(kernel);
        return Images.convolve(
                sliding,
                call.input(),
                x,
                filters.reshape(filters.size(0), filters.size(1), 1, filters.size(2) * filters.size(3)),
                bias);
    }
}
