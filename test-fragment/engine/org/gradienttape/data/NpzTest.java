package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NPZ files as numpy.savez writes them; headers byte for byte as in NumPy's description of the format. */
class NpzTest {
    private static final DatasetSource.NpzPair TRAIN = new DatasetSource.NpzPair("x_train", "y_train");
    private static final DatasetSource.NpzPair TEST = new DatasetSource.NpzPair("x_test", "y_test");

    private final Map<String, byte[]> arrays = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeKerasNames() {
        arrays.put("x_train", npy("|u1", "(3, 2, 2)", bytes(0, 1, 2, 3, 10, 11, 12, 13, 250, 251, 252, 255)));
        arrays.put("y_train", npy("|u1", "(3,)", bytes(2, 0, 1)));
        arrays.put("x_test", npy("|u1", "(1, 2, 2)", bytes(7, 7, 7, 8)));
        arrays.put("y_test", npy("|u1", "(1,)", bytes(1)));
    }

    @Test
    void kerasNamesAreRead() throws IOException {
        final DatasetPair read = new ReadFixture(folder)
                .images()
                .heldOut(new HeldOut.SourceTestFiles())
                .read(source());

        assertThat(read.training().info().sampleShape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(read.training().elementType()).isEqualTo(ElementType.UINT8);
        assertThat(read.training().classNames()).containsExactly("0", "1", "2");
        assertThat(ReadFixture.labels(read.training())).containsExactly(2, 0, 1);
        assertThat(ReadFixture.numbers(read.training(), 2)).containsExactly(250f, 251f, 252f, 255f);
        assertThat(ReadFixture.numbers(read.heldOut().orElseThrow(), 0)).containsExactly(7f, 7f, 7f, 8f);
    }

    @Test
    void headersTellWhatWouldBeRead() throws IOException {
        final ReadRequest request =
                new ReadFixture(folder).heldOut(new HeldOut.LastSamples(1)).request(source());

        assertThat(DatasetReader.describe(request).orElseThrow().training())
                .hasToString("DatasetInfo[name=data.npz, samples=2, sampleShape=4, elementType=UINT8,"
                        + " scaling=AS_STORED, classNames=[]]");
    }

    @ParameterizedTest
    @CsvSource({"<i4, 4", "<i8, 8", "<f4, 4", "<f8, 8"})
    void otherNumbersBecomeSinglePrecision(final String type, final int size) throws IOException {
        final ByteBuffer stored = ByteBuffer.allocate(6 * size).order(ByteOrder.LITTLE_ENDIAN);
        for (final int number : new int[] {-1, 0, 1, 1000, 70_000, 16_777_216}) {
            switch (type) {
                case "<i4" -> stored.putInt(number);
                case "<i8" -> stored.putLong(number);
                case "<f4" -> stored.putFloat(number);
                default -> stored.putDouble(number);
            }
        }
        arrays.put("x_train", npy(type, "(3, 2)", stored.array()));

        final Dataset read = new ReadFixture(folder).read(source()).training();

        assertThat(read.elementType()).isEqualTo(ElementType.FLOAT32);
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(-1f, 0f);
        assertThat(ReadFixture.numbers(read, 2)).containsExactly(70_000f, 16_777_216f);
    }

    @Test
    void labelsMayBeAColumnOfLongNumbers() throws IOException {
        final ByteBuffer labels = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        labels.putLong(4).putLong(0).putLong(1);
        arrays.put("y_train", npy("<i8", "(3, 1)", labels.array()));

        assertThat(ReadFixture.labels(new ReadFixture(folder).read(source()).training()))
                .containsExactly(4, 0, 1);
    }

    @Test
    void aCompressedFileIsReadInPart() throws IOException {
        final Dataset read = new ReadFixture(folder).limit(1).read(source()).training();

        assertThat(ReadFixture.numbers(read, 0)).containsExactly(0f, 1f, 2f, 3f);
    }

    @Test
    void anArrayThatIsNotThereIsNamed() {
        arrays.remove("y_train");

        assertRefused("The array y_train was expected in " + folder.resolve("data.npz")
                + ", but it has the arrays x_test, x_train, y_test; choose one of them or another file.");
    }

    @Test
    void objectsAreNeverRead() {
        arrays.put("x_train", npy("|O", "(3, 2, 2)", bytes(0x80, 4)));

        assertRefused("The array x_train in", "holds Python objects, which are pickled and never read here");
    }

    @ParameterizedTest
    @ValueSource(strings = {">f4", "<f2", "<c8", "<U3", "|b1", "<M8[ns]"})
    void typesThatAreNotTakenAreNamed(final String type) {
        arrays.put("x_train", npy(type, "(3, 2, 2)", bytes(1, 2)));

        assertRefused("should hold u1, i4, i8, f4 or f8 numbers, lowest byte first, but it holds '" + type + "'");
    }

    @Test
    void recordsAreNotTaken() {
        arrays.put("x_train", raw("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }", bytes(1)));

        assertRefused("should hold u1, i4, i8, f4 or f8 numbers", "[('a', '<f4')]");
    }

    @Test
    void fortranOrderIsNotTaken() {
        arrays.put("x_train", raw("{'descr': '|u1', 'fortran_order': True, 'shape': (3, 2), }", bytes(1, 2, 3)));

        assertRefused("last dimension fastest, but fortran_order is True; save numpy.ascontiguousarray of it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '|u1', 'fortran_order': False}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4), 'x': (1,)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4), 'shape': (3, 4)}",
                "{'descr': '|u1', 'fortran_order': __import__('os'), 'shape': (3, 4)}",
                "no dictionary"
            })
    void headersThatNumPyDoesNotWriteAreRefused(final String header) {
        arrays.put("x_train", raw(header, bytes(1)));

        assertRefused("should have a header with descr, fortran_order and shape, but it has " + header);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "()|should have at least one dimension",
                "(3, -4)|should have at least one dimension",
                "(0, 4)|should have sizes from 1 to 2147483647, but one is 0",
                "(99999999999, 4)|but one is 99999999999",
                "(2000000000, 2000000000, 2000000000)|more than any file can hold",
                "(3, 5)|declares 3 x 5 numbers, so it should have",
                "(2147483647,)|declares 2147483647 numbers, so it should have"
            })
    void headersThatLieAreRefused(final String shape, final String sentence) {
        arrays.put("x_train", npy("|u1", shape, bytes(0, 1, 2, 3, 10, 11, 12, 13, 250, 251, 252, 255)));

        assertRefused("array x_train in " + folder.resolve("data.npz"), sentence);
    }

    @Test
    void labelsMustBeWholeNumbersFromZero() {
        arrays.put("y_train", npy("<i4", "(3,)", bytes(0, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, 0)));
        assertRefused("Labels should go from 0 to 65535, but sample 1 of the array y_train", "has the label -1");

        arrays.put("y_train", npy("<f4", "(3,)", new byte[12]));
        assertRefused("The labels should be whole numbers, but the array y_train");
    }

    @Test
    void notANumberIsNamedWithItsSample() {
        final ByteBuffer stored = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        stored.putFloat(1)
                .putFloat(1)
                .putFloat(1)
                .putFloat(Float.NaN)
                .putFloat(1)
                .putFloat(1);
        arrays.put("x_train", npy("<f4", "(3, 2)", stored.array()));

        assertRefused("Sample 1 of the array x_train", "number 1 of it is NaN");
    }

    @Test
    void aDamagedArrayIsFoundByItsChecksum() throws IOException {
        write();
        final byte[] file = Files.readAllBytes(folder.resolve("data.npz"));
        final int at = indexOf(file, bytes(10, 11, 12, 13));
        file[at] ^= 1;
        Files.write(folder.resolve("data.npz"), file);

        assertOneSentence(() -> new ReadFixture(folder).read(unwrittenSource()), "does not have its checksum");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void otherFilesAreNoNpz() throws IOException {
        Files.writeString(folder.resolve("data.npz"), "no zip");
        assertOneSentence(() -> new ReadFixture(folder).read(unwrittenSource()), "but it is no zip");

        Files.delete(folder.resolve("data.npz"));
        assertOneSentence(() -> new ReadFixture(folder).read(unwrittenSource()), "but it does not exist");
    }

    /** 40 GB of zeros in a file of a few bytes: the size in the directory is a lie. */
    @Test
    void aBombIsRefusedBeforeItIsUnpacked() throws IOException {
        arrays.put("x_train", npy("|u1", "(3, 1000000000)", new byte[1000]));
        write();
        final byte[] file = Files.readAllBytes(folder.resolve("data.npz"));
        final ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        final int directory = indexOf(file, bytes('P', 'K', 1, 2));
        zip.putInt(directory + 24, (int) (3_000_000_000L + 128)); // the uncompressed size of the first entry
        Files.write(folder.resolve("data.npz"), file);

        assertOneSentence(
                () -> new ReadFixture(folder).read(unwrittenSource()),
                "x_train",
                "compressed bytes for it, which cannot");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void assertRefused(final String... parts) {
        assertOneSentence(() -> new ReadFixture(folder).read(source()), parts);
    }

    static void assertOneSentence(final ThrowingCallable call, final String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(parts)
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("\n");
    }

    private DatasetSource source() throws IOException {
        write();
        return unwrittenSource();
    }

    private DatasetSource unwrittenSource() {
        return new DatasetSource.Npz(folder.resolve("data.npz"), TRAIN, TEST);
    }

    private void write() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("data.npz"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(arrays.get("x_train").length > 500 ? 9 : 0);
            // x_train first, as savez writes its arguments
            for (final String name : arrays.keySet()) {
                zip.putNextEntry(new ZipEntry(name + ".npy"));
                zip.write(arrays.get(name));
            }
        }
    }

    private static byte[] npy(final String type, final String shape, final byte[] numbers) {
        return raw("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", numbers);
    }

    /** Magic, version 1.0, the length of the header in two bytes, the header filled up with blanks to 128 bytes in all. */
    private static byte[] raw(final String header, final byte[] numbers) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0));
        out.writeBytes((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(numbers);
        return out.toByteArray();
    }

    private static byte[] bytes(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static int indexOf(final byte[] file, final byte[] part) {
        final String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.indexOf(new String(part, StandardCharsets.ISO_8859_1));
    }
}
