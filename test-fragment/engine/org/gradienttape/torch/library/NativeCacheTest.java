package org.gradienttape.torch.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(2)));

    @TempDir
    Path folder;

    @Test
    void takesAwayWhatWasHalfUnpackedLongAgo() throws IOException {
        unpacked("tmp123", LONG_AGO, LONG_AGO);
        unpacked("tmp124", LONG_AGO, FileTime.from(Instant.now()));
        unpacked("2.7.1-cpu-linux-x86_64", LONG_AGO, LONG_AGO);
        unpacked("tmp-of-mine", LONG_AGO, LONG_AGO);

        NativeCache.removeDead(folder);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("tmp124", "2.7.1-cpu-linux-x86_64", "tmp-of-mine");
    }

    @Test
    void aCacheThatIsNotThereYetIsNoTrouble() {
        NativeCache.removeDead(folder.resolve("none"));

        assertThat(folder).isEmptyDirectory();
    }

    private void unpacked(final String name, final FileTime made, final FileTime written) throws IOException {
        final Path place = Files.createDirectory(folder.resolve(name));
        Files.setLastModifiedTime(Files.writeString(place.resolve("libtorch.so"), "half"), written);
        Files.setLastModifiedTime(place, made);
    }
}
