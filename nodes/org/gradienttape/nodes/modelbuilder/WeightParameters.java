package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.WeightSettings;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** How the weights of a layer start and what they cost, with Keras' defaults. */
@LoadDefaultsForAbsentFields
final class WeightParameters implements NodeParameters {
    @Widget(title = "Kernel initializer", description = "How the layer's kernels start.")
    @Advanced
    StartingNumbers kernelInitializer = StartingNumbers.GLOROT_UNIFORM;

    @Widget(title = "Bias initializer", description = "How the layer's bias starts.")
    @Advanced
    StartingNumbers biasInitializer = StartingNumbers.ZEROS;

    @Widget(title = "Kernel L1", description = "Adds this times the sum of the kernels' absolute values to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double kernelL1;

    @Widget(title = "Kernel L2", description = "Adds this times the sum of the kernels' squares to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double kernelL2;

    @Widget(title = "Bias L1", description = "Adds this times the sum of the bias' absolute values to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double biasL1;

    @Widget(title = "Bias L2", description = "Adds this times the sum of the bias' squares to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double biasL2;

    @Widget(
            title = "Activity L1",
            description =
                    "Adds this times the sum of the absolute values of a sample's output, averaged over the batch, to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double activityL1;

    @Widget(
            title = "Activity L2",
            description =
                    "Adds this times the sum of the squares of a sample's output, averaged over the batch, to the loss.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double activityL2;

    WeightSettings toConfig() {
        return new WeightSettings(
                kernelInitializer.toConfig(),
                biasInitializer.toConfig(),
                new Penalty(kernelL1, kernelL2),
                new Penalty(biasL1, biasL2),
                new Penalty(activityL1, activityL2));
    }
}
