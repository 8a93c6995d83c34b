package org.gradienttape.nodes.trainer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gradienttape.layer.Network;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.NodeMonitor;
import org.gradienttape.nodes.training.TrainerPorts;
import org.gradienttape.nodes.training.TrainingOutput;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.StopReason;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject;
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
        final ModelPortObjectSpec trained = TrainerPorts.check(
                in.getInPortSpecs(), parameters.objective(), EngineCall.configuring(() -> parameters.callbacks()));
        Doubt.say(out::setWarningMessage, List.of(doubtfulLoss(trained.network(), parameters)));
        final List<String> metrics = parameters.objective().metrics().names();
        out.setOutSpec(0, trained);
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
        final List<Optional<String>> doubts = TrainerPorts.doubts(given, job);
        doubts.add(0, doubtfulLoss(job.model().network(), parameters));
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
        final TrainingOutput output = new TrainingOutput(out, exec);
        output.give(
                new ModelPortObject(trained.model().withCode(trained.code().filter(code -> parameters.showCode))),
                trained.log(),
                job.callbacks(),
                parameters.runState.enabled,
                backend.report());
        doubts.addAll(monitor.warnings());
        output.warn(doubts, trained.log(), job.callbacks());
    }

    private static TrainingJob job(final GradientTapeTrainerNodeParameters parameters, final PortObject[] inputs)
            throws IOException {
        return TrainerPorts.of(inputs)
                .job(
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
}
