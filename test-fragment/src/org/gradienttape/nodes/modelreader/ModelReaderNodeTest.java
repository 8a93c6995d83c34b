package org.gradienttape.nodes.modelreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.gradienttape.file.IfExists;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.state.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;

class ModelReaderNodeTest {
    private static final Network NETWORK = Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.NONE)));
    private static final Model MODEL = new Model(NETWORK, Weights.initial(NETWORK, 7), Provenance.of("Test"));

    private final FileStores stores = new FileStores();
    private final ModelReaderNodeParameters parameters = new ModelReaderNodeParameters();
    private final LoneNode node = LoneNode.of(new ModelReaderNodeFactory(), parameters);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() throws IOException {
        file = Files.createDirectory(folder.resolve("models")).resolve("model.gradienttape");
        parameters.path = file.toString();
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        ModelFile.write(MODEL, file, IfExists.FAIL);

        assertThat(node.configure()[0]).hasToString("1 layer, 3 to 2, 8 parameters");
        assertThat(((ModelPortObject) node.execute(stores)[0]).model()).isEqualTo(MODEL);
    }

    @Test
    void readsAKerasModelAndSaysThatItsSamplesAreUnknown() throws Exception {
        KerasFile.write(MODEL, file, IfExists.FAIL);

        assertThat(node.configure()[0]).hasToString("1 layer, 3 to 2, 8 parameters");
        final Model model = ((ModelPortObject) node.execute(stores)[0]).model();
        assertThat(model.network()).isEqualTo(NETWORK);
        assertThat(model.weights()).isEqualTo(MODEL.weights());
        assertThat(node.warning(stores)).hasValueSatisfying(said -> assertThat(said)
                .startsWith("The file does not say how its samples were scaled"));
    }

    @Test
    void weightsAloneNeedTheirNetwork() throws Exception {
        KerasFile.writeWeights(MODEL, file, IfExists.FAIL);
        final Network other = Network.of(Shape.of(3), List.of(new Layer.Dense(4, Activation.NONE)));
        final LoneNode withNetwork = node.with("Network", ModelPortObject.TYPE);

        final Model read = ((ModelPortObject) withNetwork.execute(stores, modelOf(NETWORK))[0]).model();

        assertThat(read.weights()).isEqualTo(MODEL.weights());
        assertThatThrownBy(() -> withNetwork.execute(stores, modelOf(other)))
                .hasMessageContaining(
                        "layers/dense/vars/0, the kernel of dense: Dense, 3 to 4, should be 3 x 4, but it is"
                                + " 3 x 2");
    }

    /** The weights within a model file are such a file. */
    @Test
    void safetensorsTakeTheirNamesFromATable() throws Exception {
        ModelFile.write(MODEL, file, IfExists.FAIL);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            final byte[] weights =
                    zip.getInputStream(zip.getEntry("weights.safetensors")).readAllBytes();
            Files.write(
                    file,
                    new String(weights, StandardCharsets.ISO_8859_1)
                            .replace("dense/kernel", "linear.weigh")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        final LoneNode withNames =
                node.with("Network", ModelPortObject.TYPE).with("Weight names", BufferedDataTable.TYPE);
        final BufferedDataTable names = TableText.table(
                stores, "Weight String, Name String", "dense/kernel | linear.weigh", "dense/bias | dense/bias");
        final BufferedDataTable wrong =
                TableText.table(stores, "Weight String, Name String", "dense/kernel | linear.bias");

        final Model read = ((ModelPortObject) withNames.execute(stores, modelOf(NETWORK), names)[0]).model();

        assertThat(read.weights()).isEqualTo(MODEL.weights());
        assertThatThrownBy(() -> withNames.execute(stores, modelOf(NETWORK), wrong))
                .hasMessageContaining("the weight dense/kernel was expected under the name linear.bias");
    }

    @Test
    void weightsWithoutANetworkAreRefused() throws Exception {
        KerasFile.writeWeights(MODEL, file, IfExists.FAIL);

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("holds weights and no network; add the input Network with the + at the node");
    }

    @Test
    void aFileWithANetworkOfItsOwnTakesNoOther() throws Exception {
        ModelFile.write(MODEL, file, IfExists.FAIL);

        assertThatThrownBy(() -> node.with("Network", ModelPortObject.TYPE)
                        .configure(modelOf(NETWORK).getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("the input Network must stay empty");
    }

    private static ModelPortObject modelOf(final Network network) {
        return new ModelPortObject(new Model(network, Weights.initial(network, 1), Provenance.of("Test")));
    }

    @Test
    void aRelativePathIsInTheDataAreaOfTheWorkflow() throws Exception {
        final Path data = Files.createDirectories(folder.resolve("flow/data"));
        ModelFile.write(MODEL, data.resolve("my net"), IfExists.FAIL);
        for (final String text : List.of("my net", "knime://knime.workflow/data/my%20net")) {
            parameters.path = text;

            assertThat(((ModelPortObject) node.in(data.getParent()).execute(stores)[0]).model())
                    .isEqualTo(MODEL);
        }
    }

    @Test
    void aPathIsNeeded() {
        parameters.path = "";

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The path of the model file is empty; choose one.");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("A model file was expected at " + file + ", but it does not exist; choose a file.");
    }

    @Test
    void aFileThatIsCutIsRefused() throws Exception {
        ModelFile.write(MODEL, file, IfExists.FAIL);
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cut off or damaged");
    }

    @Test
    void anEntryOutsideTheFileIsRefused() throws Exception {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("../x"));
            zip.write(1);
        }

        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("../x");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** A text that is no Java shows that reading compiles nothing. */
    @Test
    void aModelWithCodeIsReadWithAWarningAndRefusedIfThatIsChosen() throws Exception {
        ModelFile.write(withCode(), file, IfExists.FAIL);

        assertIsReadWithAWarningAndRefusedIfThatIsChosen();
    }

    /** A run's checkpoint is a model file, too. */
    @Test
    void aCheckpointWithCodeIsReadWithAWarningAndRefusedIfThatIsChosen() throws Exception {
        ModelFile.writeCheckpoint(withCode(), Memory.empty().state(), file);

        assertIsReadWithAWarningAndRefusedIfThatIsChosen();
    }

    private static Model withCode() {
        final LayerPlan plan = new LayerPlan(
                "Mine", Shape.of(3), Shape.of(3), Activation.NONE, false, List.of(), List.of(), List.of());
        final Network network = Network.of(Shape.of(3), List.of(new CodeLayer("This is no Java.", plan)));
        return new Model(network, Weights.initial(network, 7), Provenance.of("A stranger"));
    }

    private void assertIsReadWithAWarningAndRefusedIfThatIsChosen() throws Exception {
        assertThat(node.warning(stores))
                .contains(
                        "The model holds Java code, in the layer mine. It is compiled and runs when the model is used; it"
                                + " can compute, and reaches nothing else of this machine. Look at it in the model's view.");
        assertThat(node.execute(stores)[0]).isInstanceOf(ModelPortObject.class);

        parameters.javaCode = ModelReaderNodeParameters.JavaCode.REFUSE;
        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The model file " + file + " holds Java code, and models with Java code are refused; choose"
                        + " another file, or let the node read them.");
    }

    @Test
    void aModelWithoutCodeIsReadInSilence() throws Exception {
        ModelFile.write(MODEL, file, IfExists.FAIL);
        parameters.javaCode = ModelReaderNodeParameters.JavaCode.REFUSE;

        assertThat(node.warning(stores)).isEmpty();
    }
}
