package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person can do wrong ends in one sentence that names what was expected and what was found, in the exit code 3 or 4,
 * and leaves nothing half-written.
 */
class BadInputTest {
    private static final int LOAD_FAILED = 3;
    private static final int EXECUTION_FAILED = 4;
    private static final byte[] TWO_IMAGES = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9};
    private static final byte[] TWO_LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 0, 1};

    @TempDir
    private Path folder;

    private Path workflow;
    private Path tables;
    private Path images;
    private Path labels;

    @BeforeEach
    void copyTheClassifier() throws IOException {
        workflow = folder.resolve("workflow");
        tables = Files.createDirectory(folder.resolve("tables"));
        images = Files.write(folder.resolve("images"), TWO_IMAGES);
        labels = Files.write(folder.resolve("labels"), TWO_LABELS);
        Folders.copy(Folders.example("mnist-classifier"), workflow);
    }

    @Test
    void missingDatasetFolder() {
        final Path nowhere = folder.resolve("nowhere");

        assertFails(
                EXECUTION_FAILED,
                "MNIST needs the files train-images-idx3-ubyte, train-labels-idx1-ubyte",
                run("-option=1,datasetFolder," + nowhere + ",String"));
    }

    @Test
    void idxWithWrongMagic() throws IOException {
        Files.write(images, new byte[] {'P', 'N', 'G', '1', 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9});

        assertFails(EXECUTION_FAILED, images + " should start with the bytes 00 00 08", runIdx());
    }

    @Test
    void idxWithWrongCount() throws IOException {
        Files.write(images, Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length + 1));

        assertFails(EXECUTION_FAILED, "The header of " + images + " declares 2 x 1 x 1 elements", runIdx());
    }

    @Test
    void idxThatIsTruncated() throws IOException {
        Files.write(images, Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length - 1));

        assertFails(EXECUTION_FAILED, "it is cut off or damaged, get it again.", runIdx());
    }

    @Test
    void idxThatDeclaresTerabytes() throws IOException {
        Files.write(images, new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 127, -1, -1, -1, 127, -1, -1, -1, 7, 9});

        assertFails(EXECUTION_FAILED, "The header of " + images + " declares 2 x 2147483647 x 2147483647", runIdx());
    }

    /** A megabyte of zeros after the two declared images, in a file of about a kilobyte. */
    @Test
    void gzipBomb() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(TWO_IMAGES);
            gzip.write(new byte[1 << 20]);
        }
        Files.write(images, bytes.toByteArray());

        assertFails(EXECUTION_FAILED, "but the file holds more", runIdx());
    }

    @Test
    void labelsAndImagesOfDifferentCounts() throws IOException {
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 1});

        assertFails(
                EXECUTION_FAILED,
                "but " + images + " holds 2 images and " + labels + " holds 3 labels; choose two files that belong"
                        + " together.",
                runIdx());
    }

    /** MNIST has ten classes, whatever its files say. */
    @Test
    void labelOutsideTheClasses() throws IOException {
        final Path mnist = Files.createDirectories(folder.resolve("datasets/mnist"));
        for (final String part : List.of("train", "t10k")) {
            Files.write(mnist.resolve(part + "-images-idx3-ubyte"), digits(2));
            Files.write(mnist.resolve(part + "-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 10, 1});
        }

        assertFails(
                EXECUTION_FAILED,
                "MNIST has 10 classes, so labels go from 0 to 9, but sample 0 in "
                        + mnist.resolve("train-labels-idx1-ubyte") + " has the label 10",
                run(
                        "-option=1,datasetFolder," + folder.resolve("datasets") + ",String",
                        "-option=1,lastSamples,1,int"));
    }

    @Test
    void layerThatDoesNotFit() throws IOException {
        final Path builder = workflow.resolve("Model Builder (#2)/settings.xml");
        Folders.edit(builder, "value=\"MNIST_CLASSIFIER\"", "value=\"CUSTOM\"");
        Folders.edit(builder, "value=\"784\"", "value=\"28, 28, 1\"");

        assertFails(
                EXECUTION_FAILED,
                "Layer 1: Dense with 64 units expects a row of features per sample, or a sequence of rows, but its"
                        + " input has the shape 28 x 28 x 1; put a Flatten layer before it.",
                run());
    }

    @Test
    void modelThatDoesNotFitTheDataset() {
        assertFails(
                EXECUTION_FAILED,
                "The model takes samples of the shape 784, but the training data MNIST has samples of the shape"
                        + " 28 x 28 x 1",
                run("-option=1,sampleShape,IMAGE,String"));
    }

    @Test
    void lossThatIsNoNumber() {
        final Result result = run("-option=3,learningRate,1e300,double", "-option=3,epochs,1,int");

        assertFails(EXECUTION_FAILED, "epoch 0, step 1", result);
    }

    @Test
    void learningRateOutOfRange() throws IOException {
        Folders.edit(trainer(), "value=\"0.001\"", "value=\"-0.001\"");

        assertFails(LOAD_FAILED, "The learning rate must be a number above 0, but it is -0.001.", run());
    }

    @Test
    void aTextThatIsNull() throws IOException {
        Folders.edit(
                workflow.resolve("Model Builder (#2)").resolve("settings.xml"),
                "key=\"inputShape\" type=\"xstring\" value=\"784\"",
                "key=\"inputShape\" type=\"xstring\" isnull=\"true\" value=\"\"");

        assertFails(LOAD_FAILED, "A text was expected in the setting \"inputShape\", but it is null", run());
    }

    @Test
    void batchSizeOutOfRange() throws IOException {
        Folders.edit(
                trainer(),
                "key=\"batchSize\" type=\"xint\" value=\"64\"",
                "key=\"batchSize\" type=\"xint\" value=\"0\"");

        assertFails(LOAD_FAILED, "The batch size must be at least 1, but it is 0.", run());
    }

    @Test
    void modelFileCutInTheMiddle() throws IOException {
        final Path file = modelFile();
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertFails(EXECUTION_FAILED, "The model file " + file, runFrom(file));
    }

    @Test
    void modelFileWithWrongHeader() throws IOException {
        final Path file = modelFile();
        final byte[] whole = Files.readAllBytes(file);
        whole[0] = 'X';
        Files.write(file, whole);

        assertFails(EXECUTION_FAILED, "The model file " + file, runFrom(file));
    }

    @Test
    void modelFileWithAnEntryOutside() throws IOException {
        final Path file = Files.createDirectory(folder.resolve("models")).resolve("outside.gradienttape");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../x"));
            zip.write(1);
        }

        assertFails(EXECUTION_FAILED, "../x", runFrom(file));
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(folder.resolve("models/x")).doesNotExist();
    }

    @Test
    void outputFileThatExists() throws IOException {
        final Path file = Files.writeString(tables.resolve("mnist-classifier.gradienttape"), "precious");

        final Result result = run("-option=5,ifExists,FAIL,String", "-option=3,epochs,1,int");

        assertThat(result.exitCode()).as(result.output()).isEqualTo(EXECUTION_FAILED);
        assertThat(result.output()).contains("The file " + file + " exists already, and it is not to be overwritten");
        assertThat(file).hasContent("precious");
    }

    /** The kernel's own folder takes no files, not even from the administrator. */
    @Test
    void folderThatCannotBeWrittenTo() throws IOException {
        Folders.edit(
                workflow.resolve("Model Writer (#5)/settings.xml"), "value=\"knime.workspace\"", "value=\"target\"");

        final Result result = run("-workflow.variable=target,/proc/gradienttape,String", "-option=3,epochs,1,int");

        assertFails(EXECUTION_FAILED, "could not be written to /proc/gradienttape", result);
    }

    private Result runIdx() {
        return run(
                "-option=1,source,IDX_FILES,String",
                "-option=1,trainingImages," + images + ",String",
                "-option=1,trainingLabels," + labels + ",String",
                "-option=1,lastSamples,1,int");
    }

    /** Runs with a Model Reader in the place of the Model Builder. */
    private Result runFrom(final Path model) throws IOException {
        final Path settings = workflow.resolve("Model Builder (#2)/settings.xml");
        Folders.edit(settings, "modelbuilder.ModelBuilderNodeFactory", "modelreader.ModelReaderNodeFactory");
        Folders.edit(
                settings,
                "<entry key=\"preset\" type=\"xstring\" value=\"MNIST_CLASSIFIER\"/>",
                "<entry key=\"path\" type=\"xstring\" value=\"" + model + "\"/>");
        return run();
    }

    private Result run(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(workflow.toString(), "-tablesDir=" + tables));
        arguments.addAll(List.of(options));
        return Headless.run(arguments);
    }

    private void assertFails(final int exitCode, final String sentence, final Result result) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).contains(sentence).doesNotContain("Exception");
        assertThat(tables.resolve("mnist-classifier.gradienttape")).doesNotExist();
        assertThat(tables.toFile().list()).noneMatch(name -> name.startsWith("."));
    }

    private Path trainer() {
        return workflow.resolve("GradientTape Trainer (#3)/settings.xml");
    }

    /** A whole model file, written by a run on a few samples. */
    private Path modelFile() throws IOException {
        final Path written = folder.resolve("written");
        final Result result = Headless.run(List.of(
                workflow.toString(),
                "-tablesDir=" + written,
                "-option=1,limit_is_present,true,boolean",
                "-option=1,limit,64,int",
                "-option=3,epochs,1,int"));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return written.resolve("mnist-classifier.gradienttape");
    }

    private static byte[] digits(final int count) {
        return ByteBuffer.allocate(16 + count * 784)
                .putInt(0x00000803)
                .putInt(count)
                .putInt(28)
                .putInt(28)
                .array();
    }
}
