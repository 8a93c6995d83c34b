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
