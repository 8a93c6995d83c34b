package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.gradienttape.distributed.Ring;
import org.gradienttape.distributed.Workers;

/** A worker in a process of its own; several find each other by files. */
final class ScaleProcess {
    /** The first argument of such a process. */
    static final String WORKER = "worker";

    private static final int SUMS = 60;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private ScaleProcess() {}

    /**
     * Starts processes and waits for them.
     *
     * @param work what each does: sums of so many numbers, or a {@link ScaleTask}
     * @return what the first one measured, in milliseconds
     */
    static double[] start(final Path folder, final int workers, final String... work) throws Exception {
        final Path meeting = Files.createTempDirectory(folder, "meeting");
        final List<Process> processes = new ArrayList<>();
        for (int rank = 0; rank < workers; rank++) {
            final List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dai.djl.offline=true",
                    "-Dgradienttape.datasets=" + System.getProperty("gradienttape.datasets"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ScaleBenchmark.class.getName(),
                    WORKER,
                    meeting.toString(),
                    Integer.toString(rank),
                    Integer.toString(workers)));
            command.addAll(List.of(work));
            processes.add(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        final String said = new String(processes.get(0).getInputStream().readAllBytes()).trim();
        for (final Process process : processes) {
            process.waitFor();
        }
        return Arrays.stream(said.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** What such a process does. */
    static void work(final String[] args) throws Exception {
        final Path meeting = Path.of(args[1]);
        final int rank = Integer.parseInt(args[2]);
        final int workers = Integer.parseInt(args[3]);
        if (args[4].equals("sums")) {
            try (Ring ring = join(meeting, rank, workers)) {
                say(rank, sums(ring, new float[Integer.parseInt(args[5])]));
            }
            return;
        }
        final ScaleTask.Run run =
                ScaleTask.valueOf(args[4]).open(Files.createDirectory(meeting.resolve("data" + rank)));
        if (workers == 1) {
            say(rank, run.milliseconds(Workers.alone(), GanTask.BATCH_SIZE, System::nanoTime));
            return;
        }
        try (Ring ring = join(meeting, rank, workers)) {
            say(rank, run.milliseconds(new Workers(ring), workers * GanTask.BATCH_SIZE, System::nanoTime));
        }
    }

    private static void say(final int rank, final double... milliseconds) {
        if (rank == 0) {
            Arrays.stream(milliseconds).forEach(number -> System.out.print(number + " "));
        }
    }

    private static Ring join(final Path meeting, final int rank, final int workers)
            throws IOException, InterruptedException {
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
            return place.join(rank, addresses, new UUID(0, 0), LIMIT);
        }
    }

    /** Minimum and median. */
    private static double[] sums(final Ring ring, final float[] values) {
        final double[] milliseconds = new double[SUMS];
        for (int i = 0; i < SUMS; i++) {
            final long start = System.nanoTime();
            ring.sum(values);
            milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(milliseconds);
        return new double[] {milliseconds[0], milliseconds[SUMS / 2]};
    }
}
