package org.gradienttape.nodes.gantrainer;

import org.gradienttape.callback.Watch;
import org.gradienttape.gan.GanListener;
import org.gradienttape.train.EpochColumns;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;

/** Which number of the epoch log decides. */
@LoadDefaultsForAbsentFields
final class GanWatchParameters implements NodeParameters {
    /** Whose loss it is. The names of the constants stand in saved workflows. */
    enum Network {
        @Label(value = "Discriminator", description = "Its mean loss; smaller is better.")
        DISCRIMINATOR,
        @Label(value = "Generator", description = "Its mean loss; smaller is better.")
        GENERATOR
    }

    /** What the loss is measured on. */
    enum Data {
        @Label(value = "Validation data", description = "Needs validation data at the input.")
        VALIDATION,
        @Label(value = "Training data", description = "The mean over the epoch, each batch before its update.")
        TRAINING
    }

    @Widget(
            title = "Watched loss",
            description =
                    "The loss that should get better, for reduce on plateau, early stopping and checkpoint alike. Two"
                            + " networks that learn against each other need not both get better: look at the images too.")
    @ValueSwitchWidget
    Network network = Network.GENERATOR;

    @Widget(title = "Measured on", description = "Which data the watched loss is measured on.")
    @ValueSwitchWidget
    Data data = Data.TRAINING;

    Watch toConfig(final double minimumChange) {
        final String loss = GanListener.LOSSES.get(network.ordinal());
        return new Watch(data == Data.VALIDATION ? EpochColumns.validation(loss) : loss, minimumChange);
    }
}
