package org.gradienttape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.Objective;
import org.gradienttape.torch.Training;
import org.gradienttape.torch.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/**
 * Resident memory of the process over 20,000 steps of the guide's classifier; between steps 2,000 and 20,000 it should
 * grow by less than 10 MB. A Java heap that may grow does so until its first collections, which is no leak; a small
 * young generation, for example -Xmn32m, has its final size long before step 2,000.
 */
public final class MemoryBenchmark {
    private static final int STEPS = 20_000;
    private static final int EVERY = 2_000;
    private static final int PAGE_BYTES = 4096;

    private MemoryBenchmark() {}

    public static void main(final String[] args) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Meter meter = new Meter();
            Training.run(job(GuideTask.read(folder.path())), meter);
            final String table = meter.table(Machine.now());
            System.out.print(table);
            Results.write("memory.txt", table);
        }
    }

    private static TrainingJob job(final GuideTask task) {
        final Network network = GuideTask.network();
        return new TrainingJob(
                new Model(network, Weights.initial(network, 0), Provenance.of("bench")),
                task.training(),
                Optional.empty(),
                Objective.of(new Loss.SparseCategoricalCrossentropy()),
                Update.of(new OptimizerConfig.Sgd(GuideTask.LEARNING_RATE)),
                new TrainingConfig(Integer.MAX_VALUE, GuideTask.BATCH_SIZE, GuideTask.SHUFFLE_BUFFER, 0, EVERY),
                CallbacksConfig.NONE,
                Compute.singleThreaded(Execution.EAGER));
    }

    /** Reads the resident memory every 2,000 steps and stops after 20,000. */
    private static final class Meter implements TrainingMonitor {
        private final TreeMap<Integer, Double> megabytes = new TreeMap<>();
        private int steps;

        @Override
        public boolean goOn(final Progress progress) {
            if (steps % EVERY == 0) {
                megabytes.put(steps, residentMegabytes());
            }
            return steps++ < STEPS;
        }

        @Override
        public void log(final String line) {}

        String table(final Machine machine) {
            final StringBuilder lines = new StringBuilder("Resident memory over the steps of one training\n");
            lines.append(machine).append('\n');
            megabytes.forEach(
                    (step, size) -> lines.append(String.format(Locale.ROOT, "step %6d %8.1f MB%n", step, size)));
            return lines.append(String.format(
                            Locale.ROOT,
                            "growth from step %d to step %d: %.1f MB%n",
                            EVERY,
                            STEPS,
                            megabytes.get(STEPS) - megabytes.get(EVERY)))
                    .toString();
        }

        private static double residentMegabytes() {
            try {
                final String pages =
                        Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
                return Long.parseLong(pages) * PAGE_BYTES / 1e6;
            } catch (final IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
