package org.gradienttape.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.data.NpzTest.assertOneSentence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.image.ClassFolders;
import org.gradienttape.data.image.ImageFolderSamples;
import org.gradienttape.data.image.ImageFolderSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageForm.Colors;
import org.gradienttape.data.source.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images of many formats and parts, and what a person hears about them. The files are those of PictureFileTest. */
class ImageSourcesTest {
    private static final ImageForm GRAY = new ImageForm(Colors.GRAYSCALE, Optional.empty());
    private static final ImageForm SMALL = new ImageForm(Colors.RGB, Optional.of(new ImageSize(2, 2)));

    @TempDir
    private Path folder;

    /** The same 8 x 6 pixels in each format that loses nothing; the first is green, whose brightness is 150. */
    @Test
    void allFormatsAreReadAndOtherFilesAreCounted() throws IOException {
        for (final String name : List.of("x.png", "x.bmp", "x.gif", "x.tif")) {
            copy(name, "set/a/" + name);
        }
        copy("x.png", "set/a/X.TIFF");
        write("set/a/notes.txt", "set/a/more.txt", "set/a/photo.pgm", "set/a/LICENSE");
        write("set/a/Thumbs.db", "set/a/.DS_Store", "set/__MACOSX/._x.png", "set/labels.csv");
        copy("x.png", "set/lost.png");

        final DatasetPair read = read("set", GRAY);

        assertThat(read.training().samples()).isEqualTo(5);
        for (int sample = 0; sample < 5; sample++) {
            assertThat(ReadFixture.numbers(read.training(), sample).get(0)).isEqualTo(150);
        }
        assertThat(read.warnings())
                .containsExactly(
                        "4 files were left out, since their names do not end like that of a picture: 2 .txt, 1 .pgm, 1"
                                + " without ending.",
                        "1 picture lies in " + folder.resolve("set")
                                + " itself and not in one of its class folders; left out.");
    }

    /** A link to nothing, a link to itself, a link to a folder that is gone; a folder that is called like a picture is one. */
    @Test
    void namesThatLeadToNoFileAreCounted() throws IOException {
        copy("x.png", "set/a/1.png");
        copy("x.png", "set/a/folder.png/2.png");
        copy("x.png", "set/b/3.png");
        link("set/a/gone.png", "nowhere.png");
        link("set/a/self.jpg", "self.jpg");
        link("set/a/notes", "nowhere.txt");
        link("set/c", "elsewhere");

        final DatasetPair read = read("set", GRAY);

        assertThat(ReadFixture.labels(read.training())).containsExactly(0, 0, 1);
        assertThat(read.warnings())
                .containsExactly("4 names lead to no file or folder, as a link whose target is gone, and were left out;"
                        + " the first is " + folder.resolve("set/a/gone.png") + ".");
    }

    /** What an administrator may read, too: a class folder and a picture that are gone when their turn comes. */
    @Test
    void whatGoesWhileItIsReadIsASentence() throws IOException {
        final Path first = copy("x.png", "set/a/1.png");
        final ClassFolders folders = ClassFolders.of(folder.resolve("set"));
        Files.delete(first);
        Files.delete(first.getParent());

        assertThatThrownBy(() -> folders.images("a"))
                .isInstanceOf(IOException.class)
                .hasMessage("The folder of the class a could not be read from " + first.getParent() + " ("
                        + first.getParent() + " does not exist); check that the file is there and may be read.");

        assertThatThrownBy(() -> ImageFolderSamples.read(first))
                .isInstanceOf(IOException.class)
                .hasMessage("The image could not be read from " + first + " (" + first
                        + " does not exist); check that the file is there and may be read.");
    }

    @Test
    void ordinaryFoldersHaveNoWarnings() throws IOException {
        copy("x.png", "set/a/1.png");

        assertThat(read("set", GRAY).warnings()).isEmpty();
    }

    /** 16.png holds 0, 1285, 2570 and so on; 1285 = 5 x 257. */
    @Test
    void sixteenBitsBecomeFractionsOf255() throws IOException {
        copy("16.png", "set/a/1.png");
        copy("x.png", "set/a/2.png");

        final DatasetPair read = read("set", GRAY);

        assertThat(read.training().elementType()).isEqualTo(ElementType.FLOAT32);
        assertThat(ReadFixture.numbers(read.training(), 0))
                .startsWith(0f, 5f, 10f)
                .endsWith(235f);
        assertThat(ReadFixture.numbers(read.training(), 1)).startsWith(150f);
        assertThat(read.warnings())
                .containsExactly("1 picture (" + folder.resolve("set/a/1.png") + ") had 16 bits per number; all"
                        + " were divided by 257, so that they go from 0 to 255 with fractions.");
    }

    @Test
    void sixteenBitsAmongEightAreRounded() throws IOException {
        copy("x.png", "set/a/1.png");
        copy("16.png", "set/a/2.png");

        final DatasetPair read = read("set", GRAY);

        assertThat(read.training().elementType()).isEqualTo(ElementType.UINT8);
        assertThat(ReadFixture.numbers(read.training(), 1)).startsWith(0f, 5f, 10f);
        assertThat(read.warnings()).singleElement().asString().contains("was rounded to 8");
    }

    @Test
    void turnedPicturesAndAnimationsAreCounted() throws IOException {
        copy("exif6.jpg", "set/a/1.jpg");
        copy("exif.png", "set/a/2.png");
        copy("anim.gif", "set/b/1.gif");
        copy("x.png", "set/b/2.png");

        assertThat(read("set", SMALL).warnings())
                .containsExactly(
                        "2 pictures (the first is " + folder.resolve("set/a/1.jpg")
                                + ") should be turned by a note of the camera, but every picture is read as it is stored.",
                        "1 picture (" + folder.resolve("set/b/1.gif")
                                + ") came from a file of several pictures, of which the first was read.");
    }

    @Test
    void aCutJpegIsRefusedWithItsName() throws IOException {
        final Path file = copy("whole.jpg", "set/a/half.jpg");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2149));

        assertRefused(
                "set", "expected in " + file + ", but it cannot be decoded (the file ends before the picture does)");
    }

    @Test
    void aParentOfTrainAndTestIsRecognized() throws IOException {
        parts("train/a", "train/b", "Test/a", "Test/b");

        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.SourceTestFiles()).read(source("set", Optional.empty()));

        assertThat(read.training().classNames()).containsExactly("a", "b");
        assertThat(ReadFixture.labels(read.training())).containsExactly(0, 1);
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(0, 1);
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void whatIsNotReadOfAParentIsSaid() throws IOException {
        parts("training/a", "testing/a", "validation/a");

        assertThat(read("set", GRAY).warnings())
                .containsExactly(
                        "The images in " + folder.resolve("set/testing")
                                + " were not read; to hold them out, choose the source's test files as the held-out part.",
                        "The images in " + folder.resolve("set/validation")
                                + " were not read; to hold them out, choose " + folder.resolve("set/validation")
                                + " as the folder of test images.");
        final DatasetPair withValidation = new ReadFixture(folder.resolve("again"))
                .heldOut(new HeldOut.SourceTestFiles())
                .read(source("set", Optional.of(folder.resolve("set/validation"))));
        assertThat(withValidation.heldOut()).isPresent();
        assertThat(withValidation.warnings()).singleElement().asString().contains("/set/testing were not read");
    }

    @Test
    void aValidationFolderServesWhereThereIsNoTestFolder() throws IOException {
        parts("train/a", "val/a");

        assertThat(new ReadFixture(folder)
                        .heldOut(new HeldOut.SourceTestFiles())
                        .read(source("set", Optional.empty()))
                        .heldOut())
                .isPresent();
    }

    /** Trains are a class of vehicles. */
    @Test
    void aClassNamedTrainIsNoPart() throws IOException {
        parts("train", "bus");
        assertThat(read("set", GRAY).training().classNames()).containsExactly("bus", "train");
        parts("exam/train", "exam/test");
        assertThat(new ReadFixture(folder.resolve("again"))
                        .read(source("set/exam", Optional.empty()))
                        .training()
                        .classNames())
                .containsExactly("test", "train");
    }

    @Test
    void partsThatMakeNoSenseAreRefused() throws IOException {
        parts("test/a", "val/a");
        assertRefused("set", "A folder named train was expected in " + folder.resolve("set") + " beside test");

        parts("train/a", "training/a");
        assertRefused("set", "there are train and training; rename or join them");
    }

    @Test
    void classFoldersWithoutImagesSayWhatTheyHold() throws IOException {
        write("set/a/1.pgm", "set/a/2.pgm");

        assertRefused("set", "but it has none (only files that do not end like images: 2 .pgm); add some");
    }

    private DatasetPair read(final String name, final ImageForm form) throws IOException {
        return new ReadFixture(folder).read(new ImageFolderSource(folder.resolve(name), Optional.empty(), form));
    }

    private ImageFolderSource source(final String name, final Optional<Path> test) {
        return new ImageFolderSource(folder.resolve(name), test, GRAY);
    }

    private void assertRefused(final String name, final String part) {
        assertOneSentence(() -> read(name, GRAY), part);
        assertThat(folder.resolve("out/1")).doesNotExist();
    }

    private void parts(final String... classes) throws IOException {
        for (final String name : classes) {
            copy("x.png", "set/" + name + "/1.png");
        }
    }

    private void write(final String... names) throws IOException {
        for (final String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "no picture");
        }
    }

    private void link(final String name, final String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    private Path copy(final String name, final String to) throws IOException {
        final Path file = folder.resolve(to);
        Files.createDirectories(file.getParent());
        try (InputStream in = ImageSourcesTest.class.getResourceAsStream("/org/gradienttape/picture/files/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
