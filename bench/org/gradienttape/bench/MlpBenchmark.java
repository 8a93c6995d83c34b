package org.gradienttape.bench;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.gradienttape.torch.Execution;

/**
 * Seconds per epoch of the guide's classifier (782 steps of 64 and a pass over 10,000 validation samples), one thread,
 * all contestants in one process and in turns. Ratios are to DJL used the usual way.
 *
 * <p>Argument: the number of rounds, 7 if not given; each round trains 2 epochs per contestant, after one round that
 * does not count.
 */
public final class MlpBenchmark {
    private static final int EPOCHS = 2;

    private MlpBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GuideTask task = GuideTask.read(folder.path());
            try (UsualDjlContestant usual = new UsualDjlContestant(task);
                    NodeContestant node = new NodeContestant(task)) {
                report(
                        measure(
                                List.of(
                                        usual,
                                        new LoopContestant(task, Execution.COMPILED),
                                        new LoopContestant(task, Execution.EAGER),
                                        node),
                                rounds),
                        rounds);
            }
        }
    }

    private static List<Timing> measure(final List<Contestant> contestants, final int rounds) {
        contestants.forEach(contestant -> contestant.train(EPOCHS));
        final List<Timing> timings = contestants.stream()
                .map(contestant -> new Timing(contestant.name()))
                .toList();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                timings.get(i).add(contestants.get(i).train(EPOCHS));
            }
        }
        return timings;
    }

    private static void report(final List<Timing> timings, final int rounds) throws IOException {
        final Machine machine = Machine.now();
        final Timing reference = timings.get(0);
        final String table = "Guide's classifier, seconds per epoch, 1 thread, " + rounds + " rounds of " + EPOCHS
                + " epochs\n" + machine + "\n"
                + Timing.HEADER
                + timings.stream().map(timing -> timing.row(reference) + "\n").collect(Collectors.joining());
        System.out.print(table);
        Results.write("mlp.txt", table);
        Results.write(
                "mlp.json",
                "{\n \"machine\": " + machine.json() + ",\n \"threads\": 1,\n \"seconds per epoch\": [\n  "
                        + timings.stream().map(timing -> timing.json(reference)).collect(Collectors.joining(",\n  "))
                        + "\n ]\n}\n");
    }
}
