package org.gradienttape.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.gradienttape.distributed.ScaleModel;
import org.gradienttape.distributed.Workers;
import org.gradienttape.image.LineChart;

/**
 * What it costs to share batches: a step in two halves against one in one call, sums between processes of this machine, 1, 2
 * and 4 workers that train here, and what a model says of up to 64 machines with what was measured. The argument is the number
 * of rounds.
 */
public final class ScaleBenchmark {
    private static final int[] MACHINES = {1, 2, 4, 8, 16, 32, 64};
    private static final int[] HERE = {1, 2, 4};
    private static final int[] BATCHES = {16, 64};
    /** As the guide has it, of each worker. */
    private static final int BATCH = 64;
    /** Seconds that a byte takes on a wire of 10 gigabits a second. */
    private static final double WIRE = 0.8e-9;
    /** Seconds that a message takes on the way, by cables and a switch: assumed, not measured. */
    private static final double WAY = 50e-6;

    /** Of the calling thread, which trains: what else the machine does counts little. */
    private static final LongSupplier CPU = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    private final int rounds;
    private final Path folder;
    private final StringBuilder text = new StringBuilder();

    private ScaleBenchmark(final int rounds, final Path folder) {
        this.rounds = rounds;
        this.folder = folder;
    }

    public static void main(final String[] args) throws Exception {
        if (args.length > 0 && args[0].equals(ScaleProcess.WORKER)) {
            ScaleProcess.work(args);
            return;
        }
        final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            new ScaleBenchmark(rounds, folder.path()).run();
        }
    }

    /**
     * What was measured of a network.
     *
     * @param joined milliseconds of a step of one worker, several in a call
     * @param single the same with a call for each step
     * @param halves of a step in two halves, by batch
     */
    private record Measured(ScaleTask task, double joined, double single, double[] halves) {}

    private void run() throws Exception {
        say("Workers that share batches; minima of %d rounds in turns%n%s%n%n", rounds, Machine.now());
        final List<Measured> measured = new ArrayList<>();
        for (final ScaleTask task : ScaleTask.values()) {
            measured.add(steps(task));
        }
        say(
                "%-20s %8s %8s %10s %8s %9s %10s%n",
                "processor ms a step", "joined", "one call", "two halves", "to one", "to joined", "halves, 16");
        measured.forEach(one -> say(
                "%-20s %8.3f %8.3f %10.3f %8.3f %9.3f %10.3f%n",
                one.task,
                one.joined,
                one.single,
                one.halves[1],
                one.halves[1] / one.single,
                one.halves[1] / one.joined,
                one.halves[0]));
        final ScaleModel here = sums();
        for (final Measured one : measured) {
            runs(one, here);
        }
        final ScaleModel network = new ScaleModel(here.secondsPerMessage() + WAY, here.secondsPerByte() + WIRE);
        say(
                "%nBy a model of machines with 10 gigabits a second, with what was measured above: %.0f us a message, of which"
                        + " %.0f are%nassumed for the way; %.2f ns a byte, of which %.2f are the wire's%n",
                network.secondsPerMessage() * 1e6, WAY * 1e6, network.secondsPerByte() * 1e9, WIRE * 1e9);
        say("%-36s%s%n", "machines", row(count -> String.format(Locale.ROOT, "%7.0f", count)));
        for (final Measured one : measured) {
            say("%-36s%s%n", one.task + ", share that computes", row(count -> two(efficiency(one, network, count))));
        }
        System.out.print(text);
        Results.write("scale.txt", text.toString());
        Files.write(
                Path.of(System.getProperty("gradienttape.root"), "bench", "results", "scale.png"),
                chart(measured, network).png(900, 500));
    }

    private void say(final String form, final Object... parts) {
        text.append(String.format(Locale.ROOT, form, parts));
    }

    /** Of a batch of each machine. */
    private static double efficiency(final Measured one, final ScaleModel network, final double machines) {
        return network.efficiency((int) machines, one.task.numbers(), one.halves[1] / 1e3);
    }

    private static String two(final double number) {
        return String.format(Locale.ROOT, "%7.2f", number);
    }

    private static String row(final DoubleFunction<String> cell) {
        return Arrays.stream(MACHINES).asDoubleStream().mapToObj(cell).collect(Collectors.joining());
    }

    /** Steps joined in calls, in a call for each, and in two halves without what sums take. */
    private Measured steps(final ScaleTask task) throws Exception {
        final ScaleTask.Run run = task.open(folder);
        double joined = Double.MAX_VALUE;
        double single = Double.MAX_VALUE;
        final double[] halves = {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = 0; round < rounds; round++) {
            joined = Math.min(joined, run.milliseconds(Workers.alone(), BATCH, CPU));
            single = Math.min(single, run.milliseconds(Workers.aloneStepByStep(), BATCH, CPU));
            for (int i = 0; i < BATCHES.length; i++) {
                final EqualPartner partner = new EqualPartner(CPU);
                halves[i] = Math.min(
                        halves[i], run.milliseconds(new Workers(partner), 2 * BATCHES[i], partner::withoutSums));
            }
        }
        return new Measured(task, joined, single, halves);
    }

    /** Between processes of this machine; returns what a message and a byte take. */
    private ScaleModel sums() throws Exception {
        say("%n%-28s %10s %10s%n", "ms a sum, processes here", "minimum", "median");
        double message = 0;
        double each = 0;
        for (final int workers : new int[] {2, 4}) {
            double small = 0;
            for (final long numbers : new long[] {1, ScaleTask.CLASSIFIER.numbers(), ScaleTask.DCGAN.numbers()}) {
                final double[] sums = ScaleProcess.start(folder, workers, "sums", Long.toString(numbers));
                say(
                        "%-28s %10.3f %10.3f%n",
                        String.format(Locale.ROOT, "%,d numbers, %d", numbers, workers), sums[0], sums[1]);
                small = numbers == 1 ? sums[0] : small;
                if (workers == 2 && numbers == 1) {
                    message = small / 1e3 / messages(workers);
                }
                if (workers == 2) {
                    each = (sums[0] - small) / 1e3 / messages(workers) / ((double) numbers * Float.BYTES / workers);
                }
            }
        }
        say("So a message takes %.0f us, and a byte %.2f ns (2 processes, minima).%n", message * 1e6, each * 1e9);
        return new ScaleModel(message, each);
    }

    private static int messages(final int workers) {
        return 2 * (workers - 1);
    }

    /** Workers that train, processes of this machine. */
    private void runs(final Measured one, final ScaleModel here) throws Exception {
        say(
                "%n%-28s %10s %10s %12s %10s%n",
                one.task + ", workers here", "ms a step", "samples/s", "against one", "model");
        final double[] best = new double[HERE.length];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < HERE.length; i++) {
                best[i] = Math.min(best[i], ScaleProcess.start(folder, HERE[i], one.task.name())[0]);
            }
        }
        final int cores = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < HERE.length; i++) {
            final int workers = HERE[i];
            final double inTurns = Math.max(1, (double) workers / cores);
            final double model = workers == 1
                    ? one.joined
                    : inTurns * one.halves[1] + 1e3 * here.seconds(workers, one.task.numbers());
            say(
                    "%-28s %10.3f %10.0f %12.2f %10.3f%n",
                    workers + " with a batch of " + workers * BATCH,
                    best[i],
                    workers * BATCH / best[i] * 1e3,
                    workers * best[0] / best[i],
                    model);
        }
    }

    private static LineChart chart(final List<Measured> measured, final ScaleModel network) {
        return new LineChart(
                "Workers on machines with 10 gigabits a second, by a model",
                "Machines",
                "Share of the time that computes (batch of 64 each)",
                "",
                measured.stream()
                        .map(one -> line(one.task.toString(), count -> efficiency(one, network, count)))
                        .toList());
    }

    private static LineChart.Series line(final String name, final IntFunction<Double> value) {
        return new LineChart.Series(
                name,
                Arrays.stream(MACHINES).asDoubleStream().toArray(),
                Arrays.stream(MACHINES)
                        .mapToObj(value)
                        .mapToDouble(Double::doubleValue)
                        .toArray(),
                LineChart.Axis.LEFT);
    }
}
