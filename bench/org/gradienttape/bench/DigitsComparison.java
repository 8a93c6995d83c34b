package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.SampleShape;

/**
 * Seconds of the processor per epoch of networks that learn the first digits with one thread; PyTorch in Python takes part if
 * peers are asked for.
 *
 * @param name of the benchmark, under which PyTorch's program knows it, too
 * @param title of the result
 * @param shape of a digit
 * @param digits how many
 */
record DigitsComparison(String name, String title, SampleShape shape, int digits) {
    /** Behind one that does not count. */
    private static final int EPOCHS = 2;

    /** Our contestants; what is to be said beside the figures is added to the notes. */
    @FunctionalInterface
    interface Field {
        List<Contestant> on(Dataset digits, List<String> notes);
    }

    void run(final Arguments arguments, final Field ours) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final Dataset first = FirstDigits.read(folder.path(), shape, digits);
            new Comparison(new Comparison.Subject(
                            arguments.file(name), title, "epoch", "loss", arguments.rounds(), EPOCHS))
                    .runAlone((threads, notes) -> {
                        final List<Contestant> all = new ArrayList<>(ours.on(first, notes));
                        if (arguments.peers()) {
                            all.addAll(Peers.of(name, List.of(Peer.PYTORCH), threads, notes));
                        }
                        return all;
                    });
        }
    }
}
