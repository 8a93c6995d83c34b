package org.gradienttape.bench;

import java.io.IOException;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/**
 * Resident memory of the process over 100,000 steps of the guide's classifier, which should grow by less than 10 MB from
 * the second reading on; and over 200 trainings, one after the other, by less than 20 MB. A Java heap that may grow does so
 * until its first collections, which is no leak; a small young generation, for example -Xmn32m, has its final size long
 * before. The arguments are the steps and the trainings.
 */
public final class MemoryBenchmark {
    private static final int READINGS = 10;
    private static final int EPOCHS_OF_A_TRAINING = 1;

    private MemoryBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final int steps = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        final int runs = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GuideTask task = GuideTask.read(folder.path());
            final ResidentMemory overRuns = new ResidentMemory("training", runs / READINGS, runs);
            final TrainingJob job = task.job(
                    new OptimizerConfig.Adam(1e-3),
                    task.inFileOrder(EPOCHS_OF_A_TRAINING),
                    Compute.singleThreaded(Execution.COMPILED));
            for (int run = 0; overRuns.before(run); run++) {
                Training.run(job, new SilentMonitor());
            }
            overRuns.report("Resident memory over trainings in one process", "memory-runs.txt");

            final ResidentMemory overSteps = new ResidentMemory("step", steps / READINGS, steps);
            Training.run(
                    task.unvalidatedJob(new TrainingConfig(
                            Integer.MAX_VALUE, GuideTask.BATCH_SIZE, GuideTask.SHUFFLE_BUFFER, 0, steps / READINGS)),
                    new Meter(overSteps));
            overSteps.report("Resident memory over the steps of one training", "memory.txt");
        }
    }

    private static final class Meter implements TrainingMonitor {
        private final ResidentMemory memory;
        private long steps;

        Meter(final ResidentMemory memory) {
            this.memory = memory;
        }

        @Override
        public boolean goOn(final Progress progress) {
            return memory.before(steps++);
        }

        @Override
        public void log(final String line) {}
    }
}
