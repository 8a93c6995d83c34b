package org.gradienttape.bench.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** How a peer talks with the benchmark: "ready NAME", then "result RESULT SECONDS ..." for each line "train EPOCHS". */
final class PeerLoop {
    private PeerLoop() {}

    /** Trains from fresh weights. */
    @FunctionalInterface
    interface Training {
        Result train(int epochs);
    }

    /**
     * What a training gave.
     *
     * @param value accuracy on the validation digits after the last epoch, or the loss of the last epoch
     * @param seconds of each epoch
     */
    record Result(double value, List<Double> seconds) {}

    /** Serves until there is no more to read. */
    static void run(final String name, final Training training) throws IOException {
        System.out.println("ready " + name);
        final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            final Result result = training.train(Integer.parseInt(line.substring(line.indexOf(' ') + 1)));
            System.out.println("result " + result.value() + " "
                    + result.seconds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }
}
