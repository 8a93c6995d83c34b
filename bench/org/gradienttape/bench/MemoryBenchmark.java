package org.gradienttape.bench;

import java.io.IOException;
import org.gradienttape.torch.training.Training;
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

    private MemoryBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final ResidentMemory memory = new ResidentMemory(EVERY, STEPS);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Training.run(
                    GuideTask.read(folder.path())
                            .unvalidatedJob(new TrainingConfig(
                                    Integer.MAX_VALUE, GuideTask.BATCH_SIZE, GuideTask.SHUFFLE_BUFFER, 0, EVERY)),
                    new Meter(memory));
        }
        memory.report("Resident memory over the steps of one training", "memory.txt");
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
