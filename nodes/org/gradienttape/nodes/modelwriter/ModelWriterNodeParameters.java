package org.gradienttape.nodes.modelwriter;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.LocalPath;
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
    /** What happens when the file is there already. */
    enum IfExists {
        @Label(value = "Fail", description = "The node fails and the file stays as it is.")
        FAIL,
        @Label(value = "Overwrite", description = "The new file takes its place.")
        OVERWRITE
    }

    @Widget(
            title = "Folder",
            description =
                    "The folder on this machine that the file goes to; <i>~</i> is the home folder. The flow variable"
                            + " <i>knime.workspace</i> fits here, so that a workflow works on every machine.")
    @TextInputWidget(placeholder = "~/models")
    String folder = "";

    @Widget(title = "File name", description = "The name of the file in this folder.")
    @TextInputWidget(patternValidation = IsNotBlankValidation.class)
    String fileName = "model.gradienttape";

    @Widget(title = "If the file exists", description = "What happens when the file is there already.")
    @ValueSwitchWidget
    IfExists ifExists = IfExists.FAIL;

    @Override
    public void validate() throws InvalidSettingsException {
        EngineCall.configuring(this::plainFileName);
    }

    /** The file that is to be written. */
    Path file() {
        return LocalPath.of(folder, "folder of the model file").resolve(plainFileName());
    }

    org.gradienttape.model.IfExists ifExists() {
        return org.gradienttape.model.IfExists.valueOf(ifExists.name());
    }

    /** The file name, which may not lead to another folder. */
    private String plainFileName() {
        final String name = fileName.strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
            throw new InvalidInputException("The file name must be a name without folders, but it is \"" + fileName
                    + "\"; choose the folder in its own setting.");
        }
        return name;
    }
}
