package org.gradienttape.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.keras.KerasExample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that h5py wrote (keras-models.py), files of the library, and both damaged on purpose. */
@Timeout(10)
class Hdf5FileTest {
    /** Of the root group's header, in the first superblock (HDF5 File Format Specification, II.A). */
    private static final int ROOT = 64;

    @TempDir
    private Path folder;

    private byte[] file;

    @BeforeEach
    void takeTheWeights() throws IOException {
        file = KerasExample.entry(KerasExample.copy("images", folder), "model.weights.h5");
    }

    @Test
    void readsWhatH5pyWrote() {
        final Hdf5Array kernel = Hdf5File.arrays(file).get("layers/dense/vars/0");

        assertThat(kernel.sizes()).containsExactly(32L, 3L);
        assertThat(kernel.type()).isEqualTo(Hdf5Array.Type.FLOAT32);
        assertThat(kernel.floats()).hasSize(96);
    }

    /** The library's own writer puts a note of its own over what stands behind the last array. */
    @Test
    void groupsBehindTheLastArrayStayWhole() throws IOException {
        final Path written = folder.resolve("groups.h5");
        try (Hdf5Writer writer = new Hdf5Writer(written)) {
            writer.group("layers/dense/vars").array("0", new int[] {1}, new float[] {3});
            for (int i = 0; i < 20; i++) {
                writer.group("g" + i).attribute("name", "text");
            }
        }

        assertThat(Hdf5File.arrays(Files.readAllBytes(written))
                        .get("layers/dense/vars/0")
                        .floats())
                .containsExactly(3);
        try (HdfFile file = new HdfFile(written)) {
            assertThat(file.getAttributes()).isEmpty();
            for (int i = 0; i < 20; i++) {
                assertThat(file.getByPath("g" + i).getAttribute("name").getData())
                        .isEqualTo("text");
            }
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        final Path written = folder.resolve("a.h5");
        try (Hdf5Writer writer = new Hdf5Writer(written)) {
            for (int i = 0; i < 40; i++) {
                writer.group("a/g" + i).array("0", new int[] {2, 1, 2}, new float[] {i, -0f, Float.MIN_VALUE, 1e30f});
            }
            writer.group("a").attribute("name", "text");
        }

        final var arrays = Hdf5File.arrays(Files.readAllBytes(written));

        assertThat(arrays).hasSize(40);
        assertThat(arrays.get("a/g7/0").sizes()).containsExactly(2L, 1L, 2L);
        assertThat(arrays.get("a/g7/0").floats()).containsExactly(7, -0f, Float.MIN_VALUE, 1e30f);
    }

    @Test
    void numbersOfOtherTypesAreSaidToBe() throws IOException {
        final Path written = folder.resolve("a.h5");
        try (WritableHdfFile other = HdfFile.write(written)) {
            other.putDataset("whole", new int[] {1, 2});
            other.putDataset("long", new double[] {1, 2});
        }

        final var arrays = Hdf5File.arrays(Files.readAllBytes(written));

        assertThat(arrays.get("whole").type()).isEqualTo(Hdf5Array.Type.OTHER);
        assertThat(arrays.get("long").type()).isEqualTo(Hdf5Array.Type.OTHER);
        assertThatThrownBy(arrays.get("long")::floats).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void compressedNumbersAreRefused() throws IOException {
        final Path bomb = folder.resolve("a.h5");
        try (WritableHdfFile other = HdfFile.write(bomb)) {
            other.putDataset(
                    "zeros",
                    new float[1000][1000],
                    DatasetCreationOptions.builder()
                            .chunkDimensions(1000, 1000)
                            .deflate(9)
                            .build());
        }

        assertRefused(Files.readAllBytes(bomb), "the array zeros is in chunks, which may be compressed");
    }

    @Test
    void aGroupInItselfIsRefused() {
        final long root = at(ROOT).getLong();
        final int first = find("SNOD", 0) + 8;

        at(first + 8).putLong(root);

        assertRefused(file, "leads in circles");
    }

    @Test
    void aTreeInItselfIsRefused() {
        for (int tree = find("TREE", 0); tree >= 0; tree = find("TREE", tree + 1)) {
            file[tree + 5] = 1; // not the lowest level
            at(tree + 32).putLong(tree); // its first branch
        }

        assertRefused(file, "cut off or damaged");
    }

    /** Each of 16 levels has all its branches at the next one: 16 to the power of 16 ways. */
    @Test
    void aTreeOfTooManyWaysIsRefused() {
        final int tree = find("TREE", 0);
        final byte[] node = Arrays.copyOfRange(file, tree, tree + 24 + 33 * 8);
        final int start = file.length;
        file = Arrays.copyOf(file, start + 17 * node.length);
        for (int level = 0; level < 16; level++) {
            final int place = start + level * node.length;
            System.arraycopy(node, 0, file, place, node.length);
            file[place + 5] = 1;
            at(place + 6).putShort((short) 16);
            for (int branch = 0; branch < 16; branch++) {
                at(place + 32 + 16 * branch).putLong((long) place + node.length);
            }
        }
        System.arraycopy(node, 0, file, start + 16 * node.length, node.length);
        System.arraycopy(file, start, file, tree, node.length);

        assertRefused(file, "cut off or damaged");
    }

    @Test
    void sizesThatLieAreRefused() {
        for (final List<Long> lie :
                List.of(List.of(1L << 40, 3L), List.of(1L << 62, 1L << 62), List.of(-1L, -1L), List.of(1L << 29, 3L))) {
            final byte[] whole = file.clone();
            final int place = find(new byte[] {32, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0}, 0);

            at(place).putLong(lie.get(0)).putLong(lie.get(1));

            assertRefused(file, "cut off or damaged");
            file = whole;
        }
    }

    @Test
    void aFileThatIsCutIsRefused() {
        for (int length = 0; length < file.length; length += 997) {
            final byte[] cut = Arrays.copyOf(file, length);

            assertRefused(cut, "cut off or damaged");
        }
    }

    private static void assertRefused(final byte[] file, final String said) {
        assertThatThrownBy(() -> Hdf5File.arrays(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(said);
    }

    private ByteBuffer at(final int place) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(place);
    }

    private int find(final String text, final int from) {
        return find(text.getBytes(StandardCharsets.US_ASCII), from);
    }

    private int find(final byte[] bytes, final int from) {
        for (int i = from; i <= file.length - bytes.length; i++) {
            if (Arrays.equals(file, i, i + bytes.length, bytes, 0, bytes.length)) {
                return i;
            }
        }
        return -1;
    }
}
