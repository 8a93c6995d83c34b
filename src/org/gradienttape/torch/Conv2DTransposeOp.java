package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/**
 * The gradient of a convolution by its input, with the kernel as [height, width, out, in] like Keras: what
 * {@link Conv2DOp} with the same window leaves away at the edges of the output, this leaves away too.
 */
final class Conv2DTransposeOp implements LayerOp {
    private final ImageLayer.Conv2DTranspose layer;
    private final int kernel;
    private final ScriptFunction function;

    Conv2DTransposeOp(final ImageLayer.Conv2DTranspose layer, final LayerOps.Site site) {
        final Window window = layer.window();
        final Shape output = site.node().output();
        final Axis rows = new Axis(output.dimension(0), window.height(), window.strideHeight(), window.rows(output));
        final Axis columns =
                new Axis(output.dimension(1), window.width(), window.strideWidth(), window.columns(output));
        this.layer = layer;
        this.kernel = site.firstWeight();
        this.function = layer.useBias()
                ? ScriptFunction.of(expression("bias", rows, columns), "images", "kernel", "bias")
                : ScriptFunction.of(expression("None", rows, columns), "images", "kernel");
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray images = Images.channelsFirst(input);
        final NDArray filters = Images.filters(pass.weight(kernel), pass);
        final NDArray output = layer.useBias()
                ? function.call(images, filters, pass.weight(kernel + 1))
                : function.call(images, filters);
        return Activations.apply(layer.activation(), Images.channelsLast(output));
    }

    private static String expression(final String bias, final Axis rows, final Axis columns) {
        final String all = "torch.conv_transpose2d(images, kernel, " + bias + ", " + pair(rows.stride, columns.stride)
                + ", " + pair(rows.pad.before(), columns.pad.before()) + ", " + pair(rows.extra(), columns.extra())
                + ", 1, [1, 1])";
        return columns.cut("3", rows.cut("2", all));
    }

    private static String pair(final int rows, final int columns) {
        return "[" + rows + ", " + columns + "]";
    }

    /**
     * One axis. The engine takes the same number of lines away at both ends; then one too many is left at the end, or
     * some are missing there.
     *
     * @param size of the output
     * @param pad what the convolution would add to images of this size
     */
    private record Axis(int size, int window, int stride, Padding.Pad pad) {
        /** Lines to add at the end. */
        int extra() {
            return Math.max(stride - window, 0);
        }

        /** The expression without the line too many. */
        String cut(final String dimension, final String images) {
            return pad.after() == pad.before()
                    ? images
                    : "torch.slice(" + images + ", " + dimension + ", 0, " + size + ", 1)";
        }
    }
}
