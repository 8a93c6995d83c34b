package org.gradienttape.nodes.trainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.table.BackendTable;
import org.gradienttape.nodes.training.NodeMonitor;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.UndefinedMetrics;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the GradientTape Trainer does. */
final class GradientTapeTrainerNode {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(GradientTapeTrainerNode.class);

    private GradientTapeTrainerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final GradientTapeTrainerNodeParameters parameters = in.getParameters();
        parameters.validate();
        final PortObjectSpec[] specs = in.getInPortSpecs();
        final Outline model = ((ModelPortObjectSpec) specs[0]).model();
        final DatasetInfo training = ((DatasetPortObjectSpec) specs[1]).info();
        final Optional<DatasetInfo> validation =
                specs.length > 2 ? Optional.of(((DatasetPortObjectSpec) specs[2]).info()) : Optional.empty();
        EngineCall.configuring(() -> check(model, training, validation, parameters));
        Doubt.say(out::setWarningMessage, List.of(doubtfulLoss(model.network(), parameters)));
        final List<String> metrics = parameters.objective().metrics().names();
        out.setOutSpec(
                0, new ModelPortObjectSpec(model.with(model.preprocessing().completedBy(training))));
        final OwnCode own = parameters.ownCode(); // the columns of Java code are known only when it has run
        if (own.step().isEmpty() && own.metrics().isEmpty()) {
            out.setOutSpec(1, StepLogTable.spec(metrics));
        }
        if (own.metrics().isEmpty()) {
            out.setOutSpec(2, EpochLogTable.spec(metrics, parameters.callbacks(), parameters.runState.enabled));
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ExecutionContext exec = in.getExecutionContext();
        final GradientTapeTrainerNodeParameters parameters = in.getParameters();
        final TrainingJob given = EngineCall.executing(() -> job(parameters, in.getInPortObjects()));
        final TrainingJob job = EngineCall.executing(given::inTermsOfTheModel);
        final List<Optional<String>> doubts = new ArrayList<>(doubts(parameters, given, job));
        Doubt.say(out::setWarningMessage, doubts);
        final NodeMonitor monitor = new NodeMonitor(exec, LOGGER);
        NodeProgress.startEngine(exec);
        final Backend backend = EngineCall.executing(() -> Backend.of(job.compute()));
        monitor.log(backend.toString());
        final OwnCode own = parameters.ownCode();
        final RunFiles files = EngineCall.executing(parameters::files);
        final TrainedModel trained = EngineCall.executing(
                () -> own.isEmpty() ? Training.run(job, files, monitor) : CodeTraining.run(job, own, files, monitor));
        if (trained.log().stopReason() == StopReason.CANCELLED) {
            throw new CanceledExecutionException();
        }
        out.setOutData(
                0, new ModelPortObject(trained.model().withCode(trained.code().filter(code -> parameters.showCode))));
        final BufferedDataTable steps = StepLogTable.write(trained.log(), exec);
        final BufferedDataTable epochs =
                EpochLogTable.write(trained.log(), job.callbacks(), parameters.runState.enabled, exec);
        out.setOutData(1, steps);
        out.setOutData(2, epochs);
        out.setInternalData(steps, epochs, BackendTable.write(backend, exec));
        doubts.addAll(monitor.warnings());
        new UndefinedMetrics(trained.log())
                .sentences(job.callbacks())
                .forEach(sentence -> doubts.add(Optional.of(sentence)));
        Doubt.say(out::setWarningMessage, doubts); // a node has one warning, so the first ones are said again
    }

    /** What can be said before training starts. */
    private static List<Optional<String>> doubts(
            final GradientTapeTrainerNodeParameters parameters, final TrainingJob given, final TrainingJob taken) {
        final Preprocessing known = taken.model().preprocessing();
        return List.of(
                doubtfulLoss(taken.model().network(), parameters),
                Doubts.ofScaling(given, taken),
                Doubts.ofEncoding(given, taken),
                known.doubt(taken.training(), "the training data"),
                taken.validation().flatMap(data -> known.doubt(data, "the validation data")));
    }

    private static TrainingJob job(final GradientTapeTrainerNodeParameters parameters, final PortObject[] inputs)
            throws IOException {
        final Dataset training = ((DatasetPortObject) inputs[1]).dataset();
        final Optional<Dataset> validation =
                inputs.length > 2 ? Optional.of(((DatasetPortObject) inputs[2]).dataset()) : Optional.empty();
        return new TrainingJob(
                ((ModelPortObject) inputs[0]).model(),
                training,
                validation,
                parameters.objective(),
                parameters.update(),
                parameters.trainingConfig(),
                parameters.callbacks(),
                parameters.compute());
    }

    /** Java code may compute a loss of its own. */
    private static Optional<String> doubtfulLoss(
            final Network network, final GradientTapeTrainerNodeParameters parameters) {
        return parameters.step == StepKind.STANDARD
                ? Doubts.ofLoss(network, parameters.objective().loss())
                : Optional.empty();
    }

    private static Outline check(
            final Outline model,
            final DatasetInfo training,
            final Optional<DatasetInfo> validation,
            final GradientTapeTrainerNodeParameters parameters) {
        Training.check(model, training, validation, parameters.objective());
        Training.checkWatched(parameters.callbacks(), parameters.objective(), validation);
        return model;
    }
}
