package org.gradienttape.nodes.sparktrainer;

import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.LocalPath;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Which Spark computes, where, and with how many workers. */
@LoadDefaultsForAbsentFields
final class SparkParameters implements NodeParameters {
    private static final String SPARK_HOME = "SPARK_HOME";

    /** Where the workers are. The names of the constants stand in saved workflows. */
    enum Place {
        @Label(
                value = "This machine",
                description = "Processes of this machine, which nobody outside can reach; Linux and macOS.")
        THIS_MACHINE,
        @Label(value = "Cluster", description = "Where the master says.")
        CLUSTER
    }

    /** What happens to a run that is there. The names of the constants stand in saved workflows. */
    enum IfThere {
        @Label(
                value = "Go on",
                description = "The run goes on from its last checkpoint, or begins if there is none. A checkpoint of"
                        + " another run is an error that says what differs.")
        GO_ON,
        @Label(value = "Begin anew", description = "Its checkpoints are deleted before the run begins.")
        BEGIN_ANEW
    }

    static final class PlaceReference implements ParameterReference<Place> {}

    static final class IsCluster implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PlaceReference.class).isOneOf(Place.CLUSTER);
        }
    }

    @Widget(
            title = "Path of spark-submit",
            description = "The file <i>bin/spark-submit</i> of your own Spark 3.5 or 4.0 on this machine. If it is left"
                    + " empty, that of the environment variable SPARK_HOME." + LocalPath.HELP)
    @TextInputWidget(placeholder = "/opt/spark/bin/spark-submit")
    String sparkSubmit = "";

    @Widget(title = "Workers are on", description = "Where the workers are started.")
    @ValueReference(PlaceReference.class)
    @ValueSwitchWidget
    Place place = Place.THIS_MACHINE;

    @Widget(title = "Master", description = "The address of Spark's master, as spark-submit takes it.")
    @TextInputWidget(placeholder = "spark://host:7077")
    @Effect(predicate = IsCluster.class, type = EffectType.SHOW)
    String master = "";

    @Widget(
            title = "Workers",
            description = "How many workers share each batch, with one core each. The batch size is that of all of them"
                    + " together.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int workers = 2;

    @Widget(
            title = "Memory per worker (MB)",
            description = "The Java heap of each worker, at least 512. What PyTorch computes lies outside it.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int memory = 1024;

    @Widget(
            title = "Folder of the run",
            description =
                    "Where checkpoints and what the workers know of the run lie, for this run alone. All machines of"
                            + " a cluster must see it under this path; the data are copied into it, too. On this machine it may be"
                            + " left empty: then it is a temporary one that is removed at the end, and with it the checkpoints."
                            + LocalPath.HELP)
    @TextInputWidget(placeholder = "/shared/run")
    String folder = "";

    @Widget(title = "If the folder holds a run", description = "What happens to it.")
    @ValueSwitchWidget
    IfThere ifThere = IfThere.GO_ON;

    @Widget(
            title = "Steps between two checkpoints",
            description = "From the last one the run goes on when a worker is lost.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    int checkpointEvery = 200;

    @Widget(
            title = "Time limit (seconds)",
            description = "After which a master or worker that does not answer is given up.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    int timeLimit = 60;

    ClusterConfig toConfig() {
        return new ClusterConfig(
                place == Place.THIS_MACHINE ? ClusterConfig.THIS_MACHINE : master.strip(),
                workers,
                memory,
                timeLimit,
                checkpointEvery);
    }

    /**
     * The installation of Spark.
     *
     * @throws InvalidInputException if none is chosen, or it does not fit
     */
    SparkHome home() {
        final Path chosen = LocalPath.ofOptional(sparkSubmit, "path of spark-submit")
                .or(() -> Optional.ofNullable(System.getenv(SPARK_HOME))
                        .flatMap(home -> LocalPath.ofOptional(home, "environment variable " + SPARK_HOME)))
                .orElseThrow(() -> new InvalidInputException("The file bin/spark-submit of your Spark 3.5 or 4.0 is not"
                        + " chosen, and the environment variable " + SPARK_HOME + " is not set; choose the file."));
        return SparkHome.of(chosen);
    }

    /**
     * The folder of the run; empty if it is a temporary one.
     *
     * @throws InvalidInputException if a cluster has none
     */
    Optional<Path> runFolder() {
        if (place == Place.CLUSTER || !folder.isBlank()) {
            return Optional.of(LocalPath.folderToWrite(folder, "folder of the run"));
        }
        return Optional.empty();
    }
}
