package org.gradienttape.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
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
 * with and without in turns: in CPU time of the thread that trains, which is what the run waits for where another processor is
 * free; of the whole process, so that what is written beside the steps counts, too; and by the clock. The arguments are the
 * rounds and the steps of the DCGAN, which is left out at 0.
 */
public final class RunFilesBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int EVERY = 200;
    private static final int CLASSIFIER_EPOCHS = 4;
    /** Rounds that are not measured. */
    private static final int WARM_UP = 2;

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
            final String text = String.format(
                    Locale.ROOT,
                    "What is written on the way; %d rounds in turns, each run beside the plain ones before and behind it%n%s%n%s%s",
                    rounds,
                    Machine.now(),
                    compare("classifier", folder.path(), rounds, files -> Training.run(classifier, files, SILENT)),
                    ganSteps == 0 ? "" : compareGan(folder.path(), rounds, ganSteps));
            System.out.print(text);
            Results.write("run-files.txt", text);
        }
    }

    private static final SilentMonitor SILENT = new SilentMonitor();

    private static String compareGan(final Path folder, final int rounds, final int steps) throws IOException {
        final GanJob gan = gan(GanTask.read(folder), steps);
        return compare("DCGAN", folder, rounds, files -> GanTraining.run(gan, files, SILENT));
    }

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

    /** Each kind of run stands between two plain ones and is compared with their mean: the machine's speed drifts. */
    private static String compare(final String name, final Path folder, final int rounds, final Consumer<RunFiles> run)
            throws IOException {
        final Path place = folder.resolve(name);
        final RunFiles checkpoints =
                RunFiles.of(new CheckpointPlan(place.resolve("checkpoints"), EVERY, Unit.STEPS, Resume.NEVER));
        final RunFiles log = new RunFiles(Optional.empty(), Optional.of(place.resolve("logs")));
        final List<Cost> plain = new ArrayList<>();
        final List<Cost> withCheckpoints = new ArrayList<>();
        final List<Cost> withLog = new ArrayList<>();
        Cost before = Cost.of(RunFiles.NONE, run);
        for (int round = -WARM_UP; round < rounds; round++) {
            final Cost kept = Cost.of(checkpoints, run);
            final Cost between = Cost.of(RunFiles.NONE, run);
            final Cost logged = Cost.of(log, run);
            final Cost after = Cost.of(RunFiles.NONE, run);
            if (round >= 0) {
                plain.add(between);
                withCheckpoints.add(kept.over(before.mean(between)));
                withLog.add(logged.over(between.mean(after)));
            }
            before = after;
        }
        return String.format(
                Locale.ROOT,
                "%-10s %s%n  with a checkpoint every %d steps%n%s  with a log for TensorBoard%n%s",
                name,
                Cost.median(plain).inSeconds(),
                EVERY,
                Cost.percent(withCheckpoints),
                Cost.percent(withLog));
    }

    /**
     * What a run takes, in seconds.
     *
     * @param thread CPU time of the thread that trains
     * @param process CPU time of all threads but Java's compilers, which translate what is new to the process and then are done
     * @param wall by the clock
     */
    private record Cost(double thread, double process, double wall) {
        private static final Map<Path, Long> COMPILERS = new HashMap<>();

        static Cost of(final RunFiles files, final Consumer<RunFiles> run) throws IOException {
            final double compilersBefore = compilerSeconds();
            final double processBefore = SYSTEM.getProcessCpuTime() / 1e9;
            final double threadBefore = THREADS.getCurrentThreadCpuTime() / 1e9;
            final long start = System.nanoTime();
            run.accept(files);
            final double wall = (System.nanoTime() - start) / 1e9;
            final double thread = THREADS.getCurrentThreadCpuTime() / 1e9 - threadBefore;
            final double process = SYSTEM.getProcessCpuTime() / 1e9 - processBefore;
            return new Cost(thread, process - (compilerSeconds() - compilersBefore), wall);
        }

        /** CPU time of Java's compilers, of threads that have ended as it was seen last. Linux only. */
        private static double compilerSeconds() throws IOException {
            try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
                for (final Path thread : threads.toList()) {
                    try {
                        if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler(?s).*")) {
                            COMPILERS.put(thread, nanoseconds(Files.readString(thread.resolve("schedstat"))));
                        }
                    } catch (final IOException ended) {
                        continue;
                    }
                }
            }
            return COMPILERS.values().stream().mapToLong(Long::longValue).sum() / 1e9;
        }

        private static long nanoseconds(final String schedstat) {
            return Long.parseLong(schedstat.split(" ")[0]);
        }

        Cost mean(final Cost other) {
            return new Cost((thread + other.thread) / 2, (process + other.process) / 2, (wall + other.wall) / 2);
        }

        /** Each part of this as a multiple of the other's. */
        Cost over(final Cost other) {
            return new Cost(thread / other.thread, process / other.process, wall / other.wall);
        }

        static Cost median(final List<Cost> costs) {
            return new Cost(
                    quantile(costs, Cost::thread, 0.5),
                    quantile(costs, Cost::process, 0.5),
                    quantile(costs, Cost::wall, 0.5));
        }

        private static double quantile(final List<Cost> costs, final ToDoubleFunction<Cost> part, final double level) {
            final double[] sorted = costs.stream().mapToDouble(part).sorted().toArray();
            return sorted[(int) Math.round(level * (sorted.length - 1))];
        }

        String inSeconds() {
            return String.format(
                    Locale.ROOT, "CPU of its thread %.2f s, of all %.2f s, by the clock %.2f s", thread, process, wall);
        }

        /** What runs took more than plain ones. */
        static String percent(final List<Cost> multiples) {
            return percent("CPU of its thread", multiples, Cost::thread)
                    + percent("CPU of all", multiples, Cost::process)
                    + percent("by the clock", multiples, Cost::wall);
        }

        private static String percent(
                final String what, final List<Cost> multiples, final ToDoubleFunction<Cost> part) {
            final double[] values =
                    multiples.stream().mapToDouble(part).map(Math::log).toArray();
            return String.format(
                    Locale.ROOT,
                    "    %-18s median %+.1f %%, quartiles %+.1f and %+.1f %%, mean %+.1f %% with a standard error of %.1f %%%n",
                    what,
                    100 * (quantile(multiples, part, 0.5) - 1),
                    100 * (quantile(multiples, part, 0.25) - 1),
                    100 * (quantile(multiples, part, 0.75) - 1),
                    100 * Math.expm1(StatUtils.mean(values)),
                    100 * Math.sqrt(StatUtils.variance(values) / values.length));
        }
    }
}
