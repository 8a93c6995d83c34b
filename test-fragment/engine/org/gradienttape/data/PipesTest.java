package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.array.IdxSource;
import org.gradienttape.data.array.NpzSource;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.image.ClassFolders;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever opens a pipe waits for somebody who writes into it; a workflow of a stranger may name one. */
@Timeout(20)
class PipesTest {
    @TempDir
    Path folder;

    private Path pipe;

    @BeforeEach
    void pipe() throws Exception {
        pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    }

    @Test
    void noSourceIsOpenedBeforeItIsSeenToBeAFile() {
        for (final DatasetSource source : List.of(
                new IdxSource("x", new IdxSource.Pair(pipe, pipe), Optional.empty(), List.of()),
                new IdxSource(
                        "x",
                        new IdxSource.Pair(Path.of("/dev/zero"), Path.of("/dev/zero")),
                        Optional.empty(),
                        List.of()),
                new NpzSource(pipe, new NpzSource.Pair("x", "y"), new NpzSource.Pair("x", "y")))) {
            final ReadRequest request = new ReadRequest(
                    source,
                    new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                    new ReadRequest.Split(new HeldOut.None(), false, 0));

            assertThatThrownBy(() -> DatasetReader.describe(request))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageEndingWith(", but it is neither a file nor a folder; choose a file.");
        }
    }

    @Test
    void noCsvFileIsOpenedBeforeItIsSeenToBeAFile() {
        assertThatThrownBy(() -> CsvFile.open(pipe, new CsvSyntax(',', CsvSyntax.FirstLine.AUTOMATIC)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(", but it is neither a file nor a folder; choose a file.");
    }

    @Test
    void aSavedDatasetIsMadeOfFiles() throws Exception {
        Files.move(pipe, folder.resolve("dataset.json"));

        assertThatThrownBy(() -> Dataset.open(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dataset.json should be a file, but it is none");
    }

    /** A link to a pipe in a folder of images is left out and said, as any file that is no image. */
    @Test
    void aFolderOfPipesHasNoImages() throws IOException {
        final Path images = Files.createDirectories(folder.resolve("images/a"));
        Files.createSymbolicLink(images.resolve("a.png"), pipe);

        assertThatThrownBy(() -> ClassFolders.of(images.getParent()).images("a"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Images were expected in the class folder");
    }
}
