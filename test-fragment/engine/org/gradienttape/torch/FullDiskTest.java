package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.data.Dataset;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operating system refuses to write on in the middle of each checkpoint. The shell's limit of a file's size does that for
 * everybody and in every container; a full disk does the same at the same place.
 */
class FullDiskTest {
    /** Of a checkpoint of 800 KB; the result of the run is smaller. */
    private static final int MOST_KILOBYTES = 400;

    private static final long STEPS_BEFORE = 120;

    @TempDir
    private Path folder;

    @Test
    void theRunGoesOnWithAWarningAndTheOldCheckpointStays() throws Exception {
        TestData.mnistImages(folder.resolve("data"), 2000);
        final Path checkpoints = folder.resolve("checkpoints");
        final TrainingJob job = KilledRun.classifier(Dataset.open(folder.resolve("data/training")), 30);
        final byte[] undisturbed = KilledRun.bytes(Training.run(job, stoppingBefore(Long.MAX_VALUE)));
        Training.run(
                job,
                RunFiles.of(new CheckpointPlan(
                        checkpoints, 100_000, CheckpointPlan.Unit.STEPS, CheckpointPlan.Resume.NEVER)),
                stoppingBefore(STEPS_BEFORE));
        final Path old = KilledRun.checkpoints(checkpoints).get(0);
        final byte[] bytes = Files.readAllBytes(old);
        assertThat(bytes.length).isGreaterThan(MOST_KILOBYTES << 10);

        final Path result = folder.resolve("result");
        final ProcessBuilder limited = new ProcessBuilder(
                        "bash", "-c", "ulimit -f " + MOST_KILOBYTES + " && exec \"$@\"", "bash")
                .redirectErrorStream(true);
        limited.command()
                .addAll(JavaProcess.command(
                        List.of(
                                "-Xmx512m",
                                "-Dgradienttape.mayWarn=true",
                                "-Dgradienttape.root=" + System.getProperty("gradienttape.root")),
                        KilledRun.class,
                        KilledRun.Kind.CLASSIFIER,
                        folder.resolve("data/training"),
                        checkpoints,
                        result));
        final Process process = limited.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("The checkpoint could not be written to " + checkpoints)
                .containsOnlyOnce("The run goes on without this checkpoint.");
        assertThat(Files.readAllBytes(result)).isEqualTo(undisturbed);
        assertThat(Files.readAllBytes(old)).isEqualTo(bytes);
        try (Stream<Path> files = Files.list(checkpoints)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", old.getFileName().toString());
        }
    }

    private static TrainingMonitor stoppingBefore(final long step) {
        return new TrainingMonitor() {
            @Override
            public boolean goOn(final Progress progress) {
                return progress.stepsDone() < step;
            }

            @Override
            public void log(final String line) {}

            @Override
            public void warn(final String sentence) {
                throw new IllegalStateException(sentence);
            }
        };
    }
}
