package org.gradienttape.script;

import org.gradienttape.layer.Padding;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Window;

/**
 * Expressions for images: between [batch, height, width, channels], as the layers see them, and [batch, channels, height,
 * width], as the engine's convolutions want them. Both are views of the same memory.
 */
final class ImageCode {
    private ImageCode() {}

    static String channelsFirst(final String images) {
        return "torch.permute(" + images + ", [0, 3, 1, 2])";
    }

    static String channelsLast(final String images) {
        return "torch.permute(" + images + ", [0, 2, 3, 1])";
    }

    /** From [height, width, in, out] to [out, in, height, width], or from [height, width, out, in] to [in, out, ...]. */
    static String filters(final String kernel) {
        return "torch.contiguous(torch.permute(" + kernel + ", [3, 2, 0, 1]))";
    }

    /** The images, channels first, with the lines around them that the window asks for. */
    static String pad(final String images, final Window window, final Shape shape, final String value) {
        final Padding.Pad rows = window.rows(shape);
        final Padding.Pad columns = window.columns(shape);
        return rows.after() + columns.after() == 0
                ? images
                : "torch.constant_pad_nd(" + images + ", [" + columns.before() + ", " + columns.after() + ", "
                        + rows.before() + ", " + rows.after() + "], " + value + ")";
    }

    static String size(final Window window) {
        return pair(window.height(), window.width());
    }

    static String strides(final Window window) {
        return pair(window.strideHeight(), window.strideWidth());
    }

    static String pair(final int rows, final int columns) {
        return "[" + rows + ", " + columns + "]";
    }
}
