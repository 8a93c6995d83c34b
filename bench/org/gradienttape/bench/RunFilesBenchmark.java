package org.gradienttape.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.checkpoint.CheckpointPlan;
import org.gradienttape.checkpoint.CheckpointPlan.Resume;
import org.gradienttape.checkpoint.CheckpointPlan.Unit;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/**
 * What a run costs that writes a checkpoint every 200 steps, or a log for TensorBoard: the guide's classifier and its DCGAN,
 * with and without in turns, in CPU time of the whole process, so that what is written beside the steps counts, too. The
 * arguments are the rounds and the steps of the DCGAN.
 */
public final class RunFilesBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int EVERY = 200;
    private static final int CLASSIFIER_EPOCHS = 8;

    private RunFilesBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        final int ganSteps = args.length > 1 ? Integer.parseInt(args[1]) : 2 * EVERY;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final TrainingJob classifier = GuideTask.read(folder.path())
                    .job(
                            new OptimizerConfig.Adam(1e-3),
                            new TrainingConfig(CLASSIFIER_EPOCHS, GuideTask.BATCH_SIZE, 1024, 0, EVERY),
                            Compute.singleThreaded());
            final GanJob gan = gan(GanTask.read(folder.path()), ganSteps);
            final String text = String.format(
                    Locale.ROOT,
                    "What is written on the way, in CPU time of the process; minima of %d rounds in turns%n%s%n%s%s",
                    rounds,
                    Machine.now(),
                    compare("classifier", folder.path(), rounds, files -> Training.run(classifier, files, SILENT)),
                    compare("DCGAN", folder.path(), rounds, files -> GanTraining.run(gan, files, SILENT)));
            System.out.print(text);
            Results.write("run-files.txt", text);
        }
    }

    private static final SilentMonitor SILENT = new SilentMonitor();

    private static GanJob gan(final GanTask task, final int steps) {
        return new GanJob(
                new GanJob.Player(GanTask.freshGenerator(0), new OptimizerConfig.Adam(GanTask.GENERATOR_RATE)),
                new GanJob.Player(GanTask.freshDiscriminator(0), new OptimizerConfig.Adam(GanTask.DISCRIMINATOR_RATE)),
                task.digits(),
                Optional.empty(),
                new GanConfig(
                        new TrainingConfig(1, GanTask.BATCH_SIZE, 1024, 0, EVERY, steps),
                        GanTask.LATENT_DIMENSION,
                        GanTask.LABEL_NOISE,
                        new GanConfig.KeptImages(EVERY, 1)),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
    }

    private static String compare(
            final String name, final Path folder, final int rounds, final Consumer<RunFiles> run) {
        final Path place = folder.resolve(name);
        final List<RunFiles> kinds = List.of(
                RunFiles.NONE,
                RunFiles.of(new CheckpointPlan(place.resolve("checkpoints"), EVERY, Unit.STEPS, Resume.NEVER)),
                new RunFiles(Optional.empty(), Optional.of(place.resolve("logs"))));
        final double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = 0; round <= rounds; round++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                final long start = SYSTEM.getProcessCpuTime();
                run.accept(kinds.get(kind));
                final double seconds = (SYSTEM.getProcessCpuTime() - start) / 1e9;
                least[kind] = round == 0 ? Double.MAX_VALUE : Math.min(least[kind], seconds); // the first one warms up
            }
        }
        return String.format(
                Locale.ROOT,
                "%-10s %.2f s; with a checkpoint every %d steps %+.1f %%; with a log for TensorBoard %+.1f %%%n",
                name,
                least[0],
                EVERY,
                100 * (least[1] / least[0] - 1),
                100 * (least[2] / least[0] - 1));
    }
}
