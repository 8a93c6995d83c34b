package org.gradienttape.nodes.modelreader;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.LocalPath;
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

    @Widget(title = "Path", description = "The model file on this machine." + LocalPath.HELP)
    @TextInputWidget(placeholder = "~/models/model.gradienttape")
    String path = "";

    @Widget(
            title = "Models with Java code",
            description = "A model can hold layers that somebody wrote in Java. Reading it compiles and runs nothing.")
    @ValueSwitchWidget
    JavaCode javaCode = JavaCode.WARN;

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
