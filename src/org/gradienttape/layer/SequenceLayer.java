package org.gradienttape.layer;

import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that look at sequences, steps x features, through windows: images of height 1. */
public sealed interface SequenceLayer extends Layer {
    /**
     * Slides filters along the sequence (keras.io/api/layers/convolution_layers/convolution1d).
     *
     * @param filters features of the output, at least 1
     * @param kernelSize steps of a window, at least 1
     * @param strides steps from one window to the next, at least 1; Keras' default 1
     * @param padding Keras' default "valid"
     * @param dilationRate how far apart the steps of a window are; Keras' default 1
     * @param groups into how many groups the features are divided, each with filters of its own; Keras' default 1
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record Conv1D(
            int filters,
            int kernelSize,
            int strides,
            Padding padding,
            int dilationRate,
            int groups,
            Activation activation,
            boolean useBias,
            WeightSettings settings)
            implements SequenceLayer {
        public Conv1D {
            ImageLayer.checkFilters("Conv1D", filters);
            ImageLayer.checkGroups("Conv1D", filters, groups);
            checkWindow("Conv1D", kernelSize, strides);
            if (dilationRate < 1 || strides > 1 && dilationRate > 1) {
                throw new InvalidInputException("Conv1D needs a dilation rate of at least 1, and of 1 if strides is"
                        + " above 1, but they are " + dilationRate + " and " + strides + ".");
            }
        }

        private Images.Sliding sliding() {
            return new Images.Sliding(
                    new Window(1, kernelSize, 1, strides, padding), new Size(1, dilationRate), groups);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            ImageLayer.checkChannels("Conv1D", input.last(), groups);
            return steps(this, sliding().reach(), input, filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor kernel = call.weight("kernel");
            return activation.of(Images.convolve(
                            sliding(),
                            image(call.input()),
                            x.unsqueeze(1),
                            kernel.unsqueeze(0),
                            useBias ? call.weight("bias") : null)
                    .squeeze(1));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(Shape.of(kernelSize, input.last() / groups, filters), useBias ? filters : 0);
        }
    }

    /**
     * The way back of a convolution along a sequence, which grows by the strides
     * (keras.io/api/layers/convolution_layers/convolution1d_transpose).
     *
     * @param filters features of the output, at least 1
     * @param kernelSize steps of a window, at least 1
     * @param strides steps from one window to the next, at least 1; Keras' default 1
     * @param padding "valid", Keras' default, or "same"
     * @param activation applied to the output
     * @param useBias whether a bias is added
     * @param settings of the weights
     */
    record Conv1DTranspose(
            int filters,
            int kernelSize,
            int strides,
            Padding padding,
            Activation activation,
            boolean useBias,
            WeightSettings settings)
            implements SequenceLayer {
        public Conv1DTranspose {
            ImageLayer.checkFilters("Conv1DTranspose", filters);
            checkWindow("Conv1DTranspose", kernelSize, strides);
            checkNotCausal("Conv1DTranspose", padding);
        }

        private Window window() {
            return new Window(1, kernelSize, 1, strides, padding);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            return Shape.of(window().under(image(input), filters).dimension(1), filters);
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            final Tensor kernel = call.weight("kernel");
            return activation.of(Images.spread(
                            window(),
                            image(call.output()),
                            x.unsqueeze(1),
                            kernel.unsqueeze(0),
                            useBias ? call.weight("bias") : null)
                    .squeeze(1));
        }

        @Override
        public List<WeightSpec> weights(final Shape input) {
            return settings.weights(Shape.of(kernelSize, filters, input.last()), useBias ? filters : 0);
        }
    }

    /**
     * The largest number of each window, feature by feature.
     *
     * @param poolSize steps of a window, at least 1; Keras' default 2
     * @param strides steps from one window to the next, at least 1; Keras' default is the pool size
     * @param padding Keras' default "valid"
     */
    record MaxPooling1D(int poolSize, int strides, Padding padding) implements SequenceLayer {
        public MaxPooling1D {
            checkWindow("MaxPooling1D", poolSize, strides);
            checkNotCausal("MaxPooling1D", padding);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            return steps(this, new Window(1, poolSize, 1, strides, padding), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.largest(new Window(1, poolSize, 1, strides, padding), image(call.input()), x.unsqueeze(1))
                    .squeeze(1);
        }
    }

    /**
     * The mean of each window, feature by feature; padding does not count.
     *
     * @param poolSize steps of a window, at least 1; Keras' default 2
     * @param strides steps from one window to the next, at least 1; Keras' default is the pool size
     * @param padding Keras' default "valid"
     */
    record AveragePooling1D(int poolSize, int strides, Padding padding) implements SequenceLayer {
        public AveragePooling1D {
            checkWindow("AveragePooling1D", poolSize, strides);
            checkNotCausal("AveragePooling1D", padding);
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            return steps(this, new Window(1, poolSize, 1, strides, padding), input, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return Images.means(call, new Window(1, poolSize, 1, strides, padding), image(call.input()), x.unsqueeze(1))
                    .squeeze(1);
        }
    }

    /** The largest number of each feature. */
    record GlobalMaxPooling1D() implements SequenceLayer {
        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            return Shape.of(input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.max(1);
        }
    }

    /** The mean of each feature. */
    record GlobalAveragePooling1D() implements SequenceLayer {
        @Override
        public MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.USED_UP;
        }

        @Override
        public Shape outputShape(final Shape input) {
            checkSequence(this, input);
            return Shape.of(input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return call.mask(x)
                    .map(mask -> x.mul(mask.unsqueeze(-1))
                            .sum(1)
                            .div(mask.sumKeeping(1).maximum(1)))
                    .orElseGet(() -> x.mean(1));
        }
    }

    static void checkSequence(final Layer layer, final Shape input) {
        if (input.rank() != 2) {
            throw new InvalidInputException(layer.type() + " expects sequences of steps x features, but its input has"
                    + " the shape " + input + "; put a Reshape layer before it.");
        }
    }

    private static void checkWindow(final String layer, final int size, final int strides) {
        if (size < 1 || strides < 1) {
            throw new InvalidInputException(layer + " needs a window and strides of at least 1, but they are " + size
                    + " and " + strides + ".");
        }
    }

    private static void checkNotCausal(final String layer, final Padding padding) {
        if (padding == Padding.CAUSAL) {
            throw new InvalidInputException(
                    layer + " needs the padding \"valid\" or \"same\", but it is \"causal\", which Conv1D alone has.");
        }
    }

    private static Shape image(final Shape sequence) {
        return Shape.of(1, sequence.dimension(0), sequence.last());
    }

    private static Shape steps(final Layer layer, final Window window, final Shape input, final int features) {
        final int steps = window.padding().windows(input.dimension(0), window.width(), window.strideWidth());
        if (steps < 1) {
            throw new InvalidInputException(layer.type() + " with a window of " + window.width()
                    + " steps and padding \"valid\" needs sequences of at least this length, but its input has the shape "
                    + input + "; choose a smaller window or padding \"same\".");
        }
        return Shape.of(steps, features);
    }
}
