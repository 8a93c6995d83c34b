package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;

/**
 * Seconds per epoch of the guide's classifier (782 steps of 64 and a pass over 10,000 validation samples), all
 * contestants in turns. Ratios are to DJL used the usual way.
 *
 * <p>Arguments: the number of rounds, 7 if not given; each round trains 2 epochs per contestant, after one round that
 * does not count. With {@code --peers} also TensorFlow-Java, DL4J and PyTorch in Python, each in a process of its own.
 */
public final class MlpBenchmark {
    private static final int EPOCHS = 2;

    private MlpBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final Arguments arguments = Arguments.of(args, 7);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GuideTask task = GuideTask.read(folder.path());
            new Comparison(new Comparison.Subject(
                            arguments.file("mlp"),
                            "Guide's classifier, batches of 64 in file order",
                            "epoch",
                            "accuracy",
                            arguments.rounds(),
                            EPOCHS))
                    .run((threads, notes) -> contestants(task, arguments, threads, notes));
        }
    }

    private static List<Contestant> contestants(
            final GuideTask task, final Arguments arguments, final int threads, final List<String> notes)
            throws IOException {
        final List<Contestant> all = new ArrayList<>();
        all.add(new UsualDjlContestant(task, threads));
        for (final Execution execution : Execution.values()) {
            all.add(new LoopContestant(task, new Compute(Device.CPU, threads, execution)));
        }
        all.add(new JavaStepContestant(task, new Compute(Device.CPU, threads, Execution.EAGER)));
        if (threads == 1) {
            all.add(new NodeContestant(task));
        }
        if (arguments.peers()) {
            all.addAll(Peers.of("mlp", List.of(Peer.TENSORFLOW, Peer.DL4J, Peer.PYTORCH), threads, notes));
        }
        return all;
    }
}
