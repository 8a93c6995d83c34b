package org.gradienttape.nodes.datasetreader;

import org.gradienttape.data.array.NpzSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;

/** An NPZ file; the names of the arrays are those of Keras' mnist.npz. */
@LoadDefaultsForAbsentFields
final class NpzParameters implements NodeParameters {
    @Widget(
            title = "NPZ file",
            description = "The file with the arrays, as <i>numpy.savez</i> writes it, for example Keras' mnist.npz."
                    + LocalPath.HELP)
    String file = "";

    @Widget(
            title = "Training array",
            description = "The name of the array with the samples to train on; its first dimension counts the samples.")
    String trainingFeatures = "x_train";

    @Widget(
            title = "Array of training labels",
            description = "The name of the array with one whole number or one text per sample.")
    String trainingLabels = "y_train";

    @Widget(
            title = "Test array",
            description = "The name of the array with the samples that are kept for tests; only looked at if they are"
                    + " held out or merged.")
    String testFeatures = "x_test";

    @Widget(
            title = "Array of test labels",
            description = "The name of the array with one whole number or one text per test sample.")
    String testLabels = "y_test";

    DatasetSource toConfig() {
        return new NpzSource(
                LocalPath.of(file, "NPZ file"),
                new NpzSource.Pair(trainingFeatures.strip(), trainingLabels.strip()),
                new NpzSource.Pair(testFeatures.strip(), testLabels.strip()));
    }
}
