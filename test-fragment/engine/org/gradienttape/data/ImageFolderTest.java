package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.data.NpzTest.assertOneSentence;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.gradienttape.data.image.ImageFolderSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageForm.Colors;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.gradienttape.picture.Picture;
import org.gradienttape.picture.PictureFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    private static final ImageForm GRAY = new ImageForm(Colors.GRAYSCALE, Optional.empty());
    private static final ImageForm RGB = new ImageForm(Colors.RGB, Optional.empty());

    @TempDir
    private Path folder;

    private Path images;

    @BeforeEach
    void writeImages() throws IOException {
        images = folder.resolve("pets");
        gray("pets/dog/1.png", 0, 1, 2, 3);
        gray("pets/cat/b.PNG", 128, 127, 126, 255);
        gray("pets/cat/a/deep.png", 10, 20, 30, 40);
        Files.writeString(images.resolve("cat/notes.txt"), "not an image");
        Files.writeString(images.resolve("cat/.hidden.png"), "not an image");
        Files.createDirectories(images.resolve(".git"));
    }

    @Test
    void classesAndFilesAreSortedAndGrayPixelsStayAsTheyAre() throws IOException {
        final Dataset read = new ReadFixture(folder).images().read(source(GRAY)).training();

        assertThat(read.name()).isEqualTo("pets");
        assertThat(read.sampleShape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(read.classNames()).containsExactly("cat", "dog");
        assertThat(ReadFixture.labels(read)).containsExactly(0, 0, 1);
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(10f, 20f, 30f, 40f);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(128f, 127f, 126f, 255f);
        assertThat(ReadFixture.numbers(read, 2)).containsExactly(0f, 1f, 2f, 3f);
    }

    /** As an archive of an older system leaves them: one byte for ä and for ö, which Java reads as the same sign. */
    @Test
    void classesWhoseNamesAreNoTextAreRefusedAndNotTakenForOne() throws Exception {
        new ProcessBuilder("sh", "-c", "mkdir \"$(printf 'B\\344r')\" \"$(printf 'B\\366r')\"")
                .directory(images.toFile())
                .start()
                .waitFor();

        assertThatThrownBy(() -> new ReadFixture(folder).images().read(source(GRAY)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The names of the class folders in " + images + " should be text that this program can read,"
                                + " but one is B\ufffdr; rename it, or start the program with the environment variable LC_ALL set"
                                + " to C.UTF-8.");
    }

    @Test
    void grayImagesBecomeColorsAndBack() throws IOException {
        final Dataset colors =
                new ReadFixture(folder).images().read(source(RGB)).training();

        assertThat(colors.sampleShape()).isEqualTo(Shape.of(2, 2, 3));
        assertThat(ReadFixture.numbers(colors, 0)).startsWith(10f, 10f, 10f, 20f, 20f, 20f);
    }

    /** Brightness by ITU-R BT.601: red 76, green 150, blue 29, white 255. */
    @Test
    void colorsBecomeBrightness() throws IOException {
        final BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        final int[] colors = {0xff0000, 0x00ff00, 0x0000ff, 0xffffff};
        IntStream.range(0, 4).forEach(i -> image.setRGB(i % 2, i / 2, colors[i]));
        write(image, "pets/ant/colors.png");

        final Dataset gray = new ReadFixture(folder).read(source(GRAY)).training();

        assertThat(ReadFixture.numbers(gray, 0)).containsExactly(76f, 150f, 29f, 255f);
    }

    @Test
    void jpegsAreReadAndScaled() throws IOException {
        final BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        final Graphics2D g = image.createGraphics();
        g.setColor(new Color(200, 100, 50));
        g.fillRect(0, 0, 64, 32);
        g.dispose();
        Files.createDirectories(images.resolve("fox"));
        ImageIO.write(image, "jpg", images.resolve("fox/photo.JPEG").toFile());

        final Dataset read = new ReadFixture(folder)
                .images()
                .read(source(new ImageForm(Colors.RGB, Optional.of(new ImageSize(4, 3)))))
                .training();

        assertThat(read.sampleShape()).isEqualTo(Shape.of(4, 3, 3));
        assertThat(ReadFixture.numbers(read, 3).get(0)).isBetween(197f, 203f);
        assertThat(ReadFixture.numbers(read, 3).get(1)).isBetween(97f, 103f);
    }

    /** Half-pixel centres, as in tf.image.resize: a row 0, 100 becomes 0, 25, 75, 100. */
    @Test
    void scalingInterpolatesBetweenTheCentresOfPixels() {
        final Picture row = new Picture(1, 2, 1, 255, new char[] {0, 100});
        final Picture column = new Picture(4, 1, 1, 255, new char[] {0, 10, 20, 40});

        assertThat(row.resized(1, 4).numbers()).isEqualTo(new char[] {0, 25, 75, 100});
        assertThat(column.resized(2, 1).numbers()).isEqualTo(new char[] {5, 30});
    }

    @Test
    void aTestFolderHasTheSameClasses() throws IOException {
        gray("test/dog/9.png", 9, 9, 9, 9);
        final DatasetSource source = new ImageFolderSource(images, Optional.of(folder.resolve("test")), GRAY);
        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.SourceTestFiles()).read(source);

        assertThat(ReadFixture.labels(read.training())).containsExactly(0, 0, 1);
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(1);

        gray("test/horse/9.png", 9, 9, 9, 9);
        assertOneSentence(
                () -> new ReadFixture(folder.resolve("again"))
                        .heldOut(new HeldOut.SourceTestFiles())
                        .read(source),
                "should have the classes cat, dog of the training images, but " + folder.resolve("test")
                        + " has horse");
    }

    @Test
    void samplesThatAreNotAskedForAreNotDecoded() throws IOException {
        Files.writeString(images.resolve("dog/2.png"), "damaged");

        assertThat(ReadFixture.labels(
                        new ReadFixture(folder).limit(3).read(source(GRAY)).training()))
                .containsExactly(0, 0, 1);
    }

    @Test
    void manyImagesKeepTheirOrder() throws IOException {
        for (int i = 0; i < 300; i++) {
            gray(String.format("many/digit/%03d.png", i), i % 256, i / 256, 0, 0);
        }

        final Dataset read = new ReadFixture(folder)
                .read(new ImageFolderSource(folder.resolve("many"), Optional.empty(), GRAY))
                .training();

        assertThat(IntStream.range(0, 300)
                        .mapToObj(i -> (int) (ReadFixture.numbers(read, i).get(0)
                                + 256 * ReadFixture.numbers(read, i).get(1))))
                .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    }

    @Test
    void readingCanBeCancelled() {
        assertThatThrownBy(() -> DatasetReader.read(
                        new ReadFixture(folder).request(source(GRAY)),
                        folder.resolve("out/1"),
                        folder.resolve("out/2"),
                        done -> false))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    /** 100,000 x 100,000 pixels in 57 bytes. */
    @Test
    void aBombIsRefusedByItsHeader() throws IOException {
        final ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        png.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(100_000)
                        .putInt(100_000)
                        .put((byte) 8)
                        .array()));
        png.writeBytes(chunk("IDAT", new byte[0]));
        png.writeBytes(chunk("IEND", new byte[0]));
        Files.write(images.resolve("cat/a.png"), png.toByteArray());

        assertRefused("at most 50000000 pixels and sides of 16384, but " + images.resolve("cat/a.png")
                + " declares 100000 x 100000");
    }

    /** A palette makes the JDK's reader look at all chunks: a text of 256 MB, compressed, between header and palette. */
    @Test
    void aBombInATextIsNotUnfolded() throws IOException {
        final BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_INDEXED);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(new byte[] {'a', 0, 0});
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(text)) {
            for (int i = 0; i < 256; i++) {
                deflater.write(new byte[1 << 20]);
            }
        }
        final byte[] png = out.toByteArray();
        final ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(png, 0, 33);
        bomb.writeBytes(chunk("zTXt", text.toByteArray()));
        bomb.write(png, 33, png.length - 33);

        assertThat(PictureFile.of(bomb.toByteArray(), "bomb").decode(3).numbers())
                .hasSize(12);
    }

    @Test
    void damagedImagesAreNamed() throws IOException {
        final byte[] png = Files.readAllBytes(images.resolve("dog/1.png"));
        Files.write(images.resolve("dog/1.png"), Arrays.copyOf(png, png.length / 2));
        assertRefused("expected in " + images.resolve("dog/1.png") + ", but it cannot be decoded");

        Files.writeString(images.resolve("dog/1.png"), "GIF89a");
        assertRefused("expected in " + images.resolve("dog/1.png")
                + ", but it cannot be decoded (the file ends before the picture does)");
    }

    @Test
    void imagesOfSeveralSizesNeedOne() throws IOException {
        write(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "pets/dog/wide.png");

        assertRefused("the first one has 2 x 2 pixels and " + images.resolve("dog/wide.png") + " has 2 x 3 pixels");
    }

    @Test
    void classNamesMustDifferInMoreThanCase() throws IOException {
        gray("pets/Cat/1.png", 0, 0, 0, 0);

        assertRefused("more than upper and lower case, but there are Cat and cat; rename or join them");
    }

    @Test
    void foldersWithoutImagesAreRefused() throws IOException {
        Files.createDirectories(images.resolve("bird"));
        assertRefused("expected in the class folder " + images.resolve("bird") + ", but it has none");

        images = Files.createDirectories(folder.resolve("empty"));
        assertRefused("One sub-folder per class was expected in " + images + ", but it has none");

        images = folder.resolve("nowhere");
        assertRefused("A folder of images was expected at " + images + ", but it does not exist");
    }

    private DatasetSource source(final ImageForm form) {
        return new ImageFolderSource(images, Optional.empty(), form);
    }

    private void assertRefused(final String part) {
        assertOneSentence(() -> new ReadFixture(folder).read(source(GRAY)), part);
        assertThat(folder.resolve("out/1")).doesNotExist();
    }

    private void gray(final String path, final int... pixels) throws IOException {
        final BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, 2, 2, pixels);
        write(image, path);
    }

    private void write(final BufferedImage image, final String path) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        ImageIO.write(image, "png", folder.resolve(path).toFile());
    }

    private static byte[] chunk(final String type, final byte[] content) {
        final CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.US_ASCII));
        sum.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .putInt((int) sum.getValue())
                .array();
    }
}
