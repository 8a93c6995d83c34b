package org.gradienttape.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorBoard reads the files of a folder in the order of their names. */
class EventFileTest {
    @TempDir
    private Path folder;

    @Test
    void aNewFileComesBehindTheOthersThoughTheClockWasPutBack() throws IOException {
        final String later = "events.out.tfevents.9000000000.host.1.000000"; // in the year 2255
        Files.createFile(folder.resolve(later));
        Files.createFile(folder.resolve("notes.txt"));

        EventFile.create(folder).close();

        assertThat(names()).hasSize(3).startsWith(later).endsWith("notes.txt");
        assertThat(names().get(1)).startsWith("events.out.tfevents.9000000001.");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
