package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.gradienttape.layer.Padding;

/**
 * Between images as the layers see them, [batch, height, width, channels], and as the engine's convolutions want them,
 * [batch, channels, height, width]. Both are views of the same memory; the engine is fastest with exactly this order.
 */
final class Images {
    private Images() {}

    static NDArray channelsFirst(final NDArray images) {
        return images.transpose(0, 3, 1, 2);
    }

    static NDArray channelsLast(final NDArray images) {
        return images.transpose(0, 2, 3, 1);
    }

    /**
     * A kernel as the engine's convolutions want it, as a copy: some of them give no gradient to a view.
     *
     * @param kernel [height, width, in, out], or [height, width, out, in] of a transposed convolution
     * @return [out, in, height, width] or [in, out, height, width]; ends with the pass
     */
    static NDArray filters(final NDArray kernel, final ForwardPass pass) {
        final NDArray filters = ScriptFunction.of("torch.contiguous(torch.permute(kernel, [3, 2, 0, 1]))", "kernel")
                .call(kernel);
        filters.attach(pass.arrays());
        return filters;
    }

    /**
     * Adds lines around images.
     *
     * @param images [batch, channels, height, width]
     * @param value of the pixels that are added
     */
    static NDArray pad(final NDArray images, final Padding.Pad rows, final Padding.Pad columns, final double value) {
        if (rows.before() + rows.after() + columns.before() + columns.after() == 0) {
            return images;
        }
        return images.pad(new Shape(columns.before(), columns.after(), rows.before(), rows.after()), value);
    }
}
