package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Samples of a dataset on the device; good until the feed's next batch.
 *
 * @param features [batch, sample shape], float32
 * @param labels [batch, 1], int64
 * @param classes the labels on the JVM
 */
record SampleBatch(NDArray features, NDArray labels, int[] classes) {
    /**
     * @param samples indices into the feed's dataset
     * @param step owner of the arrays
     */
    static SampleBatch of(final SampleFeed feed, final int[] samples, final NDManager step) {
        final int[] classes = feed.classes(samples);
        return new SampleBatch(feed.features(samples, step), feed.labels(classes, step), classes);
    }
}
