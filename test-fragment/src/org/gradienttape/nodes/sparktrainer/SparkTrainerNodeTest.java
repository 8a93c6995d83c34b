package org.gradienttape.nodes.sparktrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Scaling;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.training.LossType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;

/** What the node says before Spark starts; the checks of the update site run it on a real one. */
class SparkTrainerNodeTest {
    private static final Network NETWORK = Network.of(Shape.of(2), List.of(new Layer.Dense(2, Activation.NONE)));
    private static final DatasetInfo INFO =
            new DatasetInfo("dots", 2, Shape.of(2), ElementType.UINT8, Scaling.AS_STORED, List.of("left", "right"));

    private final FileStores stores = new FileStores();
    private final SparkTrainerNodeParameters parameters = new SparkTrainerNodeParameters();
    private final LoneNode node = LoneNode.of(new SparkTrainerNodeFactory(), parameters);

    @TempDir
    private Path folder;

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    private PortObjectSpec[] configured() throws InvalidSettingsException, NodeFailure {
        return node.configure(new ModelPortObjectSpec(NETWORK), new DatasetPortObjectSpec(INFO));
    }

    private void execute() throws Exception {
        final FileStore store = stores.create().create("dots");
        try (DatasetWriter writer = DatasetWriter.create(store.getFile().toPath(), INFO)) {
            writer.writeFeatures(ByteBuffer.wrap(new byte[] {1, 0, 0, 1}));
            writer.writeLabels(0, 1);
            node.execute(
                    stores,
                    new ModelPortObject(new Model(NETWORK, Weights.initial(NETWORK, 1), Provenance.of("Test"))),
                    new DatasetPortObject(writer.finish(), store));
        }
    }

    @Test
    void theTablesAreThoseOfTheTrainerAndSayWhereTheRunWentOn() throws Exception {
        final PortObjectSpec[] specs = configured();

        assertThat(((ModelPortObjectSpec) specs[0]).network()).isEqualTo(NETWORK);
        assertThat(TableText.columns((DataTableSpec) specs[1]))
                .containsExactly("Epoch int", "Step int", "Samples seen long", "Loss double", "Accuracy double");
        assertThat(TableText.columns((DataTableSpec) specs[2])).endsWith("Seconds double", "Resumed string");
    }

    /** As in the trainer. */
    @Test
    void theColumnsOfJavaCodeAreKnownWhenItHasRun() throws Exception {
        parameters.loss = LossType.JAVA_CODE;
        assertThat(configured()).doesNotContainNull();

        parameters.step = StepKind.JAVA_CODE;
        assertThat(configured()[1]).isNull();
        assertThat(configured()[2]).isNotNull();

        parameters.metrics.javaCode = true;
        assertThat(configured()[2]).isNull();
    }

    @Test
    void aClusterNeedsAMasterAndAFolder() throws Exception {
        parameters.spark.place = SparkParameters.Place.CLUSTER;
        assertThatThrownBy(this::configured)
                .hasMessage("The master must be \"this machine\" or an address such as spark://host:7077, but it is"
                        + " empty.");

        parameters.spark.master = "spark://127.0.0.1:1";
        parameters.spark.sparkSubmit = installation("3.5.6");
        configured();
        assertThatThrownBy(this::execute).hasMessage("The folder of the run is empty; choose one.");
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingStarts() throws Exception {
        parameters.spark.sparkSubmit =
                folder.resolve("nothing/bin/spark-submit").toString();
        assertThatThrownBy(this::execute)
                .hasMessage("The file spark-submit of an installation of Spark 3.5 or 4.0 was expected, but "
                        + parameters.spark.sparkSubmit + " is none; install Spark and choose its bin/spark-submit.");

        parameters.spark.sparkSubmit = installation("3.3.1");
        assertThatThrownBy(this::execute)
                .hasMessage("Spark 3.5 or 4.0 is needed, but " + parameters.spark.sparkSubmit
                        + " belongs to Spark 3.3.1; choose another installation.");

        parameters.spark.sparkSubmit = installation("3.5.6");
        assertThatThrownBy(this::execute)
                .hasMessage("The node needs GradientTape on Spark, which is not installed; install it from the update"
                        + " site of the nodes.");
    }

    /** A folder that looks like Spark's. */
    private String installation(final String version) throws IOException {
        final Path spark = folder.resolve("spark-" + version);
        Files.createDirectories(spark.resolve("jars"));
        Files.createFile(spark.resolve("jars/spark-core_2.12-" + version + ".jar"));
        return spark.toString();
    }
}
