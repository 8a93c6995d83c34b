package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gradienttape.data.Dataset;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.file.UnfinishedFiles;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.torch.TestData;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDataTest {
    @TempDir
    private Path folder;

    private Path shared;
    private TrainingJob job;

    @BeforeEach
    void makeData() throws IOException {
        final Dataset data = TestData.random(folder.resolve("data"), Shape.of(4), 2, 30, 1);
        final Network network = Network.of(Shape.of(4), List.of(new Layer.Dense(2, Activation.NONE)));
        shared = folder.resolve("shared");
        job = RunSettings.DEFAULT.job(TestData.fresh(network, 1), data, Optional.of(data));
    }

    @Test
    void dataAreCopiedOnce() throws IOException {
        final TrainingJob copied = SharedData.copied(job, shared);
        final Path file = copied.training().folder();
        final long time = Files.getLastModifiedTime(file).toMillis();
        SharedData.copied(job, shared);

        assertThat(file).hasParent(shared);
        assertThat(copied.validation().orElseThrow().folder()).isEqualTo(file);
        assertThat(copied.training().sum()).isEqualTo(job.training().sum());
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(time);
        assertThat(shared.toFile().list()).containsExactly(file.getFileName().toString());
    }

    @Test
    void theNextRunTakesAwayWhatAKilledCopyLeft() throws Exception {
        Files.createDirectories(shared);
        final Process copier = JavaProcess.of(Copier.class, shared).start();
        assertThat(copier.inputReader().readLine()).isEqualTo("half");
        copier.destroyForcibly().waitFor();
        assertThat(shared.toFile().list()).hasSize(2);

        final TrainingJob copied = SharedData.copied(job, shared);

        assertThat(shared.toFile().list())
                .containsExactly(copied.training().folder().getFileName().toString());
    }

    /** Has copied one of two files; ends by being killed, or a minute later. */
    static final class Copier {
        private Copier() {}

        public static void main(final String[] arguments) throws Exception {
            final UnfinishedFiles unfinished = UnfinishedFiles.in(Path.of(arguments[0]));
            final Path half = Files.createDirectory(unfinished.next());
            Files.writeString(half.resolve("features"), "1, 2, 3");
            System.out.println("half");
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
