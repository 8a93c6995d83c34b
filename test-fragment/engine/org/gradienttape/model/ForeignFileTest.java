package org.gradienttape.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.gradienttape.model.ForeignFile.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first bytes are those that the formats' own pages name. */
class ForeignFileTest {
    private static final byte[] NOTHING = {};

    @TempDir
    private Path folder;

    private Kind kind(final byte[] content) throws IOException {
        return ForeignFile.kind(Files.write(folder.resolve("model"), content));
    }

    @Test
    void whatCanBeReadIsKnownByItsContent() throws IOException {
        assertThat(kind(HexFormat.of().parseHex("894844460d0a1a0a00"))).isEqualTo(Kind.HDF5);
        assertThat(kind(ModelFixture.safetensors("{\"a\":1}", 1))).isEqualTo(Kind.SAFETENSORS);
        assertThat(kind(ModelFixture.zip(Map.of("model.weights.h5", NOTHING)))).isEqualTo(Kind.KERAS);
    }

    @Test
    void ourOwnAndOtherFilesAreNone() throws IOException {
        final byte[] zip = ModelFixture.zip(Map.of("model.json", NOTHING));

        assertThat(kind(zip)).isEqualTo(Kind.OTHER);
        assertThat(kind(Arrays.copyOf(zip, zip.length - 9))).as("a cut zip").isEqualTo(Kind.OTHER);
        assertThat(kind("just a text".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Kind.OTHER);
        assertThat(kind(NOTHING)).isEqualTo(Kind.OTHER);
        assertThat(ForeignFile.kind(folder.resolve("nothing"))).isEqualTo(Kind.OTHER);
        assertThat(ForeignFile.kind(folder)).as("a folder").isEqualTo(Kind.OTHER);
    }

    /** Its reader then says what is wrong with it. */
    @Test
    void aDamagedKerasModelIsKnownByItsName() throws IOException {
        assertThat(ForeignFile.kind(Files.write(folder.resolve("cut.keras"), NOTHING)))
                .isEqualTo(Kind.KERAS);
    }

    /** The header must end within the file. */
    @Test
    void aHeaderBeyondTheEndIsNoSafetensors() throws IOException {
        final byte[] file = ModelFixture.safetensors("{\"a\": 12}");

        assertThat(kind(file)).isEqualTo(Kind.SAFETENSORS);
        file[0]++;
        assertThat(kind(file)).isEqualTo(Kind.OTHER);
    }
}
