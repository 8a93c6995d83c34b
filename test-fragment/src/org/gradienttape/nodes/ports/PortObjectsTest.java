package org.gradienttape.nodes.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.port.FileStoreFolder;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.port.PortObjectCopy;
import org.gradienttape.host.port.SavedPort;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.ModelContent;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObject;

/** Port objects go through KNIME's copies and saved workflows unchanged. */
class PortObjectsTest {
    private static final Network NETWORK =
            Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.RELU), new Layer.Dropout(0.25)));
    private static final Model MODEL = new Model(
            NETWORK,
            Weights.initial(NETWORK, 7),
            Preprocessing.ofClasses(
                    List.of("a", "b"), Optional.of(new Pixels(Scaling.MINUS_ONE_TO_ONE, PixelRange.ZERO_TO_255))),
            new Provenance("Test", Optional.of("Digits"), Map.of("seed", "7")));

    private final FileStores stores = new FileStores();

    @TempDir
    private Path folder;

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void datasetSurvivesACopy() throws Exception {
        final DatasetPortObject object = dataset(stores.create());

        final DatasetPortObject copy = (DatasetPortObject) PortObjectCopy.of(object, new ExecutionMonitor());

        assertThat(copy).isNotSameAs(object);
        assertThat(copy.getSpec()).isEqualTo(object.getSpec());
        assertIsTheDataset(copy.dataset());
    }

    @Test
    void datasetSurvivesASavedWorkflow() throws Exception {
        final FileStoreFolder files = stores.create();
        final DatasetPortObject object = dataset(files);
        final NodeSettings fileStoreSettings = new NodeSettings("filestores");
        final NodeSettings portSettings = new NodeSettings("ports");
        files.save(folder, fileStoreSettings);
        SavedPort.save(object, 1, folder, portSettings, new ExecutionMonitor());

        try (FileStores later = new FileStores()) {
            later.load(folder, fileStoreSettings);
            final PortObject loaded =
                    SavedPort.load(folder, portSettings.getNodeSettings("port_1"), later, new ExecutionMonitor());

            assertIsTheDataset(((DatasetPortObject) loaded).dataset());
        }
    }

    @Test
    void datasetSaysWhatItIs() throws Exception {
        final DatasetPortObject object = dataset(stores.create());

        assertThat(object.getSummary()).isEqualTo("Digits: 2 samples of 1 x 2 x 1, 3 classes");
        assertThat(object).hasToString(object.getSummary());
        assertThat(object.getSpec()).hasToString(object.getSummary());
        assertThat(new DatasetPortObjectSpec(new DatasetInfo(
                        "Digits", 50_000, Shape.of(784), ElementType.UINT8, Scaling.AS_STORED, List.of())))
                .hasToString("Digits: 50,000 samples of 784");
    }

    @Test
    void datasetSpecsAreEqualOnlyWhenEverythingIs() {
        final DatasetInfo info = info();

        assertThat(new DatasetPortObjectSpec(info)).isEqualTo(new DatasetPortObjectSpec(info()));
        assertThat(new DatasetPortObjectSpec(info))
                .isNotEqualTo(new DatasetPortObjectSpec(new DatasetInfo(
                        info.name(),
                        info.samples(),
                        info.sampleShape(),
                        info.elementType(),
                        Scaling.AS_STORED,
                        info.classNames())));
    }

    @Test
    void aSpecOfSamplesThatNobodyHasCountedSurvives() throws Exception {
        final DatasetPortObjectSpec expected = new DatasetPortObjectSpec(info().withSamples(DatasetInfo.NOT_COUNTED));
        final ModelContent content = new ModelContent("spec");
        final DatasetPortObjectSpec loaded = new DatasetPortObjectSpec();

        expected.save(content);
        loaded.load(content);

        assertThat(loaded.info()).isEqualTo(expected.info());
        assertThat(loaded.toString()).contains(": samples of ");
    }

    @Test
    void modelSurvivesACopy() throws Exception {
        final ModelPortObject object = new ModelPortObject(MODEL);

        final ModelPortObject copy = (ModelPortObject) PortObjectCopy.of(object, new ExecutionMonitor());

        assertThat(copy).isNotSameAs(object);
        assertThat(copy.model()).isEqualTo(MODEL);
        assertThat(copy.getSpec()).isEqualTo(object.getSpec());
        assertThat(copy.getSpec().network()).isEqualTo(NETWORK);
        assertThat(copy.getSpec().model()).isEqualTo(MODEL.outline());
    }

    @Test
    void modelSurvivesASavedWorkflow() throws Exception {
        final NodeSettings portSettings = new NodeSettings("ports");
        SavedPort.save(new ModelPortObject(MODEL), 1, folder, portSettings, new ExecutionMonitor());

        final PortObject loaded =
                SavedPort.load(folder, portSettings.getNodeSettings("port_1"), stores, new ExecutionMonitor());

        assertThat(((ModelPortObject) loaded).model()).isEqualTo(MODEL);
    }

    @Test
    void modelSaysWhatItIs() {
        // Dense: 3 x 2 kernel numbers and 2 biases
        assertThat(new ModelPortObject(MODEL).getSummary())
                .isEqualTo("2 layers, 3 to 2, 8 parameters, trained on Digits");
        assertThat(new ModelPortObjectSpec(NETWORK)).hasToString("2 layers, 3 to 2, 8 parameters");
    }

    @Test
    void theViewOfAModelNamesClassesAndPixels() {
        final JScrollPane pane = (JScrollPane) new ModelPortObject(MODEL).getViews()[0];

        assertThat(((JTextArea) pane.getViewport().getView()).getText())
                .contains("Classes: a, b")
                .contains("Pixels: -1 to 1");
    }

    @Test
    void aSavedModelWithoutContentIsRefused() throws Exception {
        assertRefusedWithoutContent(new ModelPortObject(MODEL));
    }

    @Test
    void aSavedDatasetWithoutContentIsRefused() throws Exception {
        final FileStoreFolder files = stores.create();
        assertRefusedWithoutContent(dataset(files));
    }

    private void assertRefusedWithoutContent(final PortObject object) throws Exception {
        final NodeSettings portSettings = new NodeSettings("ports");
        SavedPort.save(object, 1, folder, portSettings, new ExecutionMonitor());
        final Path saved = folder.resolve("port_1/object/portobject.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(saved))) {
            zip.putNextEntry(new ZipEntry("portObject.file"));
        }

        assertThatThrownBy(() ->
                        SavedPort.load(folder, portSettings.getNodeSettings("port_1"), stores, new ExecutionMonitor()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it begins with nothing");
    }

    private static DatasetInfo info() {
        return new DatasetInfo(
                "Digits", 2, Shape.of(1, 2, 1), ElementType.UINT8, Scaling.DIVIDE_BY_255, List.of("a", "b", "c"));
    }

    private static DatasetPortObject dataset(final FileStoreFolder files) throws IOException {
        final FileStore store = files.create("training-data");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), info())) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[] {1, 2, 3, (byte) 255}));
            writer.writeLabels(new int[] {2, 0});
            return new DatasetPortObject(writer.finish(), store);
        }
    }

    private static void assertIsTheDataset(final Dataset dataset) {
        final ByteBuffer features = ByteBuffer.allocate(2);
        dataset.copyFeatures(1, features);

        assertThat(dataset.info()).isEqualTo(info());
        assertThat(dataset.label(0)).isEqualTo(2);
        assertThat(dataset.label(1)).isZero();
        assertThat(features.array()).containsExactly(3, 255);
    }
}
