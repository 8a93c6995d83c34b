package org.gradienttape.layer;

import org.gradienttape.tensor.Tensor;

/**
 * What layers compute with images: layers see [batch, height, width, channels], the operations [batch, channels, height,
 * width]; both are views of the same memory.
 */
final class Images {
    /** Up to this many filters are computed by the windows that each pixel adds to the output. */
    private static final int MOST_SPREAD_FILTERS = 3;

    private Images() {}

    private static Tensor first(final Tensor images) {
        return images.permute(0, 3, 1, 2);
    }

    private static Tensor last(final Tensor images) {
        return images.permute(0, 2, 3, 1);
    }

    /** From [height, width, in, out] to [out, in, height, width], or from [height, width, out, in] to [in, out, ...]. */
    private static Tensor filters(final Tensor kernel) {
        return kernel.permute(3, 2, 0, 1).contiguous();
    }

    /** Channels first, with the lines around them that the window asks for. */
    private static Tensor padded(final Tensor images, final Window window, final Shape shape, final double value) {
        final Padding.Pad rows = window.rows(shape);
        final Padding.Pad columns = window.columns(shape);
        return images.pad(value, 0, 0, 0, 0, rows.before(), rows.after(), columns.before(), columns.after());
    }

    private static long[] pooling(final Window window) {
        return new long[] {window.height(), window.width(), window.strideHeight(), window.strideWidth()};
    }

    /** Padding does not count: the mean with zeros is divided by the share of real pixels. */
    static Tensor means(final LayerCall call, final Window window, final Shape shape, final Tensor x) {
        final Tensor images = first(x);
        final Tensor padded = padded(images, window, shape, 0);
        final Tensor means = padded.meansOfWindows(pooling(window));
        if (padded == images) {
            return last(means);
        }
        final Tensor ones = call.machine().full(1, 1, 1, shape.dimension(0), shape.dimension(1));
        final Tensor share = padded(ones, window, shape, 0).meansOfWindows(pooling(window));
        return last(means.div(share));
    }

    /**
     * How a kernel slides over images.
     *
     * @param dilation how far apart the pixels of a window are
     * @param groups into how many groups the channels are divided
     */
    record Sliding(Window window, Size dilation, int groups) {
        Sliding(final Window window) {
            this(window, Size.ONE, 1);
        }

        /** With the pixels between. */
        Window reach() {
            return window.dilated(dilation);
        }

        private boolean isPlain() {
            return dilation.equals(Size.ONE) && groups == 1;
        }
    }

    /**
     * Slides the kernel, [height, width, in, out] like Keras, over the images.
     *
     * @param shape of one image
     * @param bias null for none
     */
    static Tensor convolve(
            final Sliding sliding, final Shape shape, final Tensor x, final Tensor kernel, final Tensor bias) {
        final Window window = sliding.window();
        final Window reach = sliding.reach();
        final boolean even = isEven(reach.rows(shape)) && isEven(reach.columns(shape));
        final boolean stepsByOne = window.strideHeight() == 1 && window.strideWidth() == 1;
        if (even && kernel.size(3) <= MOST_SPREAD_FILTERS && stepsByOne && sliding.isPlain()) {
            return addWindows(window, shape, x, kernel, bias);
        }
        final Tensor images = even ? first(x) : padded(first(x), reach, shape, 0);
        final long[] geometry = {
            window.strideHeight(),
            window.strideWidth(),
            even ? reach.rows(shape).before() : 0,
            even ? reach.columns(shape).before() : 0,
            sliding.dilation().height(),
            sliding.dilation().width(),
            sliding.groups()
        };
        return last(
                bias == null
                        ? images.convolve(filters(kernel), geometry)
                        : images.convolveWithBias(filters(kernel), bias, geometry));
    }

    /** Whether the same number of lines is added on both sides, which the operation does by itself. */
    private static boolean isEven(final Padding.Pad pad) {
        return pad.before() == pad.after();
    }

    /**
     * Each pixel of the input adds the mirrored kernel, weighted by its channels, to the output around it: the same sums,
     * as one multiplication of matrices and one addition of windows. The engine's convolution computes 16 filters at a
     * time, used or not, and takes 4 times as long for one filter.
     */
    private static Tensor addWindows(
            final Window window, final Shape in, final Tensor x, final Tensor kernel, final Tensor bias) {
        final long filters = kernel.size(3);
        final Tensor mirrored = kernel.flip(0, 1).permute(3, 0, 1, 2).reshape(window.area() * filters, in.last());
        final Tensor pixels = x.reshape(x.size(0), (long) in.dimension(0) * in.dimension(1), in.last())
                .permute(0, 2, 1);
        final Tensor planes = mirrored.matmul(pixels)
                .addWindows(
                        window.height(),
                        window.width(),
                        window.height() - 1L - window.rows(in).before(),
                        window.width() - 1L - window.columns(in).before(),
                        window.padding().windows(in.dimension(0), window.height(), 1),
                        window.padding().windows(in.dimension(1), window.width(), 1));
        final Tensor images = last(planes);
        return bias == null ? images : images.add(bias);
    }

    /**
     * The gradient of a convolution by its input, with the kernel as [height, width, out, in] like Keras: what a
     * convolution with the same window leaves away at the edges of the output, this leaves away too.
     *
     * @param out the shape of one image of the output
     * @param bias null for none
     */
    static Tensor spread(final Window window, final Shape out, final Tensor x, final Tensor kernel, final Tensor bias) {
        final Padding.Pad rows = window.rows(out);
        final Padding.Pad columns = window.columns(out);
        final long[] geometry = {window.strideHeight(), window.strideWidth(), rows.before(), columns.before()};
        // An odd padding leaves one line too many at the end: the operation takes the same number away at both ends.
        final long height = out.dimension(0) + (long) rows.after() - rows.before();
        final long width = out.dimension(1) + (long) columns.after() - columns.before();
        final Tensor images = first(x);
        final Tensor planes = bias == null
                ? images.convolveImages(filters(kernel), geometry, height, width)
                : images.convolveImagesWithBias(filters(kernel), bias, geometry, height, width);
        return last(planes.slice(2, 0, out.dimension(0)).slice(3, 0, out.dimension(1)));
    }

    /** The largest number of each window. */
    static Tensor largest(final Window window, final Shape shape, final Tensor x) {
        return last(padded(first(x), window, shape, Double.NEGATIVE_INFINITY).largestOfWindows(pooling(window)));
    }
}
