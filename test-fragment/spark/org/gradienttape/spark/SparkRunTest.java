package org.gradienttape.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gradienttape.cluster.ClusterConfig;
import org.gradienttape.cluster.JobFolder;
import org.gradienttape.cluster.SparkHome;
import org.gradienttape.cluster.SparkRun;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on Spark 3.5 with Scala 2.12 and 2.13, and on Spark 4.0 with Scala 2.13, all from the same class files. */
class SparkRunTest {
    private static SmallRun small;

    @TempDir
    private Path folder;

    @BeforeAll
    static void computeWhatIsExpected() throws Exception {
        small = SmallRun.get();
    }

    @AfterEach
    void nothingKeepsRunning() throws Exception {
        for (final ProcessHandle left : SmallRun.workers().toList()) {
            left.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(SmallRun.processes("SparkSubmit")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "3.5-scala-2.13", "4.0"})
    void onThisMachineTheWeightsAreThoseOfTwoThreadsAndNobodyOutsideCanReachThem(final String version)
            throws Exception {
        final JobFolder job = create();
        final List<String> open = new ArrayList<>();

        assertThat(SparkRun.run(
                        job,
                        SmallRun.spark(version),
                        SmallRun.jars(),
                        SmallRun.at(100, () -> open.addAll(SmallRun.openToOthers(ProcessHandle.current())))))
                .isTrue();

        small.assertDone(job);
        assertThat(open).isEmpty();
    }

    /** The driver of the first run is killed, the second one is cancelled, the third one comes to the end. */
    @Test
    void aRunWhoseDriverWasKilledAndThatWasCancelledThenComesToTheSameWeights() throws Exception {
        final JobFolder killed = create();
        assertThatThrownBy(() -> SparkRun.run(
                        killed, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(150, () -> SmallRun.processes(
                                        "SparkSubmit")
                                .forEach(ProcessHandle::destroyForcibly))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ended with the code 137");
        assertThat(killed.checkpointNames()).contains("checkpoint-");

        assertThat(SparkRun.run(create(), SmallRun.spark("4.0"), SmallRun.jars(), cancellingAt(1)))
                .isFalse();

        final JobFolder again = create();
        assertThat(SparkRun.run(again, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isTrue();
        small.assertDone(again);
        assertThat(again.log().resumptions()).isNotEmpty();
    }

    /** The same folder each time. */
    private JobFolder create() throws IOException {
        return SmallRun.create(folder.resolve("job"), small.job(), SmallRun.cluster(ClusterConfig.THIS_MACHINE, 2));
    }

    private static TrainingMonitor cancellingAt(final long step) {
        return new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.stepsDone() < step;
            }

            @Override
            public void log(final String line) {}
        };
    }

    @Test
    void aMasterThatIsNotThereIsSaid() throws Exception {
        final JobFolder job =
                SmallRun.create(folder.resolve("job"), small.job(), SmallRun.cluster("spark://127.0.0.1:1", 2));

        assertThatThrownBy(() -> SparkRun.run(job, SmallRun.spark("4.0"), SmallRun.jars(), SmallRun.at(0, () -> {})))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "A master of Spark was expected at spark://127.0.0.1:1, but none answers (Connection refused);"
                                + " start it, or correct the address.");
    }

    @Test
    void anotherVersionOfSparkIsSaid() throws Exception {
        Files.createDirectories(folder.resolve("jars"));
        Files.createFile(folder.resolve("jars/spark-core_2.12-3.3.1.jar"));

        assertThatThrownBy(() -> SparkHome.of(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Spark 3.5 or 4.0 is needed, but " + folder
                        + " belongs to Spark 3.3.1; choose another installation.");
    }
}
