package org.gradienttape.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.gradienttape.data.ImageForm.Colors;
import org.gradienttape.error.InvalidInputException;

/** Decodes PNG and JPEG images, told by their first bytes. For one image; never allocates more than its header allows. */
final class ImageDecoder {
    /** Some more than the largest photographs; four bytes each while they are decoded. */
    static final int MOST_PIXELS = 50_000_000;

    private final byte[] file;
    private final String place;

    /**
     * @param file its bytes
     * @param place where it is, for a sentence
     */
    ImageDecoder(final byte[] file, final String place) {
        this.file = file;
        this.place = place;
    }

    /**
     * The size that the header declares.
     *
     * @throws InvalidInputException if it is no PNG or JPEG image, or has too many pixels
     */
    ImageSize size() {
        return read(this::size);
    }

    /** Decodes the image in its own size. */
    DecodedImage decode(final Colors colors) {
        return read(reader -> {
            final ImageSize size = size(reader);
            final BufferedImage image = reader.read(0);
            return new DecodedImage(size, colors.channels(), pixels(image, colors));
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private <T> T read(final Reading<T> reading) {
        final ImageReader reader = reader();
        final byte[] pixels = isPng() ? PngChunks.ofPixels(file) : file;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(pixels))) {
            reader.setInput(in, true, true);
            return reading.from(reader);
        } catch (final IOException | IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException e) {
            // What the JDK's readers throw at damaged images.
            throw new InvalidInputException(
                    "A PNG or JPEG image was expected in " + place + ", but it cannot be decoded (" + e.getMessage()
                            + "); save it again or remove it.",
                    e);
        } finally {
            reader.dispose();
        }
    }

    private ImageReader reader() {
        if (isPng()) {
            return ImageIO.getImageReadersByFormatName("png").next();
        }
        if (startsWith(0xff, 0xd8, 0xff)) {
            return ImageIO.getImageReadersByFormatName("jpeg").next();
        }
        throw new InvalidInputException("A PNG or JPEG image was expected in " + place
                + ", but it starts like neither; save it again or remove it.");
    }

    private boolean isPng() {
        return startsWith(0x89, 'P', 'N', 'G');
    }

    private boolean startsWith(final int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (file.length <= i || Byte.toUnsignedInt(file[i]) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private ImageSize size(final ImageReader reader) throws IOException {
        final int height = reader.getHeight(0);
        final int width = reader.getWidth(0);
        if ((long) height * width > MOST_PIXELS) {
            throw new InvalidInputException("An image may have at most " + MOST_PIXELS + " pixels, but " + place
                    + " declares " + height + " x " + width + "; scale it down or remove it.");
        }
        return new ImageSize(height, width);
    }

    private static byte[] pixels(final BufferedImage image, final Colors colors) {
        final boolean gray = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && !(image.getColorModel() instanceof IndexColorModel);
        return gray ? grayPixels(image, colors) : colorPixels(image, colors);
    }

    /** As they are stored: the JDK would change them, since it takes gray for linear and colors for sRGB. */
    private static byte[] grayPixels(final BufferedImage image, final Colors colors) {
        final int[] stored = image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
        final int bits = image.getColorModel().getComponentSize(0);
        final int white = (1 << bits) - 1;
        final byte[] pixels = new byte[stored.length * colors.channels()];
        for (int i = 0; i < pixels.length; i++) {
            final int value = stored[i / colors.channels()];
            pixels[i] = (byte) (bits == 8 ? value : (value * 255L + white / 2) / white);
        }
        return pixels;
    }

    private static byte[] colorPixels(final BufferedImage image, final Colors colors) {
        final int[] stored = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        final byte[] pixels = new byte[stored.length * colors.channels()];
        for (int i = 0; i < stored.length; i++) {
            final int red = stored[i] >> 16 & 0xff;
            final int green = stored[i] >> 8 & 0xff;
            final int blue = stored[i] & 0xff;
            if (colors == Colors.GRAYSCALE) {
                pixels[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
            } else {
                pixels[3 * i] = (byte) red;
                pixels[3 * i + 1] = (byte) green;
                pixels[3 * i + 2] = (byte) blue;
            }
        }
        return pixels;
    }
}
