package org.gradienttape.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Samples that are looked at once, batch by batch, in their order. */
public interface SampleBatches {
    /** What the samples are; at most as many as it says. */
    DatasetInfo info();

    /**
     * Appends the next samples to a buffer, as they are stored.
     *
     * @param most at least 1
     * @return how many; fewer than asked for only if there are no more
     */
    int next(ByteBuffer features, int most);

    /**
     * Why there is nothing to see of a sample, for the middle of a sentence; its features are 0 then.
     *
     * @param sample its place in the last batch
     */
    Optional<String> trouble(int sample);

    /** A sentence about what looks wrong in the samples so far. */
    default Optional<String> doubt() {
        return Optional.empty();
    }

    /** All samples of a dataset. */
    static SampleBatches of(final Dataset dataset) {
        return new SampleBatches() {
            private int done;

            @Override
            public DatasetInfo info() {
                return dataset.info();
            }

            @Override
            public int next(final ByteBuffer features, final int most) {
                final int first = done;
                done += Math.min(most, dataset.samples() - first);
                for (int sample = first; sample < done; sample++) {
                    dataset.copyFeatures(sample, features);
                }
                return done - first;
            }

            @Override
            public Optional<String> trouble(final int sample) {
                return Optional.empty();
            }
        };
    }
}
