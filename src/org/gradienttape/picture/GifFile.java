package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * A GIF file (GIF89a, CompuServe 1990): the size of a screen, a palette, then blocks, of which some are pictures with a place on
 * that screen. What the first picture leaves of the screen is black, as in TensorFlow.
 */
final class GifFile {
    private static final int SCREEN_BYTES = 13;
    private static final int PICTURE_BYTES = 10;
    private static final int EXTENSION = 0x21;
    private static final int PICTURE = 0x2c;
    private static final int END = 0x3b;
    private static final int HAS_PALETTE = 0x80;

    private final Bytes file;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int pictures;
    private int first;

    private GifFile(final Bytes file) {
        this.file = file;
    }

    static Checked check(final Bytes file) throws IOException {
        final GifFile gif = new GifFile(file);
        gif.readBlocks();
        final int width = gif.number(6);
        final int height = gif.number(8);
        final int left = gif.number(gif.first + 1);
        final int top = gif.number(gif.first + 3);
        if (left + gif.number(gif.first + 5) > width || top + gif.number(gif.first + 7) > height) {
            throw new IOException("its first picture is larger than the file declares");
        }
        return new Checked(
                height,
                width,
                Checked.traits(false, gif.pictures > 1, false),
                () -> onBlack(
                        JdkReader.GIF.read(gif.kept.toByteArray()),
                        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                        left,
                        top));
    }

    /** The picture at its place on a black screen; the picture itself if it fills the screen. */
    static BufferedImage onBlack(
            final BufferedImage picture, final BufferedImage screen, final int left, final int top) {
        if (picture.getWidth() == screen.getWidth() && picture.getHeight() == screen.getHeight()) {
            return picture;
        }
        for (int y = 0; y < picture.getHeight(); y++) {
            final int[] row = picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth());
            screen.setRGB(left, top + y, picture.getWidth(), 1, row, 0, picture.getWidth());
        }
        return screen;
    }

    /** Keeps the palettes and the first picture for the decoder, and finds the end of the file. */
    private void readBlocks() throws IOException {
        file.check(0, SCREEN_BYTES);
        int at = SCREEN_BYTES + paletteBytes(10);
        keep(0, at);
        for (int block = file.u1(at); block != END; block = file.u1(at)) {
            if (block == EXTENSION) {
                at = behindPieces(at + 2);
            } else if (block == PICTURE) {
                final int behind = behindPieces(at + PICTURE_BYTES + paletteBytes(at + 9) + 1);
                if (pictures == 0) {
                    first = at;
                    checkPalette();
                    keep(at, behind);
                }
                pictures++;
                at = behind;
            } else {
                throw new IOException("it has an unknown part");
            }
        }
        if (pictures == 0) {
            throw new IOException("it has no picture");
        }
        kept.write(END);
    }

    private void checkPalette() throws IOException {
        if (paletteBytes(10) == 0 && paletteBytes(first + 9) == 0) {
            throw new IOException("it has no palette");
        }
    }

    private void keep(final int from, final int to) throws IOException {
        file.check(from, to - from);
        kept.write(file.array(), from, to - from);
    }

    private int paletteBytes(final int flags) throws IOException {
        final int value = file.u1(flags);
        return (value & HAS_PALETTE) == 0 ? 0 : 3 << (value & 7) + 1;
    }

    /** Content comes in pieces of up to 255 bytes, each behind its length, and ends with a length of 0. */
    private int behindPieces(final int start) throws IOException {
        int at = start;
        for (int length = file.u1(at); length > 0; length = file.u1(at)) {
            at += length + 1;
        }
        return at + 1;
    }

    private int number(final int at) throws IOException {
        return file.u2(at, ByteOrder.LITTLE_ENDIAN);
    }
}
