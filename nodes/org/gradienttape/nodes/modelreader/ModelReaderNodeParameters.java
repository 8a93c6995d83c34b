package org.gradienttape.nodes.modelreader;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.pretrained.Layout;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelReaderNodeParameters implements NodeParameters {
    /** What happens to models with layers in Java. The names of the constants stand in saved workflows. */
    enum JavaCode {
        @Label(
                value = "Warn",
                description =
                        "The model is read, and the node warns that it holds code. The code is compiled and runs when a"
                                + " node uses the model; it can compute, and reaches nothing else of this machine.")
        WARN,
        @Label(value = "Refuse", description = "The node fails.")
        REFUSE
    }

    /** How kernels stand in a file of weights with names. The names of the constants stand in saved workflows. */
    enum KernelLayout {
        @Label(value = "As in Keras", description = "As here: windows, inputs, outputs. Nothing is moved.")
        KERAS(Layout.KERAS),
        @Label(
                value = "As in PyTorch",
                description =
                        "Outputs, inputs, windows. Kernels of Dense and of convolutions are turned round; recurrent layers are"
                                + " refused, since their gates stand in another order.")
        PYTORCH(Layout.PYTORCH);

        private final Layout layout;

        KernelLayout(final Layout layout) {
            this.layout = layout;
        }

        Layout toConfig() {
            return layout;
        }
    }

    @Widget(title = "Path", description = "The model file on this machine." + LocalPath.HELP)
    @TextInputWidget(placeholder = "~/models/model.gradienttape")
    String path = "";

    @Widget(
            title = "Models with Java code",
            description = "A model can hold layers that somebody wrote in Java. Reading it compiles and runs nothing.")
    @ValueSwitchWidget
    JavaCode javaCode = JavaCode.WARN;

    @Widget(
            title = "Kernels in safetensors files",
            description =
                    "In which order the axes of kernels stand in a file of weights alone whose names another program"
                            + " gave. A weight of another shape is refused.")
    @ValueSwitchWidget
    @Advanced
    KernelLayout layout = KernelLayout.KERAS;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
    }

    /** The file that is to be read. */
    Path file() {
        return LocalPath.of(path, "path of the model file");
    }

    /**
     * What there is to say about code in a model.
     *
     * @throws InvalidInputException if it is refused
     */
    Optional<String> doubtfulCode(final Outline model) {
        if (javaCode == JavaCode.REFUSE && model.network().holdsCode()) {
            throw new InvalidInputException(
                    "The model file " + file() + " holds Java code, and models with Java code are"
                            + " refused; choose another file, or let the node read them.");
        }
        return model.holdsCode();
    }
}
