package org.gradienttape.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut would take is brought to the disk; the JVM's own recorder tells when that was asked for. */
class SyncTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsOnTheDiskBeforeItHasItsNameAndItsFolderBehindThat() throws IOException {
        final Path place = Files.createDirectory(folder.resolve("place"));
        final List<Path> forced;
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            AtomicFile.write("The file", place.resolve("a.json"), IfExists.OVERWRITE, out -> out.write(1));
            recording.stop();
            final Path recorded = folder.resolve("recording.jfr");
            recording.dump(recorded);
            forced = RecordingFile.readAllEvents(recorded).stream()
                    .map(event -> Path.of(event.getString("path")))
                    .filter(path -> path.startsWith(place))
                    .toList();
        }

        assertThat(forced).hasSize(2);
        assertThat(forced.get(0).getParent()).isEqualTo(place);
        assertThat(forced.get(0)).isNotEqualTo(place.resolve("a.json"));
        assertThat(forced.get(1)).isEqualTo(place);
    }
}
