package org.gradienttape.nodes.modelreader;

import java.nio.file.Path;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class ModelReaderNodeParameters implements NodeParameters {
    @Widget(title = "Path", description = "The model file on this machine." + LocalPath.HELP)
    @TextInputWidget(placeholder = "~/models/model.gradienttape")
    String path = "";

    /** The file that is to be read. */
    Path file() {
        return LocalPath.of(path, "path of the model file");
    }
}
