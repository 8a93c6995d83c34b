package org.gradienttape.data.array;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.data.RoundedNumbers;
import org.gradienttape.data.source.BadRows;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.error.InvalidInputException;

/**
 * One NumPy array of an NPZ file, read from its start to its end. Unsigned bytes and truth values stay bytes; all other
 * numbers become single precision. What the header declares is checked against the size of the file before anything is
 * allocated. An array in Fortran order is turned in memory when it is read.
 */
final class NpyArray implements SampleArray {
    /** Deflate cannot do better than 1032 to 1 (zlib.net/zlib_tech.html); a little more for very small files. */
    private static final long BEST_COMPRESSION = 1040;

    private static final int BUFFER_BYTES = 1 << 16;

    private final String place;
    private final CheckedInputStream in;
    private final ZipEntry entry;
    private final NpyHeader header;
    private final RoundedNumbers rounded = new RoundedNumbers();
    private final BadRows notFinite = new BadRows("sample");
    private InputStream turned;
    private long numbersRead;
    private long lastNotFinite = -1;

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
        final CheckedInputStream in = new CheckedInputStream(content(zip, entry, place), new CRC32());
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
        return header.type().isUnsignedByte() ? ElementType.UINT8 : ElementType.FLOAT32;
    }

    @Override
    public boolean holdsTexts() {
        return header.type().isText();
    }

    @Override
    public int[] readLabels() throws IOException {
        final int[] labels = new int[samples()];
        readElements((sample, stored) -> labels[sample] = label(stored, sample));
        return labels;
    }

    @Override
    public void readLabels(final ClassLabels labels) throws IOException {
        readElements((sample, stored) -> labels.add(text(stored, sample), () -> sample(sample)));
    }

    @Override
    public void read(final byte[] target, final int count) throws IOException {
        final int numbers = count / elementType().bytes();
        final ByteBuffer stored = next(numbers);
        final NpyType type = header.type();
        if (type.kind() == NpyType.Kind.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                target[i] = (byte) (stored.get() == 0 ? 0 : 1);
            }
        } else if (type.isUnsignedByte()) {
            stored.get(target, 0, count);
        } else {
            final ByteBuffer floats = ByteBuffer.wrap(target, 0, count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < numbers; i++) {
                floats.putFloat(number(stored, numbersRead - numbers + i));
            }
        }
    }

    @Override
    public void skip(final long count) throws IOException {
        final long numbers = count / elementType().bytes();
        try {
            elements().skipNBytes(numbers * header.type().bytes());
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
        numbersRead += numbers;
    }

    @Override
    public void checkNumbers() {
        notFinite.check();
    }

    @Override
    public List<String> warnings() {
        return rounded.warnings("the array " + place);
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

    private static InputStream content(final ZipFile zip, final ZipEntry entry, final String place) throws IOException {
        try {
            return zip.getInputStream(entry);
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
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

    /** What happens to one element. */
    @FunctionalInterface
    private interface Taker {
        void take(int sample, ByteBuffer stored);
    }

    private void readElements(final Taker taker) throws IOException {
        final int perBuffer = Math.max(1, BUFFER_BYTES / header.type().bytes());
        for (int first = 0; first < samples(); first += perBuffer) {
            final int count = Math.min(perBuffer, samples() - first);
            final ByteBuffer stored = next(count);
            for (int i = 0; i < count; i++) {
                taker.take(first + i, stored);
            }
        }
        finish();
    }

    private ByteBuffer next(final int numbers) throws IOException {
        numbersRead += numbers;
        return read(elements(), numbers * header.type().bytes());
    }

    private ByteBuffer read(final InputStream from, final int bytes) throws IOException {
        final byte[] stored;
        try {
            stored = from.readNBytes(bytes);
        } catch (final ZipException | EOFException damaged) {
            throw damaged(place, damaged);
        }
        if (stored.length < bytes) {
            throw new InvalidInputException("The header of the array " + place + " declares " + header.declared()
                    + ", but its content ends before; the file is cut off, get it again.");
        }
        return ByteBuffer.wrap(stored).order(header.type().order());
    }

    /** The elements with the last index fastest. */
    private InputStream elements() throws IOException {
        if (!header.firstFastest()) {
            return in;
        }
        if (turned == null) {
            turned = new ByteArrayInputStream(turn());
        }
        return turned;
    }

    private byte[] turn() throws IOException {
        final long size = header.fileBytes(place) - header.bytes();
        final long room =
                Math.min(Integer.MAX_VALUE - BUFFER_BYTES, Runtime.getRuntime().maxMemory() / 4);
        if (size > room) {
            throw new InvalidInputException("The array " + place + " is in Fortran order and would take " + size
                    + " bytes of memory to be turned, but there is room for " + room
                    + "; save numpy.ascontiguousarray of it.");
        }
        final int bytes = header.type().bytes();
        final byte[] target = new byte[(int) size];
        final FortranOrder order = new FortranOrder(header.dimensions());
        final int all = (int) (size / bytes);
        final int perBuffer = Math.max(1, BUFFER_BYTES / bytes);
        for (int first = 0; first < all; first += perBuffer) {
            final int count = Math.min(perBuffer, all - first);
            final ByteBuffer stored = read(in, count * bytes);
            for (int i = 0; i < count; i++) {
                stored.get(target, order.next() * bytes, bytes);
            }
        }
        return target;
    }

    private int label(final ByteBuffer stored, final int sample) {
        final NpyType type = header.type();
        final double fractional = type.isWhole() ? 0 : type.fractional(stored);
        final long label = type.isWhole() ? type.whole(stored) : (long) fractional;
        if (!type.isWhole() && label != fractional) {
            throw new InvalidInputException("Labels should be whole numbers, but " + sample(sample) + " has the label "
                    + PlainNumber.of(fractional) + "; choose the array with the labels.");
        }
        if (label < 0 || label > ClassLabels.LARGEST) {
            throw new InvalidInputException(
                    "Labels should go from 0 to " + ClassLabels.LARGEST + ", but " + sample(sample) + " has the label "
                            + (type.kind() == NpyType.Kind.UNSIGNED ? Long.toUnsignedString(label) : label)
                            + "; number the classes from 0.");
        }
        return (int) label;
    }

    private String text(final ByteBuffer stored, final int sample) {
        final String text = header.type().text(stored).orElse("").strip();
        if (text.isEmpty() || text.contains("\n")) {
            throw new InvalidInputException("Labels should be texts of one line, but " + sample(sample)
                    + " has none; remove the sample or correct it.");
        }
        return text;
    }

    private String sample(final int sample) {
        return "sample " + sample + " of the array " + place;
    }

    private float number(final ByteBuffer stored, final long at) {
        final NpyType type = header.type();
        if (!type.isWhole()) {
            final float number = rounded.take(type.fractional(stored));
            if (!Float.isFinite(number)) {
                addNotFinite(at, number);
            }
            return number;
        }
        final long number = type.whole(stored);
        final boolean beyond = number < 0 && type.kind() == NpyType.Kind.UNSIGNED;
        return beyond ? rounded.takeUnsigned(number) : rounded.take(number);
    }

    private void addNotFinite(final long at, final float number) {
        final long perSample = sampleDimensions().stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
        if (lastNotFinite != at / perSample) {
            lastNotFinite = at / perSample;
            notFinite.add("Sample " + lastNotFinite + " of the array " + place + " should hold numbers, but number "
                    + at % perSample + " of it is " + number + " in single precision");
        }
    }

    private static InvalidInputException damaged(final String place, final IOException cause) {
        return new InvalidInputException(
                "The array " + place + " is cut off or damaged"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")") + "; get the file again.",
                cause);
    }
}
