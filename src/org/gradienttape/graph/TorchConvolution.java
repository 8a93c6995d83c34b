package org.gradienttape.graph;

import java.util.List;
import java.util.Optional;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Tensor;

/** How TorchScript says convolutions, perhaps with more channels than they have, or without oneDNN. */
public final class TorchConvolution {
    private final Tensor tensor;
    private final List<String> in;
    private final List<String> attributes;
    private final Tensor kernel;
    private final boolean isUnfolded;
    private final Filling filling;

    TorchConvolution(final TorchExpression expression) {
        this.tensor = expression.tensor();
        this.in = expression.in();
        this.attributes = expression.sizes().attributes(tensor);
        this.kernel = tensor.operation() == Convolution.CONVOLVE_KERNEL ? tensor : tensor.input(1);
        final Convolutions convolutions = expression.target().convolutions();
        this.isUnfolded = convolutions.areUnfolded(kernel, result(), tensor.attributes());
        this.filling = isUnfolded
                ? new Filling(kernel.size(0), kernel.size(1), 1, 0, 0, true)
                : convolutions.filling(kernel.size(0), kernel.size(1), tensor.attribute(6));
    }

    /** The images that the convolution gives, whichever of them is looked for. */
    private Tensor result() {
        if (tensor.operation() == Convolution.CONVOLVE) {
            return tensor;
        }
        return tensor.input(tensor.operation() == Convolution.CONVOLVE_IMAGES ? 0 : 1);
    }

    /** {@link Convolution#CONVOLVE}. */
    String convolved() {
        final String bias = bias().map(filling::biasOfFilters).orElse("None");
        if (isUnfolded) {
            return TorchExpression.call(
                    "_slow_conv2d_forward",
                    images(tensor.input(0)),
                    filling.kernel(in.get(1)),
                    window(),
                    bias,
                    strides(),
                    padding());
        }
        return filling.ownConvolved(TorchExpression.call(
                "conv2d",
                images(tensor.input(0)),
                filling.kernel(in.get(1)),
                bias,
                strides(),
                padding(),
                dilation(),
                groups()));
    }

    /** {@link Convolution#CONVOLVE_IMAGES}. */
    String images() {
        final String images = filling.convolved(in.get(0));
        final String bias = bias().map(filling::biasOfChannels).orElse("None");
        final String missing = TorchExpression.list(missing(tensor, 0), missing(tensor, 1));
        if (isUnfolded) {
            return TorchExpression.call(
                    "slow_conv_transpose2d",
                    images,
                    filling.kernel(in.get(1)),
                    window(),
                    bias,
                    strides(),
                    padding(),
                    missing,
                    dilation());
        }
        final String transposed = TorchExpression.call(
                "conv_transpose2d",
                images,
                filling.kernel(in.get(1)),
                bias,
                strides(),
                padding(),
                missing,
                groups(),
                dilation());
        return filling.ownImages(transposed, tensor.size(2), tensor.size(3));
    }

    /** {@link Convolution#CONVOLVE_KERNEL}. */
    String kernel() {
        return filling.ownKernel(backward("False") + "[1]");
    }

    /**
     * Lines with both gradients of a convolution, of the tensor that is the one by the kernel.
     *
     * @param images the name of the one by the images
     * @param kernel the name of the other one
     */
    List<String> gradients(final String images, final String kernel) {
        final String both = images + ", " + kernel + ", _, = " + backward("True");
        if (filling.isNothing()) {
            return List.of(both);
        }
        final Tensor like = tensor.input(0);
        return List.of(
                both,
                images + " = " + filling.ownImages(images, like.size(2), like.size(3)),
                kernel + " = " + filling.ownKernel(kernel));
    }

    private String backward(final String byImages) {
        final String gradient = filling.convolved(in.get(1));
        final String images = images(tensor.input(0));
        final String like = filling.kernel(in.get(2));
        final String wanted = "[" + byImages + ", True, False]";
        return isUnfolded
                ? TorchExpression.call(
                        "_slow_conv2d_backward", gradient, images, like, window(), strides(), padding(), wanted)
                : TorchExpression.call(
                        "convolution_backward",
                        gradient,
                        images,
                        like,
                        "None",
                        strides(),
                        padding(),
                        dilation(),
                        "False",
                        "[0, 0]",
                        groups(),
                        wanted);
    }

    private String images(final Tensor images) {
        return filling.images(in.get(0), images.size(2), images.size(3));
    }

    private Optional<String> bias() {
        return in.stream().skip(2).findFirst();
    }

    private String window() {
        return TorchExpression.list(kernel.size(2), kernel.size(3));
    }

    private String strides() {
        return pair(0);
    }

    private String padding() {
        return pair(2);
    }

    private String dilation() {
        return pair(4);
    }

    private String pair(final int first) {
        return "[" + attributes.get(first) + ", " + attributes.get(first + 1) + "]";
    }

    private String groups() {
        return attributes.get(6);
    }

    /**
     * Of a transposed convolution: lines at the end that the windows do not reach.
     *
     * @param axis 0 for the height, 1 for the width
     */
    public static long missing(final Tensor tensor, final int axis) {
        final long reached = (tensor.input(0).size(2 + axis) - 1) * tensor.attribute(axis)
                - 2 * tensor.attribute(2 + axis)
                + tensor.attribute(4 + axis) * (tensor.input(1).size(2 + axis) - 1)
                + 1;
        return tensor.attribute(Convolution.GEOMETRY + axis) - reached;
    }
}
