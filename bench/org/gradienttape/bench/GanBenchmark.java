package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;

/**
 * Seconds per step of the guide's DCGAN on the 70,000 digits, all contestants in turns. Ratios are to DJL used the usual
 * way.
 *
 * <p>Arguments: the number of rounds, 5 if not given; each round trains 10 steps per contestant, after one round that
 * does not count. With {@code --peers} also PyTorch in Python, in a process of its own.
 */
public final class GanBenchmark {
    private static final int STEPS = 10;

    private GanBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final Arguments arguments = Arguments.of(args, 5);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GanTask task = GanTask.read(folder.path());
            new Comparison(new Comparison.Subject(
                            arguments.file("gan"),
                            "Guide's DCGAN, batches of 64 in file order",
                            "step",
                            "d. loss",
                            arguments.rounds(),
                            STEPS))
                    .run((threads, notes) -> contestants(task, arguments, threads, notes));
        }
    }

    private static List<Contestant> contestants(
            final GanTask task, final Arguments arguments, final int threads, final List<String> notes)
            throws IOException {
        final List<Contestant> all = new ArrayList<>();
        all.add(new UsualDjlGanContestant(task, threads));
        for (final Execution execution : Execution.values()) {
            all.add(new LoopGanContestant(task, new Compute(Device.CPU, threads, execution)));
        }
        notes.add(
                "DJL's PyTorch engine has no transposed convolution; the two are built of a matrix product and shifted"
                        + " sums there, with the same multiplications.");
        if (arguments.peers()) {
            all.addAll(Peers.of(PeerTask.onDigits("gan", threads), List.of(Peer.PYTORCH), notes));
        }
        return all;
    }
}
