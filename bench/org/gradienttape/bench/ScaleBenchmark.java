package org.gradienttape.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.distributed.Collective;
import org.gradienttape.distributed.Ring;
import org.gradienttape.distributed.ScaleModel;
import org.gradienttape.distributed.Workers;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.image.LineChart;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.TrainingConfig;

/**
 * What it costs to share batches: a step in two halves against one in one call, sums between processes of this machine, the
 * speed of 1, 2 and 4 workers here, and what a model says of up to 64 machines. The argument is the number of rounds.
 */
public final class ScaleBenchmark {
    private static final SilentMonitor SILENT = new SilentMonitor();
    private static final int[] MACHINES = {1, 2, 4, 8, 16, 32, 64};
    private static final int CLASSIFIER_NUMBERS = 55_050 + 640;
    private static final int DCGAN_NUMBERS = 1_339_905 + 74_625;
    private static final int SUMS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ScaleBenchmark() {}

    public static void main(final String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("worker")) {
            work(Path.of(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
            return;
        }
        final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GuideTask digits = GuideTask.read(folder.path());
            final GanTask images = GanTask.read(folder.path());
            final StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "Workers that share batches; minima of %d rounds in turns%n%s%n%n",
                    rounds,
                    Machine.now()));
            final double[] classifier = halves(
                    rounds,
                    (workers, batch) -> Training.run(classifier(digits, batch), workers, RunFiles.NONE, SILENT),
                    1500);
            final double[] gan = halves(
                    rounds,
                    (workers, batch) -> GanTraining.run(gan(images, batch), workers, RunFiles.NONE, ganMonitor()),
                    25);
            text.append(String.format(
                    Locale.ROOT,
                    "%-28s %10s %10s %8s%n%-28s %10.3f %10.3f %8.3f%n%-28s %10.3f %10.3f %8.3f%n%n",
                    "ms a step",
                    "one call",
                    "two halves",
                    "ratio",
                    "classifier",
                    classifier[0],
                    classifier[1],
                    classifier[1] / classifier[0],
                    "DCGAN",
                    gan[0],
                    gan[1],
                    gan[1] / gan[0]));
            text.append(
                    String.format(Locale.ROOT, "%-28s %10s %10s%n", "ms a sum, processes here", "minimum", "median"));
            for (final int workers : new int[] {2, 4}) {
                for (final int numbers : new int[] {CLASSIFIER_NUMBERS, DCGAN_NUMBERS}) {
                    final double[] sums = sums(folder.path(), workers, numbers);
                    text.append(String.format(
                            Locale.ROOT, "%-28s %10.3f %10.3f%n", numbers + " numbers, " + workers, sums[0], sums[1]));
                }
            }
            text.append(model(classifier[0], gan[0]));
            System.out.print(text);
            Results.write("scale.txt", text.toString());
            Files.write(
                    Path.of(System.getProperty("gradienttape.root"), "bench", "results", "scale.png"),
                    chart(classifier[0], gan[0]).png(900, 500));
        }
    }

    /** A run of one worker, with its batch size. */
    @FunctionalInterface
    private interface SharedRun {
        void run(Workers workers, int batch);
    }

    private static org.gradienttape.gan.GanMonitor ganMonitor() {
        return SILENT;
    }

    private static TrainingJob classifier(final GuideTask task, final int batch) {
        return task.job(
                new OptimizerConfig.Adam(1e-3),
                new TrainingConfig(10, batch, 1024, 0, 10_000, 1500),
                Compute.singleThreaded());
    }

    private static GanJob gan(final GanTask task, final int batch) {
        return new GanJob(
                new GanJob.Player(GanTask.freshGenerator(0), new OptimizerConfig.Adam(GanTask.GENERATOR_RATE)),
                new GanJob.Player(GanTask.freshDiscriminator(0), new OptimizerConfig.Adam(GanTask.DISCRIMINATOR_RATE)),
                task.digits(),
                Optional.empty(),
                new GanConfig(
                        new TrainingConfig(1, batch, 1024, 0, 10_000, 25),
                        GanTask.LATENT_DIMENSION,
                        GanTask.LABEL_NOISE,
                        new GanConfig.KeptImages(10_000, 0)),
                CallbacksConfig.NONE,
                Compute.singleThreaded());
    }

    /** Milliseconds of a step of 64 samples: in one call, and in two halves with sums that cost nothing. */
    private static double[] halves(final int rounds, final SharedRun run, final int steps) {
        final double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        final List<Consumer<Integer>> kinds =
                List.of(round -> run.run(Workers.alone(), 64), round -> run.run(new Workers(new FirstOfTwo()), 128));
        for (int round = 0; round < rounds; round++) {
            for (int kind = 0; kind < 2; kind++) {
                final long start = System.nanoTime();
                kinds.get(kind).accept(round);
                best[kind] = Math.min(best[kind], (System.nanoTime() - start) / 1e6 / steps);
            }
        }
        return best;
    }

    /** Has half of each batch, and nobody beside it. */
    private static final class FirstOfTwo implements Collective {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public void sum(final float[] numbers) {}

        @Override
        public void close() {}
    }

    /** Milliseconds of a sum between so many processes. */
    private static double[] sums(final Path folder, final int workers, final int numbers) throws Exception {
        final Path meeting = Files.createTempDirectory(folder, "meeting");
        final List<Process> processes = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ScaleBenchmark.class.getName(),
                            "worker",
                            meeting.toString(),
                            Integer.toString(rank),
                            Integer.toString(workers),
                            Integer.toString(numbers))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        final String said = new String(processes.get(0).getInputStream().readAllBytes()).trim();
        for (final Process process : processes) {
            process.waitFor();
        }
        return Arrays.stream(said.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** One of the processes; they find each other by files. */
    private static void work(final Path meeting, final int rank, final int workers, final int numbers)
            throws Exception {
        try (Ring.Place place = Ring.Place.open("127.0.0.1")) {
            Files.writeString(meeting.resolve(".part" + rank), place.address());
            Files.move(meeting.resolve(".part" + rank), meeting.resolve("" + rank));
            final List<String> addresses = new ArrayList<>();
            for (int other = 0; other < workers; other++) {
                while (!Files.exists(meeting.resolve("" + other))) {
                    Thread.sleep(5);
                }
                addresses.add(Files.readString(meeting.resolve("" + other)));
            }
            try (Ring ring = place.join(rank, addresses, new UUID(0, 0), LIMIT)) {
                final float[] values = new float[numbers];
                final double[] milliseconds = new double[SUMS];
                for (int i = 0; i < SUMS; i++) {
                    final long start = System.nanoTime();
                    ring.sum(values);
                    milliseconds[i] = (System.nanoTime() - start) / 1e6;
                }
                Arrays.sort(milliseconds);
                if (rank == 0) {
                    System.out.println(milliseconds[0] + " " + milliseconds[SUMS / 2]);
                }
            }
        }
    }

    private static String model(final double classifier, final double gan) {
        final ScaleModel model = ScaleModel.TEN_GIGABIT;
        return String.format(
                        Locale.ROOT,
                        "%nShare of its time that each machine computes, by a model: %.0f us a message, %.2f ns a byte%n%s%n",
                        model.secondsPerMessage() * 1e6,
                        model.secondsPerByte() * 1e9,
                        row("machines", count -> String.format(Locale.ROOT, "%7d", count)))
                + row("classifier", count -> share(model.efficiency(count, CLASSIFIER_NUMBERS, classifier / 1e3)))
                + "\n"
                + row("DCGAN", count -> share(model.efficiency(count, DCGAN_NUMBERS, gan / 1e3)))
                + "\n";
    }

    private static String share(final double efficiency) {
        return String.format(Locale.ROOT, "%7.2f", efficiency);
    }

    private static String row(final String name, final java.util.function.IntFunction<String> cell) {
        return String.format(Locale.ROOT, "%-28s", name)
                + Arrays.stream(MACHINES).mapToObj(cell).collect(Collectors.joining());
    }

    private static LineChart chart(final double classifier, final double gan) {
        return new LineChart(
                "Workers on machines with 10 gigabits a second",
                "Machines",
                "Share of the time that computes",
                "",
                List.of(line("DCGAN", DCGAN_NUMBERS, gan), line("Classifier", CLASSIFIER_NUMBERS, classifier)));
    }

    private static LineChart.Series line(final String name, final int numbers, final double milliseconds) {
        return new LineChart.Series(
                name,
                Arrays.stream(MACHINES).asDoubleStream().toArray(),
                Arrays.stream(MACHINES)
                        .mapToDouble(count -> ScaleModel.TEN_GIGABIT.efficiency(count, numbers, milliseconds / 1e3))
                        .toArray(),
                LineChart.Axis.LEFT);
    }
}
