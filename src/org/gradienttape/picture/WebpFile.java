package org.gradienttape.picture;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/**
 * A WebP file (RFC 9649): chunks of a name in four bytes, a length in four, and the content, padded to an even length. The
 * decoder sees the first picture alone, without transparency and color profile. The place of an animation that the first
 * picture leaves empty is black.
 */
final class WebpFile {
    private static final int RIFF_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int ANIMATION_HEADER_BYTES = 16;
    private static final int MOST_SIDE_BITS = 0x3fff;
    private static final ImageReaderSpi READER = new WebPImageReaderSpi();

    /** A chunk with coded pixels. */
    private record Coded(int at, int length, boolean lossless, int left, int top) {}

    private final Bytes file;
    private Coded coded;
    private int canvas = -1;
    private boolean animated;
    private boolean turned;

    private WebpFile(final Bytes file) {
        this.file = file;
    }

    static Checked check(final Bytes file) throws IOException {
        final long end = CHUNK_HEADER_BYTES + file.u4(4, ByteOrder.LITTLE_ENDIAN);
        file.check(0, end);
        final WebpFile webp = new WebpFile(file);
        webp.readChunks(RIFF_BYTES, (int) end, 0, 0);
        if (webp.coded == null) {
            throw new IOException("it has no picture");
        }
        return webp.checked();
    }

    private Checked checked() throws IOException {
        final int pictureWidth = side(0);
        final int pictureHeight = side(1);
        final int width = animated ? 1 + u3(canvas + 4) : pictureWidth;
        final int height = animated ? 1 + u3(canvas + 7) : pictureHeight;
        if (coded.left() + pictureWidth > width || coded.top() + pictureHeight > height) {
            throw new IOException("its first picture is larger than the file declares");
        }
        final Set<PictureTrait> traits = Checked.traits(turned, animated, false);
        if (!coded.lossless()) {
            traits.add(PictureTrait.LOSSY_WEBP);
        }
        return new Checked(
                height,
                width,
                traits,
                () -> GifFile.onBlack(
                        decode(),
                        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB),
                        coded.left(),
                        coded.top()));
    }

    private void readChunks(final int from, final int end, final int left, final int top) throws IOException {
        for (int at = from; end - at >= CHUNK_HEADER_BYTES; ) {
            final String name = file.name(at);
            final long length = file.u4(at + 4, ByteOrder.LITTLE_ENDIAN);
            final int content = at + CHUNK_HEADER_BYTES;
            if (length > end - content) {
                throw new IOException("the file ends before the picture does");
            }
            readChunk(name, content, (int) length, left, top);
            at = content + (int) length + (int) (length & 1);
        }
    }

    private void readChunk(final String name, final int at, final int length, final int left, final int top)
            throws IOException {
        if ("VP8X".equals(name)) {
            canvas = at;
        } else if ("EXIF".equals(name)) {
            final int header = file.startsWith(at, 'E', 'x', 'i', 'f', 0, 0) ? 6 : 0;
            turned |= length > header && Orientation.isTurned(file, at + header, length - header);
        } else if ("ANMF".equals(name) && canvas >= 0) {
            animated = true;
            if (length > ANIMATION_HEADER_BYTES) {
                readChunks(at + ANIMATION_HEADER_BYTES, at + length, 2 * u3(at), 2 * u3(at + 3));
            }
        } else if (coded == null && ("VP8 ".equals(name) || "VP8L".equals(name))) {
            coded = new Coded(at, length, "VP8L".equals(name), left, top);
        }
    }

    /** The width (0) or the height (1) of the coded picture. */
    private int side(final int which) throws IOException {
        if (coded.lossless()) {
            return 1 + (file.i4(coded.at() + 1, ByteOrder.LITTLE_ENDIAN) >> 14 * which & MOST_SIDE_BITS);
        }
        return file.u2(coded.at() + 6 + 2 * which, ByteOrder.LITTLE_ENDIAN) & MOST_SIDE_BITS;
    }

    private int u3(final int at) throws IOException {
        return file.u2(at, ByteOrder.LITTLE_ENDIAN) | file.u1(at + 2) << 16;
    }

    private BufferedImage decode() throws IOException {
        final ImageReader reader = READER.createReaderInstance();
        try (ImageInputStream in = new ByteArrayImageInputStream(plain())) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** A file of the coded picture alone. */
    private byte[] plain() {
        final int padded = coded.length() + (coded.length() & 1);
        final ByteBuffer plain =
                ByteBuffer.allocate(RIFF_BYTES + CHUNK_HEADER_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        plain.put(file.array(), 0, 4).putInt(plain.capacity() - CHUNK_HEADER_BYTES);
        plain.put(file.array(), CHUNK_HEADER_BYTES, 4);
        plain.put(file.array(), coded.at() - CHUNK_HEADER_BYTES, CHUNK_HEADER_BYTES + coded.length());
        return plain.array();
    }
}
