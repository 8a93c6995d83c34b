package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.MissingFolder;
import org.gradienttape.file.PlannedFile;
import org.gradienttape.file.PlannedFile.Status;
import org.gradienttape.image.ImageFiles.Announced;
import org.gradienttape.image.ImageFiles.Job;
import org.gradienttape.image.ImageFiles.SheetConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    private static final List<Announced> TWO =
            List.of(new Announced("Row \"a\"", "img0.png", 4, 4), new Announced("Row \"b\"", "img1.png", 4, 2));

    @TempDir
    private Path folder;

    private byte[] red;
    private byte[] blue;

    @BeforeEach
    void paint() throws IOException {
        red = Pngs.of(Color.RED, 4, 4);
        blue = Pngs.of(Color.BLUE, 4, 2);
    }

    @Test
    void writesEachImage() throws IOException {
        final ImageFiles files = new ImageFiles(job(ImageFormat.PNG, IfExists.FAIL), TWO);

        assertThat(files.write(List.of(red, blue).iterator(), number -> true)).isTrue();

        assertThat(files.sheet()).isEmpty();
        assertThat(files.files())
                .containsExactly(
                        new PlannedFile(folder.resolve("img0.png"), Status.CREATED),
                        new PlannedFile(folder.resolve("img1.png"), Status.CREATED));
        assertThat(folder.resolve("img0.png")).hasBinaryContent(red);
        assertThat(folder.resolve("img1.png")).hasBinaryContent(blue);
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @Test
    void jpegFilesHaveTheEndingAndTheFormat() throws IOException {
        final ImageFiles files = new ImageFiles(job(ImageFormat.JPEG, IfExists.FAIL), TWO);

        files.write(List.of(red, blue).iterator(), number -> true);

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("img0.jpg", "img1.jpg");
        assertThat(Files.readAllBytes(folder.resolve("img0.jpg"))).startsWith(0xFF, 0xD8, 0xFF);
    }

    @Test
    void theSheetHoldsAllImagesAlsoThoseThatAreSkipped() throws IOException {
        Files.writeString(folder.resolve("img0.png"), "precious");
        final Job job = sheet("all", 5, IfExists.SKIP);
        final ImageFiles files = new ImageFiles(job, TWO);

        files.write(List.of(red, blue).iterator(), number -> true);

        assertThat(files.files()).extracting(PlannedFile::status).containsExactly(Status.SKIPPED, Status.CREATED);
        assertThat(files.sheet()).contains(new PlannedFile(folder.resolve("all.png"), Status.CREATED));
        assertThat(folder.resolve("img0.png")).hasContent("precious");
        final BufferedImage sheet = Pngs.read(Files.readAllBytes(folder.resolve("all.png")));
        assertThat(sheet.getWidth()).isEqualTo(14);
        assertThat(sheet.getHeight()).isEqualTo(8);
        assertThat(new Color(sheet.getRGB(3, 3))).isEqualTo(Color.RED);
        assertThat(new Color(sheet.getRGB(9, 4))).isEqualTo(Color.BLUE);
    }

    @Test
    void theSheetsNameMayNotBeThatOfAnImage() {
        assertThatThrownBy(() -> new ImageFiles(sheet("IMG1", 5, IfExists.OVERWRITE), TWO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Contact sheet: the file name \"IMG1.png\" is that of Row \"b\" already (upper and lower case"
                                + " count as the same); nothing was written, choose another name.");
    }

    @Test
    void withoutImagesThereIsNoSheet() throws IOException {
        final ImageFiles files = new ImageFiles(sheet("all", 5, IfExists.FAIL), List.of());

        assertThat(files.write(List.<byte[]>of().iterator(), number -> true)).isTrue();

        assertThat(files.sheet()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void stoppingLeavesNothing() throws IOException {
        final ImageFiles files = new ImageFiles(sheet("all", 5, IfExists.FAIL), TWO);

        assertThat(files.write(List.of(red, blue).iterator(), number -> number < 1))
                .isFalse();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anImageThatIsNoneLeavesNothing() {
        final ImageFiles files = new ImageFiles(job(ImageFormat.JPEG, IfExists.FAIL), TWO);
        final byte[] none = "none".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> files.write(List.of(red, none).iterator(), number -> true))
                .isInstanceOf(InvalidInputException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSheetWithoutColumnsIsRefused() {
        assertThatThrownBy(() -> new SheetConfig("all", 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The images per row of the contact sheet must be at least 1, but they are 0.");
    }

    private Job job(final ImageFormat format, final IfExists ifExists) {
        return new Job(folder, MissingFolder.FAIL, format, ifExists, Optional.empty());
    }

    private Job sheet(final String name, final int perRow, final IfExists ifExists) {
        return new Job(
                folder, MissingFolder.FAIL, ImageFormat.PNG, ifExists, Optional.of(new SheetConfig(name, perRow)));
    }
}
