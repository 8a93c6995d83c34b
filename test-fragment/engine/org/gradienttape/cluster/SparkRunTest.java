package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkRunTest {
    @TempDir
    private Path folder;

    /** It would say that a part of the name does not exist. */
    @Test
    void aCommaInTheNameOfAJarIsRefusedBeforeSparkDividesIt() throws Exception {
        final TrainingJob job = TestData.job(
                TestData.fresh(Network.of(Shape.of(4), List.of(new Layer.Dense(3, Activation.NONE))), 0),
                TestData.random(folder.resolve("data"), Shape.of(4), 3, 10, 7),
                new OptimizerConfig.Sgd(0.1),
                new TrainingConfig(1, 5, 1, 0, 1));
        final Path installed = Path.of("/opt/knime, 5.8");
        final SparkRun.Jars jars = new SparkRun.Jars(
                installed.resolve("gradienttape-spark.jar"), List.of(Path.of("/opt/knime/engine.jar")));
        try (RunPlace place = RunPlace.take(folder.resolve("job"))) {
            final JobFolder made = JobFolder.create(
                    place, job, OwnCode.NONE, new ClusterConfig(ClusterConfig.THIS_MACHINE, 2, 512, 20, 20));

            assertThatThrownBy(() -> SparkRun.run(made, new SparkHome(folder, "4.0.1", "2.13"), jars, TestData.PATIENT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("Spark takes a comma for the end of a file's name, but there is one in"
                            + " /opt/knime, 5.8/gradienttape-spark.jar; install the nodes, or have temporary files, in a"
                            + " folder without a comma.");
        }
    }
}
