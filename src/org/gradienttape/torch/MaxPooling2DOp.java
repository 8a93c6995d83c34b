package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Window;

/** The largest number of each window; padding is smaller than any number. */
final class MaxPooling2DOp implements LayerOp {
    private final Window window;
    private final org.gradienttape.layer.Shape images;

    MaxPooling2DOp(final ImageLayer.MaxPooling2D layer, final LayerOps.Site site) {
        this.window = layer.window();
        this.images = site.node().input();
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray padded = Images.pad(
                Images.channelsFirst(input), window.rows(images), window.columns(images), Double.NEGATIVE_INFINITY);
        return Images.channelsLast(padded.getNDArrayInternal()
                .maxPool(
                        new Shape(window.height(), window.width()),
                        new Shape(window.strideHeight(), window.strideWidth()),
                        new Shape(0, 0),
                        false));
    }
}
