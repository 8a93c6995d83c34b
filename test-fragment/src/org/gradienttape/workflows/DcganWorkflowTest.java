package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example workflow mnist-dcgan on the real digits, cut down to a few steps. */
class DcganWorkflowTest {
    private static final String TRAINER = "GAN Trainer (#4)";
    private static final String WRITER = "Image Writer (#6)";
    private static final List<String> SHORT =
            List.of("-option=4,stepLimit,5,int", "-option=4,logEvery,2,int", "-option=4,imageEvery,4,int");

    @TempDir
    private Path folder;

    @Test
    void runsAndIsLeftAsItWas() throws IOException {
        final Map<String, String> before = Folders.content(Folders.example("mnist-dcgan"));

        final Result result = run(folder);

        assertThat(result.output())
                .contains("discriminator loss at step 0: 0.", "adversarial loss at step 4: ")
                .doesNotContain("Warning: ");
        assertThat(Folders.content(Folders.example("mnist-dcgan"))).isEqualTo(before);
    }

    @Test
    void tablesImagesAndContactSheetAreThere() throws IOException {
        run(folder);

        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "Dataset Reader (#1)_1.txt",
                        "Dataset Reader (#1)_2.txt",
                        "Model Builder (#2)_1.txt",
                        "Model Builder (#2)_2.csv",
                        "Model Builder (#3)_1.txt",
                        "Model Builder (#3)_2.csv",
                        TRAINER + "_1.txt",
                        TRAINER + "_2.txt",
                        TRAINER + "_3.csv",
                        TRAINER + "_4.csv",
                        TRAINER + "_4_Row0_Image.png",
                        TRAINER + "_4_Row0_Fixed noise.png",
                        TRAINER + "_4_Row1_Image.png",
                        TRAINER + "_4_Row1_Fixed noise.png",
                        TRAINER + "_5.csv",
                        "Metric Tracker (#5)_1.csv",
                        "Metric Tracker (#5)_2.png",
                        WRITER + "_1.csv",
                        WRITER + "_1_Row0_Image.png",
                        WRITER + "_1_Row0_Fixed noise.png",
                        WRITER + "_1_Row1_Image.png",
                        WRITER + "_1_Row1_Fixed noise.png",
                        "generated_img_0_0.png",
                        "generated_img_0_4.png",
                        "contact_sheet.png");
        assertThat(folder.resolve("generated_img_0_4.png"))
                .hasSameBinaryContentAs(folder.resolve(TRAINER + "_4_Row1_Image.png"));
        assertThat(ImageIO.read(folder.resolve("generated_img_0_0.png").toFile())
                        .getWidth())
                .isEqualTo(28);
        assertThat(ImageIO.read(folder.resolve("contact_sheet.png").toFile()).getWidth())
                .isEqualTo(2 * 28 + 3 * 2);
        assertThat(csv(WRITER + "_1.csv")).element(1).satisfies(row -> assertThat(row)
                .containsExactly(
                        "0",
                        "0",
                        WRITER + "_1_Row0_Image.png",
                        WRITER + "_1_Row0_Fixed noise.png",
                        folder.resolve("generated_img_0_0.png").toString(),
                        "Created"));
    }

    /** Fresh networks know nothing: both losses start near ln 2, as the guide's 0.70 and 0.73 do. */
    @Test
    void lossesStartNearTheGuides() throws IOException {
        run(folder);

        final List<String[]> steps = csv(TRAINER + "_3.csv");
        assertThat(steps.get(0)).containsExactly("Epoch", "Step", "Discriminator loss", "Generator loss");
        assertThat(steps.stream().skip(1).map(row -> row[0] + " " + row[1])).containsExactly("0 0", "0 2", "0 4");
        assertThat(Double.parseDouble(steps.get(1)[2])).isBetween(0.6, 0.8);
        assertThat(Double.parseDouble(steps.get(1)[3])).isBetween(0.6, 0.8);
    }

    @Test
    void theSameWorkflowGivesTheSameBytes() throws IOException {
        final Path first = folder.resolve("first");
        final Path again = folder.resolve("again");

        run(first);
        run(again);

        for (final String file : List.of(
                TRAINER + "_3.csv",
                TRAINER + "_4_Row1_Image.png",
                TRAINER + "_4_Row1_Fixed noise.png",
                "contact_sheet.png")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    private static Result run(final Path tables) {
        final List<String> arguments =
                new ArrayList<>(List.of(Folders.example("mnist-dcgan").toString(), "-tablesDir=" + tables));
        arguments.addAll(SHORT);
        final Result result = Headless.run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    private List<String[]> csv(final String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(line -> line.split(","))
                .toList();
    }
}
