package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.callback.Schedule;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Presets;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;

/**
 * How many pieces of clothing the residual preset names rightly: Fashion-MNIST, 20 layers, batches of 128, Adam, whose rate
 * goes from 0.001 along a cosine to 0, two threads. It learns from all 60,000 training images, in another order in each epoch,
 * and is tested with the 10,000 of the test files.
 *
 * <p>Arguments: the number of epochs, 5 if not given. With {@code --peers} also PyTorch in Python with the same network, the
 * same distributions of starting weights, and the same settings.
 */
public final class FashionBenchmark {
    private static final int BATCH_SIZE = 128;
    private static final int BLOCKS = 3;
    private static final int CLASSES = 10;
    private static final int THREADS = 2;

    private FashionBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final Arguments arguments = Arguments.of(args, 5);
        final int epochs = arguments.rounds();
        final List<String> lines = new ArrayList<>(List.of("Fashion-MNIST, residual network of 20 layers, " + epochs
                + " epochs of 60,000 images in batches of " + BATCH_SIZE + ", two threads"));
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            lines.add(line(new Ours(clothes(folder.path())), epochs));
        }
        lines.add(1, Machine.now().toString());
        if (arguments.peers()) {
            final PeerTask task = PeerTask.on(NamedDataset.FASHION_MNIST, "fashion", THREADS);
            try (PeerProcess peer = PeerProcess.start(Peer.PYTORCH, task)) {
                lines.add(line(peer, epochs));
            } catch (final PeerRefusal refusal) {
                lines.add(refusal.getMessage());
            }
        }
        final String text = String.join("\n", lines) + "\n";
        Results.write(arguments.file("fashion") + ".txt", text);
        System.out.print(text);
    }

    private static String line(final Contestant contestant, final int epochs) {
        final Contestant.Outcome outcome = contestant.train(epochs);
        return String.format(
                Locale.ROOT,
                "%-36s accuracy %.4f after %.0f s",
                contestant.name(),
                outcome.result(),
                outcome.seconds().stream().mapToDouble(Double::doubleValue).sum());
    }

    private static DatasetPair clothes(final Path folder) throws IOException {
        return DatasetReader.read(
                new ReadRequest(
                        new NamedSource(NamedDataset.FASHION_MNIST, Optional.empty()),
                        new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.IMAGE),
                        new ReadRequest.Split(new HeldOut.SourceTestFiles(), false, 0)),
                folder.resolve("training"),
                folder.resolve("test"),
                fraction -> true);
    }

    /** The trainer's loop, as a node runs it. */
    private record Ours(DatasetPair clothes) implements Contestant, TrainingMonitor {
        @Override
        public String name() {
            return "GradientTape, compiled";
        }

        @Override
        public Outcome train(final int epochs) {
            final Network network = Presets.residual(Shape.of(28, 28, 1), BLOCKS, CLASSES);
            final long batches = (clothes.training().samples() + BATCH_SIZE - 1) / BATCH_SIZE;
            final List<TrainingLog.EpochRow> log = Training.run(
                            new TrainingJob(
                                    new Model(network, Weights.initial(network, 0), Provenance.of("bench")),
                                    clothes.training(),
                                    clothes.heldOut(),
                                    Objective.of(new Loss.SparseCategoricalCrossentropy()),
                                    Update.of(new OptimizerConfig.Adam(1e-3)),
                                    new TrainingConfig(epochs, BATCH_SIZE, 0, 0, 100),
                                    new CallbacksConfig(
                                            new Schedule.Cosine(epochs * batches, 0),
                                            Optional.empty(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            CallbacksConfig.NonFiniteLoss.FAIL),
                                    new Compute(Device.CPU, THREADS)),
                            this)
                    .log()
                    .epochs();
            return new Outcome(
                    log.stream().map(TrainingLog.EpochRow::seconds).toList(),
                    log.get(epochs - 1).validationMetrics().get(0));
        }

        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {
            System.out.println(line);
        }
    }
}
