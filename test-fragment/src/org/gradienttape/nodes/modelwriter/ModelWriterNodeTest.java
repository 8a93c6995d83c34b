package org.gradienttape.nodes.modelwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.ExistingFile;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;

class ModelWriterNodeTest {
    private static final Network NETWORK = Network.of(Shape.of(3), List.of(new Layer.Dense(2, Activation.NONE)));
    private static final Model MODEL = new Model(NETWORK, Weights.initial(NETWORK, 7), Provenance.of("Test"));

    private final FileStores stores = new FileStores();
    private final ModelWriterNodeParameters parameters = new ModelWriterNodeParameters();
    private final LoneNode node = LoneNode.of(new ModelWriterNodeFactory(), parameters);
    private final ModelPortObject model = new ModelPortObject(MODEL);

    @TempDir
    private Path folder;

    @BeforeEach
    void chooseFolder() {
        parameters.folder = folder.toString();
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsArePathAndStatus() throws Exception {
        assertThat(TableText.columns((DataTableSpec) node.configure(model.getSpec())[0]))
                .containsExactly("Path string", "Status string");
    }

    @Test
    void writesTheModelAndMakesTheFolder() throws Exception {
        parameters.folder = folder.resolve("new/folder").toString();

        final BufferedDataTable written = (BufferedDataTable) node.execute(stores, model)[0];

        final Path file = folder.resolve("new/folder/model.gradienttape");
        assertThat(TableText.rows(written)).containsExactly(file + " | Created");
        assertThat(ModelFile.read(file)).isEqualTo(MODEL);
    }

    @Test
    void aRelativeFolderIsInTheDataAreaOfTheWorkflowWhichIsMadeWhenItIsNeeded() throws Exception {
        final Path workflow = Files.createDirectory(folder.resolve("my flow #1"));
        for (final String text : List.of("models", "knime://knime.workflow/data/models", "models/")) {
            parameters.folder = text;
            parameters.ifExists = ExistingFile.OVERWRITE;

            node.in(workflow).configure(model.getSpec());
            assertThat(workflow.resolve("data/models/model.gradienttape")).doesNotExist();
            final BufferedDataTable written =
                    (BufferedDataTable) node.in(workflow).execute(stores, model)[0];

            final Path file = workflow.resolve("data/models/model.gradienttape");
            assertThat(TableText.rows(written)).containsExactly(file + " | Created");
            assertThat(ModelFile.read(file)).isEqualTo(MODEL);
            Files.delete(file);
        }
    }

    @Test
    void aFolderThatLeadsNowhereIsRefusedAndNothingIsMade() throws Exception {
        final Path workflow = Files.createDirectory(folder.resolve("flow"));
        for (final String text : List.of("../x", "knime://knime.workflow/../x", "knime://knime.space/x", "C:\\x")) {
            parameters.folder = text;

            assertThatThrownBy(() -> node.in(workflow).configure(model.getSpec()))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageStartingWith("The folder of the model file, \"" + text + "\", ");
        }
        assertThat(workflow).isEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining("glob:**x");
    }

    /** What it holds is tested with the engine. */
    @Test
    void writesTorchScriptForOtherPrograms() throws Exception {
        parameters.format = ModelWriterNodeParameters.Format.TORCHSCRIPT;
        parameters.fileName = "model.pt";

        node.execute(stores, model);

        try (ZipFile archive = new ZipFile(folder.resolve("model.pt").toFile())) {
            assertThat(new String(
                            archive.getInputStream(archive.getEntry("prediction/code/__torch__.py"))
                                    .readAllBytes(),
                            StandardCharsets.UTF_8))
                    .startsWith("class Prediction(Module):")
                    .contains("def forward(self: __torch__.Prediction, x: Tensor) -> Tensor:");
        }
    }

    /** That ONNX Runtime computes with it is tested with the engine; here that the format's library works in the bundle. */
    @Test
    void writesOnnxForOtherPrograms() throws Exception {
        parameters.format = ModelWriterNodeParameters.Format.ONNX;
        parameters.fileName = "model.onnx";

        final BufferedDataTable written = (BufferedDataTable) node.execute(stores, model)[0];

        assertThat(TableText.rows(written)).containsExactly(folder.resolve("model.onnx") + " | Created");
        assertThat(Files.readString(folder.resolve("model.onnx"), StandardCharsets.ISO_8859_1))
                .contains("GradientTape Nodes", "MatMul", "dense/kernel", "dense/bias", "input_shape");
    }

    @Test
    void writesKerasModelsAndWeights() throws Exception {
        parameters.format = ModelWriterNodeParameters.Format.KERAS;
        parameters.fileName = "model.keras";
        node.execute(stores, model);
        parameters.format = ModelWriterNodeParameters.Format.KERAS_WEIGHTS;
        parameters.fileName = "model.weights.h5";
        node.execute(stores, model);

        assertThat(KerasFile.read(folder.resolve("model.keras")).weights())
                .isEqualTo(model.model().weights());
        assertThat(KerasFile.readWeights(
                        folder.resolve("model.weights.h5"), model.model().network()))
                .isEqualTo(model.model().weights());
    }

    /** As when the format was changed and the name was forgotten. */
    @Test
    void aNameThatLooksLikeAnotherFormatIsSaid() throws Exception {
        parameters.format = ModelWriterNodeParameters.Format.ONNX;
        parameters.ifExists = ExistingFile.OVERWRITE;

        assertThat(node.warning(stores, model))
                .contains(
                        "The file name ends in .gradienttape, as a GradientTape model does, but the file is an ONNX file,"
                                + " whose name usually ends in .onnx.");
        for (final String fits : List.of("model.onnx", "model.ONNX", "model", "model.v2")) {
            parameters.fileName = fits;
            assertThat(node.warning(stores, model)).as(fits).isEmpty();
        }
        parameters.format = ModelWriterNodeParameters.Format.GRADIENTTAPE;
        parameters.fileName = "model.pt";
        assertThat(node.warning(stores, model)).isNotEmpty();
    }

    /** 900,000,000 weights, which are not there yet. */
    @Test
    void aModelThatOnnxCannotHoldIsRefusedBeforeItIsTrained() throws Exception {
        final Network large = Network.of(Shape.of(30_000), List.of(new Layer.Dense(30_000, Activation.NONE)));
        parameters.format = ModelWriterNodeParameters.Format.ONNX;

        assertThatThrownBy(() -> node.configure(new ModelPortObjectSpec(large)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "An ONNX file holds at most 2 GB, but this model would take 3.6 GB; choose another format.");
    }

    @Test
    void aFileThatIsThereStaysAsItIs() throws Exception {
        final Path file = Files.writeString(folder.resolve("model.gradienttape"), "precious");

        assertThatThrownBy(() -> node.configure(model.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage(
                        "The file " + file + " exists already, and it is not to be overwritten; choose another name,"
                                + " delete it, or let the node overwrite it.");
        assertThat(file).hasContent("precious");
    }

    @Test
    void aFileThatIsThereIsOverwrittenWhenAllowed() throws Exception {
        final Path file = Files.writeString(folder.resolve("model.gradienttape"), "old");
        parameters.ifExists = ExistingFile.OVERWRITE;

        final BufferedDataTable written = (BufferedDataTable) node.execute(stores, model)[0];

        assertThat(TableText.rows(written)).containsExactly(file + " | Overwritten");
        assertThat(ModelFile.read(file)).isEqualTo(MODEL);
    }

    @Test
    void aFileWhereTheFolderShouldBeIsNamedAndNothingIsLeft() throws Exception {
        final Path file = Files.writeString(folder.resolve("occupied"), "precious");
        parameters.folder = file.resolve("models").toString();

        assertThatThrownBy(() -> node.configure(model.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The folder of the model file, \"" + parameters.folder + "\", cannot be made, since " + file
                        + " is no folder; choose another place.");
        assertThat(file).hasContent("precious");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void foldersMadeForAFileThatCannotBeWrittenGoAgain() throws Exception {
        parameters.folder = folder.resolve("new/folder").toString();
        parameters.fileName = "m".repeat(300);

        assertThatThrownBy(() -> node.execute(stores, model)).hasMessageContaining("(File name too long)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderIsNeeded() {
        parameters.folder = "";

        assertThatThrownBy(() -> node.configure(model.getSpec()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The folder of the model file is empty; choose one.");
    }

    @Test
    void theFileNameCannotLeadElsewhere() {
        for (final String name : List.of("../x", "a/b", "a\\b", "..", ".", " ")) {
            parameters.fileName = name;
            assertThatThrownBy(parameters::validate)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessage("The file name must be a name without folders, but it is \"" + name
                            + "\"; choose the folder in its own setting.");
        }
    }

    /** A workflow may leave the folder to a flow variable. */
    @Test
    void settingsWithoutAFolderCanBeLoaded() throws Exception {
        parameters.folder = "";

        parameters.validate();
    }
}
