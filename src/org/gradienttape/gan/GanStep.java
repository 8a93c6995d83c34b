package org.gradienttape.gan;

import java.util.List;

/** One update of both networks. Not for several threads. */
public interface GanStep extends AutoCloseable {
    /**
     * Trains the discriminator on generated and real images, then the generator against it.
     *
     * @param samples indices of the real images
     */
    GanResult train(int[] samples);

    /** The most batches that the next call should bring, at least 1; the loop asks the monitor between calls. */
    default int batchesPerCall() {
        return 1;
    }

    /**
     * Trains on several batches, in this order.
     *
     * @param batches indices of the real images
     * @return one for each batch
     */
    default List<GanResult> train(final List<int[]> batches) {
        return batches.stream().map(this::train).toList();
    }

    /**
     * Images of the latent points that stay the same during the run, by the generator as it is now; none if the run
     * keeps none.
     *
     * @return each height x width x channels, row-major, one unsigned byte per number
     */
    List<byte[]> fixedImages();

    @Override
    void close();
}
