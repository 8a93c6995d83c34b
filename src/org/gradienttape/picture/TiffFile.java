package org.gradienttape.picture;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * A TIFF file (TIFF 6.0, Adobe 1992): gray, palette or RGB in whole numbers of up to 16 bits, without compression, or with a
 * compression that loses nothing. Its color profile is hidden from the decoder.
 */
final class TiffFile {
    private static final int WHITE_IS_ZERO = 0;
    private static final int BLACK_IS_ZERO = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final Set<Long> BITS = Set.of(1L, 2L, 4L, 8L, 16L);
    /** None, the three of fax machines, LZW, deflate under both its numbers, PackBits. */
    private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32_946L, 32_773L);
    /** Each number of a row is stored as the difference from the one before. */
    private static final int DIFFERENCES = 2;

    private static final int WHOLE_NUMBERS = 1;

    private TiffFile() {}

    static Checked check(final Bytes file) throws IOException {
        final TiffTags tags = TiffTags.of(file);
        checkNumbers(tags);
        checkParts(file, tags);
        final byte[] plain = file.array().clone();
        tags.hide(TiffTags.COLOR_PROFILE, plain);
        final boolean deep = tags.number(TiffTags.BITS, 1) == Short.SIZE;
        final boolean differences = deep && tags.number(TiffTags.PREDICTOR, 1) == DIFFERENCES;
        if (differences) {
            tags.hide(TiffTags.PREDICTOR, plain);
        }
        return new Checked(
                side(tags, TiffTags.HEIGHT),
                side(tags, TiffTags.WIDTH),
                Checked.traits(Orientation.isTurned(tags), tags.hasMore(), deep),
                () -> {
                    final BufferedImage image = JdkReader.TIFF.read(plain);
                    if (differences) {
                        addUp(image.getRaster(), (int) tags.number(TiffTags.TILE_WIDTH, image.getWidth()));
                    }
                    return colored(image, tags);
                });
    }

    /** The JDK undoes differences of 8 bits alone. A tile begins anew. */
    private static void addUp(final WritableRaster raster, final int tileWidth) {
        final int bands = raster.getNumBands();
        final int[] row = new int[raster.getWidth() * bands];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int i = bands; i < row.length; i++) {
                if (i / bands % tileWidth > 0) {
                    row[i] = row[i] + row[i - bands] & Picture.WHITE_16;
                }
            }
            raster.setPixels(0, y, raster.getWidth(), 1, row);
        }
    }

    /** The numbers of a palette have 16 bits; what programs make of them differs, so that the upper 8 are the safe ones. */
    private static BufferedImage colored(final BufferedImage image, final TiffTags tags) {
        final long[] palette = tags.all(TiffTags.PALETTE);
        if (tags.number(TiffTags.PHOTOMETRIC, 0) != PALETTE) {
            return image;
        }
        final boolean wide = Arrays.stream(palette).anyMatch(number -> number > Picture.WHITE_8);
        final int colors = palette.length / 3;
        final byte[][] rgb = new byte[3][colors];
        for (int i = 0; i < 3 * colors; i++) {
            rgb[i / colors][i % colors] = (byte) (wide ? palette[i] >> Byte.SIZE : palette[i]);
        }
        final int bits = image.getColorModel().getPixelSize();
        return new BufferedImage(
                new IndexColorModel(bits, colors, rgb[0], rgb[1], rgb[2]), image.getRaster(), false, null);
    }

    private static int side(final TiffTags tags, final int tag) {
        return (int) Math.min(Integer.MAX_VALUE, tags.number(tag, 0));
    }

    private static void checkNumbers(final TiffTags tags) throws IOException {
        final long compression = tags.number(TiffTags.COMPRESSION, 1);
        if (!COMPRESSIONS.contains(compression)) {
            throw new IOException("TIFF files with compression " + compression + " are not read");
        }
        final long photometric = tags.number(TiffTags.PHOTOMETRIC, -1);
        final long samples = tags.number(TiffTags.SAMPLES_PER_PIXEL, 1);
        final boolean gray = photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
        if (!(gray || photometric == PALETTE) && photometric != RGB) {
            throw new IOException("of TIFF files, only gray, palette and RGB are read");
        }
        final int least = photometric == RGB ? 3 : 1;
        if (samples < least || samples > least + 1) {
            throw new IOException("it has " + samples + " numbers per pixel");
        }
        final long[] bits = tags.all(TiffTags.BITS);
        if (bits.length > 0
                && (!BITS.contains(bits[0]) || Arrays.stream(bits).distinct().count() > 1)) {
            throw new IOException("of TIFF files, only those with up to 16 bits per number are read");
        }
        for (final long format : tags.all(TiffTags.SAMPLE_FORMAT)) {
            if (format != WHOLE_NUMBERS) {
                throw new IOException("of TIFF files, only those of whole numbers from 0 are read");
            }
        }
    }

    /** The pieces of the picture lie in the file, and a tile is not larger than a picture may be. */
    private static void checkParts(final Bytes file, final TiffTags tags) throws IOException {
        final boolean tiled = tags.place(TiffTags.TILE_OFFSETS) >= 0;
        final long[] offsets = tags.all(tiled ? TiffTags.TILE_OFFSETS : TiffTags.STRIP_OFFSETS);
        final long[] bytes = tags.all(tiled ? TiffTags.TILE_BYTES : TiffTags.STRIP_BYTES);
        if (offsets.length == 0 || offsets.length != bytes.length) {
            throw new IOException("it does not say where its pixels are");
        }
        for (int i = 0; i < offsets.length; i++) {
            file.check(offsets[i], bytes[i]);
        }
        final long tileWidth = tags.number(TiffTags.TILE_WIDTH, 1);
        final long tileHeight = tags.number(TiffTags.TILE_HEIGHT, 1);
        if (tileWidth > PictureFile.LONGEST_SIDE
                || tileHeight > PictureFile.LONGEST_SIDE
                || tileWidth * tileHeight > PictureFile.MOST_PIXELS) {
            throw new IOException("its tiles have " + tileHeight + " x " + tileWidth + " pixels");
        }
    }
}
