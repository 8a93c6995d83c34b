package org.gradienttape.nodes.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.learner.Learner;
import org.gradienttape.learner.LearnerConfig;
import org.gradienttape.learner.LearnerRows;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.NodeMonitor;
import org.gradienttape.nodes.training.TemporaryFolder;
import org.gradienttape.nodes.training.TrainingOutput;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.train.StopReason;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Neural Network Learner does. */
final class NeuralNetworkLearnerNode {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(NeuralNetworkLearnerNode.class);
    /** How much of the progress the reading is. */
    private static final double READING = 0.1;

    private NeuralNetworkLearnerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final NeuralNetworkLearnerNodeParameters parameters = in.getParameters();
        parameters.validate();
        final PortObjectSpec[] specs = in.getInPortSpecs();
        final DataTableSpec table = (DataTableSpec) specs[0];
        final Optional<DataTableSpec> validation =
                specs.length > 1 ? Optional.of((DataTableSpec) specs[1]) : Optional.empty();
        EngineCall.configuring(() -> {
            parameters.check(table, validation);
            return table;
        });
        final List<String> metrics =
                LearnerConfig.metrics(target(parameters.goal(table))).names();
        final LearnerConfig config = parameters.config();
        parameters
                .expected(table)
                .filter(rows -> rows.target() instanceof Target.Numbers || rows.classes() > 1)
                .ifPresent(rows -> out.setOutSpec(
                        0,
                        new ModelPortObjectSpec(
                                new Outline(config.network(rows), Preprocessing.UNKNOWN.completedBy(rows)))));
        out.setOutSpec(1, StepLogTable.spec(metrics));
        out.setOutSpec(2, EpochLogTable.spec(metrics, config.callbacks(true), false));
    }

    private static Target target(final Goal goal) {
        return goal instanceof Goal.Classes classes
                ? new Target.Classes(classes.column(), List.of())
                : new Target.Features();
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ExecutionContext exec = in.getExecutionContext();
        final NeuralNetworkLearnerNodeParameters parameters = in.getParameters();
        final PortObject[] inputs = in.getInPortObjects();
        final TableRequest request = EngineCall.executing(() -> parameters.request(
                (BufferedDataTable) inputs[0],
                inputs.length > 1 ? Optional.of((BufferedDataTable) inputs[1]) : Optional.empty()));
        try (TemporaryFolder folders = EngineCall.executing(() -> TemporaryFolder.create("gradienttape-rows"))) {
            final List<Optional<String>> doubts = new ArrayList<>();
            doubts.add(parameters
                    .chosen(((BufferedDataTable) inputs[0]).getDataTableSpec())
                    .doubt());
            learn(parameters, request, folders, exec, doubts, out);
        }
    }

    private static void learn(
            final NeuralNetworkLearnerNodeParameters parameters,
            final TableRequest request,
            final TemporaryFolder folders,
            final ExecutionContext exec,
            final List<Optional<String>> doubts,
            final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final LearnerRows rows = read(request, folders, parameters.trainAgain, exec.createSubProgress(READING));
        final LearnerConfig config = parameters.config();
        Stream.concat(rows.warnings().stream(), notHeldOut(rows).stream())
                .forEach(sentence -> doubts.add(Optional.of(sentence)));
        Doubt.say(out::setWarningMessage, doubts);
        final double share = (1 - READING) / (rows.all().isPresent() ? 2 : 1);
        final ExecutionMonitor training = exec.createSubProgress(share);
        final NodeMonitor monitor = new NodeMonitor(training, LOGGER);
        NodeProgress.startEngine(training);
        final Backend backend = EngineCall.executing(() -> Backend.of(parameters.compute()));
        monitor.log(backend.toString());
        final NodeMonitor again = new NodeMonitor(exec.createSubProgress(share), LOGGER);
        final TrainedModel trained =
                EngineCall.executing(() -> Learner.run(config, rows, parameters.compute(), monitor, again));
        if (trained.log().stopReason() == StopReason.CANCELLED) {
            throw new CanceledExecutionException();
        }
        final TrainingOutput output = new TrainingOutput(out, exec);
        output.give(
                new ModelPortObject(trained.model()), trained.log(), config.callbacks(true), false, backend.report());
        output.warn(doubts, trained.log(), config.callbacks(rows.heldOut().isPresent()));
    }

    private static LearnerRows read(
            final TableRequest request, final TemporaryFolder folders, final boolean again, final ExecutionMonitor exec)
            throws CanceledExecutionException, KNIMEException {
        try {
            return EngineCall.executing(() -> LearnerRows.read(
                    request,
                    folders.folder(),
                    again,
                    done -> NodeProgress.goOn(
                            exec, done, () -> String.format("Reading rows, %.0f %% done", 100 * done))));
        } catch (final CancellationException e) {
            throw new CanceledExecutionException(e.getMessage());
        }
    }

    private static Optional<String> notHeldOut(final LearnerRows rows) {
        return rows.heldOut().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "No rows are held out, so the model is that of the last epoch; use more rows, or connect a"
                                + " validation table.");
    }
}
