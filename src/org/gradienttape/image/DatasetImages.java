package org.gradienttape.image;

import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Scaling;
import org.gradienttape.layer.Shape;

/**
 * The samples of a dataset as PNG images. Stored bytes are shown as they are; other numbers are taken to go from 0 to 1 if
 * none of the dataset is larger, from 0 to 255 otherwise, and what lies outside is cut off.
 */
public final class DatasetImages {
    private static final float LARGEST_BYTE = 255;

    private final Dataset dataset;
    private final float white;

    public DatasetImages(final Dataset dataset) {
        this.dataset = dataset;
        this.white = white(dataset);
    }

    /** Whether samples are images that can be shown: height x width x 1 or 3 channels. */
    public static boolean canShow(final DatasetInfo info) {
        final Shape shape = info.sampleShape();
        return shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3);
    }

    /** One sample as the bytes of a PNG file. */
    public byte[] png(final int sample) {
        final float[] numbers = dataset.numbers(sample);
        final byte[] pixels = new byte[numbers.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(Math.min(Math.max(numbers[i] / white, 0), 1) * LARGEST_BYTE);
        }
        return SampleImage.png(dataset.sampleShape(), pixels);
    }

    private static float white(final Dataset dataset) {
        final float scaled = dataset.scaling() == Scaling.DIVIDE_BY_255 ? 1 : LARGEST_BYTE;
        return switch (dataset.elementType()) {
            case UINT8 -> scaled;
            case FLOAT32 -> largestIsAboveOne(dataset) ? scaled : 1;
        };
    }

    private static boolean largestIsAboveOne(final Dataset dataset) {
        for (int sample = 0; sample < dataset.samples(); sample++) {
            for (final float number : dataset.numbers(sample)) {
                if (number > 1) {
                    return true;
                }
            }
        }
        return false;
    }
}
