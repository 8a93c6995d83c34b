package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views of real runs on the real digits, as -viewsDir writes them, in Chromium. */
class ViewsTest {
    private static final String GAN = "GAN Trainer (#4)";

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void runWorkflows() throws IOException {
        run(
                Folders.example("mnist-classifier"),
                "classifier",
                "-tablesDir=" + folder.resolve("model"),
                "-option=3,epochs,1,int",
                "-destDir=" + folder.resolve("saved"));
        run(
                Folders.example("mnist-dcgan"),
                "dcgan",
                "-tablesDir=" + folder.resolve("tables"),
                "-option=4,stepLimit,5,int",
                "-option=4,logEvery,1,int",
                "-option=4,imageEvery,2,int");
        run(
                Folders.example("custom-layer"),
                "java",
                "-tablesDir=" + folder.resolve("java-tables"),
                "-option=1,limit,1152,int",
                "-option=1,limit_is_present,true,boolean",
                "-option=1,lastSamples,128,int",
                "-option=2,preset,JAVA_CODE,String",
                "-option=3,epochs,1,int");
        run(
                Folders.example("drawn-residual-network"),
                "drawn",
                "-tablesDir=" + folder.resolve("drawn-tables"),
                "-option=1,limit,320,int",
                "-option=1,limit_is_present,true,boolean",
                "-option=1,lastSamples,64,int",
                "-option=9,epochs,1,int");
        browser = new Browser(folder.resolve("profile"));
    }

    @AfterAll
    static void close() throws IOException {
        browser.close();
    }

    @Test
    void everyNodeWithAViewHasAFile() {
        assertThat(folder.resolve("classifier").toFile().list())
                .containsExactlyInAnyOrder(
                        "Dataset Reader (#1).html",
                        "Model Builder (#2).html",
                        "GradientTape Trainer (#3).html",
                        "Metric Tracker (#4).html");
        assertThat(folder.resolve("dcgan").toFile().list())
                .containsExactlyInAnyOrder(
                        "Dataset Reader (#1).html",
                        "Model Builder (#2).html",
                        "Model Builder (#3).html",
                        GAN + ".html",
                        "Metric Tracker (#5).html");
    }

    @Test
    void nodesThatAreLoadedAsExecutedShowTheSame() throws IOException {
        run(folder.resolve("saved"), "reloaded");

        assertThat(Folders.content(folder.resolve("reloaded")))
                .isEqualTo(Folders.content(folder.resolve("classifier")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyViewIsDrawnWithoutAProblemAndFromItsFileAlone(final String scheme) throws IOException {
        browser.prefer(scheme);

        for (final Path view : views()) {
            browser.open(view);

            assertThat(browser.text("h1"))
                    .isEqualTo(view.getFileName().toString().replaceAll(" \\(.*", ""));
            assertThat(browser.problems()).as(view.toString()).isEmpty();
            assertThat(browser.value(
                                    "performance.getEntriesByType('resource').filter(r => !r.name.startsWith('data:')).length")
                            .getAsInt())
                    .isZero();
        }
    }

    /** Its licence is the GPL, with a permission for nodes in KNIME; a file that stands alone has no need of it. */
    @Test
    void noFileHoldsAnyPartOfKnimesLibrary() throws IOException {
        final String library = Files.readString(Path.of(
                System.getProperty("gradienttape.root"),
                "pages/libraries/node_modules/@knime/ui-extension-service/dist/knime-ui-extension-service.min.js"));
        final int length = 32;
        final Set<String> parts = IntStream.rangeClosed(0, library.length() - length)
                .mapToObj(at -> library.substring(at, at + length))
                .collect(Collectors.toSet());
        assertThat(parts).hasSizeGreaterThan(20_000);

        for (final Path view : views()) {
            final String file = Files.readString(view);

            assertThat(IntStream.rangeClosed(0, file.length() - length)
                            .mapToObj(at -> file.substring(at, at + length))
                            .filter(parts::contains))
                    .as(view.toString())
                    .isEmpty();
        }
    }

    /** 4.5 to 1, as WCAG 2.2 asks of text (w3.org/TR/WCAG22/#contrast-minimum). */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textStandsOutFromItsBackground(final String scheme) throws IOException {
        browser.prefer(scheme);
        final String contrasts = Files.readString(script("contrast.js"));

        for (final Path view : views()) {
            browser.open(view);

            assertThat(browser.call(contrasts).getAsJsonArray())
                    .as(view.toString())
                    .isEmpty();
        }
    }

    @Test
    void controlsAndImagesHaveNames() throws IOException {
        for (final Path view : views()) {
            browser.open(view);

            assertThat(browser.value("[...document.querySelectorAll('button, input, img')].filter(control =>"
                                    + " !(control.alt || control.getAttribute('aria-label') || control.innerText"
                                    + " || control.closest('label')?.innerText)).map(control => control.outerHTML)")
                            .getAsJsonArray())
                    .as(view.toString())
                    .isEmpty();
        }
    }

    /** The counts are those of the first 50,000 and the last 10,000 labels of MNIST's training file. */
    @Test
    void theDatasetReaderShowsClassesAndSamples() {
        browser.open(folder.resolve("classifier").resolve("Dataset Reader (#1).html"));

        assertThat(numbers(".histogram:nth-child(1) td:nth-child(3)").boxed())
                .startsWith(4932, 5678, 4968, 5101, 4859, 4506, 4951, 5175, 4842, 4988)
                .endsWith(991, 1064, 990, 1030, 983, 915, 967, 1090, 1009, 961);
        assertThat(browser.texts("section > .quiet"))
                .containsExactly(
                        "MNIST: 50,000 samples of 784, 10 classes", "MNIST: 10,000 samples of 784, 10 classes");
        assertThat(browser.value("document.querySelectorAll('.samples img').length")
                        .getAsInt())
                .isEqualTo(2 * 10 * 10);
        assertThat(browser.value("document.querySelector('.samples img').naturalWidth")
                        .getAsInt())
                .isEqualTo(28);
        // the longest bar is that of the largest class
        assertThat(browser.value("document.querySelectorAll('.bar')[1].clientWidth")
                        .getAsDouble())
                .isGreaterThan(browser.value("document.querySelectorAll('.bar')[0].clientWidth")
                        .getAsDouble());
    }

    /** The numbers are those of Keras' model.summary() of the guide's discriminator. */
    @Test
    void theModelBuilderShowsShapesAndParameters() {
        browser.open(folder.resolve("dcgan").resolve("Model Builder (#3).html"));

        assertThat(browser.texts(".layer strong"))
                .containsExactly(
                        "Input", "Conv2D", "LeakyReLU", "Conv2D", "LeakyReLU", "GlobalMaxPooling2D", "Dense", "Output");
        assertThat(browser.texts(".arrow"))
                .containsExactly(
                        "↓\n28 × 28 × 1",
                        "↓\n14 × 14 × 64",
                        "↓\n14 × 14 × 64",
                        "↓\n7 × 7 × 128",
                        "↓\n7 × 7 × 128",
                        "↓\n128",
                        "↓\n1");
        assertThat(browser.texts(".parameters"))
                .containsExactly(
                        "640 parameters\n\n0.9 %",
                        "no parameters",
                        "73,856 parameters\n\n99.0 %",
                        "no parameters",
                        "no parameters",
                        "129 parameters\n\n0.2 %");
        assertThat(browser.texts(".totals dd")).containsExactly("6", "28 × 28 × 1", "1", "74,625", "74,625");
        assertThat(browser.text(".layer p:nth-of-type(1)")).isEqualTo("one sample");
    }

    @Test
    void aDrawnNetworkIsShownAsFarAsItGoes() {
        browser.open(folder.resolve("drawn").resolve("Model Builder (#2).html"));
        assertThat(browser.texts(".layer strong")).containsExactly("Input", "Output");

        browser.open(folder.resolve("drawn").resolve("Layer (#7).html"));
        assertThat(browser.value("document.querySelector('.parts').getAttribute('aria-label')")
                        .getAsString())
                .isEqualTo(
                        "random_flip from Input; conv2d from random_flip; conv2d_1 from conv2d; conv2d_2 from conv2d_1;"
                                + " add from conv2d_2, conv2d; Output from add");
    }

    /** The template has two branches that share a residual block. */
    @Test
    void theModelBuilderDrawsTheLayersWithinAModelInJava() {
        browser.open(folder.resolve("java").resolve("Model Builder (#2).html"));

        assertThat(browser.texts(".layer strong")).containsExactly("Input", "BranchingModel (Java code)", "Output");
        assertThat(browser.texts(".parameters")).containsExactly("51,946 parameters\n\n100.0 %");
        assertThat(browser.value("[...document.querySelectorAll('.part-type')].map(text => text.textContent)")
                        .toString())
                .isEqualTo("[\"Input\",\"Dense\",\"Dense\",\"Dense\",\"Dense\",\"Output\"]");
        assertThat(browser.value("document.querySelector('.parts').getAttribute('aria-label')")
                        .getAsString())
                .isEqualTo(
                        "dense from Input; residual/dense from dense, dense_1; dense_1 from Input; dense_2 from dense,"
                                + " residual/dense, dense_1; Output from dense_2");
        assertThat(browser.value(
                                "[...document.querySelectorAll('.parts rect.part')].map(box => +box.getAttribute('y'))")
                        .toString())
                .isEqualTo("[0,72,144,72,216,288]"); // each below all that it takes
        assertThat(browser.value("document.querySelectorAll('.flow').length").getAsInt())
                .isEqualTo(8);
        assertThat(browser.value("document.querySelector('details pre').textContent")
                        .getAsString())
                .contains("public class BranchingModel extends CustomLayer {");
        assertThat(browser.texts(".totals dd")).containsExactly("1", "784", "10", "51,946", "51,946");
    }

    @Test
    void theGanTrainerShowsItsImagesAndEnlargesThem() throws IOException {
        browser.open(folder.resolve("dcgan").resolve(GAN + ".html"));

        assertThat(browser.texts("h3")).containsExactly("Running noise", "Fixed noise");
        assertThat(browser.texts(".strip:nth-of-type(1) button"))
                .containsExactly("Step 0\nepoch 0", "Step 2\nepoch 0", "Step 4\nepoch 0");
        final String source =
                browser.value("document.querySelectorAll('.strip img')[1].src").getAsString();
        assertThat(Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1)))
                .isEqualTo(Files.readAllBytes(folder.resolve("tables").resolve(GAN + "_4_Row1_Image.png")));

        browser.click(".strip div:nth-child(2) button");

        assertThat(browser.text("dialog[open] span")).isEqualTo("Epoch 0, step 2 · Running noise");
        browser.click("dialog button");
        assertThat(browser.value("document.querySelector('dialog[open]')").isJsonNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier/GradientTape Trainer (#3).html", "dcgan/" + GAN + ".html"})
    void aTrainerSaysWhatComputedItsRun(final String view) {
        browser.open(folder.resolve(view));
        assertThat(browser.value("document.querySelector('.backend').open").getAsBoolean())
                .isFalse();

        browser.click(".backend summary");

        assertThat(browser.texts(".backend th"))
                .containsExactly(
                        "Engine",
                        "Java binding",
                        "Device",
                        "Usable GPUs",
                        "CPU threads per operation",
                        "Native libraries",
                        "Origin of the libraries");
        assertThat(browser.texts(".backend td"))
                .contains("1", "came with the nodes")
                .first()
                .asString()
                .startsWith("PyTorch 2.7.1");
    }

    private static List<Path> views() throws IOException {
        final List<Path> views = new ArrayList<>();
        for (final String run : List.of("classifier", "dcgan", "java", "drawn")) {
            try (Stream<Path> files = Files.list(folder.resolve(run))) {
                files.forEach(views::add);
            }
        }
        return views;
    }

    private static IntStream numbers(final String selector) {
        return browser.texts(selector).stream().mapToInt(text -> Integer.parseInt(text.replace(",", "")));
    }

    private static Path script(final String name) {
        return Path.of(System.getProperty("gradienttape.root"), "test-fragment/src/org/gradienttape/workflows", name);
    }

    private static void run(final Path workflow, final String views, final String... options) {
        final List<String> arguments =
                new ArrayList<>(List.of(workflow.toString(), "-viewsDir=" + folder.resolve(views)));
        arguments.addAll(List.of(options));
        final Result result = Headless.run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
