package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Padding;

/** Slides the kernel, [height, width, in, out] like Keras, over images of [batch, height, width, in]. */
final class Conv2DOp implements LayerOp {
    private static final Shape NO_DILATION = new Shape(1, 1);

    private final ImageLayer.Conv2D layer;
    private final int kernel;
    private final Shape strides;
    private final Padding.Pad rows;
    private final Padding.Pad columns;

    Conv2DOp(final ImageLayer.Conv2D layer, final LayerOps.Site site) {
        this.layer = layer;
        this.kernel = site.firstWeight();
        this.strides = new Shape(layer.window().strideHeight(), layer.window().strideWidth());
        this.rows = layer.window().rows(site.node().input());
        this.columns = layer.window().columns(site.node().input());
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray images = Images.channelsFirst(input);
        final NDArray filters = Images.filters(pass.weight(kernel), pass);
        final NDArray bias = layer.useBias() ? pass.weight(kernel + 1) : null;
        final NDArray output = isEven() // the engine pads evenly by itself, without a copy of the images
                ? convolve(images, filters, bias, new Shape(rows.before(), columns.before()))
                : convolve(Images.pad(images, rows, columns, 0), filters, bias, new Shape(0, 0));
        return Activations.apply(layer.activation(), Images.channelsLast(output));
    }

    private boolean isEven() {
        return rows.before() == rows.after() && columns.before() == columns.after();
    }

    private NDArray convolve(final NDArray images, final NDArray filters, final NDArray bias, final Shape padding) {
        return JniUtils.convolution(
                (PtNDArray) images, (PtNDArray) filters, (PtNDArray) bias, strides, padding, NO_DILATION, 1);
    }
}
