package org.gradienttape.layer;

import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that make images larger or smaller without weights. */
public sealed interface ImageFrameLayer extends Layer {
    /**
     * Repeats rows and columns, Keras' interpolation "nearest"
     * (keras.io/api/layers/reshaping_layers/up_sampling2d).
     *
     * @param size how often each row and each column is there; Keras' default 2 x 2
     */
    record UpSampling2D(Size size) implements ImageFrameLayer {
        @Override
        public Shape outputShape(final Shape input) {
            ImageLayer.checkImage(this, input);
            return Shape.of(
                    lines(this, input, (long) input.dimension(0) * size.height()),
                    lines(this, input, (long) input.dimension(1) * size.width()),
                    input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.reshape(x.size(0), x.size(1), 1, x.size(2), 1, x.size(3))
                    .expand(x.size(0), x.size(1), size.height(), x.size(2), size.width(), x.size(3))
                    .reshape(call.batchOf(x));
        }
    }

    /**
     * Zeros around the image (keras.io/api/layers/reshaping_layers/zero_padding2d).
     *
     * @param padding how many lines; Keras' default is 1 at each edge
     */
    record ZeroPadding2D(Edges padding) implements ImageFrameLayer {
        @Override
        public Shape outputShape(final Shape input) {
            ImageLayer.checkImage(this, input);
            return Shape.of(
                    lines(this, input, (long) input.dimension(0) + padding.top() + padding.bottom()),
                    lines(this, input, (long) input.dimension(1) + padding.left() + padding.right()),
                    input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.pad(0, 0, 0, padding.top(), padding.bottom(), padding.left(), padding.right(), 0, 0);
        }
    }

    /**
     * Takes lines away at the edges (keras.io/api/layers/reshaping_layers/cropping2d).
     *
     * @param cropping how many lines; Keras' default is none
     */
    record Cropping2D(Edges cropping) implements ImageFrameLayer {
        @Override
        public Shape outputShape(final Shape input) {
            ImageLayer.checkImage(this, input);
            final long height = (long) input.dimension(0) - cropping.top() - cropping.bottom();
            final long width = (long) input.dimension(1) - cropping.left() - cropping.right();
            if (height < 1 || width < 1) {
                throw new InvalidInputException("Cropping2D takes " + cropping.top() + ", " + cropping.bottom() + ", "
                        + cropping.left() + " and " + cropping.right() + " lines away at top, bottom, left and right,"
                        + " but its input has the shape " + input + "; leave at least one pixel.");
            }
            return Shape.of((int) height, (int) width, input.last());
        }

        @Override
        public Tensor call(final LayerCall call, final Tensor x) {
            return x.slice(1, cropping.top(), x.size(1) - cropping.bottom())
                    .slice(2, cropping.left(), x.size(2) - cropping.right());
        }
    }

    private static int lines(final Layer layer, final Shape input, final long lines) {
        if (lines > Integer.MAX_VALUE) {
            throw new InvalidInputException(layer.type() + " would give images of " + lines
                    + " lines for an input of the" + " shape " + input + "; choose smaller numbers.");
        }
        return (int) lines;
    }
}
