package org.gradienttape.nodes.datasetreader;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.gradienttape.data.Dataset;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.ImageColors;
import org.gradienttape.nodes.ImageSizing;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.PixelsStored;
import org.gradienttape.nodes.SampleForm;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

/** Every source of the Dataset Reader that is neither a named dataset nor IDX files. */
class DatasetSourcesNodeTest {
    /** One white pixel without losses, as libwebp 1.2 writes it. */
    private static final byte[] WHITE_WEBP =
            HexFormat.of().parseHex("524946461e000000574542505650384c110000002f0000000007d0fffef7bfff8188e87f0000");

    private final FileStores stores = new FileStores();
    private final DatasetReaderNodeParameters parameters = new DatasetReaderNodeParameters();
    private final LoneNode node = LoneNode.of(new DatasetReaderNodeFactory(), parameters);

    @TempDir
    private Path folder;

    @BeforeEach
    void holdNothingOut() {
        parameters.heldOut = HeldOutPart.NONE;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void npzArraysAreReadByTheirNames() throws Exception {
        npz("images", "(2, 1, 2)", new byte[] {1, 2, 3, 4}, "classes", "(2,)", new byte[] {1, 0});
        parameters.source = Source.NPZ_FILE;
        parameters.npz.file = folder.resolve("data.npz").toString();
        parameters.npz.trainingFeatures = "images";
        parameters.npz.trainingLabels = "classes";

        assertThat(node.configure()[0]).hasToString("data.npz: 2 samples of 2");
        final Dataset read = dataset(node.execute(stores));

        assertThat(labels(read)).containsExactly(1, 0);
        assertThat(bytes(read, 1)).containsExactly(3, 4);
    }

    @Test
    void imageFoldersAreReadAndScaled() throws Exception {
        image("cat/1.png", 0, 100);
        image("dog/1.png", 50, 50);
        chooseFolder();
        parameters.image.sizing = ImageSizing.SCALE;
        parameters.image.height = 1;
        parameters.image.width = 4;

        assertThat(node.configure()).containsOnlyNulls();
        final PortObject[] outputs = node.execute(stores);

        assertThat(outputs[0].getSummary()).isEqualTo("pets: 2 samples of 1 x 4 x 1, 2 classes");
        assertThat(outputs[1].getSummary()).isEqualTo("pets: 0 samples of 1 x 4 x 1, 2 classes");
        assertThat(dataset(outputs).classNames()).containsExactly("cat", "dog");
        assertThat(bytes(dataset(outputs), 0)).containsExactly(0, 25, 75, 100);
    }

    @Test
    void filesThatAreLeftOutOfAFolderAreCountedInAWarning() throws Exception {
        image("cat/1.png", 0, 100);
        image("dog/1.png", 0, 100);
        chooseFolder();
        assertThat(node.warning(stores)).isEmpty();

        Files.writeString(folder.resolve("pets/cat/2.pgm"), "P5");
        assertThat(node.warning(stores))
                .contains("1 file was left out, since its name does not end like that of a picture: 1 .pgm.");
    }

    /** The reader of a nested library works inside Equinox, and is not offered to the rest of the process. */
    @Test
    void webpIsReadAndImageIoDoesNotHearOfIt() throws Exception {
        final Path cats = Files.createDirectories(folder.resolve("pets/cat"));
        Files.write(cats.resolve("1.webp"), WHITE_WEBP);
        image("dog/1.png", 255);
        chooseFolder();

        assertThat(bytes(dataset(node.execute(stores)), 0)).containsExactly(255);
        ImageIO.scanForPlugins();
        assertThat(ImageIO.getImageReadersByFormatName("webp").hasNext()).isFalse();
    }

    @Test
    void imageFoldersWithoutClassesAreAnErrorAtConfigure() throws Exception {
        Files.createDirectories(folder.resolve("pets"));
        chooseFolder();

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("One sub-folder per class was expected in " + folder.resolve("pets"));
    }

    @Test
    void damagedImagesFailTheNodeWithTheirName() throws Exception {
        image("cat/1.png", 0, 100);
        Files.writeString(folder.resolve("pets/cat/2.png"), "no image");
        chooseFolder();

        assertThatThrownBy(() -> node.execute(stores))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("expected in " + folder.resolve("pets/cat/2.png"));
    }

    /** Four folders of ten images: sorted by class, so that neither the first nor the last ones are fair. */
    @Test
    void everyClassIsInBothPartsUnlessSomebodyChoosesOtherwise() throws Exception {
        for (int i = 0; i < 40; i++) {
            image("class" + i / 10 + "/" + i + ".png", i, i);
        }
        chooseFolder();
        parameters.heldOut = HeldOutPart.AUTOMATIC;

        final PortObject[] outputs = node.execute(stores);

        assertThat(outputs[0].getSummary()).isEqualTo("pets: 32 samples of 1 x 2 x 1, 4 classes");
        assertThat(labels(heldOut(outputs))).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        assertThat(node.warning(stores)).isEmpty();

        parameters.limit = Optional.of(10);
        final Map<Integer, Long> limited =
                labels(dataset(node.execute(stores))).stream().collect(groupingBy(label -> label, counting()));
        assertThat(limited.values()).containsExactlyInAnyOrder(3L, 3L, 2L, 2L);

        parameters.limit = Optional.empty();
        parameters.heldOut = HeldOutPart.LAST_SAMPLES;
        parameters.lastSamples = 10;
        assertThat(node.warning(stores).orElseThrow())
                .startsWith("The training data lack class3 among the classes of the held-out data; hold out a"
                        + " stratified random part.");
    }

    @Test
    void theSeedDrawsTheHeldOutPart() throws Exception {
        for (int i = 0; i < 40; i++) {
            image("class" + i / 10 + "/" + i + ".png", i, i);
        }
        chooseFolder();
        parameters.heldOut = HeldOutPart.STRATIFIED_FRACTION;
        parameters.fraction = 0.5;

        final List<Byte> zero = firstPixels(heldOut(node.execute(stores)));
        assertThat(firstPixels(heldOut(node.execute(stores)))).isEqualTo(zero);
        parameters.seed = 1;
        assertThat(firstPixels(heldOut(node.execute(stores)))).isNotEqualTo(zero);
    }

    /** As EMNIST has them; the dialog does not show the choice for images that are decoded. */
    @Test
    void imagesThatAreStoredColumnByColumnAreTurned() throws Exception {
        npz("x_train", "(1, 3, 2)", new byte[] {0, 3, 1, 4, 2, 5}, "y_train", "(1,)", new byte[] {0});
        parameters.source = Source.NPZ_FILE;
        parameters.npz.file = folder.resolve("data.npz").toString();
        parameters.pixelOrder = PixelsStored.COLUMN_BY_COLUMN;
        parameters.sampleShape = SampleForm.IMAGE;

        assertThat(node.configure()[0]).hasToString("data.npz: 1 samples of 2 x 3 x 1");
        assertThat(bytes(dataset(node.execute(stores)), 0)).containsExactly(0, 1, 2, 3, 4, 5);

        image("cat/1.png", 7, 8, 9);
        chooseFolder();
        assertThat(bytes(dataset(node.execute(stores)), 0)).containsExactly(7, 8, 9);
    }

    private void chooseFolder() {
        parameters.source = Source.IMAGE_FOLDER;
        parameters.imageFolder.folder = folder.resolve("pets").toString();
        parameters.image.colors = ImageColors.GRAYSCALE;
        parameters.sampleShape = SampleForm.IMAGE;
    }

    private void image(final String name, final int... pixels) throws IOException {
        final Path file = folder.resolve("pets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, png(pixels));
    }

    private static byte[] png(final int... pixels) throws IOException {
        final BufferedImage image = new BufferedImage(pixels.length, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setPixels(0, 0, pixels.length, 1, pixels);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** Two arrays of unsigned bytes as numpy.savez writes them: name, shape, numbers, twice. */
    private void npz(final Object... arrays) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("data.npz"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < arrays.length; i += 3) {
                final String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + arrays[i + 1] + ", }\n";
                zip.putNextEntry(new ZipEntry(arrays[i] + ".npy"));
                zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
                zip.write(header.getBytes(StandardCharsets.US_ASCII));
                zip.write((byte[]) arrays[i + 2]);
            }
        }
    }

    private static Dataset dataset(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[0]).dataset();
    }

    private static Dataset heldOut(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[1]).dataset();
    }

    private static List<Byte> firstPixels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples())
                .mapToObj(sample -> bytes(dataset, sample)[0])
                .toList();
    }

    private static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }

    private static byte[] bytes(final Dataset dataset, final int sample) {
        final ByteBuffer bytes = ByteBuffer.allocate(dataset.bytesPerSample());
        dataset.copyFeatures(sample, bytes);
        return bytes.array();
    }
}
