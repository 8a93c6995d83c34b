package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Scaling;
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
        compare(Classifier.GUIDE, Arguments.of(args, 7), EPOCHS);
    }

    static void compare(final Classifier classifier, final Arguments arguments, final int epochs) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final GuideTask task = GuideTask.read(classifier, folder.path(), Scaling.AS_STORED);
            new Comparison(new Comparison.Subject(
                            arguments.file(classifier.job()),
                            classifier.title() + ", batches of " + classifier.batchSize() + " in file order",
                            "epoch",
                            "accuracy",
                            arguments.rounds(),
                            epochs))
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
        all.add(new JavaStepContestant(task, new Compute(Device.CPU, threads)));
        if (threads == 1 && task.classifier() == Classifier.GUIDE) {
            all.add(new NodeContestant(task));
        }
        if (arguments.peers()) {
            all.addAll(Peers.of(
                    PeerTask.onDigits(task.classifier().job(), threads),
                    List.of(Peer.TENSORFLOW, Peer.DL4J, Peer.PYTORCH),
                    notes));
        }
        return all;
    }
}
