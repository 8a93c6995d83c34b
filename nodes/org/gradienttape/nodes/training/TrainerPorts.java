package org.gradienttape.nodes.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/**
 * The ports of a node that trains a model on datasets, and what comes in through them.
 *
 * @param model where training starts
 * @param training the samples to learn from
 * @param validation the samples to measure on
 */
public record TrainerPorts(Model model, Dataset training, Optional<Dataset> validation) {
    /** Declares the ports. */
    public static void declare(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Model", port -> port.name("Model")
                        .description("Where training starts; this model stays as it is.")
                        .fixed(ModelPortObject.TYPE))
                .addInputPortGroup("Training data", port -> port.name("Training data")
                        .description("The samples to learn from. Their shape must be the model's input shape.")
                        .fixed(DatasetPortObject.TYPE))
                .addInputPortGroup("Validation data", port -> port.name("Validation data")
                        .description("Samples on which the model is only measured, after each epoch.")
                        .optional()
                        .supportedTypes(DatasetPortObject.TYPE))
                .addOutputPortGroup("Trained model", port -> port.name("Trained model")
                        .description("The same network with trained weights.")
                        .fixed(ModelPortObject.TYPE))
                .addOutputPortGroup("Step log", port -> port.name("Step log")
                        .description(
                                "Epoch, Step, Samples seen (in this epoch, this batch included), Loss (of this batch),"
                                        + " one column per metric with its running value in this epoch, and one per number that Java code"
                                        + " reports.")
                        .fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup("Epoch log", port -> port.name("Epoch log")
                        .description(
                                "Epoch, Steps, Loss (mean), the metrics, Validation loss, the metrics of the validation"
                                        + " data, Learning rate (of the last step), Seconds; and Stop reason, if training may end"
                                        + " early. Without validation data the validation cells are missing. So is a metric that is"
                                        + " undefined, such as AUC where all labels are of one class.")
                        .fixed(BufferedDataTable.TYPE));
    }

    /**
     * Checks what is known before execution.
     *
     * @return the model that comes out
     * @throws InvalidSettingsException if the inputs do not fit each other or the settings
     */
    public static ModelPortObjectSpec check(
            final PortObjectSpec[] specs, final Objective objective, final CallbacksConfig callbacks)
            throws InvalidSettingsException {
        final Outline model = ((ModelPortObjectSpec) specs[0]).model();
        final DatasetInfo training = ((DatasetPortObjectSpec) specs[1]).info();
        final Optional<DatasetInfo> validation =
                specs.length > 2 ? Optional.of(((DatasetPortObjectSpec) specs[2]).info()) : Optional.empty();
        return EngineCall.configuring(() -> {
            Training.check(model, training, validation, objective);
            Training.checkWatched(callbacks, objective, validation);
            return new ModelPortObjectSpec(model.with(model.preprocessing().completedBy(training)));
        });
    }

    /** What came in. */
    public static TrainerPorts of(final PortObject[] inputs) throws IOException {
        return new TrainerPorts(
                ((ModelPortObject) inputs[0]).model(),
                ((DatasetPortObject) inputs[1]).dataset(),
                inputs.length > 2 ? Optional.of(((DatasetPortObject) inputs[2]).dataset()) : Optional.empty());
    }

    /** A run with these settings on what came in. */
    public TrainingJob job(
            final Objective objective,
            final Update update,
            final TrainingConfig config,
            final CallbacksConfig callbacks,
            final Compute compute) {
        return new TrainingJob(model, training, validation, objective, update, config, callbacks, compute);
    }

    /**
     * What can be said of the data before training starts.
     *
     * @param given the job as it is
     * @param taken the same in the terms of its model
     */
    public static List<Optional<String>> doubts(final TrainingJob given, final TrainingJob taken) {
        final Preprocessing known = taken.model().preprocessing();
        return new ArrayList<>(List.of(
                Doubts.ofScaling(given, taken),
                Doubts.ofEncoding(given, taken),
                known.doubt(taken.training(), "the training data"),
                taken.validation().flatMap(data -> known.doubt(data, "the validation data"))));
    }
}
