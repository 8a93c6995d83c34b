package org.gradienttape.layer;

/** What happens at an image's edges, as in Keras and TensorFlow. */
public enum Padding {
    /** Windows lie within the image; what is left over at the end is not looked at. */
    VALID {
        @Override
        int windows(final int size, final int window, final int stride) {
            return size < window ? 0 : (size - window) / stride + 1;
        }

        @Override
        int spread(final int windows, final int window, final int stride) {
            return (windows - 1) * stride + Math.max(window, stride);
        }
    },
    /**
     * The image is padded so that there are size / stride windows, rounded up. An odd pad puts its extra line at the
     * end (tensorflow.org/api_docs/python/tf/nn, "Notes on padding").
     */
    SAME {
        @Override
        int windows(final int size, final int window, final int stride) {
            return (size + stride - 1) / stride;
        }

        @Override
        int spread(final int windows, final int window, final int stride) {
            return windows * stride;
        }
    },
    /** All padding before the sequence, so that no window sees what comes later; for Conv1D alone. */
    CAUSAL {
        @Override
        int windows(final int size, final int window, final int stride) {
            return (size + stride - 1) / stride;
        }

        @Override
        int spread(final int windows, final int window, final int stride) {
            throw new IllegalStateException("nothing is spread with it");
        }

        @Override
        public Pad pad(final int size, final int window, final int stride) {
            return new Pad(window - 1, 0);
        }
    };

    /** Along one axis: how many windows of this size and stride an image has, so the size of the output; 0 if none. */
    abstract int windows(int size, int window, int stride);

    /** Along one axis: the size of the image that a transposed convolution makes of so many windows. */
    abstract int spread(int windows, int window, int stride);

    /** Along one axis: the lines to add before the image and after it, so that all windows find numbers. */
    public Pad pad(final int size, final int window, final int stride) {
        final int missing =
                this == VALID ? 0 : Math.max((windows(size, window, stride) - 1) * stride + window - size, 0);
        return new Pad(missing / 2, missing - missing / 2);
    }

    /**
     * Lines to add along one axis.
     *
     * @param before at the top or left
     * @param after at the bottom or right
     */
    public record Pad(int before, int after) {}
}
