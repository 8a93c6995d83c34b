package org.gradienttape.bench;

import java.io.IOException;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.gan.GanMonitor;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.train.Progress;

/**
 * Resident memory of the process over steps of the guide's DCGAN; over the last 500 it should stay flat.
 *
 * <p>Argument: the number of steps, a multiple of 100; 600 if not given.
 */
public final class GanMemoryBenchmark {
    private static final int EVERY = 100;

    private GanMemoryBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final int steps = args.length > 0 ? Integer.parseInt(args[0]) : 600;
        final ResidentMemory memory = new ResidentMemory("step", EVERY, steps);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            GanTraining.run(
                    GanTask.read(folder.path())
                            .job(
                                    GanTask.freshGenerator(0),
                                    GanTask.freshDiscriminator(0),
                                    new GanTask.Length(
                                            steps + 1,
                                            GuideTask.SHUFFLE_BUFFER,
                                            0,
                                            new GanConfig.KeptImages(EVERY, 16)),
                                    Compute.singleThreaded()),
                    new Meter(memory));
        }
        memory.report("Resident memory over the steps of one GAN training", "gan-memory.txt");
    }

    private record Meter(ResidentMemory memory) implements GanMonitor {
        @Override
        public boolean goOn(final Progress progress) {
            return memory.before(progress.stepsDone());
        }

        @Override
        public void log(final String line) {}
    }
}
