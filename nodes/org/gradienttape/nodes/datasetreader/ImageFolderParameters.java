package org.gradienttape.nodes.datasetreader;

import org.gradienttape.data.DatasetSource;
import org.gradienttape.data.ImageForm;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** A folder of images. */
@LoadDefaultsForAbsentFields
final class ImageFolderParameters implements NodeParameters {
    @Widget(
            title = "Image folder",
            description =
                    "The folder on this machine with one sub-folder per class, which holds PNG and JPEG files; the"
                            + " class has the name of the sub-folder." + LocalPath.HELP)
    String folder = "";

    @Widget(
            title = "Folder of test images",
            description = "A folder with the same sub-folders that is kept for tests. Left empty if there is none.")
    String testFolder = "";

    DatasetSource toConfig(final ImageForm form) {
        return new DatasetSource.ImageFolder(
                LocalPath.of(folder, "image folder"), LocalPath.ofOptional(testFolder, "folder of test images"), form);
    }
}
