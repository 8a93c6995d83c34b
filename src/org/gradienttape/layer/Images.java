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

    static Tensor first(final Tensor images) {
        return images.permute(0, 3, 1, 2);
    }

    static Tensor last(final Tensor images) {
        return images.permute(0, 2, 3, 1);
    }

    /** From [height, width, in, out] to [out, in, height, width], or from [height, width, out, in] to [in, out, ...]. */
    private static Tensor filters(final Tensor kernel) {
        return kernel.permute(3, 2, 0, 1).contiguous();
    }

    /** Channels first, with the lines around them that the window asks for. */
    static Tensor padded(final Tensor images, final Window window, final Shape shape, final double value) {
        final Padding.Pad rows = window.rows(shape);
        final Padding.Pad columns = window.columns(shape);
        return images.pad(value, 0, 0, 0, 0, rows.before(), rows.after(), columns.before(), columns.after());
    }

    static long[] pooling(final Window window) {
        return new long[] {window.height(), window.width(), window.strideHeight(), window.strideWidth()};
    }

    /** Padding does not count: the mean with zeros is divided by the share of real pixels. */
    static Tensor means(final Window window, final LayerCall call, final Tensor x) {
        final Shape shape = call.input();
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

    /** Slides the kernel, [height, width, in, out] like Keras, over the images. */
    static Tensor convolve(final ImageLayer.Conv2D layer, final LayerCall call, final Tensor x) {
        final Window window = layer.window();
        final Shape shape = call.input();
        final boolean even = isEven(window.rows(shape)) && isEven(window.columns(shape));
        if (even && layer.filters() <= MOST_SPREAD_FILTERS && window.strideHeight() == 1 && window.strideWidth() == 1) {
            return addWindows(layer, call, x);
        }
        final Tensor images = even ? first(x) : padded(first(x), window, shape, 0);
        final Tensor filters = filters(call.weight("kernel"));
        final long[] geometry = {
            window.strideHeight(),
            window.strideWidth(),
            even ? window.rows(shape).before() : 0,
            even ? window.columns(shape).before() : 0
        };
        return last(
                layer.useBias()
                        ? images.convolveWithBias(filters, call.weight("bias"), geometry)
                        : images.convolve(filters, geometry));
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
    private static Tensor addWindows(final ImageLayer.Conv2D layer, final LayerCall call, final Tensor x) {
        final Window window = layer.window();
        final Shape in = call.input();
        final Shape out = call.output();
        final Tensor mirrored = call.weight("kernel")
                .flip(0, 1)
                .permute(3, 0, 1, 2)
                .reshape((long) window.area() * layer.filters(), in.last());
        final Tensor pixels = x.reshape(x.size(0), (long) in.dimension(0) * in.dimension(1), in.last())
                .permute(0, 2, 1);
        final Tensor planes = mirrored.matmul(pixels)
                .addWindows(
                        window.height(),
                        window.width(),
                        window.height() - 1L - window.rows(in).before(),
                        window.width() - 1L - window.columns(in).before(),
                        out.dimension(0),
                        out.dimension(1));
        final Tensor images = last(planes);
        return layer.useBias() ? images.add(call.weight("bias")) : images;
    }

    /**
     * The gradient of a convolution by its input, with the kernel as [height, width, out, in] like Keras: what a
     * convolution with the same window leaves away at the edges of the output, this leaves away too.
     */
    static Tensor spread(final ImageLayer.Conv2DTranspose layer, final LayerCall call, final Tensor x) {
        final Window window = layer.window();
        final Shape out = call.output();
        final Padding.Pad rows = window.rows(out);
        final Padding.Pad columns = window.columns(out);
        final Tensor filters = filters(call.weight("kernel"));
        final long[] geometry = {window.strideHeight(), window.strideWidth(), rows.before(), columns.before()};
        // An odd padding leaves one line too many at the end: the operation takes the same number away at both ends.
        final long height = out.dimension(0) + (long) rows.after() - rows.before();
        final long width = out.dimension(1) + (long) columns.after() - columns.before();
        final Tensor images = first(x);
        final Tensor planes = layer.useBias()
                ? images.convolveImagesWithBias(filters, call.weight("bias"), geometry, height, width)
                : images.convolveImages(filters, geometry, height, width);
        return last(planes.slice(2, 0, out.dimension(0)).slice(3, 0, out.dimension(1)));
    }
}
