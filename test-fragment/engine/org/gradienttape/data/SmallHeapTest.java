package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.gradienttape.data.image.ImageFolderSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a process with little memory. */
class SmallHeapTest {
    @TempDir
    Path folder;

    /** 40 images of 9 MB each, of which 32 were decoded ahead where there are two cores. */
    @Test
    void manyLargeImagesAreReadWithLittleMemory() throws Exception {
        images(40, 3000);

        assertThat(read("320m")).isEqualTo("40 samples");
    }

    @Test
    void anImageThatDoesNotFitIsASentence() throws Exception {
        images(1, 7000);

        assertThat(read("320m"))
                .startsWith("The 7000 x 7000 pixels of ")
                .contains("0.png would take 747 MB of memory, but this program has 3")
                .endsWith("; scale the picture down or remove it, or give the program more memory (-Xmx).");
    }

    private void images(final int count, final int side) throws IOException {
        final Path images = Files.createDirectories(folder.resolve("images/white"));
        final Path first = images.resolve("0.png");
        ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY), "png", first.toFile());
        for (int i = 1; i < count; i++) {
            Files.createLink(images.resolve(i + ".png"), first);
        }
    }

    private String read(final String heap) throws IOException {
        final Process reader = new ProcessBuilder(JavaProcess.command(List.of("-Xmx" + heap), Reader.class, folder))
                .redirectErrorStream(true)
                .start();
        return new String(reader.getInputStream().readAllBytes()).strip();
    }

    /** Reads the images and prints how many there are, or why not. */
    static final class Reader {
        private Reader() {}

        public static void main(final String[] arguments) throws IOException {
            final Path folder = Path.of(arguments[0]);
            final ReadRequest request = new ReadRequest(
                    new ImageFolderSource(
                            folder.resolve("images"),
                            Optional.empty(),
                            new ImageForm(ImageForm.Colors.GRAYSCALE, Optional.empty())),
                    new ReadRequest.Form(Scaling.AS_STORED, SampleShape.IMAGE),
                    new ReadRequest.Split(new HeldOut.None(), false, 0));
            try {
                System.out.println(
                        DatasetReader.read(request, folder.resolve("data"), folder.resolve("none"), done -> true)
                                        .training()
                                        .samples()
                                + " samples");
            } catch (final InvalidInputException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
