package org.gradienttape.bench;

import java.io.IOException;

/**
 * The comparison of {@link MlpBenchmark} for a classifier of large layers, 784-1024-1024-10 in batches of 256.
 *
 * <p>Arguments: the number of rounds, 5 if not given; each round trains 1 epoch per contestant, after one round that does
 * not count. With {@code --peers} as there.
 */
public final class MlpWideBenchmark {
    private static final int EPOCHS = 1;

    private MlpWideBenchmark() {}

    public static void main(final String[] args) throws IOException {
        MlpBenchmark.compare(Classifier.WIDE, Arguments.of(args, 5), EPOCHS);
    }
}
