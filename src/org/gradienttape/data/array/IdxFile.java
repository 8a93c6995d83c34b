package org.gradienttape.data.array;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.gradienttape.data.ElementType;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/**
 * One IDX file of unsigned bytes, read from its start to its end, plain or compressed with gzip (told by its first
 * bytes).
 *
 * <p>The format: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions, each dimension as
 * four bytes with the highest first, then the elements, last dimension fastest (yann.lecun.com/exdb/mnist). The
 * declared size is checked against the file before anything is allocated.
 */
final class IdxFile implements SampleArray {
    private static final int UNSIGNED_BYTE = 0x08;
    /** Deflate cannot do better than 1032 to 1 (zlib.net/zlib_tech.html); a little more for very small files. */
    private static final long BEST_COMPRESSION = 1040;

    private static final int GZIP_BUFFER = 1 << 16;

    private final Path path;
    private final InputStream in;
    private final List<Integer> dimensions;
    private final String declared;
    private long bytesLeft;

    private IdxFile(final Path path, final InputStream in, final List<Integer> dimensions) {
        this.path = path;
        this.in = in;
        this.dimensions = dimensions;
        this.declared = dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x ")) + " elements";
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws InvalidInputException if the file is not there, is no IDX file of unsigned bytes, or its size is not the
     *     declared one
     */
    static IdxFile open(final Path path) throws IOException {
        FileTrouble.expectFile("An IDX file", path);
        final boolean compressed = isGzip(path);
        final InputStream in = compressed ? gunzip(path) : stream(path);
        try {
            final IdxFile file = new IdxFile(path, in, header(path, in));
            file.checkSize(compressed);
            return file;
        } catch (final IOException | RuntimeException unusable) {
            in.close();
            throw unusable;
        }
    }

    @Override
    public String place() {
        return path.toString();
    }

    @Override
    public int samples() {
        return dimensions.get(0);
    }

    @Override
    public List<Integer> sampleDimensions() {
        return dimensions.subList(1, dimensions.size());
    }

    @Override
    public ElementType elementType() {
        return ElementType.UINT8;
    }

    @Override
    public int[] readLabels() throws IOException {
        final byte[] stored = readRest();
        final int[] labels = new int[stored.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Byte.toUnsignedInt(stored[i]);
        }
        return labels;
    }

    @Override
    public void read(final byte[] target, final int count) throws IOException {
        final int got;
        try {
            got = in.readNBytes(target, 0, count);
        } catch (final EOFException | ZipException damaged) {
            throw damaged(path, damaged);
        }
        if (got < count) {
            throw cutOff();
        }
        bytesLeft -= count;
    }

    /** All elements that are left; never allocates much more than the file really holds. */
    byte[] readRest() throws IOException {
        final byte[] rest;
        try {
            rest = in.readNBytes((int) bytesLeft);
        } catch (final EOFException | ZipException damaged) {
            throw damaged(path, damaged);
        }
        if (rest.length < bytesLeft) {
            throw cutOff();
        }
        bytesLeft = 0;
        finish();
        return rest;
    }

    @Override
    public void skip(final long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (final ZipException damaged) {
            throw damaged(path, damaged);
        } catch (final EOFException end) {
            throw new InvalidInputException(cutOff().getMessage(), end);
        }
        bytesLeft -= count;
    }

    /** Also checks the checksum of a compressed file. */
    @Override
    public void finish() throws IOException {
        final int more;
        try {
            more = in.read();
        } catch (final EOFException | ZipException damaged) {
            throw damaged(path, damaged);
        }
        if (more >= 0) {
            throw new InvalidInputException("The header of " + path + " declares " + declared
                    + ", but the file holds more; it is damaged or no IDX file, get it again.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void checkSize(final boolean compressed) throws IOException {
        final long size = Files.size(path);
        final long plain = plainSize();
        bytesLeft = plain - headerSize();
        if (compressed && bytesLeft / BEST_COMPRESSION > size) {
            throw new InvalidInputException(
                    "The header of " + path + " declares " + declared + ", but the file has only " + size
                            + " compressed bytes, which cannot hold them; get the file again.");
        }
        if (!compressed && plain != size) {
            throw new InvalidInputException(
                    "The header of " + path + " declares " + declared + ", so the file should have " + plain
                            + " bytes, but it has " + size + "; it is cut off or damaged, get it again.");
        }
    }

    private long headerSize() {
        return 4L * (dimensions.size() + 1);
    }

    private long plainSize() {
        try {
            long elements = 1;
            for (final int dimension : dimensions) {
                elements = Math.multiplyExact(elements, (long) dimension);
            }
            return Math.addExact(elements, headerSize());
        } catch (final ArithmeticException overflow) {
            throw new InvalidInputException(
                    "The header of " + path + " declares " + declared
                            + ", more than any file can hold; it is damaged, get it again.",
                    overflow);
        }
    }

    private InvalidInputException cutOff() {
        return new InvalidInputException("The header of " + path + " declares " + declared
                + ", but the file ends before; it is cut off, get it again.");
    }

    private static InvalidInputException damaged(final Path path, final IOException cause) {
        return new InvalidInputException(
                "The compressed file " + path + " is cut off or damaged"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")") + "; get it again.",
                cause);
    }

    private static boolean isGzip(final Path path) throws IOException {
        try (InputStream in = stream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static InputStream stream(final Path path) throws IOException {
        try {
            return Files.newInputStream(path);
        } catch (final IOException trouble) {
            throw FileTrouble.reading("The IDX file", path, trouble);
        }
    }

    private static InputStream gunzip(final Path path) throws IOException {
        final InputStream file = stream(path);
        try {
            return new GZIPInputStream(file, GZIP_BUFFER);
        } catch (final EOFException | ZipException damaged) {
            file.close();
            throw damaged(path, damaged);
        }
    }

    private static List<Integer> header(final Path path, final InputStream in) throws IOException {
        final byte[] magic = headerBytes(path, in, 4);
        if (magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTE || magic[3] < 1) {
            throw new InvalidInputException(String.format(
                    "The IDX file %s should start with the bytes 00 00 08 (unsigned bytes) and the number of"
                            + " dimensions, but it starts with %02x %02x %02x %02x; choose an IDX file of unsigned bytes.",
                    path, magic[0], magic[1], magic[2], magic[3]));
        }
        final List<Integer> dimensions = new ArrayList<>();
        for (int i = 0; i < magic[3]; i++) {
            final byte[] size = headerBytes(path, in, 4);
            final int dimension =
                    (size[0] & 0xff) << 24 | (size[1] & 0xff) << 16 | (size[2] & 0xff) << 8 | size[3] & 0xff;
            if (dimension < 1) {
                throw new InvalidInputException("The header of " + path + " should declare sizes from 1 to "
                        + Integer.MAX_VALUE + ", but dimension " + (i + 1) + " is " + Integer.toUnsignedLong(dimension)
                        + "; the file is empty or damaged, get it again.");
            }
            dimensions.add(dimension);
        }
        return dimensions;
    }

    private static byte[] headerBytes(final Path path, final InputStream in, final int count) throws IOException {
        final byte[] bytes;
        try {
            bytes = in.readNBytes(count);
        } catch (final EOFException | ZipException damaged) {
            throw damaged(path, damaged);
        }
        if (bytes.length < count) {
            throw new InvalidInputException(
                    "The IDX file " + path + " ends within its header; it is cut off or no IDX file, get it again.");
        }
        return bytes;
    }
}
