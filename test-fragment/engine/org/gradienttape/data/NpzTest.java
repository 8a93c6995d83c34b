package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gradienttape.data.array.NpzSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NPZ files as numpy.savez writes them; headers byte for byte as in NumPy's description of the format. */
public class NpzTest {
    private static final NpzSource.Pair TRAIN = new NpzSource.Pair("x_train", "y_train");
    private static final NpzSource.Pair TEST = new NpzSource.Pair("x_test", "y_test");

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
                .hasToString(
                        "DatasetInfo[name=data.npz, samples=2, sampleShape=4, elementType=UINT8,"
                                + " scaling=AS_STORED, target=Classes[name=Label, names=[]], weighted=false, columns=Optional.empty]");
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
    @ValueSource(strings = {"<c8", "<f16", "|V4", "<M8[ns]", "|f4", "=f4", "<i3", "<U0", "<U9999999"})
    void typesThatAreNotTakenAreNamed(final String type) {
        arrays.put("x_train", npy(type, "(3, 2, 2)", bytes(1, 2)));

        assertRefused(
                "should hold truth values, whole numbers, f2, f4 or f8 numbers, or texts, but it holds '" + type + "'");
    }

    @Test
    void recordsAreNotTaken() {
        arrays.put("x_train", raw("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3, 2), }", bytes(1)));

        assertRefused("should hold truth values, whole numbers,", "[('a', '<f4')]");
    }

    /** Bytes by hand: 1.5 as half precision is 0 01111 1000000000. */
    @ParameterizedTest
    @CsvSource({
        "<f2, 003e 00c0 0000 0100 ff7b 0080, 1.5 -2 0 0.000000059604645 65504 -0",
        ">f2, 3e00 c000 0000 0001 7bff 8000, 1.5 -2 0 0.000000059604645 65504 -0",
        ">f4, 3fc00000 c0000000 00000000 3f800000 447a0000 bf000000, 1.5 -2 0 1 1000 -0.5",
        ">f8, 3ff8000000000000 c000000000000000 0000000000000000 3ff0000000000000 408f400000000000"
                + " bfe0000000000000, 1.5 -2 0 1 1000 -0.5",
        "|i1, 01 ff 80 7f 00 02, 1 -1 -128 127 0 2",
        "<i2, 0100 ffff 0080 ff7f 0000 0200, 1 -1 -32768 32767 0 2",
        ">i2, 0001 ffff 8000 7fff 0000 0002, 1 -1 -32768 32767 0 2",
        "<u2, 0100 ffff 0080 ff7f 0000 0200, 1 65535 32768 32767 0 2",
        "<u4, 01000000 00000080 00000001 ff000000 00000000 02000000, 1 2147483648 16777216 255 0 2",
        ">u4, 00000001 80000000 01000000 000000ff 00000000 00000002, 1 2147483648 16777216 255 0 2",
        ">i4, 00000001 ffffffff 01000000 000000ff 00000000 00000002, 1 -1 16777216 255 0 2",
        ">i8, 0000000000000001 ffffffffffffffff 0000000001000000 00000000000000ff 0000000000000000"
                + " 0000000000000002, 1 -1 16777216 255 0 2",
        "<u8, 0100000000000000 0000000000000080 0000000100000000 ff00000000000000 0000000000000000"
                + " 0200000000000000, 1 9223372036854775808 16777216 255 0 2",
        "|b1, 00 01 01 00 00 02, 0 1 1 0 0 1",
    })
    void everyTypeOfNumbersIsReadExactly(final String type, final String stored, final String numbers)
            throws IOException {
        arrays.put("x_train", npy(type, "(1, 6)", HexFormat.of().parseHex(stored.replace(" ", ""))));
        arrays.put("y_train", npy("|u1", "(1,)", bytes(0)));

        final DatasetPair read = new ReadFixture(folder).read(source());

        assertThat(ReadFixture.numbers(read.training(), 0))
                .containsExactly(
                        Arrays.stream(numbers.split(" ")).map(Float::valueOf).toArray(Float[]::new));
        assertThat(read.warnings()).isEmpty();
        assertThat(read.training().elementType())
                .isEqualTo(type.equals("|b1") ? ElementType.UINT8 : ElementType.FLOAT32);
    }

    @ParameterizedTest
    @CsvSource({
        "<i4, 01000001 feffff7f, 16777217, 16777216",
        ">u4, 01000001 fffffffe, 16777217, 16777216",
        "<i8, 0100000100000000 ffffffffffffff7f, 16777217, 16777216",
        "<u8, ffffffffffffffff 0100000100000000, 18446744073709551615, 18446744073709552000",
        ">f8, 4170000010000000 419fffff_fc000000, 16777217, 16777216",
    })
    void wholeNumbersThatAreRoundedAreTold(
            final String type, final String stored, final String number, final String rounded) throws IOException {
        arrays.put("x_train", npy(type, "(1, 2)", HexFormat.of().parseHex(stored.replaceAll("[ _]", ""))));
        arrays.put("y_train", npy("|u1", "(1,)", bytes(0)));

        assertThat(new ReadFixture(folder).read(source()).warnings())
                .singleElement()
                .asString()
                .startsWith("2 whole numbers in the array x_train in " + folder.resolve("data.npz")
                        + " cannot be held exactly in single precision, for example " + number + ", which becomes "
                        + rounded + ";");
    }

    /** numpy.asfortranarray of numbers that count up: the first index is the fastest. */
    @ParameterizedTest
    @CsvSource({"|u1, 1", ">i2, 2", "<f8, 8"})
    void fortranOrderIsTurned(final String type, final int size) throws IOException {
        final ByteBuffer stored = ByteBuffer.allocate(24 * size)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < 2; c++) {
            for (int b = 0; b < 4; b++) {
                for (int a = 0; a < 3; a++) {
                    final int number = (a * 4 + b) * 2 + c;
                    switch (size) {
                        case 1 -> stored.put((byte) number);
                        case 2 -> stored.putShort((short) number);
                        default -> stored.putDouble(number);
                    }
                }
            }
        }
        arrays.put(
                "x_train",
                raw("{'descr': '" + type + "', 'fortran_order': True, 'shape': (3, 4, 2), }", stored.array()));

        final Dataset all = new ReadFixture(folder).read(source()).training();
        final Dataset heldOut = new ReadFixture(folder.resolve("last"))
                .heldOut(new HeldOut.LastSamples(1))
                .limit(1)
                .read(source())
                .heldOut()
                .orElseThrow();

        assertThat(ReadFixture.numbers(all, 0)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
        assertThat(ReadFixture.numbers(all, 1)).containsExactly(8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);
        assertThat(ReadFixture.numbers(heldOut, 0)).containsExactly(16f, 17f, 18f, 19f, 20f, 21f, 22f, 23f);
    }

    @Test
    void aDamagedArrayInFortranOrderIsFoundByItsChecksum() throws IOException {
        arrays.put(
                "x_train", raw("{'descr': '|u1', 'fortran_order': True, 'shape': (3, 2), }", bytes(9, 8, 7, 6, 5, 4)));
        write();
        final byte[] file = Files.readAllBytes(folder.resolve("data.npz"));
        file[indexOf(file, bytes(9, 8, 7, 6))] ^= 1;
        Files.write(folder.resolve("data.npz"), file);

        assertOneSentence(() -> new ReadFixture(folder).read(unwrittenSource()), "does not have its checksum");
    }

    @ParameterizedTest
    @CsvSource({
        "<U5, 63000000 e4000000 00000000 00000000 00000000, 64000000 6f000000 67000000 00000000 00000000",
        ">U5, 00000063 000000e4 00000000 00000000 00000000, 00000064 0000006f 00000067 00000000 00000000",
        "|S3, 63c3a4, 646f67"
    })
    void labelsMayBeTexts(final String type, final String cae, final String dog) throws IOException {
        arrays.put("x_train", npy("|u1", "(3, 1)", bytes(1, 2, 3)));
        arrays.put("y_train", npy(type, "(3,)", HexFormat.of().parseHex((dog + cae + dog).replace(" ", ""))));

        final Dataset read = new ReadFixture(folder).read(source()).training();

        assertThat(read.classNames()).containsExactly("c\u00e4", "dog");
        assertThat(ReadFixture.labels(read)).containsExactly(1, 0, 1);
    }

    @Test
    void testLabelsThatAreTextsHaveTheSameClasses() throws IOException {
        arrays.put("x_train", npy("|u1", "(2, 1)", bytes(1, 2)));
        arrays.put("y_train", npy("|S1", "(2,)", bytes('b', 'd')));
        arrays.put("x_test", npy("|u1", "(2, 1)", bytes(3, 4)));
        arrays.put("y_test", npy("|S1", "(2,)", bytes('c', 'b')));

        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.SourceTestFiles()).read(source());

        assertThat(read.training().classNames()).containsExactly("b", "c", "d");
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(1, 0);

        arrays.put("y_test", npy("|u1", "(2,)", bytes(0, 1)));
        assertOneSentence(
                () -> new ReadFixture(folder.resolve("again"))
                        .heldOut(new HeldOut.SourceTestFiles())
                        .read(source()),
                "should both be texts or both be numbers, but y_train in");
    }

    @Test
    void textsThatAreNoLabelsAreRefused() throws IOException {
        arrays.put("x_train", npy("|S1", "(3, 1)", bytes('a', 'b', 'c')));
        assertRefused("Numbers were expected in x_train in", "but it holds texts");

        arrays.put("x_train", npy("|u1", "(3, 1)", bytes(1, 2, 3)));
        arrays.put("y_train", npy("|S1", "(3,)", bytes('a', 0, 'c')));
        assertRefused("Labels should be texts of one line, but sample 1 of the array y_train", "has none");
        arrays.put("y_train", npy("<U1", "(3,)", bytes(97, 0, 0, 0, 98, 0, 0, 0, 0, 0, 17, 0)));
        assertRefused("Labels should be texts of one line, but sample 2 of the array y_train");
        arrays.put("y_train", npy("|S1", "(3,)", bytes('a', 'b', 0xe4)));
        assertRefused("Labels should be texts of one line, but sample 2 of the array y_train");
    }

    @ParameterizedTest
    @CsvSource({
        "<f8, 0000000000000040 0000000000000000 000000000000f03f",
        "|i1, 02 00 01",
        ">u2, 0002 0000 0001",
        "<f2, 0040 0000 003c"
    })
    void labelsMayBeWholeNumbersOfAnyType(final String type, final String stored) throws IOException {
        arrays.put("y_train", npy(type, "(3,)", HexFormat.of().parseHex(stored.replace(" ", ""))));

        assertThat(ReadFixture.labels(new ReadFixture(folder).read(source()).training()))
                .containsExactly(2, 0, 1);
    }

    /** A header may be long enough for thousands of dimensions. */
    @Test
    void moreDimensionsThanNumPyTakesAreRefused() {
        arrays.put("x_train", longHeader("(" + "1,".repeat(4900) + ")"));
        assertRefused(
                "The array x_train in",
                "should have at most 64 dimensions, but it has 4900; choose another array or get the file again.");

        arrays.put("x_train", longHeader("(" + "1 , ".repeat(2400)));
        assertRefused("should have a header with descr, fortran_order and shape");
    }

    /** The compressed content ends before the size that the directory declares. */
    @Test
    void anArrayThatEndsWithinItsContentIsRefused() throws IOException {
        arrays.put("x_train", npy("<f4", "(3, 1000)", new byte[12_000]));
        write();
        final byte[] file = Files.readAllBytes(folder.resolve("data.npz"));
        final int directory = indexOf(file, bytes('P', 'K', 1, 2));
        final ByteBuffer zip = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(directory + 20, zip.getInt(directory + 20) - 8); // the compressed size of the first entry
        Files.write(folder.resolve("data.npz"), file);

        assertOneSentence(
                () -> new ReadFixture(folder).read(unwrittenSource()), "The array x_train in", "cut off or damaged");
    }

    @Test
    void samplesThatAreNotFiniteAreCounted() throws IOException {
        final ByteBuffer stored = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (final float number : new float[] {1, Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY, 1, 1}) {
            stored.putFloat(number);
        }
        arrays.put("x_train", npy("<f4", "(3, 2)", stored.array()));

        assertRefused(
                "Sample 0 of the array x_train",
                "number 1 of it is NaN in single precision; 2 samples in all are"
                        + " like that, correct or remove them.");
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
                "(3, -4)|but one is -4",
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

        arrays.put("y_train", npy("<f4", "(3,)", bytes(0, 0, 0, 0, 0, 0, 0, 63, 0, 0, 0x80, 63)));
        assertRefused("Labels should be whole numbers, but sample 1 of the array y_train", "has the label 0.5;");
        arrays.put(
                "y_train",
                npy("<u8", "(3,)", HexFormat.of().parseHex("0".repeat(16) + "f".repeat(16) + "0".repeat(16))));
        assertRefused("has the label 18446744073709551615; number the classes from 0.");
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

    /** Cut anywhere, or with any byte changed, a file is refused in a sentence or read as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"False", "True"})
    void damageOfAnyKindIsASentence(final String fortranOrder) throws IOException {
        arrays.put(
                "x_train",
                raw(
                        "{'descr': '<i2', 'fortran_order': " + fortranOrder + ", 'shape': (3, 2), }",
                        bytes(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0)));
        arrays.put("y_train", npy("|S1", "(3,)", bytes('a', 'b', 'a')));
        arrays.remove("x_test");
        arrays.remove("y_test");
        write();
        final Path damaged = folder.resolve("damaged.npz");
        final byte[] file = Files.readAllBytes(folder.resolve("data.npz"));
        for (int at = 0; at < file.length; at++) {
            Files.write(damaged, Arrays.copyOf(file, at));
            assertReadOrRefused(damaged, folder.resolve("cut" + at));
            final byte[] changed = file.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(damaged, changed);
            assertReadOrRefused(damaged, folder.resolve("changed" + at));
        }
    }

    /** The JDK says nothing of it but its exception's name. */
    @Test
    void anArchiveThatEndsInItsFirstEntryIsASentence() throws IOException {
        final Path file = folder.resolve("a.npz");
        try (InputStream cut = NpzTest.class.getResourceAsStream("cut-in-its-first-entry.npz")) {
            Files.copy(cut, file);
        }
        for (final String name : List.of("x", "x_train", "arr_0")) {
            final NpzSource.Pair names = new NpzSource.Pair(name, name);

            assertThatThrownBy(() -> DatasetReader.describe(new ReadRequest(
                            new NpzSource(file, names, names),
                            new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                            new ReadRequest.Split(new HeldOut.None(), false, 0))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageNotContaining("null")
                    .hasMessageEndingWith(".");
        }
    }

    private void assertReadOrRefused(final Path file, final Path place) throws IOException {
        try {
            final Dataset read = new ReadFixture(place)
                    .read(new NpzSource(file, TRAIN, TEST))
                    .training();
            assertThat(ReadFixture.labels(read)).hasSize(3);
        } catch (final InvalidInputException refused) {
            assertThat(refused.getMessage())
                    .doesNotContain("null")
                    .doesNotContain("\n")
                    .endsWith(".");
        }
    }

    @Test
    void otherFilesAreNoNpz() throws IOException {
        Files.writeString(folder.resolve("data.npz"), "no zip");
        assertOneSentence(() -> new ReadFixture(folder).read(unwrittenSource()), "but it is no zip or damaged");

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

    public static void assertOneSentence(final ThrowingCallable call, final String... parts) {
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
        return new NpzSource(folder.resolve("data.npz"), TRAIN, TEST);
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

    /** With four bytes for the length of the header, as NumPy writes those that are longer than 65,535 bytes. */
    private static byte[] longHeader(final String shape) {
        final byte[] header = ("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}")
                .getBytes(StandardCharsets.US_ASCII);
        final ByteBuffer all = ByteBuffer.allocate(12 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        all.put(bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0))
                .putInt(header.length)
                .put(header);
        return all.array();
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
