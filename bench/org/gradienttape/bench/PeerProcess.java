package org.gradienttape.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A contestant in another process, which waits while others have their turn. Arguments of the program are those of its
 * {@link PeerTask}. It writes "ready NAME AND VERSION" or "refused REASON"; then, for each line "train UNITS" that it
 * reads, "result RESULT SECONDS SECONDS ..."; it ends when there is no more to read.
 */
final class PeerProcess implements Contestant {
    private static final String READY = "ready ";
    private static final String RESULT = "result ";

    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final String name;

    private PeerProcess(final Process process, final BufferedReader answers, final Writer requests, final String name) {
        this.process = process;
        this.answers = answers;
        this.requests = requests;
        this.name = name;
    }

    static PeerProcess start(final Peer peer, final PeerTask task) throws IOException, PeerRefusal {
        final List<String> command = new ArrayList<>(peer.command());
        command.addAll(task.arguments());
        final Process process = start(peer, command, task.threads());
        final BufferedReader answers = process.inputReader();
        final String first = Optional.ofNullable(answers.readLine()).orElse("refused it ended without a word");
        if (!first.startsWith(READY)) {
            process.destroy();
            throw new PeerRefusal(peer.label() + " does not take part: " + first.substring(first.indexOf(' ') + 1));
        }
        return new PeerProcess(process, answers, process.outputWriter(), first.substring(READY.length()));
    }

    private static Process start(final Peer peer, final List<String> command, final int threads) throws PeerRefusal {
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        final String number = Integer.toString(threads);
        builder.environment()
                .putAll(Map.of(
                        "OMP_NUM_THREADS", number,
                        "OPENBLAS_NUM_THREADS", number,
                        "MKL_NUM_THREADS", number,
                        "OMP_WAIT_POLICY", "PASSIVE",
                        "TF_CPP_MIN_LOG_LEVEL", "2"));
        try {
            return builder.start();
        } catch (final IOException failure) {
            throw new PeerRefusal(peer.label() + " does not take part: " + failure.getMessage());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome train(final int units) {
        try {
            requests.write("train " + units + "\n");
            requests.flush();
            final String answer = answers.readLine();
            if (answer == null || !answer.startsWith(RESULT)) {
                throw new IllegalStateException(name + " was to train, but answered: " + answer);
            }
            final List<Double> numbers = Arrays.stream(
                            answer.substring(RESULT.length()).split(" "))
                    .map(Double::valueOf)
                    .toList();
            return new Outcome(numbers.subList(1, numbers.size()), numbers.get(0));
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            requests.close();
            answers.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            process.destroy();
        }
    }
}
