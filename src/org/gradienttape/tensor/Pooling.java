package org.gradienttape.tensor;

import java.util.Arrays;

/**
 * One number per window of images [batch, channels, height, width]. Attributes begin with height and width of the window
 * and the strides, downwards and to the right; the images are padded before.
 */
public enum Pooling implements Operation {
    /** The largest number of each window. */
    LARGEST(1, (a, in) -> pooled(NumberType.FLOAT32, a, in), Pooling::ofLargest),
    /** Where the largest number of each window is in its plane, counted row by row. */
    LARGEST_PLACES(0, (a, in) -> pooled(NumberType.INT64, a, in), GradientRule.NONE),
    /** The numbers of planes at the places of the second input. */
    TAKE_PLACES(
            1,
            (a, in) -> TensorSpec.floats(in[1].sizes()),
            (y, g, i) -> g.putPlaces(y.input(1), y.input(0).size(2), y.input(0).size(3))),
    /** Planes of zeros, to which numbers are added at the places of the second input. Attributes: height, width. */
    PUT_PLACES(
            1,
            (a, in) -> TensorSpec.floats(in[0].size(0), in[0].size(1), a[0], a[1]),
            (y, g, i) -> g.takePlaces(y.input(1))),
    /** The mean of each window. */
    MEANS(1, (a, in) -> pooled(NumberType.FLOAT32, a, in), (y, g, i) -> g.spreadMeans(y.input(0), y.attributes())),
    /** The gradient of the means; the second input is an example of the images. */
    SPREAD_MEANS(1, (a, in) -> TensorSpec.like(in[1]), (y, g, i) -> g.meansOfWindows(y.attributes()));

    private static final int BASE = 900;

    private final Rules rules;

    Pooling(final int differentiable, final ShapeRule shape, final GradientRule gradient) {
        this.rules = new Rules(BASE + ordinal(), differentiable, shape, gradient);
    }

    @Override
    public Rules rules() {
        return rules;
    }

    private static TensorSpec pooled(final NumberType type, final long[] a, final Tensor[] in) {
        in[0].needsFloats();
        final long[] x = in[0].sizes();
        if (Arrays.stream(a).anyMatch(number -> number < 1)) {
            throw new TensorException(
                    "windows and their strides must be at least 1, but they are " + Arrays.toString(a));
        }
        if (x.length != 4 || x[2] < a[0] || x[3] < a[1]) {
            throw new TensorException(
                    "windows of " + a[0] + " x " + a[1] + " do not fit into images of the shape " + Shapes.text(x));
        }
        return new TensorSpec(type, new long[] {x[0], x[1], (x[2] - a[0]) / a[2] + 1, (x[3] - a[1]) / a[3] + 1});
    }

    private static Tensor ofLargest(final Tensor y, final Tensor g, final int i) {
        final Tensor x = y.input(0);
        return g.putPlaces(x.placesOfLargest(y.attributes()), x.size(2), x.size(3));
    }
}
