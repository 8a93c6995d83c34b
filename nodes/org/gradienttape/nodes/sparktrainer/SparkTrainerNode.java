package org.gradienttape.nodes.sparktrainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.RunPlace;
import org.gradienttape.cluster.SharedData;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.layer.Network;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.StepLogTable;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.NodeMonitor;
import org.gradienttape.nodes.training.TemporaryFolder;
import org.gradienttape.nodes.training.TrainerPorts;
import org.gradienttape.nodes.training.TrainingOutput;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingLog;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeLogger;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the GradientTape Trainer (Spark) does. */
final class SparkTrainerNode {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(SparkTrainerNode.class);

    private SparkTrainerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final SparkTrainerNodeParameters parameters = in.getParameters();
        parameters.validate();
        final ModelPortObjectSpec trained =
                TrainerPorts.check(in.getInPortSpecs(), parameters.objective(), parameters.callbacks());
        Doubt.say(out::setWarningMessage, List.of(doubtfulLoss(trained.network(), parameters)));
        final List<String> metrics = parameters.objective().metrics().names();
        out.setOutSpec(0, trained);
        final OwnCode own = parameters.ownCode(); // the columns of Java code are known only when it has run
        if (own.step().isEmpty() && own.metrics().isEmpty()) {
            out.setOutSpec(1, StepLogTable.spec(metrics));
        }
        if (own.metrics().isEmpty()) {
            out.setOutSpec(2, EpochLogTable.spec(metrics, parameters.callbacks(), true));
        }
    }

    /**
     * What a run made.
     *
     * @param computedWith what computed it, for the view
     */
    private record Trained(Model model, TrainingLog log, Map<String, String> computedWith) {}

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ExecutionContext exec = in.getExecutionContext();
        final SparkTrainerNodeParameters parameters = in.getParameters();
        final TrainingJob job = EngineCall.executing(() -> job(parameters, TrainerPorts.of(in.getInPortObjects())));
        final List<Optional<String>> doubts =
                EngineCall.executing(() -> TrainerPorts.doubts(job, job.inTermsOfTheModel()));
        doubts.add(0, doubtfulLoss(job.model().network(), parameters));
        Doubt.say(out::setWarningMessage, doubts);
        final NodeMonitor monitor = new NodeMonitor(exec, LOGGER);
        final Trained trained = EngineCall.executing(() -> trained(parameters, job, monitor))
                .orElseThrow(() -> new CanceledExecutionException("The run was cancelled."));
        final TrainingOutput output = new TrainingOutput(out, exec);
        output.give(new ModelPortObject(trained.model), trained.log, job.callbacks(), true, trained.computedWith);
        doubts.addAll(monitor.warnings());
        output.warn(doubts, trained.log, job.callbacks());
    }

    /** Java code may compute a loss of its own. */
    private static Optional<String> doubtfulLoss(final Network network, final SparkTrainerNodeParameters parameters) {
        return parameters.step == StepKind.STANDARD
                ? Doubts.ofLoss(network, parameters.objective().loss())
                : Optional.empty();
    }

    private static TrainingJob job(final SparkTrainerNodeParameters parameters, final TrainerPorts in) {
        return in.job(
                parameters.objective(),
                parameters.update(),
                parameters.trainingConfig(),
                parameters.callbacks(),
                parameters.compute());
    }

    /** Empty if it was cancelled. */
    private static Optional<Trained> trained(
            final SparkTrainerNodeParameters parameters, final TrainingJob job, final NodeMonitor monitor)
            throws IOException {
        final SparkParameters spark = parameters.spark;
        final SparkHome home = spark.home();
        final Optional<Path> folder = spark.runFolder();
        try (TemporaryFolder temporary = TemporaryFolder.create("gradienttape-on-spark")) {
            final Path jars = Files.createDirectory(temporary.folder().resolve("jars"));
            final SparkRun.Jars installed = InstalledJars.copy(jars);
            final ClusterConfig cluster = spark.toConfig();
            try (RunPlace place =
                    RunPlace.take(folder.orElseGet(() -> temporary.folder().resolve("run")))) {
                final TrainingJob shared = cluster.isThisMachine() ? job : SharedData.copied(job, place.folder());
                final JobFolder run = JobFolder.create(place, shared, parameters.ownCode(), cluster);
                if (spark.ifThere == SparkParameters.IfThere.BEGIN_ANEW) {
                    run.forgetCheckpoints();
                }
                return SparkRun.run(run, home, installed, monitor)
                        ? Optional.of(new Trained(run.model(), run.log(), computedWith(home, cluster)))
                        : Optional.empty();
            }
        }
    }

    private static Map<String, String> computedWith(final SparkHome home, final ClusterConfig cluster) {
        final Map<String, String> all = new LinkedHashMap<>();
        all.put("Spark", home.version());
        all.put("Master", cluster.master());
        all.put("Workers", Integer.toString(cluster.workers()));
        return all;
    }
}
