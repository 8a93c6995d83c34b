package org.gradienttape.nodes.modelwriter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gradienttape.export.OnnxFile;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ExistingFile;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.UnsetText;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelWriterNodeParameters implements NodeParameters {
    /** What the file is for. */
    enum Format {
        @Label(
                value = "GradientTape model",
                description =
                        "Network, weights and where they come from: a zip of JSON and safetensors, which the Model Reader"
                                + " reads. It holds no code but that of layers in Java, as text.")
        GRADIENTTAPE("a GradientTape model", ".gradienttape"),
        @Label(
                value = "TorchScript",
                description =
                        "The network for prediction in other programs: PyTorch (torch.jit.load), DJL and libtorch read it."
                                + " Its input is what the network sees: numbers scaled as in training, images channels"
                                + " last. The names of the classes and the scaling of the pixels lie in it as extra files."
                                + " The usual extension is .pt.")
        TORCHSCRIPT("a TorchScript file", ".pt"),
        @Label(
                value = "ONNX",
                description =
                        "The network for prediction in anything that reads ONNX, such as ONNX Runtime in Python, Java, C# and"
                                + " browsers. Its input is that of the TorchScript file, for any number of samples; the"
                                + " names of the classes and the scaling of the pixels are in its metadata. At most 2 GB."
                                + " The usual extension is .onnx.")
        ONNX("an ONNX file", ".onnx"),
        @Label(
                value = "Keras",
                description =
                        "Network and weights for Keras 3: keras.models.load_model reads it. It can hold the layers that Keras"
                                + " has, so none in Java, and says nothing of the names of classes and the scaling of pixels."
                                + " The extension must be .keras, or Keras refuses it.")
        KERAS("a Keras model", ".keras"),
        @Label(
                value = "Keras weights",
                description =
                        "The weights alone, for load_weights of a model with the same layers in Keras 3. The file name"
                                + " must end in .weights.h5, or Keras refuses it.")
        KERAS_WEIGHTS("a file of Keras weights", ".weights.h5");

        private final String name;
        private final String extension;

        Format(final String name, final String extension) {
            this.name = name;
            this.extension = extension;
        }
    }

    @Widget(
            title = "Folder",
            description = "The folder on this machine that the file goes to." + LocalPath.HELP
                    + " So does the flow variable <i>knime.workspace</i>, the folder of your workflows.")
    @TextInputWidget(placeholder = "~/models")
    String folder = "";

    @Widget(title = "File name", description = "The name of the file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    String fileName = "model.gradienttape";

    @Widget(title = "Format", description = "What the file is for.")
    Format format = Format.GRADIENTTAPE;

    @Widget(title = "If the file exists", description = "What happens when the file is there already.")
    @ValueSwitchWidget
    ExistingFile ifExists = ExistingFile.FAIL;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(() -> LocalPath.plainName(fileName));
    }

    /**
     * Writes the model in the chosen format.
     *
     * @param goOn asked while layers in Java run; false cancels
     */
    void write(final Model model, final Path file, final BooleanSupplier goOn) throws IOException {
        switch (format) {
            case GRADIENTTAPE -> ModelFile.write(model, file, ifExists());
            case TORCHSCRIPT -> TorchScriptFile.write(model, file, ifExists(), goOn);
            case ONNX -> OnnxFile.write(model, file, ifExists(), goOn);
            case KERAS -> KerasFile.write(model, file, ifExists());
            case KERAS_WEIGHTS -> KerasFile.writeWeights(model, file, ifExists());
        }
    }

    /**
     * Says early, before anything is trained, that the format cannot hold the network.
     *
     * @throws org.gradienttape.error.InvalidInputException if it cannot
     */
    void check(final Network network) {
        if (format == Format.ONNX) {
            OnnxFile.check(network);
        }
        if (format == Format.KERAS || format == Format.KERAS_WEIGHTS) {
            KerasFile.check(network);
        }
    }

    /** Says that the file's name has the usual end of another format, as when only the format was changed. */
    Optional<String> doubtfulName() {
        final String name = fileName.toLowerCase(Locale.ROOT);
        return Arrays.stream(Format.values())
                .filter(other -> other != format && name.endsWith(other.extension))
                .map(other ->
                        "The file name ends in " + other.extension + ", as " + other.name + " does, but the file is "
                                + format.name + ", whose name usually ends in " + format.extension + ".")
                .findFirst();
    }

    /** The file that is to be written. */
    Path file() {
        return LocalPath.fileToWrite(folder, fileName, "folder of the model file");
    }

    IfExists ifExists() {
        return ifExists.toConfig();
    }
}
