package org.gradienttape.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.picture.Picture;
import org.gradienttape.picture.PictureFile;
import org.gradienttape.picture.PictureTrait;

/**
 * What the header of the first image decides for all.
 *
 * @param size of each sample
 * @param stored bytes; single precision if the numbers of the first image have 16 bits
 */
public record FirstImage(ImageSize size, ElementType stored) {
    /**
     * Reads the header of the first image.
     *
     * @param file its bytes
     * @param place where it is, for a sentence
     * @throws org.gradienttape.error.InvalidInputException if it is no picture, or is too large
     */
    public static FirstImage of(final byte[] file, final String place, final ImageForm form) {
        final PictureFile picture = PictureFile.of(file, place);
        return new FirstImage(
                form.size().orElseGet(() -> new ImageSize(picture.height(), picture.width())),
                picture.traits().contains(PictureTrait.DEEP) ? ElementType.FLOAT32 : ElementType.UINT8);
    }

    /** The stored bytes of a picture: numbers from 0 to 255, which have fractions if the picture has 16 bits. */
    byte[] features(final Picture picture) {
        final int numbers = picture.numbers().length;
        final byte[] features = new byte[numbers * stored.bytes()];
        if (stored == ElementType.UINT8) {
            for (int i = 0; i < numbers; i++) {
                features[i] = picture.rounded(i);
            }
            return features;
        }
        final ByteBuffer floats = ByteBuffer.wrap(features).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers; i++) {
            floats.putFloat(picture.exact(i));
        }
        return features;
    }
}
