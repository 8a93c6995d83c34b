package org.gradienttape.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gradienttape.error.InvalidInputException;

/**
 * One NumPy array of an NPZ file, read from its start to its end. Unsigned bytes stay bytes; all other numbers become
 * single precision. What the header declares is checked against the size of the file before anything is allocated.
 */
final class NpyArray implements SampleArray {
    /** Deflate cannot do better than 1032 to 1 (zlib.net/zlib_tech.html); a little more for very small files. */
    private static final long BEST_COMPRESSION = 1040;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String place;
    private final CheckedInputStream in;
    private final ZipEntry entry;
    private final NpyHeader header;
    private long numbersRead;

    private NpyArray(final String place, final CheckedInputStream in, final ZipEntry entry, final NpyHeader header) {
        this.place = place;
        this.in = in;
        this.entry = entry;
        this.header = header;
    }

    /**
     * Opens one entry and checks its header.
     *
     * @throws InvalidInputException if it is no array of numbers that is taken, or its size is not the declared one
     */
    static NpyArray open(final ZipFile zip, final ZipEntry entry, final String place) throws IOException {
        final CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
        try {
            final NpyArray array = new NpyArray(place, in, entry, NpyHeader.read(in, place));
            array.checkSize();
            return array;
        } catch (final ZipException | EOFException damaged) {
            in.close();
            throw damaged(place, damaged);
        } catch (final IOException | RuntimeException unusable) {
            in.close();
            throw unusable;
        }
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public int samples() {
        return header.dimensions().get(0);
    }

    @Override
    public List<Integer> sampleDimensions() {
        return header.dimensions().subList(1, header.dimensions().size());
    }

    @Override
    public ElementType elementType() {
        return header.type() == NpyHeader.Type.UINT8 ? ElementType.UINT8 : ElementType.FLOAT32;
    }

    @Override
    public int[] readLabels() throws IOException {
        if (!header.type().isWhole()) {
            throw new InvalidInputException("The labels should be whole numbers, but the array " + place
                    + " holds numbers of the type " + header.type() + "; save it as integers.");
        }
        final int[] labels = new int[samples()];
        for (int first = 0; first < labels.length; first += BUFFER_BYTES) {
            final int count = Math.min(BUFFER_BYTES, labels.length - first);
            final ByteBuffer stored = next(count);
            for (int i = 0; i < count; i++) {
                labels[first + i] = label(stored, first + i);
            }
        }
        finish();
        return labels;
    }

    @Override
    public void read(final byte[] target, final int count) throws IOException {
        final int numbers = count / elementType().bytes();
        final ByteBuffer stored = next(numbers);
        if (header.type() == NpyHeader.Type.UINT8) {
            stored.get(target, 0, count);
            return;
        }
        final ByteBuffer floats = ByteBuffer.wrap(target, 0, count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < numbers; i++) {
            floats.putFloat(number(stored, numbersRead - numbers + i));
        }
    }

    @Override
    public void skip(final long count) throws IOException {
        final long numbers = count / elementType().bytes();
        try {
            in.skipNBytes(numbers * header.type().bytes());
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
        numbersRead += numbers;
    }

    @Override
    public void finish() throws IOException {
        final int more;
        try {
            more = in.read();
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
        if (more >= 0 || in.getChecksum().getValue() != entry.getCrc()) {
            throw new InvalidInputException("The array " + place + " declares " + header.declared()
                    + ", but its content " + (more >= 0 ? "goes on behind them" : "does not have its checksum")
                    + "; the file is damaged, get it again.");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void checkSize() {
        final long declared = header.fileBytes(place);
        if (entry.getSize() != declared) {
            throw new InvalidInputException("The header of the array " + place + " declares " + header.declared()
                    + ", so it should have " + declared + " bytes, but it has " + entry.getSize()
                    + "; the file is damaged, get it again.");
        }
        if (declared / BEST_COMPRESSION > entry.getCompressedSize()) {
            throw new InvalidInputException("The header of the array " + place + " declares " + header.declared()
                    + ", but the file has only " + entry.getCompressedSize()
                    + " compressed bytes for it, which cannot hold them; get the file again.");
        }
    }

    private ByteBuffer next(final int numbers) throws IOException {
        final int bytes = numbers * header.type().bytes();
        final byte[] stored;
        try {
            stored = in.readNBytes(bytes);
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
        if (stored.length < bytes) {
            throw new InvalidInputException("The header of the array " + place + " declares " + header.declared()
                    + ", but its content ends before; the file is cut off, get it again.");
        }
        numbersRead += numbers;
        return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int label(final ByteBuffer stored, final int sample) {
        final long label =
                switch (header.type()) {
                    case UINT8 -> Byte.toUnsignedLong(stored.get());
                    case INT32 -> stored.getInt();
                    default -> stored.getLong();
                };
        if (label < 0 || label > ClassLabels.LARGEST) {
            throw new InvalidInputException("Labels should go from 0 to " + ClassLabels.LARGEST + ", but sample "
                    + sample + " of the array " + place + " has the label " + label
                    + "; number the classes from 0.");
        }
        return (int) label;
    }

    private float number(final ByteBuffer stored, final long place) {
        final float number =
                switch (header.type()) {
                    case INT32 -> stored.getInt();
                    case INT64 -> stored.getLong();
                    case FLOAT32 -> stored.getFloat();
                    default -> (float) stored.getDouble();
                };
        if (!Float.isFinite(number)) {
            throw notFinite(place, number);
        }
        return number;
    }

    private InvalidInputException notFinite(final long at, final float number) {
        final long perSample = sampleDimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
        return new InvalidInputException(
                "Sample " + at / perSample + " of the array " + place + " should hold numbers, but" + " number "
                        + at % perSample + " of it is " + number + " in single precision; replace it.");
    }

    private static InvalidInputException damaged(final String place, final IOException cause) {
        return new InvalidInputException(
                "The array " + place + " is cut off or damaged (" + cause.getMessage() + "); get the file again.",
                cause);
    }
}
