package org.gradienttape.tensor;

import java.util.stream.Stream;

/**
 * Convolution of images [batch, channels, height, width] with kernels [filters, channels, height, width]. The first three
 * are linear in both inputs, and each is the gradient of the other two. Their attributes are {@link #GEOMETRY} numbers: the
 * strides, downwards and to the right; the lines of zeros that are added at top and bottom, and left and right; how far apart
 * the pixels of a window are, downwards and to the right; and into how many groups channels and filters are divided.
 */
public enum Convolution implements Operation {
    /** Images, kernel [filters, channels of a group, height, width], perhaps bias [filters]. */
    CONVOLVE(3, Convolution::convolved, Convolution::ofConvolve),
    /**
     * The gradient by the images, of images as the convolution makes them, kernel, perhaps bias [channels]: a transposed
     * convolution. Further attributes: height, width of the result.
     */
    CONVOLVE_IMAGES(3, Convolution::images, Convolution::ofImages),
    /**
     * The gradient by the kernel, of the images, the gradient by the convolved ones, and the kernel, as an example of its
     * shape.
     */
    CONVOLVE_KERNEL(2, (a, in) -> TensorSpec.like(in[2]), Convolution::ofKernel),
    /**
     * The windows of images as columns, [batch, channels x window, windows], at stride 1. Attributes: height and width of
     * the window, padding, height and width of the images.
     */
    WINDOWS(1, Convolution::windows, (y, g, i) -> g.addWindows(y.attributes())),
    /** Adds windows up to images: the gradient of windows. Attributes as there. */
    ADD_WINDOWS(1, Convolution::added, (y, g, i) -> g.windows(y.attributes()));

    /** How many numbers say how windows lie. */
    public static final int GEOMETRY = 7;

    private static final int BASE = 800;

    private final Rules rules;

    Convolution(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec convolved(final long[] a, final Tensor[] in) {
        Stream.of(in).forEach(Tensor::needsFloats);
        final long[] x = in[0].sizes();
        final long[] w = in[1].sizes();
        if (x.length != 4 || w.length != 4 || x[1] != w[1] * a[6] || w[0] % a[6] != 0) {
            throw new TensorException("images of the shape " + Shapes.text(x) + " and a kernel of the shape "
                    + Shapes.text(w) + " do not fit; both need four axes, and the second ones must be equal"
                    + inGroups(a));
        }
        if (x[2] + 2 * a[2] <= a[4] * (w[2] - 1) || x[3] + 2 * a[3] <= a[5] * (w[3] - 1)) {
            throw new TensorException("a kernel of the shape " + Shapes.text(w)
                    + " does not fit into images of the shape " + Shapes.text(x));
        }
        return TensorSpec.floats(x[0], w[0], size(a, 0, x[2], w[2]), size(a, 1, x[3], w[3]));
    }

    /** How many windows there are along an axis. */
    private static long size(final long[] a, final int axis, final long image, final long window) {
        return (image + 2 * a[2 + axis] - a[4 + axis] * (window - 1) - 1) / a[axis] + 1;
    }

    private static TensorSpec images(final long[] a, final Tensor[] in) {
        Stream.of(in).forEach(Tensor::needsFloats);
        final long[] x = in[0].sizes();
        final long[] w = in[1].sizes();
        if (x.length != 4 || w.length != 4 || x[1] != w[0] || w[0] % a[6] != 0) {
            throw new TensorException("images of the shape " + Shapes.text(x) + " and a kernel of the shape "
                    + Shapes.text(w) + " do not fit; both need four axes, the images as many channels as the kernel"
                    + " has filters" + inGroups(a));
        }
        return TensorSpec.floats(x[0], w[1] * a[6], a[GEOMETRY], a[GEOMETRY + 1]);
    }

    private static String inGroups(final long[] a) {
        return a[6] == 1 ? "" : " in each of " + a[6] + " groups";
    }

    private static TensorSpec windows(final long[] a, final Tensor[] in) {
        in[0].needsFloats();
        final long[] x = in[0].sizes();
        if (x.length != 4 || a[0] < 1 || a[1] < 1 || x[2] + 2 * a[2] < a[0] || x[3] + 2 * a[3] < a[1]) {
            throw new TensorException(
                    "windows of " + a[0] + " x " + a[1] + " do not fit into images of the shape " + Shapes.text(x));
        }
        return TensorSpec.floats(x[0], x[1] * a[0] * a[1], (x[2] + 2 * a[2] - a[0] + 1) * (x[3] + 2 * a[3] - a[1] + 1));
    }

    private static TensorSpec added(final long[] a, final Tensor[] in) {
        in[0].needsFloats();
        if (in[0].rank() != 3 || a[0] < 1 || a[1] < 1) {
            throw new TensorException("there must be windows of at least 1 x 1 as columns, [batch, channels x window,"
                    + " windows], but they are of " + a[0] + " x " + a[1] + " and have the shape "
                    + Shapes.text(in[0].sizes()));
        }
        return TensorSpec.floats(in[0].sizes()[0], in[0].sizes()[1] / (a[0] * a[1]), a[4], a[5]);
    }

    private static Tensor ofConvolve(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        final Tensor w = y.input(1);
        return switch (i) {
            case 0 -> g.convolveImages(w, y.attributes(), x.size(2), x.size(3));
            case 1 -> x.convolveKernel(g, w, y.attributes());
            default -> g.sum(0, 2, 3);
        };
    }

    private static Tensor ofImages(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        final Tensor w = y.input(1);
        return switch (i) {
            case 0 -> g.convolve(w, y.attributes());
            case 1 -> g.convolveKernel(x, w, y.attributes());
            default -> g.sum(0, 2, 3);
        };
    }

    private static Tensor ofKernel(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        return i == 0
                ? y.input(1).convolveImages(g, y.attributes(), x.size(2), x.size(3))
                : x.convolve(g, y.attributes());
    }
}
