package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Window;

/** The mean of each window. Padding does not count: the mean with zeros is divided by the share of real pixels. */
final class AveragePooling2DOp implements LayerOp {
    private final Window window;
    private final org.gradienttape.layer.Shape images;
    private final boolean isPadded;

    AveragePooling2DOp(final ImageLayer.AveragePooling2D layer, final LayerOps.Site site) {
        this.window = layer.window();
        this.images = site.node().input();
        this.isPadded = window.rows(images).after() + window.columns(images).after() > 0;
    }

    @Override
    public NDArray forward(final NDArray input, final ForwardPass pass) {
        final NDArray means = Images.channelsLast(means(Images.channelsFirst(input)));
        if (!isPadded) {
            return means;
        }
        final NDArray ones = pass.arrays().ones(new Shape(1, 1, images.dimension(0), images.dimension(1)));
        return means.div(Images.channelsLast(means(ones)));
    }

    private NDArray means(final NDArray planes) {
        return Images.pad(planes, window.rows(images), window.columns(images), 0)
                .getNDArrayInternal()
                .avgPool(
                        new Shape(window.height(), window.width()),
                        new Shape(window.strideHeight(), window.strideWidth()),
                        new Shape(0, 0),
                        false,
                        true);
    }
}
