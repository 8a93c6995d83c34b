package org.gradienttape.nodes.datasetreader;

import org.gradienttape.data.image.ImageFolderSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** A folder of images. */
@LoadDefaultsForAbsentFields
final class ImageFolderParameters implements NodeParameters {
    @Widget(title = "Image folder", description = """
                    The folder on this machine with one sub-folder per class, named after the class, which holds PNG, JPEG,
                    BMP, GIF, TIFF and WebP files. If it holds folders named <i>train</i> and <i>test</i> or <i>val</i>
                    (or <i>training</i>, <i>testing</i>, <i>valid</i>, <i>validation</i>) with the class folders in
                    them, the first is read for training and the second holds the source's test files.""" + LocalPath.HELP)
    String folder = "";

    @Widget(
            title = "Folder of test images",
            description =
                    "A folder with the same sub-folders, whose images are kept for tests. Leave it empty if there is none,"
                            + " or if it is the folder <i>test</i> in the image folder.")
    String testFolder = "";

    DatasetSource toConfig(final ImageForm form) {
        return new ImageFolderSource(
                LocalPath.of(folder, "image folder"), LocalPath.ofOptional(testFolder, "folder of test images"), form);
    }
}
