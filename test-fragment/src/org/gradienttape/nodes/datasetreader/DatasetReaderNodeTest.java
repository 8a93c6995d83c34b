package org.gradienttape.nodes.datasetreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Shape;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.PixelScaling;
import org.gradienttape.nodes.SampleForm;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

/** Reads the real MNIST files; the labels here were read from them by another program. */
class DatasetReaderNodeTest {
    private final FileStores stores = new FileStores();
    private final DatasetReaderNodeParameters parameters = new DatasetReaderNodeParameters();
    private final LoneNode node = LoneNode.of(new DatasetReaderNodeFactory(), parameters);

    @TempDir
    private Path folder;

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void configureKnowsBothPartsFromTheHeaders() throws Exception {
        assertThat(Arrays.stream(node.configure()).map(Object::toString))
                .containsExactly(
                        "MNIST: 50,000 samples of 784, 10 classes", "MNIST: 10,000 samples of 784, 10 classes");
    }

    @Test
    void lastSamplesAreHeldOutAndStayInFileOrder() throws Exception {
        parameters.limit = Optional.of(10);

        final PortObject[] outputs = node.execute(stores);

        assertThat(Arrays.stream(outputs).map(PortObject::getSummary))
                .containsExactly("MNIST: 10 samples of 784, 10 classes", "MNIST: 10 samples of 784, 10 classes");
        assertThat(labels(outputs[0])).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(labels(outputs[1])).containsExactly(3, 8, 6, 9, 6, 4, 5, 3, 8, 4);
    }

    @Test
    void pixelsAreThoseOfTheFile() throws Exception {
        parameters.limit = Optional.of(1);

        final PortObject[] outputs = node.execute(stores);

        // sums of the pixels of training images 0 and 50,000
        assertThat(pixelSum(outputs[0])).isEqualTo(27_525);
        assertThat(pixelSum(outputs[1])).isEqualTo(22_386);
    }

    @Test
    void testFilesCanBeHeldOut() throws Exception {
        parameters.heldOut = HeldOutPart.SOURCE_TEST_FILES;
        parameters.limit = Optional.of(10);
        parameters.scaling = PixelScaling.DIVIDE_BY_255;
        parameters.sampleShape = SampleForm.IMAGE;

        final PortObject[] outputs = node.execute(stores);

        assertThat(((DatasetPortObject) outputs[1]).getSummary())
                .isEqualTo("MNIST: 10 samples of 28 x 28 x 1, 10 classes");
        assertThat(labels(outputs[1])).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertThat(((DatasetPortObject) outputs[1]).dataset().scaling()).isEqualTo(Scaling.DIVIDE_BY_255);
    }

    /** What a GAN learns from: every digit, as images with pixels from 0 to 1. */
    @Test
    void allDigitsCanBeReadAsImages() throws Exception {
        parameters.mergeTestFiles = true;
        parameters.heldOut = HeldOutPart.NONE;
        parameters.scaling = PixelScaling.DIVIDE_BY_255;
        parameters.sampleShape = SampleForm.IMAGE;

        assertThat(node.configure()[0]).hasToString("MNIST: 70,000 samples of 28 x 28 x 1, 10 classes");
        final Dataset digits = ((DatasetPortObject) node.execute(stores)[0]).dataset();

        assertThat(digits.samples()).isEqualTo(70_000);
        assertThat(digits.info().sampleShape()).isEqualTo(Shape.of(28, 28, 1));
        assertThat(digits.scaling()).isEqualTo(Scaling.DIVIDE_BY_255);
        // labels of the first and the last image of the training files, then of the test files
        assertThat(List.of(digits.label(0), digits.label(59_999), digits.label(60_000), digits.label(69_999)))
                .containsExactly(5, 8, 7, 6);
    }

    @Test
    void testFilesCanBeMergedAndARandomPartHeldOut() throws Exception {
        parameters.mergeTestFiles = true;
        parameters.heldOut = HeldOutPart.RANDOM_FRACTION;
        parameters.fraction = 0.25;

        assertThat(Arrays.stream(node.configure()).map(Object::toString))
                .containsExactly(
                        "MNIST: 52,500 samples of 784, 10 classes", "MNIST: 17,500 samples of 784, 10 classes");
    }

    @Test
    void nothingHeldOutIsADatasetOfNoSamples() throws Exception {
        parameters.heldOut = HeldOutPart.NONE;
        parameters.limit = Optional.of(3);

        final PortObject[] outputs = node.execute(stores);

        assertThat(node.configure()[1]).hasToString("MNIST: 0 samples of 784, 10 classes");
        assertThat(((DatasetPortObject) outputs[1]).dataset().samples()).isZero();
        assertThat(((DatasetPortObject) outputs[0]).dataset().samples()).isEqualTo(3);
    }

    @Test
    void idxFilesAreReadWhereverTheyAre() throws Exception {
        idx("images", new int[] {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 10, 11, 20, 21, 30, 31});
        idx("labels", new int[] {0, 0, 8, 1, 0, 0, 0, 3, 4, 2, 0});
        chooseIdxFiles();
        parameters.heldOut = HeldOutPart.LAST_SAMPLES;
        parameters.lastSamples = 1;

        final PortObject[] outputs = node.execute(stores);

        assertThat(labels(outputs[0])).containsExactly(4, 2);
        assertThat(labels(outputs[1])).containsExactly(0);
        assertThat(pixelSum(outputs[1])).isEqualTo(61);
        assertThat(((DatasetPortObject) outputs[0]).getSummary()).isEqualTo("images: 2 samples of 2, 5 classes");
    }

    @Test
    void missingDatasetFolderIsAnErrorAtConfigure() {
        parameters.datasetFolder = folder.resolve("nowhere").toString();

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("MNIST needs the files train-images-idx3-ubyte")
                .hasMessageContaining(folder.resolve("nowhere").resolve("mnist").toString());
    }

    @Test
    void idxFilesMustBeChosen() {
        parameters.source = Source.IDX_FILES;

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The file of the training images is empty; choose one.");
    }

    @Test
    void aHalfTestPairIsAnError() throws Exception {
        idx("images", new int[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
        idx("labels", new int[] {0, 0, 8, 1, 0, 0, 0, 1, 0});
        chooseIdxFiles();
        parameters.testImages = parameters.trainingImages;

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The file of the test labels is empty; choose one.");
    }

    @Test
    void filesOfDifferentCountsDoNotBelongTogether() throws Exception {
        idx("images", new int[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
        idx("labels", new int[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1});
        chooseIdxFiles();
        parameters.heldOut = HeldOutPart.NONE;

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("1 images")
                .hasMessageContaining("2 labels");
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        parameters.mergeTestFiles = true;
        parameters.heldOut = HeldOutPart.SOURCE_TEST_FILES;

        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("cannot be merged into the training data and held out as well");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        parameters.limit = Optional.of(0);
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The limit must be at least 1, but it is 0; switch it off to read all samples.");

        parameters.limit = Optional.empty();
        parameters.fraction = 1e-7 - 1;
        parameters.heldOut = HeldOutPart.STRATIFIED_FRACTION;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The held-out fraction must be above 0 and below 1, but it is -0.9999999.");

        parameters.heldOut = HeldOutPart.AUTOMATIC;
        parameters.lastSamples = 0;
        assertThatThrownBy(parameters::validate)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The number of held-out samples must be at least 1, but it is 0.");
    }

    @Test
    void cancelStopsTheNode() throws Exception {
        final LoneNode[] watched = new LoneNode[1];
        watched[0] = node.watchedBy((fraction, message) -> watched[0].cancel());

        assertThatThrownBy(() -> watched[0].execute(stores)).isInstanceOf(CanceledExecutionException.class);
    }

    @Test
    void aFileThatIsCutSinceConfigureIsRefused() throws Exception {
        idx("images", new int[] {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9});
        idx("labels", new int[] {0, 0, 8, 1, 0, 0, 0, 1, 0});
        chooseIdxFiles();
        parameters.heldOut = HeldOutPart.NONE;
        node.configure();
        Files.write(folder.resolve("labels"), new byte[] {0, 0, 8, 1, 0, 0, 0, 1});

        assertThatThrownBy(() -> node.execute(stores))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(folder.resolve("labels").toString());
    }

    private void chooseIdxFiles() {
        parameters.source = Source.IDX_FILES;
        parameters.trainingImages = folder.resolve("images").toString();
        parameters.trainingLabels = folder.resolve("labels").toString();
    }

    private void idx(final String name, final int[] bytes) throws IOException {
        final byte[] content = new byte[bytes.length];
        IntStream.range(0, bytes.length).forEach(i -> content[i] = (byte) bytes[i]);
        Files.write(folder.resolve(name), content);
    }

    private static List<Integer> labels(final PortObject object) throws IOException {
        final Dataset dataset = ((DatasetPortObject) object).dataset();
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    /** The sum of the first sample's pixels. */
    private static int pixelSum(final PortObject object) throws IOException {
        final Dataset dataset = ((DatasetPortObject) object).dataset();
        final ByteBuffer pixels = ByteBuffer.allocate(dataset.bytesPerSample());
        dataset.copyFeatures(0, pixels);
        int sum = 0;
        for (final byte pixel : pixels.array()) {
            sum += pixel & 0xff;
        }
        return sum;
    }
}
