package org.gradienttape.image;

import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.PixelRange;
import org.gradienttape.layer.Shape;

/**
 * The samples of a dataset as PNG images. Stored bytes are shown as they are; other numbers are taken to go from 0 to 1 or
 * -1 to 1 if all of the dataset do, from 0 to 255 otherwise, and what lies outside is cut off.
 */
public final class DatasetImages {
    private final Dataset dataset;
    private final PixelRange pixels;

    public DatasetImages(final Dataset dataset) {
        this.dataset = dataset;
        this.pixels = dataset.pixels().range();
    }

    /** Whether samples are images that can be shown: height x width x 1 or 3 channels. */
    public static boolean canShow(final DatasetInfo info) {
        final Shape shape = info.sampleShape();
        return shape.rank() == 3 && (shape.last() == 1 || shape.last() == 3);
    }

    /** One sample as the bytes of a PNG file. */
    public byte[] png(final int sample) {
        return SampleImage.png(dataset.sampleShape(), pixels.bytes(dataset.numbers(sample)));
    }
}
