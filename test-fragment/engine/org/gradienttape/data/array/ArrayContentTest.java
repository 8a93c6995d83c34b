package org.gradienttape.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gradienttape.data.IdxFixture;
import org.gradienttape.data.ReadFixture;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a file of arrays besides what is wanted. */
class ArrayContentTest {
    @TempDir
    private Path folder;

    private IdxSource mnist(final byte... labels) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), IdxFixture.images(labels.length));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), IdxFixture.idx(new int[] {labels.length}, labels));
        return NamedDataset.MNIST.files(folder, false);
    }

    @Test
    void aLabelBeyondTheClassesIsRefused() throws IOException {
        assertThat(ReadFixture.labels(new ReadFixture(folder.resolve("read"))
                        .read(mnist((byte) 0, (byte) 9))
                        .training()))
                .containsExactly(0, 9);

        final IdxSource ten = mnist((byte) 0, (byte) 10);
        assertThatThrownBy(() -> new ReadFixture(folder.resolve("refused")).read(ten))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("MNIST has 10 classes, so labels go from 0 to 9, but sample 1 in "
                        + folder.resolve("train-labels-idx1-ubyte")
                        + " has the label 10; get the file again or correct the class names.");
    }

    @Test
    void whatIsNoArrayIsNotOffered() throws IOException {
        final Path file = folder.resolve("data.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (final String name : new String[] {"readme.txt", "images.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
            }
        }

        try (NpzFile npz = NpzFile.open(file)) {
            assertThatThrownBy(() -> npz.array("labels"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("The array labels was expected in " + file
                            + ", but it has the arrays images; choose one of them or another file.");
        }
    }
}
