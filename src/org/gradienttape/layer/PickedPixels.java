package org.gradienttape.layer;

import org.gradienttape.tensor.Tensor;

/** New images, of which each pixel is a weighted mean of the four that lie around its place in the old image. */
final class PickedPixels {
    private static final int COUNT = 4;

    private final int height;
    private final int width;
    private final AugmentationLayer.Fill fill;
    private final long[][] places;
    private final float[][] weights;
    private final float[] outside;
    private int filled;

    /** Where a pixel (x, y) of the new image lies in the old one: (a x + b y + c, d x + e y + f). */
    record Place(double a, double b, double c, double d, double e, double f) {}

    private PickedPixels(final int height, final int width, final AugmentationLayer.Fill fill, final int pixels) {
        this.height = height;
        this.width = width;
        this.fill = fill;
        this.places = new long[COUNT][pixels];
        this.weights = new float[COUNT][pixels];
        this.outside = new float[pixels];
    }

    /**
     * The new images.
     *
     * @param x [batch, height, width, channels]
     * @param images one for each image of the batch
     * @param fillValue what lies beyond the edges, for CONSTANT
     */
    static Tensor of(
            final LayerCall call,
            final Tensor x,
            final Place[] images,
            final AugmentationLayer.Fill fill,
            final double fillValue) {
        final int pixels = Math.toIntExact(x.size(0) * x.size(1) * x.size(2));
        final PickedPixels picked = new PickedPixels((int) x.size(1), (int) x.size(2), fill, pixels);
        for (int i = 0; i < images.length; i++) {
            picked.add(i, images[i]);
        }
        final Tensor rows = x.reshape(pixels, x.size(3));
        Tensor sum = null;
        for (int corner = 0; corner < COUNT; corner++) {
            final Tensor part = rows.take(call.machine().tensor(picked.places[corner], pixels), 0)
                    .mul(call.machine().tensor(picked.weights[corner], pixels, 1));
            sum = sum == null ? part : sum.add(part);
        }
        if (fill == AugmentationLayer.Fill.CONSTANT && fillValue != 0) {
            sum = sum.add(call.machine().tensor(picked.outside, pixels, 1).mul(fillValue));
        }
        return sum.reshape(x.shape());
    }

    private void add(final int image, final Place place) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                add(
                        (long) image * height * width,
                        place.a() * x + place.b() * y + place.c(),
                        place.d() * x + place.e() * y + place.f());
            }
        }
    }

    private void add(final long first, final double x, final double y) {
        final long left = (long) Math.floor(x);
        final long top = (long) Math.floor(y);
        double inside = 0;
        for (int corner = 0; corner < COUNT; corner++) {
            final long column = left + corner % 2;
            final long row = top + corner / 2;
            final double share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
            final boolean isInside = column >= 0 && column < width && row >= 0 && row < height;
            final double weight = isInside || fill != AugmentationLayer.Fill.CONSTANT ? share : 0;
            places[corner][filled] = first + within(row, height) * width + within(column, width);
            weights[corner][filled] = (float) weight;
            inside += weight;
        }
        outside[filled++] = (float) (1 - inside);
    }

    /** The line that stands for one beyond the edges. */
    private long within(final long line, final int size) {
        return switch (fill) {
            case REFLECT -> {
                final long folded = Math.floorMod(line, 2L * size);
                yield folded < size ? folded : 2L * size - 1 - folded;
            }
            case WRAP -> Math.floorMod(line, (long) size);
            case NEAREST, CONSTANT -> Math.max(0, Math.min(size - 1L, line));
        };
    }
}
