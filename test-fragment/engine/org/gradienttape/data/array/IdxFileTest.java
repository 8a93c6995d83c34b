package org.gradienttape.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.gradienttape.data.IdxFixture;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    Path folder;

    /** Of a file that ends within the first bytes of gzip the JDK says nothing. */
    @Test
    void aCompressedFileThatIsCutAnywhereIsOneSentence() throws IOException {
        final byte[] whole = IdxFixture.gzip(IdxFixture.images(4));
        for (int length = 2; length < whole.length; length++) {
            final Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> {
                        try (IdxFile file = IdxFile.open(cut)) {
                            file.readRest();
                        }
                    })
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageEndingWith("get it again.")
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void readsPlainAndCompressedFilesAlike() throws IOException {
        final Path plain = Files.write(folder.resolve("plain"), IdxFixture.images(4));
        final Path compressed = Files.write(folder.resolve("compressed"), IdxFixture.gzip(IdxFixture.images(4)));

        for (final Path path : new Path[] {plain, compressed}) {
            try (IdxFile file = IdxFile.open(path)) {
                assertThat(file.samples()).isEqualTo(4);
                assertThat(file.sampleDimensions()).containsExactly(2, 3);
                final byte[] pixels = new byte[6];
                file.skip(12);
                file.read(pixels, 6);
                assertThat(pixels).containsExactly(20, 21, 22, 23, 24, 25);
                assertThat(file.readRest()).containsExactly(30, 31, 32, 33, 34, 35);
            }
        }
    }

    @Test
    void takesAnyNumberOfDimensions() throws IOException {
        final Path path = Files.write(folder.resolve("deep"), IdxFixture.idx(new int[] {2, 1, 2, 1, 2}, new byte[8]));

        try (IdxFile file = IdxFile.open(path)) {
            assertThat(file.sampleDimensions()).containsExactly(1, 2, 1, 2);
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(folder.resolve("absent"), "absent", "does not exist");
    }

    @Test
    void refusesAFolder() {
        assertRefused(folder, "it is a folder");
    }

    @Test
    void refusesAWrongMagic() throws IOException {
        final byte[] bytes = IdxFixture.images(2);
        bytes[0] = 0x50;

        assertRefused(Files.write(folder.resolve("a.idx"), bytes), "a.idx", "00 00 08", "50 00 08 03");
    }

    @Test
    void refusesFloats() throws IOException {
        final byte[] bytes = IdxFixture.images(2);
        bytes[2] = 0x0d;

        assertRefused(Files.write(folder.resolve("floats"), bytes), "unsigned bytes", "00 00 0d 03");
    }

    @Test
    void refusesAHeaderThatIsCutOff() throws IOException {
        final byte[] bytes = Arrays.copyOf(IdxFixture.images(2), 9);

        assertRefused(Files.write(folder.resolve("plain"), bytes), "ends within its header");
        assertRefused(Files.write(folder.resolve("gzip"), IdxFixture.gzip(bytes)), "ends within its header");
        assertRefused(Files.write(folder.resolve("empty"), new byte[0]), "ends within its header");
    }

    @Test
    void refusesMoreAndFewerBytesThanDeclared() throws IOException {
        final byte[] right = IdxFixture.images(2); // 16 bytes of header, 12 of pixels

        assertRefused(
                Files.write(folder.resolve("short"), Arrays.copyOf(right, 27)),
                "declares 2 x 2 x 3 elements",
                "should have 28 bytes, but it has 27");
        assertRefused(
                Files.write(folder.resolve("long"), Arrays.copyOf(right, 29)), "should have 28 bytes, but it has 29");
    }

    @Test
    void refusesSizesOfZeroAndAboveTwoBillion() throws IOException {
        final byte[] none = IdxFixture.idx(new int[] {0, 2, 3}, new byte[0]);
        final byte[] negative = IdxFixture.idx(new int[] {2, 0x80000000, 3}, new byte[0]);

        assertRefused(Files.write(folder.resolve("none"), none), "dimension 1 is 0");
        assertRefused(Files.write(folder.resolve("negative"), negative), "dimension 2 is 2147483648");
    }

    @Test
    void refusesAHeaderOfTerabytesBeforeAnythingIsAllocated() throws IOException {
        final byte[] terabytes = IdxFixture.idx(new int[] {1 << 20, 1 << 10, 1 << 10}, new byte[100]);

        assertRefused(Files.write(folder.resolve("plain"), terabytes), "1048576 x 1024 x 1024", "it has 116");
        assertRefused(
                Files.write(folder.resolve("gzip"), IdxFixture.gzip(terabytes)), "compressed bytes", "cannot hold");
    }

    @Test
    void refusesAHeaderWhoseProductOverflows() throws IOException {
        final int most = Integer.MAX_VALUE;
        final byte[] overflow = IdxFixture.idx(new int[] {most, most, most}, new byte[100]);

        assertRefused(Files.write(folder.resolve("overflow"), overflow), "more than any file can hold");
    }

    @Test
    void stopsAGzipBombAtTheDeclaredSize() throws IOException {
        final Path bomb = folder.resolve("bomb");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            out.write(IdxFixture.images(2));
            final byte[] zeros = new byte[1 << 20];
            for (int megabyte = 0; megabyte < 50; megabyte++) {
                out.write(zeros);
            }
        }

        try (IdxFile file = IdxFile.open(bomb)) {
            assertThatThrownBy(file::readRest)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("bomb")
                    .hasMessageContaining("declares 2 x 2 x 3 elements")
                    .hasMessageContaining("holds more");
        }
    }

    @Test
    void refusesACompressedFileThatIsCutOffOrDamaged() throws IOException {
        final byte[] right = IdxFixture.gzip(IdxFixture.images(200));
        final byte[] wrongChecksum = right.clone();
        wrongChecksum[right.length - 8] ^= 1; // the trailer: CRC-32, then the size

        assertRestRefused(
                Files.write(folder.resolve("cut"), Arrays.copyOf(right, right.length / 2)), "cut off or damaged");
        assertRestRefused(Files.write(folder.resolve("sum"), wrongChecksum), "cut off or damaged");
        assertRestRefused(
                Files.write(folder.resolve("few"), IdxFixture.gzip(IdxFixture.idx(new int[] {3}, new byte[2]))),
                "the file ends before");
    }

    private static void assertRestRefused(final Path path, final String part) throws IOException {
        try (IdxFile file = IdxFile.open(path)) {
            assertThatThrownBy(file::readRest)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining(part);
        }
    }

    private static void assertRefused(final Path path, final String... parts) {
        assertThatThrownBy(() -> IdxFile.open(path).close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(parts);
    }
}
