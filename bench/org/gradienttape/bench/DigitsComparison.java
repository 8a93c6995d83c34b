package org.gradienttape.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;

/**
 * Seconds of the processor per epoch of a network that learns the first digits with one thread, compiled and eager; other
 * libraries take part if peers are asked for, and get the same weights to start from.
 *
 * @param name of the benchmark, under which the peers' programs know it, too
 * @param title of the result
 * @param network that learns
 * @param shape of a digit
 * @param digits how many
 * @param peers who takes part if asked for
 */
record DigitsComparison(String name, String title, Network network, SampleShape shape, int digits, List<Peer> peers) {
    /** Behind one that does not count. */
    private static final int EPOCHS = 2;

    void run(final Arguments arguments) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Dataset first = FirstDigits.read(folder.path(), shape, digits);
            final Path start = Files.write(folder.path().resolve("start"), startWeights());
            new Comparison(new Comparison.Subject(
                            arguments.file(name), title, "epoch", "loss", arguments.rounds(), EPOCHS))
                    .runAlone((threads, notes) -> {
                        final List<Contestant> all = new ArrayList<>(ours(first, notes));
                        if (arguments.peers()) {
                            all.addAll(Peers.of(PeerTask.onDigits(name, threads).with(start), peers, notes));
                        }
                        return all;
                    });
        }
    }

    private List<Contestant> ours(final Dataset first, final List<String> notes) {
        final ProcessorContestant compiled =
                new ProcessorContestant(network, first, Compute.singleThreaded(Execution.COMPILED));
        notes.add(compiled.compiling());
        return List.of(compiled, new ProcessorContestant(network, first, Compute.singleThreaded(Execution.EAGER)));
    }

    /** Of each weight in the network's order, row-major and little-endian, its float32 numbers. */
    private byte[] startWeights() {
        final Weights weights = Weights.initial(network, ProcessorContestant.SEED);
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final String weight : weights.names()) {
            final float[] numbers = weights.get(weight);
            final ByteBuffer bytes =
                    ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(numbers);
            all.writeBytes(bytes.array());
        }
        return all.toByteArray();
    }
}
