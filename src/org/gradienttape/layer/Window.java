package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;

/**
 * What a convolution or pooling looks at for one output pixel, and how it moves over the image.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param strideHeight pixels from one window to the next, downwards, at least 1
 * @param strideWidth pixels from one window to the next, to the right, at least 1
 * @param padding what happens at the edges
 */
public record Window(int height, int width, int strideHeight, int strideWidth, Padding padding) {
    public Window {
        if (height < 1 || width < 1 || strideHeight < 1 || strideWidth < 1) {
            throw new InvalidInputException("A window needs a size and strides of at least 1, but the size is " + height
                    + " x " + width + " and the strides are " + strideHeight + " x " + strideWidth + ".");
        }
    }

    /** A square window with the same stride both ways. */
    public static Window square(final int size, final int stride, final Padding padding) {
        return new Window(size, size, stride, stride, padding);
    }

    /** The window that pixels so far apart cover. */
    Window dilated(final Size dilation) {
        return new Window(
                reach(height, dilation.height()), reach(width, dilation.width()), strideHeight, strideWidth, padding);
    }

    private static int reach(final int size, final int dilation) {
        return (int) Math.min(Integer.MAX_VALUE, (size - 1L) * dilation + 1);
    }

    /** How many pixels it covers. */
    public int area() {
        return height * width;
    }

    /** The padding along the height of images of this shape. */
    public Padding.Pad rows(final Shape image) {
        return padding.pad(image.dimension(0), height, strideHeight);
    }

    /** The padding along the width of images of this shape. */
    public Padding.Pad columns(final Shape image) {
        return padding.pad(image.dimension(1), width, strideWidth);
    }

    /**
     * The image with one pixel per window.
     *
     * @throws InvalidInputException if no window fits
     */
    Shape over(final String layer, final Shape image, final int channels) {
        final int rows = padding.windows(image.dimension(0), height, strideHeight);
        final int columns = padding.windows(image.dimension(1), width, strideWidth);
        if (rows < 1 || columns < 1) {
            throw new InvalidInputException(layer + " with a window of " + height + " x " + width
                    + " and padding \"valid\" needs images of at least this size, but its input has the shape " + image
                    + "; choose a smaller window or padding \"same\".");
        }
        return Shape.of(rows, columns, channels);
    }

    /** The image that a transposed convolution makes, one window per pixel of its input. */
    Shape under(final Shape image, final int channels) {
        return Shape.of(
                padding.spread(image.dimension(0), height, strideHeight),
                padding.spread(image.dimension(1), width, strideWidth),
                channels);
    }
}
