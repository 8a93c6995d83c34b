package org.gradienttape.step;

/**
 * What the GAN Trainer does with one batch: the {@code train_step} of the end-to-end example in Keras' guide "Writing a
 * training loop from scratch".
 *
 * <p>A run makes one object of the class, with the constructor without arguments, so fields keep what one step leaves for
 * the next. Tensors do not last that long: see {@link Run#variable}.
 */
public interface CustomGanStep {
    /**
     * Trains discriminator and generator on one batch.
     *
     * @param run both networks, their optimizers, and tools
     * @param realImages [batch, height, width, channels], float32
     * @return both losses, and images that the generator made
     */
    GanLosses trainStep(GanRun run, Tensor realImages);
}
