package org.gradienttape.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.callback.CallbacksConfig;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.loss.Loss;
import org.gradienttape.model.Model;
import org.gradienttape.model.Provenance;
import org.gradienttape.optimizer.OptimizerConfig;
import org.gradienttape.optimizer.Update;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.training.Objective;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.gradienttape.train.Progress;
import org.gradienttape.train.TrainingConfig;
import org.gradienttape.train.TrainingMonitor;

/**
 * Seconds of the processor per epoch of a classifier that reads the rows of a digit one after the other: LSTM with 128 units,
 * 100 batches of 64 digits, Adam, one thread. Ratios are to the first contestant.
 *
 * <p>Arguments: the number of rounds, 5 if not given; each round trains 3 epochs per contestant, of which the first one does
 * not count. With {@code --peers} also PyTorch in Python.
 */
public final class LstmBenchmark {
    private static final int DIGITS = 6_400;
    private static final int ALL_DIGITS = 60_000;
    private static final int BATCH_SIZE = 64;
    private static final int UNITS = 128;
    private static final int EPOCHS = 2;

    private LstmBenchmark() {}

    public static void main(final String[] args) throws IOException {
        final Arguments arguments = Arguments.of(args, 5);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Dataset digits = digits(folder.path());
            new Comparison(new Comparison.Subject(
                            arguments.file("lstm"),
                            "LSTM classifier of 28 x 28, 128 units, 100 batches of 64, processor time",
                            "epoch",
                            "loss",
                            arguments.rounds(),
                            EPOCHS))
                    .runAlone((threads, notes) -> contestants(digits, arguments, threads, notes));
        }
    }

    private static List<Contestant> contestants(
            final Dataset digits, final Arguments arguments, final int threads, final List<String> notes)
            throws IOException {
        final List<Contestant> all = new ArrayList<>();
        for (final Execution execution : List.of(Execution.COMPILED, Execution.EAGER)) {
            all.add(new Ours(digits, Compute.singleThreaded(execution)));
        }
        if (arguments.peers()) {
            all.addAll(Peers.of("lstm", List.of(Peer.PYTORCH), threads, notes));
        }
        return all;
    }

    private static Dataset digits(final Path folder) throws IOException {
        return DatasetReader.read(
                        new ReadRequest(
                                new NamedSource(NamedDataset.MNIST, Optional.empty()),
                                new ReadRequest.Form(Scaling.DIVIDE_BY_255, SampleShape.FLAT),
                                new ReadRequest.Split(new HeldOut.LastSamples(ALL_DIGITS - DIGITS), false, 0)),
                        folder.resolve("training"),
                        folder.resolve("rest"),
                        fraction -> true)
                .training();
    }

    private static Network network() {
        return Network.of(
                Shape.of(784),
                List.of(
                        new Layer.Reshape(Shape.of(28, 28)),
                        new RecurrentLayer.LSTM(
                                UNITS,
                                Activation.TANH,
                                Activation.SIGMOID,
                                true,
                                true,
                                0,
                                0,
                                false,
                                false,
                                Initializer.ORTHOGONAL,
                                WeightSettings.DEFAULT),
                        new Layer.Dense(10, Activation.NONE)));
    }

    /** Our training loop, compiled or eager. */
    private record Ours(Dataset digits, Compute compute) implements Contestant {
        @Override
        public String name() {
            return "GradientTape, " + compute.execution().name().toLowerCase(Locale.ROOT);
        }

        /** One epoch more, at the end of which the clock starts. */
        @Override
        public Outcome train(final int epochs) {
            final EpochClock clock = new EpochClock();
            final var log = Training.run(
                            new TrainingJob(
                                    new Model(network(), Weights.initial(network(), 0), Provenance.of("bench")),
                                    digits,
                                    Optional.empty(),
                                    Objective.of(new Loss.SparseCategoricalCrossentropy()),
                                    Update.of(new OptimizerConfig.Adam(1e-3)),
                                    new TrainingConfig(1 + epochs, BATCH_SIZE, 1, 0, 200),
                                    CallbacksConfig.NONE,
                                    compute),
                            clock)
                    .log();
            return new Outcome(clock.seconds, log.epochs().get(epochs).loss());
        }
    }

    /** Takes the processor's time of this thread whenever an epoch begins. */
    private static final class EpochClock implements TrainingMonitor {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
        private static final double NANOSECONDS = 1e9;

        private final List<Double> seconds = new ArrayList<>();
        private long last;

        @Override
        public boolean goOn(final Progress progress) {
            return true;
        }

        @Override
        public void log(final String line) {
            if (line.startsWith("Time taken")) {
                final long now = THREADS.getCurrentThreadCpuTime();
                if (last > 0) {
                    seconds.add((now - last) / NANOSECONDS);
                }
                last = now;
            }
        }
    }
}
