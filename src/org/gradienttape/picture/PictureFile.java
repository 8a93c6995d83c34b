package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Set;
import org.gradienttape.error.InvalidInputException;

/** The file of one picture, checked but not decoded yet. Never allocates more than its header allows. */
public final class PictureFile {
    /** Some more than the largest photographs. */
    public static final int MOST_PIXELS = 50_000_000;
    /** The longest side of a picture. */
    public static final int LONGEST_SIDE = 16_384;

    /** Checks a file of one format. */
    @FunctionalInterface
    private interface Check {
        Checked check(Bytes file) throws IOException;
    }

    private final Checked checked;
    private final String place;

    private PictureFile(final Checked checked, final String place) {
        this.checked = checked;
        this.place = place;
    }

    /**
     * Checks a file.
     *
     * @param file its bytes; not changed
     * @param place where it is, for a sentence
     * @throws InvalidInputException if it is no picture, is not whole or is too large
     */
    public static PictureFile of(final byte[] file, final String place) {
        final Bytes bytes = new Bytes(file);
        final Check format = format(bytes, place);
        return reading(place, () -> new PictureFile(checkSize(format.check(bytes), place), place));
    }

    public int height() {
        return checked.height();
    }

    public int width() {
        return checked.width();
    }

    public Set<PictureTrait> traits() {
        return checked.traits();
    }

    /**
     * Decodes the picture in its own size.
     *
     * @param channels 1 for brightness, 3 for red, green and blue
     * @throws InvalidInputException if it is damaged
     */
    public Picture decode(final int channels) {
        return reading(place, () -> {
            final BufferedImage image = checked.decoder().decode();
            if (image.getHeight() != height() || image.getWidth() != width()) {
                throw new IOException("its header declares " + height() + " x " + width() + " pixels, but it has "
                        + image.getHeight() + " x " + image.getWidth());
            }
            return StoredNumbers.of(image, channels);
        });
    }

    private static Check format(final Bytes file, final String place) {
        if (file.startsWith(0, 0x89, 'P', 'N', 'G')) {
            return PngFile::check;
        }
        if (file.startsWith(0, 0xff, 0xd8, 0xff)) {
            return JpegFile::check;
        }
        if (file.startsWith(0, 'G', 'I', 'F', '8')) {
            return GifFile::check;
        }
        if (file.startsWith(0, 'B', 'M')) {
            return BmpFile::check;
        }
        if (file.startsWith(0, 'I', 'I', 42, 0) || file.startsWith(0, 'M', 'M', 0, 42)) {
            return TiffFile::check;
        }
        if (file.startsWith(0, 'R', 'I', 'F', 'F') && file.startsWith(8, 'W', 'E', 'B', 'P')) {
            return WebpFile::check;
        }
        throw new InvalidInputException("A PNG, JPEG, BMP, GIF, TIFF or WebP picture was expected in " + place
                + ", but " + (file.length() == 0 ? "it is empty" : "it starts like none of them")
                + "; save it again or remove it.");
    }

    private static Checked checkSize(final Checked checked, final String place) throws IOException {
        final int height = checked.height();
        final int width = checked.width();
        if (height < 1 || width < 1) {
            throw new IOException("its header declares " + height + " x " + width + " pixels");
        }
        if ((long) height * width > MOST_PIXELS || Math.max(height, width) > LONGEST_SIDE) {
            throw new InvalidInputException("A picture may have at most " + MOST_PIXELS + " pixels and sides of "
                    + LONGEST_SIDE + ", but " + place + " declares " + height + " x " + width
                    + "; scale it down or remove it.");
        }
        return checked;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(final String place, final Reading<T> reading) {
        try {
            return reading.read();
        } catch (final InvalidInputException refused) {
            throw refused;
        } catch (final IOException | RuntimeException e) {
            // At damaged files the decoders throw whatever they run into.
            throw new InvalidInputException(
                    "A PNG, JPEG, BMP, GIF, TIFF or WebP picture was expected in " + place
                            + ", but it cannot be decoded ("
                            + (e instanceof IOException && e.getMessage() != null ? e.getMessage() : "it is damaged")
                            + "); save it again or remove it.",
                    e);
        }
    }
}
