package org.gradienttape.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of a file, and what they are as numbers. */
class Hdf5BytesTest {
    @TempDir
    private Path folder;

    private byte[] bytes() throws IOException {
        final Path file = folder.resolve("weights.h5");
        try (Hdf5Writer writer = new Hdf5Writer(file)) {
            writer.group("a").array("b", new int[] {1000}, new float[1000]);
        }
        return Files.readAllBytes(file);
    }

    @Test
    void allIsGivenAndNothingBeyondTheEnd() throws IOException {
        final byte[] file = bytes();
        final BoundedStorage storage = new BoundedStorage(file);

        assertThat(storage.map(0, file.length).remaining()).isEqualTo(file.length);
        assertThat(storage.map(file.length, 0).remaining()).isZero();
        assertThatThrownBy(() -> storage.map(file.length - 3, 4))
                .isInstanceOf(HdfException.class)
                .hasMessage("it leads to byte " + (file.length - 3) + ", which it does not have");
        assertThatThrownBy(() -> storage.map(-1, 1)).isInstanceOf(HdfException.class);
        assertThatThrownBy(() -> storage.map(0, -1)).isInstanceOf(HdfException.class);
    }

    /** A thousand questions, and one more for each 4 bytes. */
    @Test
    void questionsAreBoundedByTheSize() throws IOException {
        final byte[] file = bytes();
        final BoundedStorage storage = new BoundedStorage(file);

        for (int i = 0; i < 1000 + file.length / 4; i++) {
            storage.map(0, 1);
        }
        assertThatThrownBy(() -> storage.map(0, 1))
                .isInstanceOf(HdfException.class)
                .hasMessage("it leads in circles");
    }

    /** IEEE 754: a sign, 5 bits of exponent with 15 added, 10 bits of fraction; 65504 is the largest. */
    @Test
    void halfPrecisionIsRead() {
        final ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) 0x3c00)
                .putShort((short) 0x3555)
                .putShort((short) 0x7bff)
                .putShort((short) 0xc000);

        assertThat(new Hdf5Array(List.of(4L), Hdf5Array.Type.FLOAT16, bytes.flip()).floats())
                .containsExactly(1, 0.33325195f, 65504, -2);
    }
}
